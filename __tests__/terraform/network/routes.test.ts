import { JsonNode } from "../../../lib/terraform/files/json-node";
import { networkOfFiles } from "../../../lib/terraform/joined/network-of-files";
import { networkOfJson, readNetworkFile, readSubnetsFile } from "../../../lib/terraform/read-network-file";
import { fileOf, idOf } from "../../support/files/az-files";

type Resources = Record<string, Record<string, object>>;

const DEFAULT = { name: "d", address_prefix: "0.0.0.0/0", next_hop_type: "VirtualAppliance" };
const PRIVATE = { name: "p", address_prefix: "10.8.0.0/16", next_hop_type: "VirtualAppliance" };

/** A subnet with a group in a network that are both made, and more. */
function stack(more: Resources, data: Resources = {}, file = "cdk.tf.json") {
  const base: Resources = {
    azurerm_virtual_network: { v: { name: "v", resource_group_name: "rg", address_space: ["10.0.0.0/16"] } },
    azurerm_subnet: {
      a: {
        name: "a",
        virtual_network_name: "${azurerm_virtual_network.v.name}",
        resource_group_name: "rg",
        address_prefixes: ["10.0.1.0/24"],
      },
    },
    azurerm_network_security_group: { g: { name: "g", security_rule: [] } },
    azurerm_subnet_network_security_group_association: {
      a: {
        subnet_id: "${azurerm_subnet.a.id}",
        network_security_group_id: "${azurerm_network_security_group.g.id}",
      },
    },
  };
  const types = [...new Set([...Object.keys(base), ...Object.keys(more)])];
  const resource = Object.fromEntries(types.map((type) => [type, { ...base[type], ...more[type] }]));
  return networkOfJson(new JsonNode({ resource, data }, "", file));
}

const table = (name: string, routes?: unknown) => ({ name, resource_group_name: "rg", route: routes });
const associated = (subnet: string, routes: string): Resources => ({
  azurerm_subnet_route_table_association: { a: { subnet_id: subnet, route_table_id: routes } },
});
const A = "${azurerm_subnet.a.id}";
const R = "${azurerm_route_table.r.id}";
const route = (name: string, prefix: string) => ({
  name: "d",
  route_table_name: name,
  resource_group_name: "rg",
  address_prefix: prefix,
});
/** Cases with what is only read, nothing where they do not say it. */
const complete = (cases: Array<[string, Resources, Resources?]>): Array<[string, Resources, Resources]> =>
  cases.map(([name, more, data = {}]) => [name, more, data]);
const mayHold = (...files: Parameters<typeof networkOfFiles>[0]) =>
  networkOfFiles(files).network.hasDefaultRoute === true;

test.each<[string, Resources, Resources]>(
  complete([
    ["nothing", {}],
    [
      "a table without routes to what is public",
      { azurerm_route_table: { r: table("r", [PRIVATE]) }, ...associated(A, R) },
    ],
    ["a table without routes", { azurerm_route_table: { r: table("r", []) }, ...associated(A, R) }],
    [
      "a table of another subnet",
      {
        azurerm_route_table: { r: table("r", [DEFAULT]) },
        azurerm_subnet: { b: { name: "b", virtual_network_name: "v", resource_group_name: "rg" } },
        ...associated("${azurerm_subnet.b.id}", R),
      },
    ],
    [
      "a route in a table that no subnet has",
      { azurerm_route_table: { r: table("r") }, azurerm_route: { d: route("r", "0.0.0.0/0") } },
    ],
    [
      "a peer that uses no gateway of the other's",
      { azurerm_virtual_network_peering: { p: { name: "p", use_remote_gateways: false } } },
    ],
  ]),
)("with %s, no route for public addresses is there", (_, more, data) => {
  expect(mayHold(stack(more, data))).toBe(false);
});

