import type { SecurityGroup } from "../../proof/network";
import { Access, Direction, Protocol, type SecurityRule } from "../../azure/security-rule";

const ANY = ["*"];
const DIRECTIONS = [Direction.INBOUND, Direction.OUTBOUND];

/** A rule for all ports and protocols, with these addresses at the other end. */
function rule(
  name: string,
  direction: Direction,
  access: Access,
  priority: number,
  addresses = ANY,
): SecurityRule {
  return {
    name,
    priority,
    direction,
    access,
    protocol: Protocol.ANY,
    sourceAddressPrefixes: direction === Direction.INBOUND ? addresses : ANY,
    sourcePortRanges: ANY,
    destinationAddressPrefixes: direction === Direction.OUTBOUND ? addresses : ANY,
    destinationPortRanges: ANY,
  };
}

/** A group whose rules are unknown: it allows an unknown set. */
export function unknownGroup(name: string): SecurityGroup {
  const rules = DIRECTIONS.flatMap((direction) => [
    rule("not-known", direction, Access.ALLOW, 100, [`\${what ${name} allows}`]),
    rule("nothing-else", direction, Access.DENY, 4096),
  ]);
  return { name, rules };
}

/** A group that filters nothing, instead of one that is missing or unknown. */
export function openGroup(name: string): SecurityGroup {
  return { name, rules: DIRECTIONS.map((one) => rule("nothing-is-filtered", one, Access.ALLOW, 100)) };
}
