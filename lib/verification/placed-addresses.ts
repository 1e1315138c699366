import {
  type AddressSet,
  type Family,
  hasNoAddress,
  intersectAddresses,
  IPV4,
  IPV6,
  NO_ADDRESSES,
  subtractAddresses,
  uniteAddresses,
} from "../azure/sets/address-set";
import { groupBy } from "../base/collections";
import { isOpaque } from "../base/opaque";
import type { Network } from "../proof/network";
import type { PlacedEndpoint, PlacedNetwork } from "../terraform/joined/network-of-files";
import { addressesOf, overlap, prefixesWithout } from "../azure/sets/prefix-list";

/** Whether the addresses of an endpoint are known to be its own: it is a subnet, or an interface with known addresses. */
export function isLocated({ networkInterface }: PlacedEndpoint): boolean {
  return networkInterface === undefined || networkInterface.areAddressesKnown;
}

/**
 * Endpoints with known addresses, of which no two overlap: those in the first
 * virtual networks take precedence. A subnet does not include the addresses of
 * interfaces in it that have their own groups.
 */
export function apart(
  endpoints: readonly PlacedEndpoint[],
  networksFirst: readonly string[],
): PlacedEndpoint[] {
  const located = subnetsWithoutInterfaces(endpoints.filter(isLocated));
  const networks = virtualNetworksOf(located);
  const rank = ({ id }: PlacedEndpoint): number => {
    const index = networksFirst.indexOf(networks.get(id) ?? "");
    return index < 0 ? networksFirst.length : index;
  };
  const taken = new TakenAddresses();
  return [...located].sort((a, b) => rank(a) - rank(b)).filter((endpoint) => taken.take(endpoint));
}

/** Whether endpoints with known addresses overlap. */
export function shareAddresses(endpoints: readonly PlacedEndpoint[]): boolean {
  const taken = new TakenAddresses();
  return subnetsWithoutInterfaces(endpoints.filter(isLocated)).some((endpoint) => !taken.take(endpoint));
}

/** The name of the virtual network of each endpoint, by its id; "" if unknown. */
export function virtualNetworksOf(endpoints: readonly PlacedEndpoint[]): ReadonlyMap<string, string> {
  const ofSubnets = new Map(
    endpoints
      .filter(({ networkInterface }) => !networkInterface)
      .map(({ id, names }) => [id, names?.virtualNetwork === undefined ? "" : nameOf(names)] as const),
  );
  return new Map(
    endpoints.map(({ id, networkInterface }) => [
      id,
      ofSubnets.get(networkInterface ? (networkInterface.subnet ?? "") : id) ?? "",
    ]),
  );
}

function nameOf({ virtualNetwork, resourceGroup }: NonNullable<PlacedEndpoint["names"]>): string {
  return `${resourceGroup ?? ""}/${virtualNetwork}`.toLowerCase();
}

/** The endpoints: subnets without the interfaces in them that have their own groups; empty ones are left out. */
function subnetsWithoutInterfaces(located: readonly PlacedEndpoint[]): PlacedEndpoint[] {
  const interfaces = located.filter(({ networkInterface }) => networkInterface);
  const bySubnet = groupBy(interfaces, ({ networkInterface }) => networkInterface?.subnet);
  return located
    .map((endpoint) => {
      if (endpoint.networkInterface) return endpoint;
      const inside = [endpoint.id, undefined].flatMap((subnet) => bySubnet.get(subnet) ?? []);
      const addresses = inside.flatMap(({ prefixes }) => prefixes);
      return overlap(endpoint.prefixes, addresses)
        ? { ...endpoint, prefixes: prefixesWithout(endpoint.prefixes, addresses) }
        : endpoint;
    })
    .filter(({ prefixes }) => prefixes.length > 0);
}

/** Addresses and values known only at apply, each taken by one endpoint. */
class TakenAddresses {
  private addresses: AddressSet = NO_ADDRESSES;
  private readonly values = new Set<string>();

  /** Takes the endpoint's addresses, unless one of them was taken. */
  take({ prefixes }: PlacedEndpoint): boolean {
    const own = addressesOf(prefixes);
    const values = prefixes.filter(isOpaque);
    if (!hasNoAddress(intersectAddresses(this.addresses, own))) return false;
    if (values.some((value) => this.values.has(value))) return false;
    this.addresses = uniteAddresses(this.addresses, own);
    for (const value of values) this.values.add(value);
    return true;
  }
}

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

/** A network, and an interface that may exist there. */
interface Side {
  readonly network: PlacedNetwork;
  readonly one: PlacedEndpoint | undefined;
}

