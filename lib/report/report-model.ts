import type { Flow, FlowEndpoint } from "../azure/flow";
import { isOpaque } from "../base/opaque";
import { parseIpv4Address, parseIpv4Prefix } from "../azure/sets/ipv4-prefix";
import type { FollowedDisagreement, PairOfEnds } from "../plan/flows/page-notes";
import type { Proof } from "../proof/prove";
import { Direction, type SecurityRule } from "../azure/security-rule";
import { VeeamRole } from "../ports/port-table";
import { canonicalJson } from "./canonical-json";
import { naturalOrder, sortedBy } from "../base/natural-order";
import { sortedProof } from "./proof-order";
import type {
  ReportClosedSection,
  ReportComponent,
  ReportDnsNames,
  ReportInput,
  ReportNetwork,
  ReportPortTable,
  ReportSharedGroup,
} from "../plan/report-input";
import { type RuleAtEnd, rulesOfFlow } from "./rules-of-flow";
import { ROLES } from "./words";

/** An end of flows: a machine or subnet of the deployment, or something managed elsewhere. */
export interface ReportEnd {
  readonly id: string;
  /** What the flows call it. */
  readonly label: string;
  readonly prefixes: readonly string[];
  /** Whether it belongs to the deployment and has its groups. */
  readonly ours: boolean;
  /** Whether the same app opens its side of the flows, as part of another deployment. @default false */
  readonly openedBySameApp?: boolean;
  /** Whether it is a service tag, whose addresses are Azure's to know. */
  readonly serviceTag: boolean;
  /** The components there: the one whose machine it is first, then those that share it. */
  readonly components: readonly ReportComponent[];
  /** Names of the groups before it. */
  readonly groups: readonly string[];
  /** A group managed elsewhere, and the rules that are added to it. */
  readonly sharedGroup?: ReportSharedGroup;
}

/** A flow, its ends and the rules that judge it there. */
export interface ReportFlow {
  readonly flow: Flow;
  readonly from: ReportEnd;
  readonly to: ReportEnd;
  /** Outbound rules that decide at its source, by priority. Empty if that end is not part of the deployment. */
  readonly leaving: readonly RuleAtEnd[];
  /** Inbound rules that decide at its destination, by priority. Empty if that end is not part of the deployment. */
  readonly arriving: readonly RuleAtEnd[];
  /** Whether the proof found that some of it is blocked. */
  readonly missing: boolean;
}

/** A group and its rules, inbound before outbound and each by priority. */
export interface ReportGroup {
  readonly name: string;
  /** The ends that it is associated with. */
  readonly ends: readonly ReportEnd[];
  readonly rules: readonly SecurityRule[];
}

/** What is reached by DNS name, and by whom. */
export interface ReportNamed {
  readonly named: ReportDnsNames;
  readonly from: readonly ReportEnd[];
  /** The HTTP proxy or firewall that has to let the names pass; none where addresses stand for them. */
  readonly through?: ReportEnd;
}

/** The failover range, and between which ends a choice closes it. */
export interface ReportFailover {
  /** The deployment's choice: `open`, `closed` or `closedOnBothPages`. */
  readonly choice: string;
  readonly range: string;
  readonly closed: ReadonlyArray<readonly [from: ReportEnd, to: ReportEnd]>;
  readonly closedOnBothPages: ReadonlyArray<readonly [from: ReportEnd, to: ReportEnd]>;
}

/** A report's input in the one order that all formats follow, with what follows from it. */
export interface ReportModel {
  readonly path: string;
  readonly portTable: ReportPortTable;
  readonly networks: readonly ReportNetwork[];
  readonly components: readonly ReportComponent[];
  /** Every end: consoles first, then by role, then those managed elsewhere. */
  readonly ends: readonly ReportEnd[];
  readonly flows: readonly ReportFlow[];
  readonly groups: readonly ReportGroup[];
  readonly proof: Proof;
  readonly warnings: readonly string[];
  readonly closedSections: readonly ReportClosedSection[];
  readonly disagreements: readonly FollowedDisagreement[];
  readonly failover?: ReportFailover;
  /** By who carries the connections on. */
  readonly dnsNames: readonly ReportNamed[];
}

