import { allowRule, groupWith, peering, rule, stackWith, subnetAt } from "../../support/files/small-network";
import { veeamPorts } from "../../support/tools/fake-io";

const closed = groupWith([rule()]);
const open = groupWith([]);
const subnetOfAzapi = (properties: object) => ({
  azapi_resource: {
    s: {
      type: "Microsoft.Network/virtualNetworks/subnets@2024-05-01",
      name: "s",
      parent_id: "${azurerm_virtual_network.v.id}",
      body: {
        properties: {
          addressPrefix: "10.0.3.0/24",
          networkSecurityGroup: { id: "${azurerm_network_security_group.g.id}" },
          ...properties,
        },
      },
    },
  },
  azurerm_route_table: { t: { name: "t", route: [{ address_prefix: "0.0.0.0/0" }] } },
});

// What changes the meaning of a network is a difference, though no rule changes.
test.each<[string, object, object, string]>([
  [
    "a subnet is delegated to a service that groups do not filter",
    closed,
    {
      azurerm_subnet: {
        a: subnetAt("10.0.1.0/24", {
          name: "a",
          delegation: [{ service_delegation: [{ name: "Microsoft.Netapp/volumes" }] }],
        }),
      },
    },
    "to which a is delegated",
  ],
  [
    "a security admin rule of azapi appears",
    closed,
    {
      azapi_resource: {
        d: {
          type: "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections/rules@2024-05-01",
          name: "d",
        },
      },
    },
    "? azapi_resource.d is a security admin rule",
  ],
  [
    "changes of the rules are ignored",
    closed,
    groupWith([rule()], { lifecycle: { ignore_changes: ["security_rule"] } }),
    "ignores changes of its rules",
  ],
  [
    "a rule appears beside the rules inside",
    closed,
    {
      azurerm_network_security_rule: {
        r: {
          ...rule({ name: "r", priority: 4000 }),
          resource_group_name: "rg",
          network_security_group_name: "${azurerm_network_security_group.g.name}",
        },
      },
    },
    "Terraform lets the two overwrite each other",
  ],
  [
    "a subnet of azapi gets a route table",
    { ...open, ...subnetOfAzapi({}) },
    { ...open, ...subnetOfAzapi({ routeTable: { id: "${azurerm_route_table.t.id}" } }) },
    "depends on Internet, VirtualNetwork",
  ],
  [
    "a peering connects some subnets only",
    { ...open, ...peering() },
    { ...open, ...peering({ peer_complete_virtual_networks_enabled: false }) },
    "which subnets azurerm_virtual_network_peering.p connects",
  ],
])("diff: %s", async (_, before, after, text) => {
  const files = { before: stackWith(before as never), after: stackWith(after as never) };
  const { exitCode, out } = await veeamPorts(["diff", "before", "after"], files);
  expect([exitCode, out]).toEqual([1, expect.stringContaining(text)]);
});

test("diff: a prefix that is written as a function is the prefix", async () => {
  const withSource = (source: string) =>
    stackWith(groupWith([rule(), allowRule({ source_address_prefix: source })]));
  const files = {
    before: withSource("10.9.1.0/24"),
    after: withSource('${cidrsubnet("10.9.0.0/16", 8, 1)}'),
  };
  expect((await veeamPorts(["diff", "before", "after"], files)).exitCode).toBe(0);
});
