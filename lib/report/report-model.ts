import type { Flow, FlowEndpoint } from "../azure/flow";
import { Direction, type SecurityRule } from "../azure/security-rule";
import { parseIpv4Address, parseIpv4Prefix } from "../azure/sets/ipv4-prefix";
import { naturalOrder, sortedBy } from "../base/natural-order";
import { isOpaque } from "../base/opaque";
import type { ClosedSection } from "../plan/flows/closed-sections";
import {
  failoverUse,
  type FollowedDisagreement,
  followedDisagreements,
  type PairOfEnds,
} from "../plan/flows/page-notes";
import type { ReportedPlace, ReportInput } from "../plan/reported";
import { type PortTable, VeeamRole } from "../ports/port-table";
import type { Proof } from "../proof/prove";
import { canonicalJson } from "./canonical-json";
import {
  type ReportComponent,
  reportComponent,
  type ReportNetwork,
  reportNetwork,
} from "./components-and-networks";
import { type ReportDnsNames, reportDnsNames } from "./dns-names";
import { type RulesOfFlow, rulesOfFlow } from "./rules-of-flow";
import { ROLES } from "./words";
import type { RuleReference } from "../proof/evaluation/rule-list";

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
  readonly sharedGroup?: ReportedPlace["sharedGroup"];
}

/** A flow, its ends and the rules that judge it there. */
export interface ReportFlow extends RulesOfFlow {
  /** Id in the page: made of its name and ends, so that a link to it outlives other flows. */
  readonly id: string;
  readonly flow: Flow;
  readonly from: ReportEnd;
  readonly to: ReportEnd;
}

/** A group and its rules, inbound before outbound and each by priority. */
interface ReportGroup {
  readonly name: string;
  /** The ends that it is associated with. */
  readonly ends: readonly ReportEnd[];
  readonly rules: readonly SecurityRule[];
}

/** A section of Veeam's pages with connections that a deployment does not enable. */
interface ReportClosedSection {
  /** Title of the section. */
  readonly section: string;
  /** Its connections, separated by `; `. */
  readonly neededFor: string;
  /** What does not work without them, separated by `; `. */
  readonly breaks: string;
  /** The page's address. */
  readonly source: string;
  /** The day of the page's text, YYYY-MM-DD. @default - the page has no date */
  readonly pageDate?: string;
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
  readonly portTable: PortTable;
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
  readonly dnsNames: ReadonlyArray<ReportDnsNames<ReportEnd>>;
}

/** Brings what a report reads in order. */
export function reportModel(input: ReportInput): ReportModel {
  const { documented, networks, places } = input;
  const { portTable, rows, topology } = documented;
  const ours = new Set(places.map(({ endpoint }) => endpoint.id));
  const flows = distinct(input.flows.map(withPortsInOrder));
  const components = sortedBy(
    input.components.map((component) => reportComponent(component, input)),
    (component) => [ROLES.indexOf(component.role), component.key, canonicalJson(component)],
  );
  const ends = endsOf(input, flows, components);
  const rank = new Map(ends.map(({ id }, index) => [id, index]));
  const endOf = ({ id }: FlowEndpoint): ReportEnd => ends[rank.get(id) as number];
  const inOrder = sortedBy(flows, (flow) => [
    flow.priority,
    flow.name,
    rank.get(flow.from.id) as number,
    rank.get(flow.to.id) as number,
    canonicalJson(flow),
  ]);
  const failover = failoverUse(portTable, topology, ours);
  return {
    path: input.path,
    portTable,
    networks: sortedBy(
      networks.map((network) => reportNetwork(network, input)),
      (network) => [network.name, canonicalJson(network)],
    ),
    components,
    ends,
    flows: withIds(
      inOrder.map((flow) => ({
        flow,
        from: endOf(flow.from),
        to: endOf(flow.to),
        ...rulesOfFlow(flow, input),
      })),
    ),
    groups: groupsOf(input, ends),
    proof: sortedProof(input.proof),
    warnings: [...new Set(input.warnings)].sort(naturalOrder),
    closedSections: sortedBy(documented.closedSections.map(closedSection), (closed) => [
      closed.section,
      canonicalJson(closed),
    ]),
    disagreements: sortedBy(followedDisagreements(portTable, topology), (one) => [canonicalJson(one)]),
    failover: failover && {
      ...failover,
      closed: pairsOf(failover.closed, ends),
      closedOnBothPages: pairsOf(failover.closedOnBothPages, ends),
    },
    dnsNames: dnsNamesOf(reportDnsNames(rows, topology, ours), ends),
  };
}

function withIds(flows: ReadonlyArray<Omit<ReportFlow, "id">>): ReportFlow[] {
  const taken = new Set<string>();
  return flows.map((one) => {
    const stem = `flow-${slug(one.flow.name)}--${slug(one.from.label)}--${slug(one.to.label)}`;
    let id = stem;
    for (let number = 2; taken.has(id); number++) id = `${stem}-${number}`;
    taken.add(id);
    return { ...one, id };
  });
}

