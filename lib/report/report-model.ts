import type { Flow, FlowEndpoint } from "../azure/flow";
import { Direction, type SecurityRule } from "../azure/security-rule";
import { naturalOrder, sortedBy } from "../base/natural-order";
import type { ClosedSection } from "../plan/flows/closed-sections";
import { type FailoverUse, failoverUse, followedDisagreements } from "../plan/flows/page-notes";
import type { ReportedPlace, ReportInput } from "../plan/reported";
import { VeeamRole } from "../ports/port-table";
import type { RuleReference } from "../proof/evaluation/rule-list";
import type { Proof } from "../proof/prove";
import { canonicalJson } from "./canonical-json";
import { type ReportComponent, reportComponent, reportNetwork } from "./components-and-networks";
import { type ReportDnsNames, reportDnsNames } from "./dns-names";
import { type RulesOfFlow, rulesOfFlow } from "./rules-of-flow";
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
  readonly sharedGroup?: ReportedPlace["sharedGroup"];
}

/** A flow, its ends and the rules that judge it there. */
export interface ReportFlow extends RulesOfFlow {
  /** Id in the page. It contains the flow's name and ends, so that other flows do not change links to it. */
  readonly id: string;
  readonly flow: Flow;
  readonly from: ReportEnd;
  readonly to: ReportEnd;
}

/** A report's input in the one order that all formats follow, with what follows from it. */
export type ReportModel = Readonly<ReturnType<typeof reportModel>>;

/** Brings what a report reads in order. */
export function reportModel(input: ReportInput) {
  const { documented, networks, places } = input;
  const { portTable, rows, topology } = documented;
  const ours = new Set(places.map(({ endpoint }) => endpoint.id));
  const flows = [
    ...new Map(input.flows.map(flowInOrder).map((flow) => [canonicalJson(flow), flow])).values(),
  ];
  const components = inOrder(
    input.components.map((component) => reportComponent(component, input)),
    ({ role, key }) => [ROLES.indexOf(role), key],
  );
  const ends = endsOf(input, flows, components);
  const rank = new Map(ends.map(({ id }, index) => [id, index]));
  const rankOf = ({ id }: FlowEndpoint): number => rank.get(id) as number;
  const failover = failoverUse(portTable, topology, ours);
  return {
    path: input.path,
    portTable,
    networks: inOrder(
      networks.map((network) => reportNetwork(network, input)),
      ({ name }) => [name],
    ),
    components,
    /** Every end: consoles first, then by role, then those managed elsewhere. */
    ends,
    flows: withIds(
      inOrder(flows, ({ priority, name, from, to }) => [priority, name, rankOf(from), rankOf(to)]).map(
        (flow) => ({
          flow,
          from: ends[rankOf(flow.from)],
          to: ends[rankOf(flow.to)],
          ...rulesOfFlow(flow, input),
        }),
      ),
    ),
    groups: groupsOf(input, ends),
    proof: sortedProof(input.proof),
    warnings: textsInOrder(input.warnings),
    /** Sections of Veeam's pages with connections that the deployment does not enable. */
    closedSections: inOrder(documented.closedSections.map(closedSection), ({ section }) => [section]),
    disagreements: inOrder(followedDisagreements(portTable, topology)),
    failover: failover && {
      ...failover,
      closed: pairsOf(failover.closed, ends),
      closedOnBothPages: pairsOf(failover.closedOnBothPages, ends),
    },
    /** By who carries the connections on. */
    dnsNames: dnsNamesOf(reportDnsNames(rows, topology, ours), ends),
  };
}

/** Sorted by what a function says of each, and then by the whole. */
function inOrder<T>(list: readonly T[], keysOf: (item: T) => Array<string | number> = () => []): T[] {
  return sortedBy(list, (item) => [...keysOf(item), canonicalJson(item)]);
}

/** The texts, each once, sorted. */
function textsInOrder(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(naturalOrder);
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
function closedSection({ section, source, pageDate, closedRows }: ClosedSection) {
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

function pairsOf(pairs: FailoverUse["closed"], ends: readonly ReportEnd[]): FailoverUse<ReportEnd>["closed"] {
  const known = pairs.flatMap(({ from, to }) => {
    const [source, destination] = [from, to].map(({ id }) => ends.find((end) => end.id === id));
    return source && destination ? [{ from: source, to: destination }] : [];
  });
  return sortedBy(known, ({ from, to }) => [ends.indexOf(from), ends.indexOf(to)]);
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
    canonicalJson({ ...named, from: from.map(({ id }) => id).sort(naturalOrder) }),
  ]);
}

