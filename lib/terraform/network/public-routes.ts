import { hasNoAddress, parseAddresses, subtractAddresses } from "../../azure/sets/address-set";
import { isOpaque } from "../../base/opaque";
import type { FoundInterface, FoundRoutes, FoundSubnet } from "../found-network";
import { addressesOf } from "./prefixes";

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
export function mayRoutePublic(
  routes: readonly FoundRoutes[],
  subnets: readonly FoundSubnet[],
  interfaces: readonly FoundInterface[],
): boolean {
  const byKey = new Map(subnets.map((subnet) => [subnet.key, subnet]));
  const guarded = interfaces
    .filter(({ group }) => group !== undefined)
    .map(({ subnet = "" }) => byKey.get(subnet));
  const behind = [
    ...subnets.filter(({ group, mayHaveGroup }) => group !== undefined || mayHaveGroup),
    ...guarded,
  ];
  const tables = new Map<string, boolean>();
  for (const table of routes.flatMap(({ tables }) => tables)) {
    tables.set(table.key, table.mayRoutePublic || tables.get(table.key) === true);
  }
  const ways = routes
    .flatMap(({ routings }) => routings)
    .filter(({ table }) => table === undefined || tables.get(table) !== false)
    .map(({ subnet }) => subnet);
  const [anywhere, led] = [ways.includes(undefined), new Set(ways)];
  return behind.some((subnet) => !subnet?.saysRoutes || anywhere || led.has(subnet.key));
}
