import { countAddresses } from "../azure/sets/address-set";
import { Protocol, type SecurityRule } from "../azure/security-rule";
import { distinctItems, distinctTexts, groupBy, kept } from "../base/collections";
import { isOpaque } from "../base/opaque";
import { bothWays, byEnds } from "../proof/evaluation/connection-range";
import { changedEndpoints, type ConnectionDifference, type ConnectionRange, diff } from "../proof/diff";
import type { SecurityGroup } from "../proof/network";
import { isObject } from "../terraform/files/json-values";
import type { PlacedEndpoint, PlacedNetwork } from "../terraform/joined/network-of-files";
import type { Ends } from "../proof/evaluation/party";
import { addressesOf } from "../azure/sets/prefix-list";
import { type View, viewsOf } from "./connected-networks";
import {
  apart,
  isLocated,
  keyOf,
  type NetworkPair as Pair,
  placements,
  shareAddresses,
  virtualNetworksOf,
} from "./placed-addresses";

/** The connections that a change of files opens and closes. */
export interface DifferenceOfPlaces {
  readonly difference: ConnectionDifference;
  /** What is unknown in one of the two and therefore not compared; each a sentence. */
  readonly notCompared: readonly string[];
}

/**
 * The connections that a change of files opens and closes, with network
 * interfaces and virtual networks taken into account. Only changed endpoints are
 * compared, each with all others.
 */
export function differenceOfPlaces(before: PlacedNetwork, after: PlacedNetwork): DifferenceOfPlaces {
  const parts = viewsOf({ before: withIdsOf(before, after), after }).flatMap((view) => {
    const changed = changedEndpoints(view.before, view.after);
    return changed.size === 0 ? [] : [...located(view, changed), ...movable(view, changed)];
  });
  const inSubnets = unknownInSubnets([before, after]);
  return {
    difference: bothWays(parts, (ranges) =>
      distinctItems(ranges.flat().map((range) => perhapsAtInterfaces(range, inSubnets))).sort(byEnds),
    ),
    notCompared: doubtsOfOne(before, after),
  };
}

/** The network before the change with the ids from after it: a state has Azure's ids, which a plan may not have yet. */
function withIdsOf(before: PlacedNetwork, after: PlacedNetwork): PlacedNetwork {
  const named = ({ endpoints, interfaces = [], virtualNetworks = [] }: PlacedNetwork) => [
    ...[...endpoints, ...interfaces].map(({ id, label }) => ({ id, name: label.toLowerCase() })),
    ...virtualNetworks.map(({ key, name }) => ({ id: key, name: `network ${name.toLowerCase()}` })),
  ];
  const [ids, own] = [after, before].map((network) => new Set(named(network).map(({ id }) => id)));
  const byName = new Map(
    named(after)
      .filter(({ id }) => !own.has(id))
      .map(({ name, id }) => [name, id]),
  );
  const idOf = new Map(
    named(before).map(({ id, name }) => [id, ids.has(id) ? id : (byName.get(name) ?? id)]),
  );
  const renamed = (id: string) => idOf.get(id) ?? id;
  const { endpoints, interfaces, virtualNetworks, peerings } = before;
  return { ...before, ...withIds({ endpoints, interfaces, virtualNetworks, peerings }, renamed) };
}

const IDS = ["id", "key", "virtualNetwork", "subnet", "remote", "between"];

/** A value with the ids in it changed, at any depth. */
function withIds<T>(value: T, change: (id: string) => string, field = ""): T {
  const changed = (inner: unknown): unknown => {
    if (typeof inner === "string") return IDS.includes(field) ? change(inner) : inner;
    if (Array.isArray(inner)) return inner.map((item: unknown) => withIds(item, change, field));
    if (!isObject(inner) || field === "names") return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, withIds(one, change, key)]));
  };
  return changed(value) as T;
}

