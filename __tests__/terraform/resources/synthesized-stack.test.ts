import { JsonNode } from "../../../lib/terraform/files/json-node";
import { networkOfFiles } from "../../../lib/terraform/joined/network-of-files";
import { networkOfJson } from "../../../lib/terraform/read-network-file";
import { isData } from "../../../lib/terraform/resources/terraform-resource";
import { propsOfDeployment } from "../../../lib/app/props";
import { EntraIdBackup } from "../../../lib/constructs/entra-id-backup";
import { refusalOf } from "../../support/expected/refused";
import { fullDeployment } from "../../support/deployments/sample-deployments";
import { newStack, synthesizeStack } from "../../support/tools/synthesized";

const read = (resource: object, data = {}) =>
  networkOfJson(new JsonNode({ resource, data }, "", "cdk.tf.json"));

const DENY = {
  name: "deny",
  priority: 4096,
  direction: "Inbound",
  access: "Deny",
  protocol: "*",
  source_port_range: "*",
  destination_port_range: "*",
  source_address_prefix: "*",
  destination_address_prefix: "*",
};

test("what the constructs ask for is what is read of their stack", () => {
  const stack = newStack();
  const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(fullDeployment()));
  const found = networkOfJson(new JsonNode(JSON.parse(synthesizeStack(stack).text), "", "cdk.tf.json"));
  const { network, notes } = networkOfFiles([found]);
  expect(notes).toEqual([]);
  const rules = new Map(network.groups.map((group) => [group.name, group.rules]));
  const places = backup._places.map((place) => ({
    label: place.endpoint.label,
    prefixes: place.endpoint.prefixes,
    rules: place.rules(),
  }));
  expect(places.length).toBeGreaterThan(6);
  expect(
    network.endpoints
      .map(({ label, prefixes, subnetGroup }) => ({ label, prefixes, rules: rules.get(subnetGroup ?? "") }))
      .sort((a, b) => a.label.localeCompare(b.label)),
  ).toStrictEqual(places.sort((a, b) => a.label.localeCompare(b.label)));
  expect(network.virtualNetworkPrefixes).toEqual(["10.20.0.0/23"]);
});

describe("references", () => {
  const subnets = { a: { name: "snet-a", address_prefixes: ["10.0.0.0/24", "10.0.9.0/24"] } };
  const withSource = (source: unknown, plural?: unknown) =>
    read({
      azurerm_subnet: subnets,
      azurerm_network_security_group: {
        g: {
          name: "nsg",
          security_rule: [{ ...DENY, source_address_prefix: source, source_address_prefixes: plural }],
        },
      },
    }).groups[0].rules?.[0].sourceAddressPrefixes;

  test.each([
    ["${azurerm_subnet.a.address_prefixes[1]}", "10.0.9.0/24"],
    ["${element(azurerm_subnet.a.address_prefixes, 0)}", "10.0.0.0/24"],
    ["${azurerm_subnet.elsewhere.address_prefixes[0]}", "${azurerm_subnet.elsewhere.address_prefixes[0]}"],
    ["${azurerm_subnet.a.address_prefixes[7]}", "${azurerm_subnet.a.address_prefixes[7]}"],
    ["${cidrsubnet(azurerm_subnet.a.address_prefixes[0], 2, 1)}", "10.0.0.64/26"],
  ])("%s is %s", (text, value) => expect(withSource(text)).toEqual([value]));

  test("a list in the file stands for its items", () => {
    expect(withSource(null, "${azurerm_subnet.a.address_prefixes}")).toEqual(["10.0.0.0/24", "10.0.9.0/24"]);
    expect(withSource(null, ["${azurerm_subnet.a.address_prefixes}", "10.7.0.0/24"])).toEqual([
      "10.0.0.0/24",
      "10.0.9.0/24",
      "10.7.0.0/24",
    ]);
  });

  test("a circle of references ends", () => {
    const found = read({
      azurerm_subnet: { a: { name: "${azurerm_subnet.b.name}" }, b: { name: "${azurerm_subnet.a.name}" } },
    });
    expect(found.subnets.map(({ name }) => name)).toEqual(["azurerm_subnet.a", "azurerm_subnet.b"]);
  });
});

