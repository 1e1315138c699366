import type { Place } from "./evaluation/address-axis";
import {
  ALL_ADDRESSES,
  hasNoAddress,
  intersectAddresses,
  subtractAddresses,
  uniteAddresses,
  type AddressSet,
} from "../azure/sets/address-set";
import { AddressSpace, type Peer } from "./evaluation/address-space";
import { changedParts, type ChangedParts, type EndLabels, type Fate } from "./evaluation/changes";
import {
  type Regrouping,
  joinRanges,
  type ConnectionDifference,
  type NamedAddresses,
} from "./evaluation/connection-range";
import type { Flow } from "../azure/flow";
import { union } from "../azure/sets/interval-set";
import { matchOfFlow, type Match } from "./evaluation/match";
import type { GuardedEndpoint, Network } from "./network";
import { decided, type Cell } from "./evaluation/partition";
import { combinations, elsewhere, everyPort, placesOfEndpoint } from "./evaluation/places";
import { EVERY_PROTOCOL, type PortPlace } from "./evaluation/port-axis";
import type { PortSet } from "../azure/sets/port-set";
import { RuleLists, unknownsOf, type RuleList } from "./evaluation/rule-list";
import { Scene, type Extent } from "./evaluation/scene";
import { Access, Direction } from "../azure/security-rule";

export type { ConnectionDifference, ConnectionRange, Regrouping } from "./evaluation/connection-range";

/**
 * The connections that a change of groups opens and closes. A connection
 * passes where every group at its ends allows it; what has no end among the
 * endpoints of a network does not count as passing there. Service tags hold
 * the addresses of the later file.
 *
 * Throws an Error where a network is malformed.
 */
export function diff(before: Network, after: Network): ConnectionDifference {
  const space = new AddressSpace({
    endpoints: [...sureOf(before.endpoints, after.endpoints), ...sureOf(after.endpoints, before.endpoints)],
    groups: [],
    virtualNetworkPrefixes: [
      ...(before.virtualNetworkPrefixes ?? []),
      ...(after.virtualNetworkPrefixes ?? []),
    ],
    connectedPrefixes: [...(before.connectedPrefixes ?? []), ...(after.connectedPrefixes ?? [])],
    hasDefaultRoute: before.hasDefaultRoute || after.hasDefaultRoute,
    serviceTags: after.serviceTags ?? before.serviceTags,
  });
  const lists = { before: new RuleLists(before, space), after: new RuleLists(after, space) };
  const parties = partiesOf(before, after, space);
  const parts = parties.flatMap((from) =>
    parties.filter((to) => isOurs(from) || isOurs(to)).map((to) => changesBetween(from, to, lists, space)),
  );
  const outside = subtractAddresses(ALL_ADDRESSES, oursOf(before, after, space));
  const difference = joinParts(parts, [
    { name: "elsewhere", addresses: outside },
    { name: "Internet", addresses: space.surelyInternet() },
  ]);
  const regrouped = regroupingsBetween(before, after);
  return regrouped.length > 0 ? { ...difference, regrouped } : difference;
}

function regroupingsBetween(before: Network, after: Network): Regrouping[] {
  return after.endpoints.flatMap((endpoint) => {
    const same = before.endpoints.find(({ id }) => id === endpoint.id);
    if (!same) return [];
    const left = groupsOnlyOf(same, endpoint);
    const joined = groupsOnlyOf(endpoint, same);
    return left.length + joined.length > 0 ? [{ endpoint: endpoint.label, left, joined }] : [];
  });
}

function groupsOnlyOf(
  { applicationSecurityGroupIds: own = [] }: GuardedEndpoint,
  { applicationSecurityGroupIds: others = [] }: GuardedEndpoint,
): string[] {
  return own.filter((id) => !others.some((other) => other.toLowerCase() === id.toLowerCase()));
}

/**
 * The connections that one list of flows asks for and another does not. Values
 * known only at apply, service tags and application security groups count by
 * name: each is taken to hold nothing that the lists name otherwise.
 *
 * Throws an Error where a flow is malformed.
 */
