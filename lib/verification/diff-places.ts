import { type ConnectionDifference, type ConnectionRange, diff } from "../proof/diff";
import type { SecurityGroup } from "../proof/network";
import type { SecurityRule } from "../azure/security-rule";
import type { PlacedEndpoint, PlacedNetwork } from "../terraform/network-of-files";
import { apart, isLocated, shareAddresses, virtualNetworksOf } from "./apart";
import { withMembers } from "./members";
import { doubtsAbout, holding, networkIn, type World } from "./worlds";
import { keyOf, type NetworkPair as Pair, placements } from "./interface-placements";

/** What a change of files opens and closes. */
export interface DifferenceOfPlaces {
  readonly difference: ConnectionDifference;
  /** What is not known of one of the two, so that it is not compared; each a sentence. */
  readonly notCompared: readonly string[];
}

/**
 * The connections that a change of files opens and closes, whatever is behind
 * their ends. What is the same in both makes no difference: only what changes
 * is compared, with everything else.
 */
export function differenceOfPlaces(before: PlacedNetwork, after: PlacedNetwork): DifferenceOfPlaces {
  const pair = { before: withMembers(withIdsOf(before, after)), after: withMembers(after) };
  const names = doubtsOf(pair, changedIds(pair));
  const cases = worldsOf(names).map((world) =>
    rangesIn({ before: networkIn(world, pair.before), after: networkIn(world, pair.after) }),
  );
  const together = (ranges: readonly ConnectionRange[][]) => inOrder(inAllOrDoubtful(ranges, names));
  return {
    difference: {
      opened: together(cases.map(({ opened }) => opened)),
      closed: together(cases.map(({ closed }) => closed)),
    },
    notCompared: doubtsOfOne(before, after),
  };
}

function rangesIn(pair: Pair): Ranges {
  const changed = changedIds(pair);
  const parts = changed.size === 0 ? [] : [...located(pair, changed), ...movable(pair, changed)];
  return {
    opened: inOrder(parts.flatMap(({ opened }) => opened)),
    closed: inOrder(parts.flatMap(({ closed }) => closed)),
  };
}

/** What is in doubt about endpoints that change. */
function doubtsOf({ before, after }: Pair, changed: ReadonlySet<string>): string[] {
  const names = [before, after].flatMap((network) =>
    network.endpoints
      .filter(({ id }) => changed.has(id))
      .flatMap((endpoint) => doubtsAbout(endpoint, network)),
  );
  return [...new Set(names)];
}

// Each doubt more doubles the work.
const MOST_DOUBTS = 4;

/** The worlds that a few names make; of many, those in which all hold, none, or one. */
function worldsOf(names: readonly string[]): World[] {
  const sets =
    names.length > MOST_DOUBTS
      ? [[], names, ...names.map((name) => [name])]
      : names.reduce<string[][]>((some, name) => [...some, ...some.map((one) => [...one, name])], [[]]);
  return sets.map((some) => holding(new Set(some)));
}

type Ranges = Pick<ConnectionDifference, "opened" | "closed">;

/** The network before with the ids that its endpoints have after: a plan has no ids of Azure's yet, and a state has. */
function withIdsOf(before: PlacedNetwork, after: PlacedNetwork): PlacedNetwork {
  const ids = new Set(after.endpoints.map(({ id }) => id));
  const own = new Set(before.endpoints.map(({ id }) => id));
  const byLabel = new Map(
    after.endpoints.filter(({ id }) => !own.has(id)).map((one) => [one.label.toLowerCase(), one.id]),
  );
  const idOf = new Map(
    before.endpoints.map(({ id, label }) => [
      id,
      ids.has(id) ? id : (byLabel.get(label.toLowerCase()) ?? id),
    ]),
  );
  return {
    ...before,
    endpoints: before.endpoints.map((endpoint) => {
      const { networkInterface } = endpoint;
      const subnet = networkInterface?.subnet;
      return {
        ...endpoint,
        id: idOf.get(endpoint.id) ?? endpoint.id,
        ...(networkInterface &&
          subnet !== undefined && {
            networkInterface: { ...networkInterface, subnet: idOf.get(subnet) ?? subnet },
          }),
      };
    }),
  };
}

/** The endpoints that have other addresses or other groups than before, or are there on one side only. */
function changedIds({ before, after }: Pair): Set<string> {
  const [old, young] = [before, after].map(judgementsIn);
  // What tags hold is a matter of every endpoint.
  if (surroundingsOf(before) !== surroundingsOf(after)) return new Set([...old.keys(), ...young.keys()]);
  return new Set([...old.keys(), ...young.keys()].filter((id) => old.get(id) !== young.get(id)));
}

