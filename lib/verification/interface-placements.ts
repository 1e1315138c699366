import {
  type AddressSet,
  type Family,
  formatAddresses,
  hasNoAddress,
  intersectAddresses,
  IPV4,
  IPV6,
  parseAddresses,
  subtractAddresses,
} from "../azure/sets/address-set";
import { isOpaque } from "../base/opaque";
import type { Network } from "../proof/network";
import type { PlacedEndpoint, PlacedNetwork } from "../terraform/joined/network-of-files";
import { addressesOf } from "../terraform/network/prefixes";
import { apart, virtualNetworksOf } from "./apart";

/** A network before a change and after it. */
export interface NetworkPair {
  readonly before: PlacedNetwork;
  readonly after: PlacedNetwork;
}

/** Both networks with an interface at addresses that it may have. */
export interface Placement extends NetworkPair {
  /** The names of addresses in results, by their texts. */
  readonly named: ReadonlyMap<string, readonly string[]>;
}

/** One text for the prefixes of an end. */
export function keyOf(texts: readonly string[]): string {
  return JSON.stringify([...texts].sort());
}

/**
 * Both networks for each place of an interface with unknown addresses, as far
 * as rules distinguish places. If even its subnet is unknown, it is alone,
 * because it may be in any.
 */
export function placements(id: string, pair: NetworkPair): Placement[] {
  const [old, young] = [pair.before, pair.after].map(({ endpoints }) =>
    endpoints.find((one) => one.id === id),
  );
  const label = (young ?? old)?.label ?? id;
  if ([old, young].some((one) => one?.networkInterface && one.networkInterface.subnet === undefined)) {
    return [alone(old, young, label, pair)];
  }
  const networks = [pair.before, pair.after];
  const [before, after] = [placesOf(old, pair.before, networks), placesOf(young, pair.after, networks)];
  const isStill = JSON.stringify(before) === JSON.stringify(after);
  const home = [pair.before, pair.after].flatMap(
    ({ endpoints }) => virtualNetworksOf(endpoints).get(id) ?? [],
  );
  const places = isStill
    ? before.map((place) => [place, place] as const)
    : before.flatMap((one) => after.map((other) => [one, other] as const));
  return places.map(([one, other]) => ({
    before: placedAt(one, old, pair.before, home),
    after: placedAt(other, young, pair.after, home),
    named: new Map([...namesAt(one, old, pair.before, label), ...namesAt(other, young, pair.after, label)]),
  }));
}

/** Addresses of an interface; empty if it does not exist. */
type Place = readonly string[];

/** Stands for the unknown address of an interface in a subnet whose prefix is known only at apply. */
function unknownAddress({ label }: PlacedEndpoint): string {
  return `\${the address of ${label}}`;
}

function placesOf(
  one: PlacedEndpoint | undefined,
  { endpoints }: PlacedNetwork,
  networks: readonly PlacedNetwork[],
): Place[] {
  if (!one) return [[]];
  if (one.networkInterface?.areAddressesKnown) return [one.prefixes];
  const neighbours = endpoints.filter(
    ({ networkInterface }) =>
      networkInterface?.areAddressesKnown && networkInterface.subnet === one.networkInterface?.subnet,
  );
  const others = neighbours.flatMap(({ prefixes }) => prefixes);
  return [
    ...possibleAddresses(one.prefixes, others, networks).map((address) => [address]),
    ...(one.prefixes.some(isOpaque) ? [[unknownAddress(one)]] : []),
  ];
}

/** A network in which an interface, and nothing else, has these addresses. */
function placedAt(
  place: Place,
  one: PlacedEndpoint | undefined,
  network: PlacedNetwork,
  home: readonly string[],
): PlacedNetwork {
  const others = network.endpoints.filter((endpoint) => endpoint !== one);
  if (!one) return { ...network, endpoints: apart(others, home) };
  const placed = {
    ...one,
    prefixes: [...place],
    networkInterface: { ...one.networkInterface, areAddressesKnown: true },
  };
  const values = one.prefixes.filter(isOpaque);
  const isUnknown = place.includes(unknownAddress(one));
  return {
    ...network,
    endpoints: apart([placed, ...others], home),
    groups: isUnknown
      ? network.groups.map((group) => withValue(group, values, unknownAddress(one)))
      : network.groups,
  };
}