describe("rules beside their group", () => {
  const groups = {
    a: { name: "nsg", resource_group_name: "rg-a" },
    b: { name: "nsg", resource_group_name: "rg-b" },
  };
  const rulesOf = (rule: object) => {
    const found = read({
      azurerm_network_security_group: groups,
      azurerm_network_security_rule: { r: { ...DENY, ...rule } },
    });
    const { groups: joined, notes } = networkOfFiles([found]);
    return { rules: joined.map((group) => group.rules.length), notes: notes.join("\n") };
  };

  test.each([
    ["by reference", { network_security_group_name: "${azurerm_network_security_group.b.name}" }, [0, 1]],
    [
      "by name and resource group, whatever the case",
      { network_security_group_name: "NSG", resource_group_name: "RG-A" },
      [1, 0],
    ],
  ])("are found %s", (_, rule, rules) => expect(rulesOf(rule).rules).toEqual(rules));

  test.each([
    [
      "elsewhere",
      { network_security_group_name: "nsg-other" },
      'r is left out: its group "nsg-other" is not in any of the files.',
    ],
    [
      "in another resource group",
      { network_security_group_name: "nsg", resource_group_name: "rg-c" },
      'its group "nsg" of resource group "rg-c" is not in any of the files',
    ],
    [
      "one of several",
      { network_security_group_name: "nsg", resource_group_name: "${var.rg}" },
      "r of cdk.tf.json may be a rule of nsg (rg-a) or nsg (rg-b): which group it is in cannot be told",
    ],
  ])("are left out, and said to be, where the group is %s", (_, rule, note) => {
    expect(rulesOf(rule)).toEqual({ rules: [0, 0], notes: expect.stringContaining(note) as string });
  });
});

test("what groups stand before is read, whatever ties them to it", () => {
  const found = read({
    azurerm_network_security_group: {
      g: { name: "nsg", security_rule: [DENY], tags: { "veeam-role": "postgresql", counted: 1 } },
      own: { name: "nsg-nic", security_rule: [DENY] },
    },
    azurerm_virtual_network: {
      v: {
        name: "vnet",
        address_space: ["10.0.0.0/16"],
        subnet: [
          {
            name: "inline",
            address_prefixes: ["10.0.1.0/24"],
            security_group: "${azurerm_network_security_group.g.id}",
          },
          { name: "snet-a", address_prefixes: ["10.0.0.0/24"], security_group: "" },
        ],
      },
    },
    azurerm_subnet: {
      a: {
        name: "snet-a",
        address_prefixes: ["10.0.0.0/24"],
        virtual_network_name: "${azurerm_virtual_network.v.name}",
      },
    },
    azurerm_subnet_network_security_group_association: {
      a: {
        subnet_id: "${azurerm_subnet.a.id}",
        network_security_group_id: "${azurerm_network_security_group.g.id}",
      },
      e: {
        subnet_id:
          "/subscriptions/S/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/snet-hub",
        network_security_group_id: "${azurerm_network_security_group.g.id}",
      },
    },
    azurerm_network_interface: {
      n: {
        name: "nic",
        ip_configuration: [{ subnet_id: "${azurerm_subnet.a.id}", private_ip_address: "10.0.0.4" }],
      },
      d: { name: "nic-dynamic", ip_configuration: { subnet_id: "${azurerm_subnet.a.id}" } },
    },
    azurerm_network_interface_security_group_association: {
      n: {
        network_interface_id: "${azurerm_network_interface.n.id}",
        network_security_group_id: "${azurerm_network_security_group.own.id}",
      },
      d: {
        network_interface_id: "${azurerm_network_interface.d.id}",
        network_security_group_id: "${azurerm_network_security_group.own.id}",
      },
    },
  });
  const [g, own, a] = [
    "azurerm_network_security_group.g",
    "azurerm_network_security_group.own",
    "azurerm_subnet.a",
  ];
  const hub =
    "/subscriptions/s/resourcegroups/rg/providers/microsoft.network/virtualnetworks/v/subnets/snet-hub";
  expect(
    found.subnets.map(({ key, name, names, prefixes, group }) => ({ key, name, names, prefixes, group })),
  ).toStrictEqual([
    {
      key: a,
      name: "snet-a",
      names: { subnet: "snet-a", virtualNetwork: "vnet" },
      prefixes: ["10.0.0.0/24"],
      group: g,
    },
    {
      key: 'azurerm_virtual_network.v.subnet["inline"]',
      name: "inline",
      names: { subnet: "inline", virtualNetwork: "vnet" },
      prefixes: ["10.0.1.0/24"],
      group: g,
    },
    {
      key: hub,
      name: "snet-hub",
      names: { subnet: "snet-hub", virtualNetwork: "v", resourceGroup: "rg" },
      prefixes: [`\${${hub}.address_prefixes}`],
      group: g,
    },
  ]);
  const subnet = a;
  expect(found.interfaces).toStrictEqual([
    { key: "azurerm_network_interface.n", name: "nic", addresses: ["10.0.0.4"], subnet, group: own },
    { key: "azurerm_network_interface.d", name: "nic-dynamic", addresses: [], subnet, group: own },
  ]);
  expect(found.groups[0].tags).toEqual({ "veeam-role": "postgresql" });
  expect(found.virtualNetworks.map(({ prefixes }) => prefixes)).toEqual([["10.0.0.0/16"]]);
});

