import { isSameName } from "../../azure/azure-id";
import { isOpaque } from "../../base/opaque";
import type { FoundNetwork, FoundRouting } from "../found-network";
import { mayBePublic } from "../../azure/sets/prefix-list";
import { objectsIn, textList } from "../files/json-values";
import type { TerraformIndex } from "../resources/terraform-index";
import { isData, type TerraformResource } from "../resources/terraform-resource";
import { allSubnets, networkOfSubnet } from "./virtual-networks";

const TABLE = "azurerm_route_table";
const ROUTE = "azurerm_route";
const SUBNET = "azurerm_subnet";

// Resources with routes of their own, which may be for 0.0.0.0/0.
const GATEWAYS = [
  "azurerm_virtual_network_gateway",
  "azurerm_route_server",
  "azurerm_virtual_hub_connection",
];

/** The route tables among resources, and the subnets that they apply to. */
export function routesOfTerraform(index: TerraformIndex): Pick<FoundNetwork, "tables" | "routings"> {
  const tables = index.ofType(TABLE);
  const lost = index
    .ofType(ROUTE)
    .filter((route) => !tables.some((table) => isIn(route, table, index)))
    .filter((route) => routesPublic(route.values.address_prefix, index));
  return {
    tables: tables.map((table) => {
      const prefixes = prefixesIn(table, index);
      return {
        key: index.keyOf(table),
        prefixes: prefixes.flatMap((prefix) => textList(index.resolve(prefix)) ?? []),
        // A table without routes in the file may get some elsewhere.
        mayRoutePublic:
          (prefixes.length === 0 && !Array.isArray(table.values.route)) ||
          typeof table.values.route === "string" ||
          prefixes.some((prefix) => routesPublic(prefix, index)),
      };
    }),
    routings: [...associated(index), ...named(index), ...(lost.length > 0 ? [{}] : [])],
  };
}

/** The subnets whose routes are all in the file: it creates them, their virtual network, and no gateway. */
export function subnetsWithRoutes(index: TerraformIndex): ReadonlySet<string> {
  if (hasGateway(index)) return new Set();
  const networks = index.ofType("azurerm_virtual_network").filter((network) => !isData(network));
  const made = allSubnets(index).filter((subnet) => {
    const network = isData(subnet) ? undefined : networkOfSubnet(subnet, index);
    return network !== undefined && networks.includes(network);
  });
  return new Set(made.map((subnet) => index.keyOf(subnet)));
}

function associated(index: TerraformIndex): FoundRouting[] {
  const known = new Set(index.ofType(SUBNET).map((subnet) => index.keyOf(subnet)));
  return index.ofType("azurerm_subnet_route_table_association").map((association) => {
    const subnet = index.keyIn(association, "subnet_id", SUBNET);
    const table = index.keyIn(association, "route_table_id", TABLE);
    const isTold = subnet !== undefined && (!isOpaque(subnet) || known.has(subnet));
    return { ...(isTold && { subnet }), ...(table !== undefined && { table }) };
  });
}

/** Subnets that name their route table themselves. */
function named(index: TerraformIndex): FoundRouting[] {
  return allSubnets(index).flatMap((subnet) => {
    const table = index.keyOfFirst(subnet.values.route_table_id, TABLE);
    return table === undefined ? [] : [{ subnet: index.keyOf(subnet), table }];
  });
}

/** The prefixes of the inline and separate routes of a table. */
function prefixesIn(table: TerraformResource, index: TerraformIndex): unknown[] {
  const inside = objectsIn(index.resolveAll(table.values.route));
  const beside = index.ofType(ROUTE).filter((one) => isIn(one, table, index));
  return [...inside, ...beside.map(({ values }) => values)].map(({ address_prefix: prefix }) => prefix);
}

function routesPublic(prefix: unknown, index: TerraformIndex): boolean {
  const known = textList(index.resolve(prefix));
  return !known || known.some(mayBePublic);
}

/** Whether a route is in a table, or may be because a name is not known. */
function isIn(route: TerraformResource, table: TerraformResource, index: TerraformIndex): boolean {
  const given = route.values.route_table_name;
  const referred = index.referred(given, TABLE);
  if (referred) return referred === table;
  const names = [given, table.values.name].map((text) => index.resolve(text));
  return names.some((text) => typeof text !== "string" || isOpaque(text)) || isSameName(names[0], names[1]);
}

function hasGateway(index: TerraformIndex): boolean {
  return (
    GATEWAYS.some((type) => index.ofType(type).length > 0) ||
    index
      .ofType("azurerm_virtual_network_peering")
      .some(({ values: { use_remote_gateways: uses } }) => (uses ?? false) !== false) ||
    allSubnets(index).some(({ values: { name } }) => typeof name === "string" && isGatewaySubnet(name))
  );
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
