/** Short words for networks in tests. */
import type { Flow, FlowEndpoint } from "../../../lib/azure/flow";
import type { GuardedEndpoint, Network, SecurityGroup } from "../../../lib/proof/network";
import { Access, Direction, Protocol, type SecurityRule } from "../../../lib/azure/security-rule";

const ANY_RULE: SecurityRule = {
  name: "rule",
  priority: 100,
  direction: Direction.OUTBOUND,
  access: Access.ALLOW,
  protocol: Protocol.TCP,
  sourceAddressPrefixes: ["*"],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: ["*"],
  destinationPortRanges: ["*"],
};

/** An outbound rule that allows TCP to a prefix and a port. */
export function allowOut(
  priority: number,
  to: string,
  port: string,
  more: Partial<SecurityRule> = {},
): SecurityRule {
  const own = { destinationAddressPrefixes: [to], destinationPortRanges: [port] };
  return { ...ANY_RULE, name: `out-${priority}`, priority, ...own, ...more };
}

/** An inbound rule that allows TCP from a prefix to a port. */
export function allowIn(
  priority: number,
  from: string,
  port: string,
  more: Partial<SecurityRule> = {},
): SecurityRule {
  const own = { direction: Direction.INBOUND, sourceAddressPrefixes: [from], destinationPortRanges: [port] };
  return { ...ANY_RULE, name: `in-${priority}`, priority, ...own, ...more };
}

/** Refuses everything in a direction, after all other rules. */
export function denyAll(direction: Direction): SecurityRule {
  const name = `deny-${direction.toLowerCase()}`;
  return { ...ANY_RULE, name, priority: 4096, direction, access: Access.DENY, protocol: Protocol.ANY };
}

/** A group whose own rules come before a refusal of everything else. */
export function closedGroup(name: string, ...rules: SecurityRule[]): SecurityGroup {
  return { name, rules: [...rules, denyAll(Direction.INBOUND), denyAll(Direction.OUTBOUND)] };
}

/** An endpoint behind the group of its own name. */
export function guarded(id: string, prefix: string, more: Partial<GuardedEndpoint> = {}): GuardedEndpoint {
  return { id, label: `Endpoint ${id}`, prefixes: [prefix], subnetGroup: id, ...more };
}

export function end(id: string, ...prefixes: string[]): FlowEndpoint {
  return { id, label: `Endpoint ${id}`, prefixes };
}

/** A flow of TCP. */
export function flow(name: string, from: FlowEndpoint, to: FlowEndpoint, ...ports: string[]): Flow {
  return { name, priority: 100, from, to, protocol: Protocol.TCP, ports, reason: "", origin: "user" };
}

/** A backup server that may open 5432 at a database, and a database that lets it. */
export function twoTiers(): { network: Network; flows: Flow[] } {
  const server = end("server", "10.0.0.0/27");
  const database = end("database", "10.0.0.32/27");
  return {
    network: {
      endpoints: [guarded("server", "10.0.0.0/27"), guarded("database", "10.0.0.32/27")],
      groups: [
        closedGroup("server", allowOut(100, "10.0.0.32/27", "5432")),
        closedGroup("database", allowIn(100, "10.0.0.0/27", "5432")),
      ],
      virtualNetworkPrefixes: ["10.0.0.0/24"],
    },
    flows: [flow("database", server, database, "5432")],
  };
}