export function diffFlows(before: Flow[], after: Flow[]): ConnectionDifference {
  const space = new AddressSpace({ endpoints: [], groups: [] });
  const matches = [before, after].map((flows) => flows.map((flow) => matchOfFlow(flow, space)));
  const all = matches.flat();
  const extent: Extent = {
    sources: namedPlaces(all.map(({ source }) => source)),
    destinations: namedPlaces(all.map(({ destination }) => destination)),
    protocols: EVERY_PROTOCOL,
    ports: namedPorts(all.map(({ destinationPorts }) => destinationPorts)),
    sourcePorts: namedPorts([]),
  };
  const isAsked = (list: number) => (cell: Cell) =>
    cell.boxes[list].length === 0 ? false : decided(cell, list) ? true : undefined;
  const parts = Scene.of(extent, space, all).map((scene) => {
    const boxes = matches.map((some) => scene.boxesOf(some));
    return changedParts(scene, boxes, { before: isAsked(0), after: isAsked(1) }, {});
  });
  return joinParts(parts, []);
}

function namedPlaces(peers: readonly Peer[]): Place[] {
  const except = uniteAddresses(...peers.map(({ addresses }) => addresses));
  const names = [...new Set(peers.flatMap(({ unknowns }) => unknowns))];
  return [{ names: [], extras: [[]] }, ...names.map((name) => ({ names: [name], except, extras: [[]] }))];
}

function namedPorts(sets: readonly PortSet[]): PortPlace[] {
  const except = sets.map(({ known }) => known).reduce(union, []);
  const names = [...new Set(sets.flatMap(({ unknowns }) => unknowns))];
  return [{ names: [], extras: [[]] }, ...names.map((name) => ({ names: [name], except, extras: [[]] }))];
}

function joinParts(parts: readonly ChangedParts[], named: readonly NamedAddresses[]): ConnectionDifference {
  return {
    opened: joinRanges(
      parts.flatMap(({ opened }) => opened),
      named,
    ),
    closed: joinRanges(
      parts.flatMap(({ closed }) => closed),
      named,
    ),
  };
}

/** Addresses that are the same endpoint's before, and the same endpoint's after. */
interface Party {
  readonly before?: GuardedEndpoint;
  readonly after?: GuardedEndpoint;
  places(extras: readonly (readonly string[])[]): Place[];
}

function isOurs({ before, after }: Party): boolean {
  return before !== undefined || after !== undefined;
}

function partiesOf(before: Network, after: Network, space: AddressSpace): Party[] {
  const both = before.endpoints.flatMap((one) =>
    after.endpoints.map((other) => sharedParty(one, other, space)),
  );
  const onlyBefore = before.endpoints.map((one) => ({ before: one, ...rest(one, after.endpoints, space) }));
  const onlyAfter = after.endpoints.map((one) => ({ after: one, ...rest(one, before.endpoints, space) }));
  const ours = oursOf(before, after, space);
  const names = [...before.endpoints, ...after.endpoints].flatMap(
    ({ prefixes }) => space.peer(prefixes).unknowns,
  );
  const outside: Party = {
    places: (extras) => [
      elsewhere(
        ours,
        extras.filter((extra) => !extra.some((name) => names.includes(name))),
      ),
    ],
  };
  return [...both, ...onlyBefore, ...onlyAfter, outside].filter(({ places }) => places([]).length > 0);
}

function oursOf(before: Network, after: Network, space: AddressSpace): AddressSet {
  return space.peer([...before.endpoints, ...after.endpoints].flatMap(({ prefixes }) => prefixes)).addresses;
}

/** Endpoints with the application security groups that they are in before and after; what changes is taken to be unknown. */
function sureOf(
  endpoints: readonly GuardedEndpoint[],
  others: readonly GuardedEndpoint[],
): GuardedEndpoint[] {
  return endpoints.map((endpoint) => {
    const other = others.find(({ id }) => id === endpoint.id) ?? endpoint;
    const changed = groupsOnlyOf(endpoint, other);
    const ids = endpoint.applicationSecurityGroupIds?.filter((id) => !changed.includes(id));
    return { ...endpoint, applicationSecurityGroupIds: ids };
  });
}

/** What is one endpoint's before and another's, most often the same one's, after. */
function sharedParty(before: GuardedEndpoint, after: GuardedEndpoint, space: AddressSpace): Party {
  const [one, other] = [before, after].map(({ prefixes }) => space.peer(prefixes));
  const names = one.unknowns.filter((name) => other.unknowns.includes(name));
  return {
    before,
    after,
    places: partPlaces(after, intersectAddresses(one.addresses, other.addresses), names, space),
  };
}

