import type { Flow } from "../../azure/flow";
import { Protocol } from "../../azure/security-rule";
import { portSet, type PortSet } from "../../azure/sets/port-set";
import type { Doubts, GroupRule } from "../network";
import type { AddressSpace, Peer } from "./address-space";

/** All that a connection can be; the last one is every protocol that a rule cannot name. */
export const EVERY_PROTOCOL: readonly Protocol[] = [
  Protocol.TCP,
  Protocol.UDP,
  Protocol.ICMP,
  Protocol.ESP,
  Protocol.AH,
  Protocol.ANY,
];

/** The protocols that a rule, a flow or a question names. */
export function protocolsOf(protocol: Protocol): readonly Protocol[] {
  return protocol === Protocol.ANY ? EVERY_PROTOCOL : [protocol];
}

/** Whether connections of this protocol have ports. */
export function hasPorts(protocol: Protocol): boolean {
  return protocol === Protocol.TCP || protocol === Protocol.UDP;
}

/** A product of sets: the connections of a rule or of a flow, or a part of them. */
export interface Match {
  /** Index of the rule or flow among those of its list. */
  readonly index: number;
  readonly protocols: readonly Protocol[];
  readonly source: Peer;
  readonly sourcePorts: PortSet;
  readonly destination: Peer;
  readonly destinationPorts: PortSet;
  /** It matches if these are true. */
  readonly facts: Doubts;
}

/** Matches, and what the texts in them stand for. */
export interface ListInSpace {
  readonly matches: readonly Match[];
  /** Index of the address space. */
  readonly space: number;
}

/**
 * Azure does not document whether a rule with ports, for ICMP or for every
 * protocol, matches connections without ports.
 *
 * Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules
 */
export const PORTS_OF_PROTOCOLS_WITHOUT_PORTS =
  "whether Azure passes over the ports of rules for protocols without ports";

const EVERY_PORT = portSet(["*"]);

/** The matches of a rule. Throws an Error with the name of the rule if a text in it is malformed. */
export function matchesOfRule(rule: GroupRule, index: number, space: AddressSpace): Match[] {
  return naming(`Rule "${rule.name}"`, () =>
    byPorts({
      index,
      protocols: protocolsOf(rule.protocol),
      source: space.peer(rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroupIds),
      sourcePorts: portSet(rule.sourcePortRanges),
      destination: space.peer(rule.destinationAddressPrefixes, rule.destinationApplicationSecurityGroupIds),
      destinationPorts: portSet(rule.destinationPortRanges),
      facts: rule.existsIf ?? [],
    }),
  );
}

/** The matches of a flow. Throws an Error with the name of the flow if a text in it is malformed. */
export function matchesOfFlow(flow: Flow, index: number, space: AddressSpace): Match[] {
  return naming(`Flow "${flow.name}"`, () =>
    byPorts({
      index,
      protocols: protocolsOf(flow.protocol),
      source: space.peer(flow.from.prefixes, flow.from.applicationSecurityGroupIds),
      sourcePorts: EVERY_PORT,
      destination: space.peer(flow.to.prefixes, flow.to.applicationSecurityGroupIds),
      destinationPorts: portSet(flow.ports),
      facts: [],
    }),
  );
}

/** Ports are compared for TCP and UDP; whether a rule with ports matches other protocols is a doubt. */
function byPorts(match: Match): Match[] {
  if (match.destinationPorts.any && match.sourcePorts.any) return [match];
  const without = match.protocols.filter((protocol) => !hasPorts(protocol));
  const parts = [
    { ...match, protocols: match.protocols.filter(hasPorts) },
    {
      ...match,
      protocols: without,
      sourcePorts: EVERY_PORT,
      destinationPorts: EVERY_PORT,
      facts: [...match.facts, PORTS_OF_PROTOCOLS_WITHOUT_PORTS],
    },
  ];
  return parts.filter(({ protocols }) => protocols.length > 0);
}

function naming<T>(subject: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${subject}: ${(error as Error).message}`, { cause: error });
  }
}

/** Whether a match covers every connection. */
export function isEverything(match: Match): boolean {
  return (
    match.source.any &&
    match.protocols.length === EVERY_PROTOCOL.length &&
    match.sourcePorts.any &&
    match.destination.any &&
    match.destinationPorts.any &&
    match.facts.length === 0
  );
}
