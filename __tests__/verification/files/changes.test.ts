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

const routeTo = (prefixes: string[]) => ({
  azurerm_route_table: { t: { name: "t", route: prefixes.map((address_prefix) => ({ address_prefix })) } },
  azurerm_subnet_route_table_association: {
    t: { subnet_id: "${azurerm_subnet.a.id}", route_table_id: "${azurerm_route_table.t.id}" },
  },
});
const templateOf = (rule: string) => ({
  azurerm_resource_group_template_deployment: {
    t: { name: "t", template_content: `{"resources":[{"name":"g/${rule}"}]}` },
  },
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
  [
    "a subnet gets a private route",
    { ...open, ...routeTo([]) },
    { ...open, ...routeTo(["10.9.0.0/16"]) },
    "? a has routes for 10.9.0.0/16, which the tag VirtualNetwork contains there.",
  ],
  // Two things that are unknown on both sides are the same only if the files write the same.
  [
    "a rule that is known at apply is another one",
    groupWith([allowRule({ priority: "${var.p}" }), rule()]),
    groupWith([allowRule({ priority: "${var.p}", source_address_prefix: "10.9.0.0/16" }), rule()]),
    "security_rule[0] is known only at apply",
  ],
  [
    "a dynamic block is another one",
    groupWith([rule()], { dynamic: { security_rule: { for_each: "${var.r}", content: allowRule() } } }),
    groupWith([rule()], { dynamic: { security_rule: { for_each: "${var.r}", content: rule() } } }),
    "is a dynamic block",
  ],
  [
    "a template is another one",
    { ...closed, ...templateOf("old") },
    { ...closed, ...templateOf("new") },
    "may add rules to azurerm_network_security_group.g",
  ],
  [
    "a security admin rule is another one",
    { ...closed, azurerm_network_manager_admin_rule: { x: { name: "x", action: "Deny" } } },
    { ...closed, azurerm_network_manager_admin_rule: { x: { name: "x", action: "AlwaysAllow" } } },
    "is a security admin rule",
  ],
])("diff: %s", async (_, before, after, text) => {
  const files = { before: stackWith(before as never), after: stackWith(after as never) };
  const { exitCode, out } = await veeamPorts(["diff", "before", "after"], files);
  expect([exitCode, out]).toEqual([1, expect.stringContaining(text)]);
});

test.each<[string, object, object]>([
  ["the default of a variable", { variable: { a: { default: "10.9.0.0/24" } } }, { variable: { a: {} } }],
  ["a data source", { data: { http: { a: { url: "x" } } } }, { data: { http: { a: { url: "y" } } } }],
])("diff: %s is another one", async (_, before, after) => {
  const source = "data" in before ? "data.http.a.body" : "var.a";
  const group = groupWith([allowRule({ source_address_prefix: `\${${source}}` }), rule()]);
  const files = { before: stackWith(group, before as never), after: stackWith(group, after as never) };
  const { exitCode, out } = await veeamPorts(["diff", "before", "after"], files);
  expect([exitCode, out]).toEqual([1, expect.stringContaining("what depends on it is not compared")]);
  const unnamed = { before: stackWith({}, before as never), after: stackWith({}, after as never) };
  expect((await veeamPorts(["diff", "before", "after"], unnamed)).exitCode).toBe(0);
});

test("diff: what is unknown and written alike on both sides is the same", async () => {
  const unknown = {
    ...groupWith([allowRule({ priority: "${var.p}" }), rule()]),
    ...templateOf("old"),
    azurerm_network_manager_admin_rule: { x: { name: "x" } },
  };
  const stack = stackWith(unknown);
  const { exitCode, out } = await veeamPorts(["diff", "a", "b"], { a: stack, b: stack });
  expect([exitCode, out]).toEqual([0, "No connection is opened or closed.\n"]);
});

test("diff: a route is nothing where no rule of the group names VirtualNetwork", async () => {
  const group = groupWith([rule(), rule({ name: "out", direction: "Outbound" })]);
  const [before, after] = [[], ["10.9.0.0/16"]].map((prefixes) =>
    stackWith({ ...group, ...routeTo(prefixes) }),
  );
  expect((await veeamPorts(["diff", "before", "after"], { before, after })).exitCode).toBe(0);
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