/** What is an endpoint's in one network and no endpoint's in the other. */
function rest(
  endpoint: GuardedEndpoint,
  others: readonly GuardedEndpoint[],
  space: AddressSpace,
): Pick<Party, "places"> {
  const own = space.peer(endpoint.prefixes);
  const theirs = space.peer(others.flatMap(({ prefixes }) => prefixes));
  const names = own.unknowns.filter((name) => !theirs.unknowns.includes(name));
  return { places: partPlaces(endpoint, subtractAddresses(own.addresses, theirs.addresses), names, space) };
}

function partPlaces(
  endpoint: GuardedEndpoint,
  addresses: AddressSet,
  names: readonly string[],
  space: AddressSpace,
): Party["places"] {
  return (extras) => [
    ...(hasNoAddress(addresses) ? [] : placesOfEndpoint(endpoint, space, extras, addresses)),
    ...(names.length > 0 ? placesOfEndpoint({ ...endpoint, prefixes: [...names] }, space, extras) : []),
  ];
}

function changesBetween(
  from: Party,
  to: Party,
  lists: { readonly before: RuleLists; readonly after: RuleLists },
  space: AddressSpace,
): ChangedParts {
  const before = listsBetween(from.before, to.before, lists.before);
  const after = listsBetween(from.after, to.after, lists.after);
  if (isSameJudgement(from, to, before, after)) return { opened: [], closed: [] };
  const all = [...before, ...after];
  const extent = extentBetween(from, to, all);
  const labels: EndLabels = { from: (from.after ?? from.before)?.label, to: (to.after ?? to.before)?.label };
  const fates = {
    before: fateOf(before, 0, from.before !== undefined || to.before !== undefined),
    after: fateOf(after, before.length, from.after !== undefined || to.after !== undefined),
  };
  const parts = Scene.of(
    extent,
    space,
    all.flatMap(({ judging }) => judging),
  ).map((scene) =>
    changedParts(
      scene,
      all.map(({ judging }) => scene.boxesOf(judging)),
      fates,
      labels,
    ),
  );
  return { opened: parts.flatMap(({ opened }) => opened), closed: parts.flatMap(({ closed }) => closed) };
}

/** Whether nothing can change between two parties, told at once: the most common case. */
function isSameJudgement(
  from: Party,
  to: Party,
  before: readonly RuleList[],
  after: readonly RuleList[],
): boolean {
  const wasKnown = from.before !== undefined || to.before !== undefined;
  const isKnown = from.after !== undefined || to.after !== undefined;
  const text = (lists: readonly RuleList[]) => JSON.stringify(lists.map(({ rules }) => rules));
  return wasKnown === isKnown && text(before) === text(after);
}

function listsBetween(
  from: GuardedEndpoint | undefined,
  to: GuardedEndpoint | undefined,
  lists: RuleLists,
): RuleList[] {
  const outbound = from ? lists.before(from, Direction.OUTBOUND) : [];
  const inbound = to ? lists.before(to, Direction.INBOUND) : [];
  return [...outbound, ...inbound].map(({ list }) => list);
}

function extentBetween(from: Party, to: Party, lists: readonly RuleList[]): Extent {
  const combined = (names: (matches: readonly Match[]) => string[]) =>
    combinations(lists.map(({ judging }) => names(judging)));
  const ports = (side: "sourcePorts" | "destinationPorts") =>
    everyPort(
      [],
      combined((matches) => [...new Set(matches.flatMap((match) => match[side].unknowns))]),
      [],
    );
  return {
    sources: from.places(combined((matches) => unknownsOf(matches, ({ source }) => source))),
    destinations: to.places(combined((matches) => unknownsOf(matches, ({ destination }) => destination))),
    protocols: EVERY_PROTOCOL,
    ports: ports("destinationPorts"),
    sourcePorts: ports("sourcePorts"),
  };
}

/** Whether some lists, of which the first is the one at `offset`, let a cell pass. */
function fateOf(lists: readonly RuleList[], offset: number, isKnown: boolean): (cell: Cell) => Fate {
  return (cell) => {
    if (!isKnown) return false;
    let isOpen = true;
    for (const [index, { rules }] of lists.entries()) {
      const box = decided(cell, offset + index);
      if (!box) isOpen = false;
      else if (rules[box.index].access === Access.DENY) return false;
    }
    return isOpen ? true : undefined;
  };
}