describe("what has a group", () => {
  const [GROUPS, NAMED] = ["azurerm_network_security_group", "azurerm_subnet"];
  const groups = { a: { name: "nsg-a", security_rule: [] }, b: { name: "nsg-b", security_rule: [] } };
  const ofGroup = (key: string, more: object) => ({
    network_security_group_id: `\${${GROUPS}.${key}.id}`,
    ...more,
  });

  test.each([
    ["subnet", "subnet_id", "azurerm_subnet_network_security_group_association"],
    ["network interface", "network_interface_id", "azurerm_network_interface_security_group_association"],
  ])(
    "has one: a second association of a %s is refused, and one that says the same is not",
    (what, attribute, type) => {
      const stack = (second: string) => ({
        [GROUPS]: groups,
        [type]: {
          x: ofGroup("a", { [attribute]: "/subscriptions/S/x/PLACE" }),
          y: ofGroup(second, { [attribute]: "/subscriptions/s/x/place" }),
        },
      });
      expect(refusalOf(() => read(stack("b")))).toBe(
        `1 problem in cdk.tf.json\n  - ${type}.y.${attribute}: is a ${what} that ${type}.x gives another group ` +
          `(got "/subscriptions/s/x/place"). Allowed: one group a ${what}, as Azure demands. Remove one of the two.`,
      );
      const found = read(stack("a"));
      expect([...found.subnets, ...found.interfaces]).toHaveLength(1);
    },
  );

  test("may be another each time that an association is repeated, which is none that others speak of", () => {
    const { subnets } = read({
      [GROUPS]: groups,
      azurerm_subnet_network_security_group_association: {
        x: ofGroup("a", { for_each: "${var.a}", subnet_id: "${each.value}" }),
        y: ofGroup("b", { for_each: "${var.b}", subnet_id: "${each.value}" }),
      },
    });
    expect(subnets.map(({ key }) => key)).toEqual([
      "${azurerm_subnet_network_security_group_association.x.subnet_id}",
      "${azurerm_subnet_network_security_group_association.y.subnet_id}",
    ]);
  });

  test("is one thing where a data source reads what the stack makes", () => {
    const [subnet, group] = ["/subscriptions/s/snet", "/subscriptions/s/nsg"];
    const data = {
      [NAMED]: { a: { id: subnet.toUpperCase(), name: "snet", network_security_group_id: group } },
      [GROUPS]: { a: { id: group.toUpperCase(), name: "nsg", security_rule: [DENY] } },
    };
    const made = {
      [NAMED]: { a: { id: subnet, name: "snet", address_prefixes: ["10.0.0.0/24"] } },
      [GROUPS]: { a: { id: group, name: "nsg", security_rule: [] } },
    };
    const { network } = networkOfFiles([read(made, data)]);
    expect(network.endpoints).toMatchObject([{ prefixes: ["10.0.0.0/24"], subnetGroup: "nsg" }]);
    expect(network.groups).toEqual([{ name: "nsg", rules: [] }]);
  });

  test("is not known where a configuration only names a subnet or a group that it reads", () => {
    const { network } = networkOfFiles([
      read(
        {},
        {
          [NAMED]: { a: { name: "snet", virtual_network_name: "v", resource_group_name: "rg" } },
          [GROUPS]: { g: { name: "nsg", resource_group_name: "rg" } },
        },
      ),
    ]);
    expect(network.endpoints).toMatchObject([
      { label: "snet", subnetGroup: "the group of subnet snet (not in the files)" },
    ]);
    expect(network.groups).toHaveLength(1);
  });
});

