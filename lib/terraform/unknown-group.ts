import type { SecurityGroup } from "../proof/network";
import { Access, Direction, Protocol, type SecurityRule } from "../azure/security-rule";

const ANY = ["*"];

/** A group whose rules are unknown: it allows an unknown set. */
export function unknownGroup(name: string): SecurityGroup {
  const allowed = [`\${what ${name} allows}`];
  const rule = (direction: Direction, access: Access): SecurityRule => ({
    name: access === Access.ALLOW ? "not-known" : "nothing-else",
    priority: access === Access.ALLOW ? 100 : 4096,
    direction,
    access,
    protocol: Protocol.ANY,
    sourceAddressPrefixes: access === Access.ALLOW && direction === Direction.INBOUND ? allowed : ANY,
    sourcePortRanges: ANY,
    destinationAddressPrefixes: access === Access.ALLOW && direction === Direction.OUTBOUND ? allowed : ANY,
    destinationPortRanges: ANY,
  });
  return {
    name,
    rules: [Direction.INBOUND, Direction.OUTBOUND].flatMap((direction) => [
      rule(direction, Access.ALLOW),
      rule(direction, Access.DENY),
    ]),
  };
}

/** A group that filters nothing, in the place of one that is missing or unknown. */
export function openGroup(name: string): SecurityGroup {
  const rules = [Direction.INBOUND, Direction.OUTBOUND].map((direction) => ({
    name: "nothing-is-filtered",
    priority: 100,
    direction,
    access: Access.ALLOW,
    protocol: Protocol.ANY,
    sourceAddressPrefixes: ANY,
    sourcePortRanges: ANY,
    destinationAddressPrefixes: ANY,
    destinationPortRanges: ANY,
  }));
  return { name, rules };
}
