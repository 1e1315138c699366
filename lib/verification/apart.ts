import {
  type AddressSet,
  hasNoAddress,
  intersectAddresses,
  NO_ADDRESSES,
  uniteAddresses,
} from "../azure/sets/address-set";
import { groupBy } from "../base/collections";
import { isOpaque } from "../base/opaque";
import type { PlacedEndpoint } from "../terraform/joined/network-of-files";
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
  const located = alone(endpoints.filter(isLocated));
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
  return alone(endpoints.filter(isLocated)).some((endpoint) => !taken.take(endpoint));
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

/** Subnets without the interfaces in them that have their own groups; empty ones are left out. */
function alone(located: readonly PlacedEndpoint[]): PlacedEndpoint[] {
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
