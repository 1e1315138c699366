import {
  type AddressSet,
  hasNoAddress,
  intersectAddresses,
  parseAddresses,
  subtractAddresses,
  uniteAddresses,
} from "../../azure/sets/address-set";
import { isOpaque } from "../../base/opaque";
import type { FoundNetwork } from "../found-network";

/** Whether all prefixes are known. One that is known only at apply can contain any address. */
export function areKnown(prefixes: readonly string[]): boolean {
  return prefixes.length > 0 && !prefixes.some(isOpaque);
}

/** The addresses of the known prefixes. */
export function addressesOf(prefixes: readonly string[]): AddressSet {
  return uniteAddresses(...prefixes.flatMap((text) => parseAddresses(text) ?? []));
}

/** Whether two lists certainly contain the same addresses. */
export function holdSame(some: readonly string[], others: readonly string[]): boolean {
  return areKnown(some) && areKnown(others) && holdsAll(some, others) && holdsAll(others, some);
}

/** Whether a list certainly contains every address of another. */
export function holdsAll(some: readonly string[], others: readonly string[]): boolean {
  return areKnown(others) && hasNoAddress(subtractAddresses(addressesOf(others), addressesOf(some)));
}

/** Whether two lists certainly have an address in common. */
export function overlap(some: readonly string[], others: readonly string[]): boolean {
  return !hasNoAddress(intersectAddresses(addressesOf(some), addressesOf(others)));
}

// Addresses that only private networks route: RFC 1918, 6598, 4193.
const PRIVATE = addressesOf(["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]);

/** Whether a prefix may contain public addresses, as a service tag and a value known only at apply may. */
export function mayBePublic(prefix: string): boolean {
  const addresses = isOpaque(prefix) ? undefined : parseAddresses(prefix);
  return !addresses || !hasNoAddress(subtractAddresses(addresses, PRIVATE));
}

// Azure requires these names for the subnets of gateways and route servers.
const GATEWAY_SUBNETS = ["gatewaysubnet", "routeserversubnet"];

/** Whether a subnet with this name contains a gateway or a route server, which learn routes from elsewhere. */
export function isGatewaySubnet(name: string): boolean {
  return GATEWAY_SUBNETS.includes(name.toLowerCase());
}

/**
 * Whether subnets with groups may have routes for public addresses, which the
 * tag VirtualNetwork then contains: a route for 0.0.0.0/0, or several narrower
 * ones. A route that no file excludes may exist.
 */
export function mayRoutePublic({
  tables,
  routings,
  subnets,
  interfaces,
}: Pick<FoundNetwork, "tables" | "routings" | "subnets" | "interfaces">): boolean {
  const byKey = new Map(subnets.map((subnet) => [subnet.key, subnet]));
  const guarded = interfaces.filter(({ group }) => group !== undefined);
  const behind = [
    ...subnets.filter(({ group, mayHaveGroup }) => group !== undefined || mayHaveGroup),
    ...guarded.map(({ subnet = "" }) => byKey.get(subnet)),
  ];
  const known = new Set(tables.map(({ key }) => key));
  const routing = new Set(tables.filter((table) => table.mayRoutePublic).map(({ key }) => key));
  const ways = routings
    .filter(({ table }) => table === undefined || routing.has(table) || !known.has(table))
    .map(({ subnet }) => subnet);
  const [anywhere, led] = [ways.includes(undefined), new Set(ways)];
  return behind.some((subnet) => !subnet?.saysRoutes || anywhere || led.has(subnet.key));
}
