import {
  allowRule,
  attached,
  azRule,
  explained,
  groupWith,
  idIn,
  peering,
  rule,
  stackWith,
  subnetAt,
} from "../../support/files/small-network";

const INTO_SUBNET = "10.9.0.9 -> 10.0.1.4:22";
const association = (change: Parameters<typeof attached>[0]) => ({
  azurerm_subnet_network_security_group_association: { a: attached(change) },
});
const azapi = (type: string, properties: unknown, change = {}) => ({
  azapi_resource: { x: { type: `Microsoft.${type}@2024-05-01`, name: "x", body: { properties }, ...change } },
});
const FROM_PEER = "10.1.0.4 -> 10.0.1.4:22";
const [INLINE, GROUP] = ["azurerm_virtual_network.v", "azurerm_network_security_group.g"];

test.each<[string, string, object, string]>([
  ["everything is sure", INTO_SUBNET, stackWith(), "deny"],
  // Repetition and absence
  [
    "a local is 0",
    INTO_SUBNET,
    stackWith(association({ count: "${local.n}" }), { locals: { n: 0 } }),
    "allow",
  ],
  [
    "a condition over a local yields 0",
    INTO_SUBNET,
    stackWith(association({ count: "${local.on ? 1 : 0}" }), { locals: [{ on: false }] }),
    "allow",
  ],
  ["for_each has no items", INTO_SUBNET, stackWith(association({ for_each: "${toset([])}" })), "allow"],
  [
    "the subnets of a network are dynamic",
    "10.9.0.9 -> 10.0.7.4:22",
    stackWith({
      azurerm_virtual_network: {
        v: {
          name: "v",
          resource_group_name: "rg",
          address_space: ["10.0.0.0/16"],
          dynamic: { subnet: { for_each: "${var.subnets}", content: {} } },
        },
      },
    }),
    "depends; ${what the group of subnet azurerm_virtual_network.v.subnet (not in the files) allows}; whether 10.0.7.4 is in azurerm_virtual_network.v.subnet",
  ],
  [
    "an interface may not join the application security group that a rule allows",
    "10.0.2.4 -> 10.0.1.4:22",
    stackWith(
      {
        ...groupWith([
          rule(),
          allowRule({ source_address_prefix: null, source_application_security_group_ids: ["${local.asg}"] }),
        ]),
        azurerm_subnet: { a: subnetAt("10.0.1.0/24"), b: subnetAt("10.0.2.0/24", { name: "b" }) },
        azurerm_network_interface: {
          n: {
            name: "n",
            ip_configuration: [{ subnet_id: "${azurerm_subnet.b.id}", private_ip_address: "10.0.2.4" }],
          },
        },
        azurerm_network_interface_application_security_group_association: {
          x: {
            count: "${var.n}",
            network_interface_id: "${azurerm_network_interface.n.id}",
            application_security_group_id: idIn("applicationSecurityGroups/x"),
          },
        },
      },
      { locals: { asg: idIn("applicationSecurityGroups/x") } },
    ),
    `depends; ${idIn("applicationSecurityGroups/x")}`,
  ],
  ...(
    [
      ["of a variable", "${var.subnet}"],
      ["of a data source", "${data.azurerm_subnet.x.id}"],
      ["among those of a map", "${each.value}"],
      ["of a splat", "${one(azurerm_subnet.a[*].id)}"],
      ["written as an id", idIn("virtualNetworks/v/subnets/a")],
    ] as const
  ).map(([which, subnet_id]): [string, string, object, string] => [
    `a group is attached to a subnet ${which}`,
    "10.0.1.5 -> 10.0.1.4:22",
    stackWith(association({ subnet_id }), {
      data: { azurerm_subnet: { x: subnetAt("10.0.1.0/24", { name: "A", address_prefixes: undefined }) } },
    }),
    "depends; whether azurerm_subnet_network_security_group_association.a attaches a group to a",
  ]),
  [
    "a group is attached to a subnet by an id with other names",
    "10.0.1.5 -> 10.0.1.4:22",
    stackWith(association({ subnet_id: idIn("virtualNetworks/v/subnets/b") })),
    "allow",
  ],
  [
    "a group is attached to the only subnet of a count",
    INTO_SUBNET,
    stackWith({
      azurerm_subnet: { a: subnetAt("10.0.1.0/24", { name: "a", count: 1 }) },
      ...association({ subnet_id: "${azurerm_subnet.a[0].id}" }),
    }),
    "deny",
  ],
  [
    "a group is attached to one subnet of a count",
    INTO_SUBNET,
    stackWith({
      azurerm_subnet: { a: subnetAt("10.0.1.0/24", { name: "a${count.index}", count: 2 }) },
      ...association({ subnet_id: "${azurerm_subnet.a[0].id}" }),
    }),
    "depends; ",
  ],
  // Rules beside rules
  [
    "a rule is beside rules inside",
    INTO_SUBNET,
    stackWith({
      azurerm_network_security_rule: {
        r: {
          ...allowRule(),
          resource_group_name: "rg",
          network_security_group_name: "${azurerm_network_security_group.g.name}",
        },
      },
    }),
    `depends; whether azurerm_network_security_rule.r or the rules inside ${GROUP} stay`,
  ],
  [
    "changes of the rules are ignored",
    INTO_SUBNET,
    stackWith(groupWith([rule()], { lifecycle: { ignore_changes: ["security_rule"] } })),
    `depends; VirtualNetwork; ${GROUP}.security_rule, known only at apply`,
  ],
  [
    "all changes are ignored",
    INTO_SUBNET,
    stackWith(groupWith([rule()], { lifecycle: [{ ignore_changes: "all" }] })),
    `depends; VirtualNetwork; ${GROUP}.security_rule, known only at apply`,
  ],
  [
    "changes of the attached group are ignored",
    INTO_SUBNET,
    stackWith(association({ lifecycle: { ignore_changes: ["network_security_group_id"] } })),
    "depends; ",
  ],
  [
    "changes of tags are ignored",
    INTO_SUBNET,
    stackWith(groupWith([rule()], { lifecycle: { ignore_changes: ["tags"] } })),
    "deny",
  ],
  [
    "subnets are inside their network and beside it",
    INTO_SUBNET,
    stackWith({
      azurerm_virtual_network: {
        v: {
          name: "v",
          resource_group_name: "rg",
          address_space: ["10.0.0.0/16"],
          subnet: [{ name: "z", address_prefixes: ["10.0.9.0/24"] }],
        },
      },
    }),
    `depends; whether the subnets inside ${INLINE} overwrite a`,
  ],
  // What else filters or escapes
  [
    "azapi gives a subnet a route table",
    "8.8.8.8 -> 10.0.3.4:22",
    stackWith({
      ...groupWith([]),
      ...azapi(
        "Network/virtualNetworks/subnets",
        {
          addressPrefix: "10.0.3.0/24",
          networkSecurityGroup: { id: `\${${GROUP}.id}` },
          routeTable: { id: "${azurerm_route_table.t.id}" },
        },
        { parent_id: "${azurerm_virtual_network.v.id}" },
      ),
      azurerm_route_table: { t: { name: "t", route: [{ address_prefix: "0.0.0.0/0" }] } },
    }),
    "depends; VirtualNetwork",
  ],
  [
    "azapi makes a scale set with a group",
    "10.9.0.9 -> 10.0.5.4:22",
    stackWith({
      azurerm_subnet: { b: subnetAt("10.0.5.0/24", { name: "b" }) },
      ...azapi("Compute/virtualMachineScaleSets", {
        virtualMachineProfile: {
          networkProfile: {
            networkInterfaceConfigurations: [
              {
                name: "nic",
                properties: {
                  networkSecurityGroup: { id: `\${${GROUP}.id}` },
                  ipConfigurations: [{ properties: { subnet: { id: "${azurerm_subnet.b.id}" } } }],
                },
              },
            ],
          },
        },
      }),
    }),
    "depends; whether the destination is x nic",
  ],
  [
    "azapi makes a private endpoint",
    "10.9.0.9 -> 10.0.1.9:443",
    stackWith(
      azapi("Network/privateEndpoints", {
        subnet: { id: "${azurerm_subnet.a.id}" },
        ipConfigurations: [{ properties: { privateIPAddress: "10.0.1.9" } }],
      }),
    ),
    "allow",
  ],
  [
    "azapi deploys a template that names the group",
    INTO_SUBNET,
    stackWith(azapi("Resources/deployments", { template: { resources: [{ name: "g/open" }] } })),
    `depends; whether azapi_resource.x adds rules to ${GROUP}`,
  ],
  [
    "azapi makes a security admin rule",
    INTO_SUBNET,
    stackWith(
      azapi("Network/networkManagers/securityAdminConfigurations/ruleCollections/rules", {
        access: "AlwaysAllow",
      }),
    ),
    "depends; the security admin rule azapi_resource.x",
  ],
  [
    "azapi takes the group off a subnet",
    INTO_SUBNET,
    stackWith({
      azapi_update_resource: {
        x: {
          type: "Microsoft.Network/virtualNetworks/subnets@2024-05-01",
          resource_id: "${azurerm_subnet.a.id}",
          body: { properties: { networkSecurityGroup: null } },
        },
      },
    }),
    "depends; whether azapi_update_resource.x takes the group off a",
  ],
  [
    "azapi changes something else of a subnet",
    INTO_SUBNET,
    stackWith({
      azapi_update_resource: {
        x: {
          type: "Microsoft.Network/virtualNetworks/subnets@2024-05-01",
          resource_id: "${azurerm_subnet.a.id}",
          body: { properties: { serviceEndpoints: [] } },
        },
      },
    }),
    "deny",
  ],
  [
    "a template writes the subnet",
    INTO_SUBNET,
    stackWith({
      azurerm_resource_group_template_deployment: {
        x: { name: "x", template_content: '{"resources":[{"name":"v/a"}]}' },
      },
    }),
    "depends; whether azurerm_resource_group_template_deployment.x takes the group off a",
  ],
  [
    "a template is in a template spec",
    INTO_SUBNET,
    stackWith({
      azurerm_resource_group_template_deployment: {
        x: { name: "x", template_spec_version_id: "/subscriptions/s/x" },
      },
    }),
    `depends; whether azurerm_resource_group_template_deployment.x adds rules to ${GROUP}; whether azurerm_resource_group_template_deployment.x takes the group off a`,
  ],
  ...(
    [
      ["Network/networkSecurityGroups/securityRules", "azapi_resource.x, known only at apply"],
      [
        "Network/virtualNetworks/subnets",
        "${what ${var.body} (not in the files) allows}; whether 10.0.9.4 is in x",
      ],
      ["Network/networkInterfaces", "${what ${var.body} (not in the files) allows}; whether x is in a"],
      [
        "Compute/virtualMachineScaleSets",
        "${what ${azapi_resource.x.network_interface} (not in the files) allows}; whether x 0 is in a",
      ],
      [
        "Compute/virtualMachines",
        "${what ${azapi_resource.x.network_interface} (not in the files) allows}; whether x 0 is in a",
      ],
    ] as const
  ).map(([type, unknown]): [string, string, object, string] => [
    `azapi creates ${type} with a body known at apply`,
    "10.0.9.4 -> 10.0.1.4:22",
    stackWith({
      ...groupWith([allowRule()]),
      ...azapi(
        type,
        {},
        { body: "${var.body}", parent_id: `\${${type.includes("subnets") ? INLINE : GROUP}.id}` },
      ),
    }),
    `depends; ${unknown}`,
  ]),
  [
    "a subnet is delegated to a service that groups do not filter",
    INTO_SUBNET,
    stackWith({
      azurerm_subnet: {
        a: subnetAt("10.0.1.0/24", {
          delegation: [{ service_delegation: [{ name: "Microsoft.Netapp/volumes" }] }],
        }),
      },
    }),
    "depends; whether groups are applied to Microsoft.Netapp/volumes, to which s is delegated",
  ],
  // Peerings
  [
    "a peering may not exist",
    "30.0.0.4 -> 10.0.1.4:22",
    stackWith({ ...groupWith([]), ...peering({ count: "${var.n}" }) }),
    "depends; VirtualNetwork",
  ],
  [
    "whether a peering lets connections through is not known",
    FROM_PEER,
    stackWith({ ...groupWith([]), ...peering({ allow_virtual_network_access: "${var.n}" }) }),
    "depends; VirtualNetwork",
  ],
  [
    "a peering connects some subnets only",
    FROM_PEER,
    stackWith({ ...groupWith([]), ...peering({ peer_complete_virtual_networks_enabled: false }) }),
    "depends; VirtualNetwork",
  ],
  // Values that are known
  ...(
    [
      ['${cidrsubnet("10.9.0.0/16", 8, 0)}', "allow"],
      ['${tolist(toset(["10.9.0.0/24", "10.8.0.0/24"]))[0]}', "deny"],
      ['${[for second in local.seconds : "10.${second}.0.0/24"][0]}', "allow"],
      ["10.${8 + 1}.0.0/24", "allow"],
    ] as const
  ).map(([prefix, verdict]): [string, string, object, string] => [
    `a prefix is ${prefix}`,
    INTO_SUBNET,
    stackWith(groupWith([rule(), allowRule({ source_address_prefix: prefix })]), {
      locals: { seconds: ["9"] },
    }),
    verdict,
  ]),
  [
    "blocks are lists of bodies",
    INTO_SUBNET,
    {
      ...stackWith(),
      resource: Object.entries(stackWith().resource as object).map(([type, named]) => ({
        [type]: Object.entries(named as object).map(([name, body]) => ({ [name]: [body] })),
      })),
    },
    "deny",
  ],
])("%s", async (_, connection, stack, verdict) => {
  const said = await explained(connection, { "cdk.tf.json": stack });
  expect(verdict.endsWith("; ") ? said.slice(0, verdict.length) : said).toBe(verdict);
});

test("a group that azapi only reads has the rules that were read", async () => {
  const [subnet, group] = [idIn("virtualNetworks/v/subnets/a"), idIn("networkSecurityGroups/g")];
  const resources = [
    {
      address: "data.azapi_resource.g",
      type: "azapi_resource",
      values: {
        id: group,
        name: "g",
        type: "Microsoft.Network/networkSecurityGroups@2024-05-01",
        output: { properties: { securityRules: [{ name: "d", properties: azRule({ priority: 100 }) }] } },
      },
    },
    {
      address: "azurerm_subnet.a",
      type: "azurerm_subnet",
      values: { id: subnet, name: "a", address_prefixes: ["10.0.1.0/24"] },
    },
    {
      address: "azurerm_subnet_network_security_group_association.a",
      type: "azurerm_subnet_network_security_group_association",
      values: { subnet_id: subnet, network_security_group_id: group },
    },
  ];
  const state = { format_version: "1.0", terraform_version: "1.9.0", values: { root_module: { resources } } };
  expect(await explained(INTO_SUBNET, { "state.json": state })).toBe("deny");
});