/** The changes between endpoints with known addresses. */
function located({ before, after, compares }: View, changed: ReadonlySet<string>): ConnectionDifference[] {
  const ours = [before, after].map(({ endpoints }) => endpoints.filter(isLocated));
  if (!ours.some((endpoints) => endpoints.some(({ id }) => changed.has(id)))) return [];
  return distinctPairs(
    ordersFor(ours, changed).map((order) => ({
      before: { ...before, endpoints: apart(before.endpoints, order) },
      after: { ...after, endpoints: apart(after.endpoints, order) },
    })),
  ).map((pair) => diff(pair.before, pair.after, (from, to) => compares(from, to) && mayOpen(from)));
}

/** Whether an end may open connections; a private endpoint only accepts them. */
function mayOpen(ends: Ends): boolean {
  return !ends.some((end?: PlacedEndpoint) => end?.networkInterface?.isPrivateEndpoint);
}

/**
 * The orders of virtual networks if some of them overlap: each that changes,
 * with each of the others.
 */
function ordersFor(
  sides: ReadonlyArray<readonly PlacedEndpoint[]>,
  changed: ReadonlySet<string>,
): string[][] {
  if (!sides.some(shareAddresses)) return [[]];
  const networks = sides.map(virtualNetworksOf);
  const all = [...new Set(networks.flatMap((some) => [...some.values()]))];
  const first = new Set(
    networks.flatMap((some) => [...some].flatMap(([id, network]) => (changed.has(id) ? [network] : []))),
  );
  return [...first].flatMap((one) => all.map((other) => [one, other]));
}

function distinctPairs(pairs: readonly Pair[]): Pair[] {
  const idsIn = ({ endpoints }: PlacedNetwork) => endpoints.map(({ id }) => id).sort();
  const keyed = pairs.map((pair) => [JSON.stringify([idsIn(pair.before), idsIn(pair.after)]), pair] as const);
  return [...new Map(keyed).values()];
}

/** The changes at interfaces with unknown addresses: each is placed at every address that it may have. */
function movable(view: View, changed: ReadonlySet<string>): ConnectionDifference[] {
  const open = [view.before, view.after].flatMap(({ endpoints }) =>
    endpoints.filter(
      (one) =>
        !isLocated(one) && changed.has(one.id) && view.compares([one, undefined], [undefined, undefined]),
    ),
  );
  return [...new Map(open.map((one) => [one.id, one])).values()].map((one) => wherever(one, view));
}

/** The changes at an interface: certain if they occur at every address that it may have. */
function wherever({ id, label }: PlacedEndpoint, pair: Pair): ConnectionDifference {
  const cases = placements(id, pair).map(({ before, after, named }) =>
    bothWays([diff(before, after, mayOpen)], ([ranges]) => atInterface(ranges, label, named)),
  );
  return bothWays(cases, (ranges) => inAllOrDoubtful(ranges, `the address of ${label}`));
}

/** The ranges that begin or end at an interface, with the names of addresses there. */
function atInterface(
  ranges: readonly ConnectionRange[],
  label: string,
  named: ReadonlyMap<string, readonly string[]>,
): ConnectionRange[] {
  const called = (texts: readonly string[]): string[] => [...(named.get(keyOf(texts)) ?? texts)];
  return ranges
    .map((range) => ({ ...range, from: called(range.from), to: called(range.to) }))
    .filter(({ from, to }) => [from, to].filter((texts) => keyOf(texts) === keyOf([label])).length === 1);
}

/** The ranges of all cases; those of some cases depend on where the interface is. */
function inAllOrDoubtful(cases: readonly ConnectionRange[][], subject: string): ConnectionRange[] {
  return [...groupBy(cases.flat(), (range) => JSON.stringify(range)).values()].map((same) =>
    same.length === cases.length ? same[0] : dependingOn(same[0], [subject]),
  );
}