/** Brings a report's input in order. */
export function reportModel(input: ReportInput): ReportModel {
  const flows = distinct(input.flows.map(withPortsInOrder));
  const components = sortedBy(input.components, (component) => [
    ROLES.indexOf(component.role),
    component.key,
    canonicalJson(component),
  ]);
  const ends = endsOf(input, flows, components);
  const endById = new Map(ends.map((end) => [end.id, end]));
  const rank = new Map(ends.map((end, index) => [end.id, index]));
  const proof = sortedProof(input.proof);
  const inOrder = sortedBy(flows, (flow) => [
    flow.priority,
    flow.name,
    rank.get(flow.from.id) as number,
    rank.get(flow.to.id) as number,
    canonicalJson(flow),
  ]);
  return {
    path: input.path,
    portTable: input.portTable,
    networks: networksOf(input),
    components,
    ends,
    flows: inOrder.map((flow) => ({
      flow,
      from: endById.get(flow.from.id) as ReportEnd,
      to: endById.get(flow.to.id) as ReportEnd,
      ...rulesOfFlow(flow, input),
      missing: proof.missing.some(
        ({ flow: name, from, to }) => name === flow.name && from === flow.from.label && to === flow.to.label,
      ),
    })),
    groups: groupsOf(input, ends),
    proof,
    warnings: [...new Set(input.warnings)].sort(naturalOrder),
    closedSections: sortedBy(input.closedSections ?? [], (closed) => [closed.section, canonicalJson(closed)]),
    disagreements: sortedBy(input.disagreements ?? [], (one) => [canonicalJson(one)]),
    failover: input.failover && {
      ...input.failover,
      closed: pairsOf(input.failover.closed, ends),
      closedOnBothPages: pairsOf(input.failover.closedOnBothPages, ends),
    },
    dnsNames: namedOf(input, ends),
  };
}

function pairsOf(pairs: readonly PairOfEnds[], ends: readonly ReportEnd[]): Array<[ReportEnd, ReportEnd]> {
  const known = pairs.flatMap(({ from, to }): Array<[ReportEnd, ReportEnd]> => {
    const [source, destination] = [from, to].map((id) => ends.find((end) => end.id === id));
    return source && destination ? [[source, destination]] : [];
  });
  return sortedBy(known, (pair) => pair.map((end) => ends.indexOf(end)));
}

function networksOf({ networks = [] }: ReportInput): ReportNetwork[] {
  const inOrder = networks.map((network) => ({
    ...network,
    addressSpace: [...network.addressSpace].sort(naturalOrder),
    egressOf: [...network.egressOf].sort(naturalOrder),
  }));
  return sortedBy(inOrder, (network) => [network.name, canonicalJson(network)]);
}

function namedOf({ dnsNames = [] }: ReportInput, ends: readonly ReportEnd[]): ReportNamed[] {
  const known = dnsNames.map((one) => ({
    named: {
      ...one,
      names: [...one.names].sort(naturalOrder),
      ports: [...one.ports].sort(naturalOrder),
      from: [...one.from].sort(naturalOrder),
    },
    from: ends.filter(({ id }) => one.from.includes(id)),
    through: ends.find(({ id }) => id === one.through),
  }));
  return sortedBy(known, ({ named, through }) => [
    through ? ends.indexOf(through) : ends.length,
    named.names.length > 0 ? 0 : 1,
    named.names.join(" "),
    canonicalJson(named),
  ]);
}

function distinct(flows: readonly Flow[]): Flow[] {
  return [...new Map(flows.map((flow) => [canonicalJson(flow), flow])).values()];
}

function withPortsInOrder(flow: Flow): Flow {
  return {
    ...flow,
    from: withPrefixesInOrder(flow.from),
    to: withPrefixesInOrder(flow.to),
    ports: [...new Set(flow.ports)].sort(naturalOrder),
  };
}

function withPrefixesInOrder(endpoint: FlowEndpoint): FlowEndpoint {
  return { ...endpoint, prefixes: [...new Set(endpoint.prefixes)].sort(naturalOrder) };
}