test.each<[string, Resources, Resources]>(
  complete([
    ["a table's", { azurerm_route_table: { r: table("r", [PRIVATE, DEFAULT]) }, ...associated(A, R) }],
    [
      "half of all addresses, in a table",
      {
        azurerm_route_table: { r: table("r", [{ ...DEFAULT, address_prefix: "128.0.0.0/1" }]) },
        ...associated(A, R),
      },
    ],
    [
      "a service tag, in a table",
      {
        azurerm_route_table: { r: table("r", [{ ...DEFAULT, address_prefix: "AzureCloud" }]) },
        ...associated(A, R),
      },
    ],
    [
      "not known yet, in a table",
      {
        azurerm_route_table: { r: table("r", [{ ...DEFAULT, address_prefix: "${var.x}" }]) },
        ...associated(A, R),
      },
    ],
    [
      "not known yet, all of them in a table",
      { azurerm_route_table: { r: table("r", "${var.x}") }, ...associated(A, R) },
    ],
    [
      "beside its table, by reference",
      {
        azurerm_route_table: { r: table("r", []) },
        azurerm_route: { d: route("${azurerm_route_table.r.name}", "0.0.0.0/0") },
        ...associated(A, R),
      },
    ],
    [
      "beside its table, by a name in another case",
      {
        azurerm_route_table: { r: table("r", []) },
        azurerm_route: { d: route("R", "0.0.0.0/0") },
        ...associated(A, R),
      },
    ],
    ["in a table that is not in the file", associated(A, "/subscriptions/s/routeTables/hub")],
    [
      "in a table that may get routes from elsewhere",
      { azurerm_route_table: { r: table("r") }, ...associated(A, R) },
    ],
    [
      "in a table that a configuration only reads",
      associated(A, "${data.azurerm_route_table.hub.id}"),
      { azurerm_route_table: { hub: { name: "hub", resource_group_name: "rg" } } },
    ],
    [
      "in the table of a subnet that cannot be told",
      { azurerm_route_table: { r: table("r", [DEFAULT]) }, ...associated("${var.subnet}", R) },
    ],
    ["of a table that is in no file", { azurerm_route: { d: route("hub", "0.0.0.0/0") } }],
    ["a gateway's", { azurerm_virtual_network_gateway: { g: { name: "vpn" } } }],
    [
      "of a gateway that others made",
      {
        azurerm_subnet: {
          g: { name: "GatewaySubnet", virtual_network_name: "v", resource_group_name: "rg" },
        },
      },
    ],
    [
      "of a peer's gateway",
      { azurerm_virtual_network_peering: { p: { name: "p", use_remote_gateways: true } } },
    ],
    ["of a hub", { azurerm_virtual_hub_connection: { c: { name: "c" } } }],
    [
      "of a network that is not made here",
      {
        azurerm_subnet: {
          a: { name: "a", virtual_network_name: "vnet-hub", address_prefixes: ["10.0.1.0/24"] },
        },
      },
    ],
    [
      "of a network that is only read",
      {
        azurerm_subnet: {
          a: {
            name: "a",
            virtual_network_name: "${data.azurerm_virtual_network.hub.name}",
            address_prefixes: ["10.0.1.0/24"],
          },
        },
      },
      { azurerm_virtual_network: { hub: { name: "hub", resource_group_name: "rg" } } },
    ],
    [
      "of a subnet elsewhere",
      {
        azurerm_subnet_network_security_group_association: {
          b: {
            subnet_id: "/subscriptions/s/subnets/b",
            network_security_group_id: "${azurerm_network_security_group.g.id}",
          },
        },
      },
    ],
  ]),
)("a route for public addresses may be there: %s", (_, more, data) => {
  expect(mayHold(stack(more, data))).toBe(true);
});

test("the routes of a subnet inside its network are those of the table that it names", () => {
  const inline = (routes: unknown[]) =>
    stack({
      azurerm_virtual_network: {
        v: {
          name: "v",
          address_space: ["10.0.0.0/16"],
          subnet: [
            {
              name: "b",
              address_prefixes: ["10.0.2.0/24"],
              security_group: "${azurerm_network_security_group.g.id}",
              route_table_id: R,
            },
          ],
        },
      },
      azurerm_route_table: { r: table("r", routes) },
    });
  expect([mayHold(inline([PRIVATE])), mayHold(inline([DEFAULT]))]).toEqual([false, true]);
});