/** A group whose rules name a value wherever they name one that contains it. */
function withValue(
  { name, rules }: PlacedNetwork["groups"][number],
  holders: readonly string[],
  value: string,
): PlacedNetwork["groups"][number] {
  const widened = (prefixes: readonly string[]) =>
    prefixes.some((text) => holders.includes(text)) ? [...prefixes, value] : [...prefixes];
  return {
    name,
    rules: rules.map((rule) => ({
      ...rule,
      sourceAddressPrefixes: widened(rule.sourceAddressPrefixes),
      destinationAddressPrefixes: widened(rule.destinationAddressPrefixes),
    })),
  };
}

function alone(
  old: PlacedEndpoint | undefined,
  young: PlacedEndpoint | undefined,
  label: string,
  { before, after }: NetworkPair,
): Placement {
  const rest = [...before.endpoints, ...after.endpoints].filter(({ id }) => id !== (young ?? old)?.id);
  const around = [...new Set(rest.flatMap(({ prefixes }) => prefixes))];
  const only = (one: PlacedEndpoint | undefined, network: PlacedNetwork): PlacedNetwork => ({
    ...network,
    endpoints: one ? [one] : [],
    virtualNetworkPrefixes: [...(network.virtualNetworkPrefixes ?? []), ...around],
  });
  return {
    before: only(old, before),
    after: only(young, after),
    named: new Map([old, young].flatMap((one) => (one ? [[keyOf(one.prefixes), [label]] as const] : []))),
  };
}

/** The names of the interface and of its subnet, whose prefixes do not include the interface. */
function namesAt(
  place: Place,
  one: PlacedEndpoint | undefined,
  { endpoints }: PlacedNetwork,
  label: string,
): Array<readonly [string, readonly string[]]> {
  if (!one) return [];
  const subnet = endpoints.find(({ id }) => id === one.networkInterface?.subnet);
  return [
    ...(subnet ? [[keyOf(textsOf(subnet.prefixes, place)), subnet.prefixes] as const] : []),
    [keyOf(textsOf(place)), [label]] as const,
  ];
}

/** Prefixes, without some addresses, as results write them. */
function textsOf(prefixes: readonly string[], without: readonly string[] = []): string[] {
  const rest = subtractAddresses(addressesOf(prefixes), addressesOf(without));
  return [...prefixes.filter(isOpaque), ...formatAddresses(rest)];
}

/**
 * Representatives of the addresses that an interface may have: rules treat
 * every possible address like one of them.
 *
 * @param prefixes of the interface's subnet
 * @param others addresses there that others have
 */
export function possibleAddresses(
  prefixes: readonly string[],
  others: readonly string[],
  networks: readonly Network[],
): string[] {
  const free = subtractAddresses(addressesOf(prefixes), addressesOf(others));
  if (hasNoAddress(free)) return [];
  const named = new Set(
    networks
      .flatMap(({ groups }) => groups)
      .flatMap(({ rules }) => rules)
      .flatMap((rule) => [...rule.sourceAddressPrefixes, ...rule.destinationAddressPrefixes]),
  );
  let parts = [free];
  for (const text of named) {
    const cut = isOpaque(text) ? undefined : parseAddresses(text);
    if (!cut) continue;
    parts = parts.flatMap((part) =>
      [intersectAddresses(part, cut), subtractAddresses(part, cut)].filter((piece) => !hasNoAddress(piece)),
    );
  }
  return parts.flatMap((part) => [...examplesIn(IPV4, part), ...examplesIn(IPV6, part)]);
}

function examplesIn<T>(family: Family<T>, addresses: AddressSet): string[] {
  return family
    .of(addresses)
    .slice(0, 1)
    .map((interval) => family.format(family.example(interval)));
}