/**
 * Both networks for each place of an interface with unknown addresses, as far
 * as rules distinguish places. If even its subnet is unknown, it is alone,
 * because it may be in any.
 */
export function placements(id: string, pair: NetworkPair): Placement[] {
  const networks = [pair.before, pair.after];
  const [old, young] = networks.map((network): Side => ({
    network,
    one: network.endpoints.find((one) => one.id === id),
  }));
  const label = (young.one ?? old.one)?.label ?? id;
  if ([old, young].some(({ one }) => one?.networkInterface && one.networkInterface.subnet === undefined)) {
    return [alone(id, [old, young], label)];
  }
  const [before, after] = [old, young].map((side) => placesOf(side, networks));
  const isStill = JSON.stringify(before) === JSON.stringify(after);
  const home = networks.flatMap(({ endpoints }) => virtualNetworksOf(endpoints).get(id) ?? []);
  const places = before.flatMap((one) => (isStill ? [one] : after).map((other) => [one, other] as const));
  return places.map(([one, other]) => ({
    before: placedAt(one, old, home),
    after: placedAt(other, young, home),
    named: new Map([...namesAt(one, old, label), ...namesAt(other, young, label)]),
  }));
}

/** Addresses of an interface; empty if it does not exist. */
type Place = readonly string[];

/** Stands for the unknown address of an interface in a subnet whose prefix is known only at apply. */
function unknownAddress({ label }: PlacedEndpoint): string {
  return `\${the address of ${label}}`;
}

function placesOf({ one, network }: Side, networks: readonly PlacedNetwork[]): Place[] {
  if (!one) return [[]];
  if (one.networkInterface?.areAddressesKnown) return [one.prefixes];
  const neighbours = network.endpoints.filter(
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
function placedAt(place: Place, { one, network }: Side, home: readonly string[]): PlacedNetwork {
  const others = network.endpoints.filter((endpoint) => endpoint !== one);
  if (!one) return { ...network, endpoints: apart(others, home) };
  const networkInterface = { ...one.networkInterface, areAddressesKnown: true };
  const endpoints = apart([{ ...one, prefixes: [...place], networkInterface }, ...others], home);
  const value = unknownAddress(one);
  if (!place.includes(value)) return { ...network, endpoints };
  // Rules that name the subnet's prefix contain the address.
  const widened = (prefixes: readonly string[]) =>
    prefixes.some((text) => isOpaque(text) && one.prefixes.includes(text))
      ? [...prefixes, value]
      : [...prefixes];
  const groups = network.groups.map(({ name, rules }) => ({
    name,
    rules: rules.map((rule) => ({
      ...rule,
      sourceAddressPrefixes: widened(rule.sourceAddressPrefixes),
      destinationAddressPrefixes: widened(rule.destinationAddressPrefixes),
    })),
  }));
  return { ...network, endpoints, groups };
}

function alone(id: string, sides: readonly Side[], label: string): Placement {
  const rest = sides.flatMap(({ network }) => network.endpoints).filter((one) => one.id !== id);
  const around = [...new Set(rest.flatMap(({ prefixes }) => prefixes))];
  const [before, after] = sides.map(({ one, network }): PlacedNetwork => ({
    ...network,
    endpoints: one ? [one] : [],
    virtualNetworkPrefixes: [...(network.virtualNetworkPrefixes ?? []), ...around],
  }));
  const ones = sides.flatMap(({ one }) => one ?? []);
  return { before, after, named: new Map(ones.map(({ prefixes }) => [keyOf(prefixes), [label]])) };
}

/** The names of the interface and of its subnet, whose prefixes do not include the interface. */
function namesAt(
  place: Place,
  { one, network }: Side,
  label: string,
): Array<readonly [string, readonly string[]]> {
  if (!one) return [];
  const subnet = network.endpoints.find(({ id }) => id === one.networkInterface?.subnet);
  return [
    ...(subnet ? [[keyOf(prefixesWithout(subnet.prefixes, place)), subnet.prefixes] as const] : []),
    [keyOf(prefixesWithout(place, [])), [label]] as const,
  ];
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
  const cuts = [...named].map((text) => addressesOf([text]));
  const parts = cuts.reduce(
    (some, cut) =>
      some
        .flatMap((part) => [intersectAddresses(part, cut), subtractAddresses(part, cut)])
        .filter((piece) => !hasNoAddress(piece)),
    [free],
  );
  return parts.flatMap((part) => [...examplesIn(IPV4, part), ...examplesIn(IPV6, part)]);
}

function examplesIn<T>(family: Family<T>, addresses: AddressSet): string[] {
  return family
    .of(addresses)
    .slice(0, 1)
    .map((interval) => family.format(family.example(interval)));
}