/** What tags hold in a network, as one text. */
function surroundingsOf(network: PlacedNetwork): string {
  const { virtualNetworkPrefixes = [], connectedPrefixes = [], hasDefaultRoute = false } = network;
  const around = [...new Set([...virtualNetworkPrefixes, ...connectedPrefixes])].sort();
  return JSON.stringify([around, hasDefaultRoute, network.serviceTags?.changeNumber]);
}

function judgementsIn({ endpoints, groups }: PlacedNetwork): ReadonlyMap<string, string> {
  const byName = new Map(groups.map((group) => [group.name, group]));
  const rules = new Map<string | undefined, string>();
  const rulesOf = (name: string | undefined): string => {
    const known = rules.get(name) ?? textOf(name === undefined ? undefined : byName.get(name));
    rules.set(name, known);
    return known;
  };
  return new Map(
    endpoints.map(({ id, prefixes, subnetGroup, interfaceGroup, ...rest }) => [
      id,
      JSON.stringify([
        [...prefixes].sort(),
        rulesOf(subnetGroup),
        rulesOf(interfaceGroup),
        [rest.noSubnetGroupIf, rest.noInterfaceGroupIf, rest.refusedIf],
      ]),
    ]),
  );
}

function textOf(group: SecurityGroup | undefined): string {
  const texts = group?.rules.map(({ name: _, description: _words, ...rule }: SecurityRule) =>
    JSON.stringify(Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
  return JSON.stringify(texts?.sort());
}

/** What changes between endpoints with addresses of their own. */
function located({ before, after }: Pair, changed: ReadonlySet<string>): Ranges[] {
  const ours = [before, after].map(({ endpoints }) => endpoints.filter(isLocated));
  if (!ours.some((endpoints) => endpoints.some(({ id }) => changed.has(id)))) return [];
  return distinctPairs(
    ordersFor(ours, changed).map((order) => ({
      before: { ...before, endpoints: apart(before.endpoints, order) },
      after: { ...after, endpoints: apart(after.endpoints, order) },
    })),
  ).map((pair) => diff(pair.before, pair.after));
}

/**
 * The virtual networks that come first where some share addresses: each that
 * changes, with each of the others.
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

/** What changes at interfaces whose addresses are not known: each is put where it may be. */
function movable(pair: Pair, changed: ReadonlySet<string>): Ranges[] {
  const open = [pair.before, pair.after].flatMap(({ endpoints }) =>
    endpoints.filter((one) => !isLocated(one) && changed.has(one.id)),
  );
  return [...new Map(open.map((one) => [one.id, one])).values()].map((one) => wherever(one, pair));
}

/** What changes at an interface: surely where it does at every address that it may have. */
function wherever({ id, label }: PlacedEndpoint, pair: Pair): Ranges {
  const cases = placements(id, pair).map(({ before, after, named }) => {
    const { opened, closed } = diff(before, after);
    return { opened: atInterface(opened, label, named), closed: atInterface(closed, label, named) };
  });
  const subject = [`the address of ${label}`];
  return {
    opened: inAllOrDoubtful(
      cases.map(({ opened }) => opened),
      subject,
    ),
    closed: inAllOrDoubtful(
      cases.map(({ closed }) => closed),
      subject,
    ),
  };
}

/** The ranges that begin or end at an interface, with what addresses there are called. */
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

/** What is found wherever the interface is, and the rest, which depends on where it is. */
function inAllOrDoubtful(
  cases: readonly ConnectionRange[][],
  subjects: readonly string[],
): ConnectionRange[] {
  const found = new Map<string, { range: ConnectionRange; count: number }>();
  for (const range of cases.flat()) {
    const key = JSON.stringify(range);
    found.set(key, { range, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()].map(({ range, count }) =>
    count === cases.length
      ? range
      : { ...range, dependsOn: [...new Set([...range.dependsOn, ...subjects])].sort() },
  );
}

function inOrder(ranges: readonly ConnectionRange[]): ConnectionRange[] {
  const byEnds = ({ from, to, protocol }: ConnectionRange) => JSON.stringify([from, to, protocol]);
  const distinct = [...new Map(ranges.map((range) => [JSON.stringify(range), range])).values()];
  return distinct.sort((a, b) => (byEnds(a) < byEnds(b) ? -1 : 1));
}

function doubtsOfOne(before: PlacedNetwork, after: PlacedNetwork): string[] {
  const keyed = ({ doubts = [] }: PlacedNetwork) =>
    new Map(doubts.map(({ identity, groups, text }) => [JSON.stringify([identity, groups]), text]));
  const [old, young] = [keyed(before), keyed(after)];
  const only = (some: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>) =>
    [...some].filter(([key]) => !others.has(key)).map(([, text]) => text);
  return [...only(old, young), ...only(young, old)];
}