/** The labels of interfaces with unknown addresses, by the label of each subnet that they may be in. */
function unknownInSubnets(networks: readonly PlacedNetwork[]): ReadonlyMap<string, ReadonlySet<string>> {
  const endpoints = networks.flatMap((network) => network.endpoints);
  const unknown = endpoints.filter((one) => !isLocated(one));
  const found = new Map<string, Set<string>>();
  for (const { id, label } of endpoints.filter(({ networkInterface }) => !networkInterface)) {
    // Subnets of several networks may have one label.
    const labels = kept(found, label, () => new Set<string>());
    for (const one of unknown) if ((one.networkInterface?.subnet ?? id) === id) labels.add(one.label);
  }
  return found;
}

/** A range with so few addresses of a subnet that interfaces may have all of them depends on where those are. */
function perhapsAtInterfaces(
  range: ConnectionRange,
  inSubnets: ReadonlyMap<string, ReadonlySet<string>>,
): ConnectionRange {
  const { from, fromEndpoint = "", to, toEndpoint = "" } = range;
  const isNamed = (label: string) => [...from, ...to].includes(label);
  const perhapsAt = (label: string, texts: readonly string[]): string[] => {
    const others = [...(inSubnets.get(label) ?? [])].filter((one) => !isNamed(one));
    const count = texts.some(isOpaque) ? Infinity : countAddresses(addressesOf(texts));
    return count > 0 && count <= others.length ? others.map((one) => `the address of ${one}`) : [];
  };
  return dependingOn(range, [...perhapsAt(fromEndpoint, from), ...perhapsAt(toEndpoint, to)]);
}

function dependingOn(range: ConnectionRange, subjects: readonly string[]): ConnectionRange {
  return { ...range, dependsOn: distinctTexts([...range.dependsOn, ...subjects]) };
}

function doubtsOfOne(before: PlacedNetwork, after: PlacedNetwork): string[] {
  const keyed = ({ doubts = [], ...network }: PlacedNetwork) =>
    new Map([
      ...doubts.map(({ identity, groups, text }) => [JSON.stringify([identity, groups]), text] as const),
      ...routesIn(network).map((text) => [text, text] as const),
    ]);
  const [old, young] = [keyed(before), keyed(after)];
  const only = (some: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>) =>
    [...some].filter(([key]) => !others.has(key)).map(([, text]) => text);
  const changed = Object.entries(after.inputs ?? {})
    .filter(([name, value]) => (before.inputs?.[name] ?? value) !== value)
    .map(
      ([name]) =>
        `${name} is written in another way, and what depends on it is not compared. Give the plans.`,
    );
  return [...new Set([...only(old, young), ...only(young, old), ...changed])];
}

/** The routes of subnets whose groups say something about VirtualNetwork: the tag contains their prefixes. */
function routesIn({ routes = [], endpoints, groups }: PlacedNetwork): string[] {
  const byName = new Map(groups.map((group) => [group.name, group]));
  return routes.flatMap(({ subnet, prefixes }) => {
    const endpoint = endpoints.find(({ id }) => id === subnet);
    const group = byName.get(endpoint?.subnetGroup ?? "");
    const list = distinctTexts(prefixes).join(", ");
    return endpoint && group && mentionsVirtualNetwork(group)
      ? [`${endpoint.label} has routes for ${list}, which the tag VirtualNetwork contains there.`]
      : [];
  });
}

/** Whether a rule names VirtualNetwork, or Azure's default rules apply, which do. */
function mentionsVirtualNetwork({ rules }: SecurityGroup): boolean {
  const addresses = (rule: SecurityRule) => [
    ...rule.sourceAddressPrefixes,
    ...rule.destinationAddressPrefixes,
  ];
  const isForAll = (rule: SecurityRule) =>
    rule.protocol === Protocol.ANY &&
    [...addresses(rule), ...rule.sourcePortRanges, ...rule.destinationPortRanges].every((one) => one === "*");
  const ended = new Set(rules.filter(isForAll).map(({ direction }) => direction));
  return ended.size < 2 || rules.flatMap(addresses).some((one) => one.toLowerCase() === "virtualnetwork");
}