function endsOf(
  { network, sharedGroups = [], openedBySameApp = [] }: ReportInput,
  flows: readonly Flow[],
  components: readonly ReportComponent[],
): ReportEnd[] {
  // An end that several flows describe differently is what the first in order says.
  const described = sortedBy(
    flows.flatMap(({ from, to }) => [from, to]),
    (endpoint) => [endpoint.id, canonicalJson(endpoint)],
  );
  const known = new Map<string, { id: string; label: string; prefixes: string[] }>();
  for (const endpoint of [...network.endpoints, ...described]) {
    if (!known.has(endpoint.id)) known.set(endpoint.id, endpoint);
  }
  for (const { endpointId, label, addresses, sharesMachineOf } of components) {
    if (!known.has(endpointId) && sharesMachineOf === undefined) {
      known.set(endpointId, { id: endpointId, label, prefixes: addresses ?? [] });
    }
  }
  const shared = new Map(sharedGroups.map((group) => [group.endpointId, withRulesInOrder(group)]));
  const guarded = new Map(network.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const ends = [...known.values()].map(({ id, label, prefixes }): ReportEnd => {
    const ours = guarded.get(id);
    return {
      id,
      label,
      prefixes: [...new Set(prefixes)].sort(naturalOrder),
      ours: ours !== undefined,
      openedBySameApp: openedBySameApp.includes(id),
      serviceTag: prefixes.length === 1 && isServiceTag(prefixes[0]),
      components: sortedBy(
        components.filter((component) => component.endpointId === id),
        ({ sharesMachineOf }) => [sharesMachineOf === undefined ? 0 : 1],
      ),
      groups: [ours?.subnetGroup, ours?.interfaceGroup].filter((name) => name !== undefined),
      sharedGroup: shared.get(id),
    };
  });
  return sortedBy(ends.map(withUniqueLabel), (end) => [
    place(end, flows),
    end.components[0]?.key ?? "",
    end.label,
    end.id,
  ]);
}

/** Two ends with one label are told apart by as much of their paths as they differ in: `veeam-a/backup-server`. */
function withUniqueLabel(end: ReportEnd, _: number, ends: readonly ReportEnd[]): ReportEnd {
  const others = ends.filter((other) => other.label === end.label && other.id !== end.id);
  if (others.length === 0) return end;
  // The last part of a place's path is the same for all components.
  const pathOf = ({ id }: ReportEnd): string => `/${id.replace(/\/network$/, "")}`;
  const parts = pathOf(end).slice(1).split("/");
  const suffixes = parts.map((_part, index) => parts.slice(index).join("/")).reverse();
  const label = suffixes.find((suffix) => !others.some((other) => pathOf(other).endsWith(`/${suffix}`)));
  return { ...end, label: label ?? end.id };
}

/** The order of ends: those that only open connections, then roles, then those that are only connected to. */
function place(end: ReportEnd, flows: readonly Flow[]): number {
  if (end.components.length > 0) return ROLES.indexOf(end.components[0].role);
  const opens = flows.some(({ from }) => from.id === end.id);
  const isConnectedTo = flows.some(({ to }) => to.id === end.id);
  if (end.serviceTag) return ROLES.length + 1;
  return opens && !isConnectedTo ? ROLES.indexOf(VeeamRole.CONSOLE) : ROLES.length;
}

function isServiceTag(prefix: string): boolean {
  const isAddress = parseIpv4Prefix(prefix) ?? parseIpv4Address(prefix);
  return isAddress === undefined && !isOpaque(prefix) && /^[A-Za-z][\w.]*$/.test(prefix);
}

function groupsOf({ network }: ReportInput, ends: readonly ReportEnd[]): ReportGroup[] {
  const groups = network.groups.map(({ name, rules }) => ({
    name,
    ends: ends.filter((end) => end.groups.includes(name)),
    rules: rulesInOrder(rules),
  }));
  return sortedBy(groups, ({ ends: [end], name }) => [end ? ends.indexOf(end) : ends.length, name]);
}

function withRulesInOrder(group: ReportSharedGroup): ReportSharedGroup {
  const inOrder = rulesInOrder(group.rules.map(({ rule }) => rule));
  return { ...group, rules: sortedBy(group.rules, ({ rule }) => [inOrder.indexOf(rule)]) };
}

function rulesInOrder<R extends SecurityRule>(rules: readonly R[]): R[] {
  return sortedBy(rules, (rule) => [
    rule.direction === Direction.INBOUND ? 0 : 1,
    rule.priority,
    rule.name,
    canonicalJson(rule),
  ]);
}
