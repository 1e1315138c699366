import type { AddressSpace, Peer } from "./address-space";
import type { Flow } from "../../azure/flow";
import { portSet, type PortSet } from "../../azure/sets/port-set";
import { Protocol, type SecurityRule } from "../../azure/security-rule";

/** What a rule matches, or what a flow asks for. */
export interface Match {
  readonly protocol: Protocol;
  readonly source: Peer;
  readonly sourcePorts: PortSet;
  readonly destination: Peer;
  readonly destinationPorts: PortSet;
}

/** What a rule matches. Throws an Error that names the rule where a text in it is malformed. */
export function matchOfRule(rule: SecurityRule, space: AddressSpace): Match {
  return naming(`Rule "${rule.name}"`, () => ({
    protocol: rule.protocol,
    source: space.peer(rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroupIds),
    sourcePorts: portSet(rule.sourcePortRanges),
    destination: space.peer(rule.destinationAddressPrefixes, rule.destinationApplicationSecurityGroupIds),
    destinationPorts: portSet(rule.destinationPortRanges),
  }));
}

/** What a flow asks for. Throws an Error that names the flow where a text in it is malformed. */
export function matchOfFlow(flow: Flow, space: AddressSpace): Match {
  return naming(`Flow "${flow.name}"`, () => ({
    protocol: flow.protocol,
    source: space.peer(flow.from.prefixes, flow.from.applicationSecurityGroupIds),
    sourcePorts: portSet(["*"]),
    destination: space.peer(flow.to.prefixes, flow.to.applicationSecurityGroupIds),
    destinationPorts: portSet(flow.ports),
  }));
}

function naming<T>(subject: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${subject}: ${(error as Error).message}`, { cause: error });
  }
}

/** Whether a match leaves nothing out. */
export function isEverything(match: Match): boolean {
  return (
    match.protocol === Protocol.ANY &&
    match.source.any &&
    match.sourcePorts.any &&
    match.destination.any &&
    match.destinationPorts.any
  );
}