function slug(text: string): string {
  return text
    .replace(/[^A-Za-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
}

/** A closed section: what needs the rows that are closed, and what does not work without them. */
function closedSection({ section, source, pageDate, closedRows }: ClosedSection): ReportClosedSection {
  const textOf = (texts: readonly string[]): string => [...new Set(texts)].join("; ");
  return {
    section,
    neededFor: textOf(closedRows.map(({ from, to }) => `${from} to ${to}`)),
    breaks: textOf(
      closedRows.map(({ without, opensWith }) => `${without} (to enable: ${opensWith.join(" and ")})`),
    ),
    source,
    pageDate,
  };
}

function pairsOf(pairs: readonly PairOfEnds[], ends: readonly ReportEnd[]): Array<[ReportEnd, ReportEnd]> {
  const known = pairs.flatMap(({ from, to }): Array<[ReportEnd, ReportEnd]> => {
    const [source, destination] = [from, to].map((id) => ends.find((end) => end.id === id));
    return source && destination ? [[source, destination]] : [];
  });
  return sortedBy(known, (pair) => pair.map((end) => ends.indexOf(end)));
}

function dnsNamesOf(
  all: readonly ReportDnsNames[],
  ends: readonly ReportEnd[],
): Array<ReportDnsNames<ReportEnd>> {
  const known = all.map((one) => ({
    ...one,
    names: [...one.names].sort(naturalOrder),
    ports: [...one.ports].sort(naturalOrder),
    from: ends.filter(({ id }) => one.from.some((end) => end.id === id)),
    through: ends.find(({ id }) => id === one.through?.id),
  }));
  return sortedBy(known, ({ from, through, ...named }) => [
    through ? ends.indexOf(through) : ends.length,
    named.names.length > 0 ? 0 : 1,
    named.names.join(" "),
    canonicalJson({ ...named, from: from.map(({ id }) => id) }),
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
  { network, places, placesOfApp = [] }: ReportInput,
  flows: readonly Flow[],
  components: readonly ReportComponent[],
): ReportEnd[] {
  // An end that several flows describe differently is what the first in order says.
  const described = sortedBy(
    flows.flatMap(({ from, to }) => [from, to]),
    (endpoint) => [endpoint.id, canonicalJson(endpoint)],
  );
  const known = new Map<string, Pick<ReportEnd, "id" | "label" | "prefixes">>();
  for (const endpoint of [...network.endpoints, ...described]) {
    if (!known.has(endpoint.id)) known.set(endpoint.id, endpoint);
  }
  for (const { endpointId, label, addresses, sharesMachineOf } of components) {
    if (!known.has(endpointId) && sharesMachineOf === undefined) {
      known.set(endpointId, { id: endpointId, label, prefixes: addresses ?? [] });
    }
  }
  const placeOf = new Map(places.map((place) => [place.endpoint.id, place]));
  const guarded = new Map(network.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const ends = [...known.values()].map(({ id, label, prefixes }): ReportEnd => {
    const ours = guarded.get(id);
    return {
      id,
      label,
      prefixes: [...new Set(prefixes)].sort(naturalOrder),
      ours: ours !== undefined,
      openedBySameApp: placesOfApp.includes(id) && !placeOf.has(id),
      serviceTag: prefixes.length === 1 && isServiceTag(prefixes[0]),
      components: sortedBy(
        components.filter((component) => component.endpointId === id),
        ({ sharesMachineOf }) => [sharesMachineOf === undefined ? 0 : 1],
      ),
      groups: [ours?.subnetGroup, ours?.interfaceGroup].filter((name) => name !== undefined),
      sharedGroup: withRulesInOrder(placeOf.get(id)?.sharedGroup),
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

function withRulesInOrder(group: ReportEnd["sharedGroup"]): ReportEnd["sharedGroup"] {
  if (!group) return undefined;
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

/** The proof with its lists in the order of what they name. */
function sortedProof(proof: Proof): Proof {
  return {
    holds: proof.holds,
    missing: sortedBy(proof.missing, (found) => [found.flow, found.from, found.to, canonicalJson(found)]),
    excess: sortedBy(proof.excess, (found) => [found.endpoint, found.end, canonicalJson(found)]),
    shadowedRules: sortedBy(proof.shadowedRules, ({ rule, direction, ...rest }) => [
      ...ruleKeys(rule),
      direction,
      canonicalJson(rest),
    ]),
    rulesWithoutFlow: sortedBy(proof.rulesWithoutFlow, ruleKeys),
    dependsOn: [...new Set(proof.dependsOn)].sort(naturalOrder),
    // Their order is the engine's: what matters most is first.
    assumptions: [...proof.assumptions],
  };
}

function ruleKeys(rule: RuleReference): Array<string | number> {
  return [rule.group, rule.priority, rule.rule, canonicalJson(rule)];
}