function flowInOrder({ from, to, ports, ...flow }: Flow): Flow {
  const inOrderOf = (end: FlowEndpoint): FlowEndpoint => ({ ...end, prefixes: textsInOrder(end.prefixes) });
  return { ...flow, from: inOrderOf(from), to: inOrderOf(to), ports: textsInOrder(ports) };
}

function endsOf(
  { network, places, placesOfApp = [] }: ReportInput,
  flows: readonly Flow[],
  components: readonly ReportComponent[],
): ReportEnd[] {
  // An end that several flows describe differently is what the first in order says.
  const described = inOrder(
    flows.flatMap(({ from, to }) => [from, to]),
    ({ id }) => [id],
  );
  const known = new Map<string, Pick<ReportEnd, "id" | "label" | "prefixes">>();
  const unconnected = components
    .filter(({ sharesMachineOf }) => sharesMachineOf === undefined)
    .map(({ endpointId: id, label, addresses: prefixes = [] }) => ({ id, label, prefixes }));
  for (const endpoint of [...network.endpoints, ...described, ...unconnected]) {
    if (!known.has(endpoint.id)) known.set(endpoint.id, endpoint);
  }
  const ends = [...known.values()].map(({ id, label, prefixes }): ReportEnd => {
    const ours = network.endpoints.find((endpoint) => endpoint.id === id);
    const place = places.find(({ endpoint }) => endpoint.id === id);
    return {
      id,
      label,
      prefixes: textsInOrder(prefixes),
      ours: ours !== undefined,
      openedBySameApp: placesOfApp.includes(id) && !place,
      serviceTag: prefixes.length === 1 && SERVICE_TAG.test(prefixes[0]),
      components: sortedBy(
        components.filter((component) => component.endpointId === id),
        ({ sharesMachineOf }) => [sharesMachineOf === undefined ? 0 : 1],
      ),
      groups: [ours?.subnetGroup, ours?.interfaceGroup].filter((name) => name !== undefined),
      sharedGroup: place?.sharedGroup && {
        ...place.sharedGroup,
        rules: inOrder(place.sharedGroup.rules, ({ rule }) => ruleKeys(rule)),
      },
    };
  });
  return sortedBy(ends.map(withUniqueLabel), (end) => [
    placeInOrder(end, flows),
    end.components[0]?.key ?? "",
    end.label,
    end.id,
  ]);
}

/** Ends with the same label get the part of their paths in which they differ: `veeam-a/backup-server`. */
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
function placeInOrder(end: ReportEnd, flows: readonly Flow[]): number {
  if (end.components.length > 0) return ROLES.indexOf(end.components[0].role);
  const opens = flows.some(({ from }) => from.id === end.id);
  const isConnectedTo = flows.some(({ to }) => to.id === end.id);
  if (end.serviceTag) return ROLES.length + 1;
  return opens && !isConnectedTo ? ROLES.indexOf(VeeamRole.CONSOLE) : ROLES.length;
}

const SERVICE_TAG = /^[A-Za-z][\w.]*$/;

/** The groups with the ends that they are associated with; rules are inbound before outbound, and each by priority. */
function groupsOf({ network }: ReportInput, ends: readonly ReportEnd[]) {
  const groups = network.groups.map(({ name, rules }) => ({
    name,
    ends: ends.filter((end) => end.groups.includes(name)),
    rules: inOrder(rules, ruleKeys),
  }));
  return sortedBy(groups, ({ ends: [end], name }) => [end ? ends.indexOf(end) : ends.length, name]);
}

/** Inbound before outbound, and each by priority. */
function ruleKeys({ direction, priority, name }: SecurityRule): Array<string | number> {
  return [direction === Direction.INBOUND ? 0 : 1, priority, name];
}

/** The proof with its lists in the order of what they name. */
function sortedProof(proof: Proof): Proof {
  const keysOf = ({ group, priority, rule }: RuleReference) => [group, priority, rule];
  return {
    ...proof,
    missing: inOrder(proof.missing, ({ flow, from, to }) => [flow, from, to]),
    excess: inOrder(proof.excess, ({ endpoint, end }) => [endpoint, end]),
    shadowedRules: inOrder(proof.shadowedRules, ({ rule, direction }) => [...keysOf(rule), direction]),
    rulesWithoutFlow: inOrder(proof.rulesWithoutFlow, keysOf),
    dependsOn: textsInOrder(proof.dependsOn),
  };
}