test("routes that another file has count for the subnets that they are for", () => {
  const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/a";
  const tableId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/routeTables/r";
  const network = stack({
    azurerm_subnet: { a: { id, name: "a", virtual_network_name: "v", resource_group_name: "rg" } },
  });
  const routes = (subnet: string, prefix: string) =>
    networkOfJson(
      new JsonNode(
        {
          resource: {
            azurerm_route_table: {
              r: { id: tableId, ...table("r", [{ ...DEFAULT, address_prefix: prefix }]) },
            },
            ...associated(subnet, tableId.toUpperCase()),
          },
        },
        "",
        "routes.tf.json",
      ),
    );
  expect(mayHold(network)).toBe(false);
  expect(mayHold(network, routes(id.toUpperCase(), "0.0.0.0/0"))).toBe(true);
  expect(mayHold(network, routes(id, "10.8.0.0/16"))).toBe(false);
  expect(mayHold(network, routes(`${id}-other`, "0.0.0.0/0"))).toBe(false);
});

describe("lists of the Azure CLI", () => {
  const nsgs = [
    {
      id: idOf("networkSecurityGroups/g"),
      name: "g",
      securityRules: [],
      subnets: [{ id: idOf("virtualNetworks/v/subnets/a") }],
    },
  ];
  const vnets = (more: object = {}, subnet: object = {}, name = "a") => [
    {
      id: idOf("virtualNetworks/v"),
      name: "v",
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      virtualNetworkPeerings: [],
      subnets: [
        { id: idOf("virtualNetworks/v/subnets/a"), name: "a", addressPrefix: "10.0.1.0/24", ...subnet },
        { id: idOf(`virtualNetworks/v/subnets/${name}`), name, addressPrefix: "10.0.9.0/24" },
      ].slice(0, name === "a" ? 1 : 2),
      ...more,
    },
  ];
  const tables = (prefix: string) => [
    {
      id: idOf("routeTables/R"),
      name: "r",
      routes: [{ addressPrefix: prefix, nextHopType: "VirtualAppliance" }],
    },
  ];
  const withTable = { routeTable: { id: idOf("routeTables/r") } };
  const read = (subnets?: unknown, routes?: unknown) =>
    mayHold(
      readNetworkFile(fileOf(nsgs), "nsgs.json"),
      ...(subnets === undefined ? [] : [readSubnetsFile(fileOf(subnets), "vnets.json")]),
      ...(routes === undefined ? [] : [readNetworkFile(fileOf(routes), "routes.json")]),
    );

  const cases: Array<[string, boolean, unknown?, unknown?]> = [
    ["the groups alone", true],
    ["a network without tables, gateways and peers", false, vnets()],
    ["a network of which peers are not said", true, vnets({ virtualNetworkPeerings: null })],
    ["a peer without a gateway", false, vnets({ virtualNetworkPeerings: [{ useRemoteGateways: false }] })],
    ["a peer with a gateway", true, vnets({ virtualNetworkPeerings: [{ useRemoteGateways: true }] })],
    ["a gateway", true, vnets({}, {}, "GatewaySubnet")],
    ["a subnet alone", true, vnets()[0].subnets],
    ["a table that is in no file", true, vnets({}, withTable)],
    ["a table with a route for 0.0.0.0/0", true, vnets({}, withTable), tables("0.0.0.0/0")],
    ["a table without one", false, vnets({}, withTable), tables("10.8.0.0/16")],
    [
      "a table without one, as the REST API has it",
      false,
      vnets({}, withTable),
      {
        value: [
          {
            id: idOf("routeTables/r"),
            properties: { routes: [{ properties: { addressPrefix: "10.8.0.0/16" } }] },
          },
        ],
      },
    ],
  ];

  test.each(cases.map(([name, may, ...files]) => [name, may, files] as const))(
    "%s: that a route for public addresses may be there is %s",
    (_, may, [subnets, routes]) => {
      expect(read(subnets, routes)).toBe(may);
    },
  );
});