test("a module may be called data, and makes what it makes", () => {
  const made = { address: "module.data.azurerm_network_security_group.g", type: "", values: {} };
  expect([made, { ...made, address: 'module.m["a"].data.azurerm_subnet.s' }].map(isData)).toEqual([
    false,
    true,
  ]);
});

test("subnets of one name in two virtual networks are two", () => {
  const subnet = { name: "default", address_prefixes: ["10.1.0.0/24"] };
  const found = read({
    azurerm_virtual_network: {
      hub: { name: "hub", subnet: [subnet] },
      spoke: { name: "spoke", subnet: [{ ...subnet, address_prefixes: ["10.2.0.0/24"] }] },
    },
    azurerm_subnet: { own: { ...subnet, virtual_network_name: "${azurerm_virtual_network.hub.name}" } },
  });
  expect(found.subnets.map(({ key, prefixes }) => [key, prefixes])).toEqual([
    ["azurerm_subnet.own", ["10.1.0.0/24"]],
    ['azurerm_virtual_network.spoke.subnet["default"]', ["10.2.0.0/24"]],
  ]);
});

test("two rules of one priority are refused, for neither is first", () => {
  const rules = [
    DENY,
    { ...DENY, name: "allow", access: "Allow" },
    { ...DENY, name: "out", direction: "Outbound" },
  ];
  expect(
    refusalOf(() =>
      networkOfFiles([
        read({ azurerm_network_security_group: { g: { name: "nsg", security_rule: rules } } }),
      ]),
    ),
  ).toBe(
    "1 problem in cdk.tf.json\n  - azurerm_network_security_group.g: allow: has the priority of deny (Inbound) (got 4096). " +
      "Allowed: priorities that are unique in a group and direction, as Azure demands. Give one of the two rules another priority.",
  );
});

test("what only Terraform can work out is said, and rules that come of it are in doubt", () => {
  const group = { name: "nsg", security_rule: [DENY] };
  expect(
    read({ azurerm_network_security_group: { g: { ...group, for_each: "${var.groups}" } } }).notes[0],
  ).toContain("is repeated");
  expect(
    networkOfFiles([read({ azurerm_network_security_group: { g: { name: "nsg" } } })]).notes[0],
  ).toContain("says nothing of its rules");
  const dynamic = { name: "nsg", dynamic: { security_rule: { for_each: "${var.rules}" } } };
  expect(read({ azurerm_network_security_group: { g: dynamic } }).groups[0].doubts).toEqual([
    {
      subject: "the dynamic rules of azurerm_network_security_group.g.security_rule",
      text: expect.stringContaining("terraform show -json plan") as string,
      cause: "rules-dynamic",
      content: JSON.stringify(dynamic.dynamic.security_rule),
      path: "azurerm_network_security_group.g.dynamic.security_rule",
    },
  ]);
});

test("one body in a list is a body, as Terraform's JSON syntax has it", () => {
  expect(
    read({ azurerm_network_security_group: { g: [{ name: "nsg", security_rule: [DENY] }] } }).groups,
  ).toHaveLength(1);
});
