import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FoundNetwork } from "../../../lib/terraform/found-network";
import { JsonNode } from "../../../lib/terraform/files/json-node";
import { networkOfFiles } from "../../../lib/terraform/joined/network-of-files";
import { networkOfJson, readNetworkFile } from "../../../lib/terraform/read-network-file";
import { securityRuleOfTerraform } from "../../../lib/terraform/network/groups";
import { attachedIn } from "../../support/files/found-files";
import { inAz } from "../../support/files/rules-in-files";

// A plan and a state of fixtures/terraform, as terraform 1.11 shows them.
const fixture = (name: string): FoundNetwork =>
  readNetworkFile(readFileSync(join(__dirname, "..", "..", "fixtures", "terraform", name)), name);

test.each(["plan.json", "state.json"])(
  "%s shows which groups filter which place, before ids are known and after",
  (name) => {
    expect(attachedIn(fixture(name))).toEqual([
      { name: "nic", prefixes: ["10.0.9.4"], groups: ["nsg-s", "nsg-a"] },
      { name: "snet-a", prefixes: ["10.0.0.0/24"], groups: ["nsg-a", undefined] },
      { name: "snet-b", prefixes: ["10.0.1.0/24"], groups: ["nsg-b", undefined] },
      { name: "snet-c", prefixes: ["10.0.2.0/24"], groups: ["nsg-s", undefined] },
      { name: "snet-d", prefixes: ["10.0.9.0/24"], groups: ["nsg-s", undefined] },
    ]);
  },
);

test.each([
  [
    "plan.json",
    '${azurerm_network_security_group.g["a"].security_rule[1].source_address_prefix}',
    "${azurerm_network_security_rule.r[1].destination_address_prefix}",
  ],
  ["state.json", "203.0.113.4", "203.0.113.4"],
])("%s: what is not known yet is unknown by name", (name, source, destination) => {
  const found = fixture(name);
  const rules = new Map(networkOfFiles([found]).groups.map((group) => [group.name, group.rules]));
  expect(
    rules
      .get("nsg-a")
      ?.map((rule) => [rule.name, ...rule.sourceAddressPrefixes, ...rule.destinationPortRanges]),
  ).toEqual([
    ["z-known", "10.1.0.0/24", "443"],
    ["a-unknown", source, "443", "8443"],
  ]);
  expect(rules.get("nsg-s")?.map((rule) => [rule.name, ...rule.destinationAddressPrefixes])).toEqual([
    ["r0", "*"],
    ["r1", destination],
  ]);
  expect(found.virtualNetworks.map(({ prefixes }) => prefixes)).toEqual([["10.0.0.0/16"]]);
});

test("what a plan says by keys only is said to be taken for granted", () => {
  expect(fixture("plan.json").notes).toContain(
    'azurerm_subnet_network_security_group_association.s.subnet_id is taken to be of module.net.azurerm_subnet.s["c"], which has the same key; the plan itself does not say so.',
  );
  expect(fixture("state.json").notes).toEqual([]);
});

const ASSOCIATION = "azurerm_subnet_network_security_group_association";

function planOf(
  references: readonly string[],
  { errored = false, association = "x", subnets = ["a", "b"] } = {},
): FoundNetwork {
  const resource = (type: string, name: string, values = {}) => ({
    address: `${type}.${name}`,
    type,
    values,
  });
  const expressions = (name: string, of: object) => ({ address: name, expressions: of });
  return networkOfJson(
    new JsonNode(
      {
        errored,
        planned_values: {
          root_module: {
            resources: [
              resource("azurerm_network_security_group", "g", { name: "nsg", security_rule: [] }),
              ...subnets.map((name) => resource("azurerm_subnet", name, { name: `snet-${name}` })),
              resource(ASSOCIATION, association),
            ],
          },
        },
        resource_changes: [
          {
            address: `${ASSOCIATION}.${association}`,
            change: { after_unknown: { id: true, subnet_id: true, network_security_group_id: true } },
          },
        ],
        configuration: {
          root_module: {
            resources: [
              expressions(`${ASSOCIATION}.x`, {
                subnet_id: { references },
                network_security_group_id: {
                  references: ["azurerm_network_security_group.g.id", "azurerm_network_security_group.g"],
                },
              }),
            ],
          },
        },
      },
      "",
      "plan.json",
    ),
  );
}

const withGroup = (found: FoundNetwork): string[] =>
  found.subnets.filter(({ group }) => group !== undefined).map(({ name }) => name);

test("a plain reference is followed", () => {
  const found = planOf(["azurerm_subnet.a.id", "azurerm_subnet.a"]);
  expect(withGroup(found)).toEqual(["snet-a"]);
  expect(found.notes).toEqual([]);
});

test.each([
  ["one of two", ["azurerm_subnet.a.id", "azurerm_subnet.a", "azurerm_subnet.b.id", "azurerm_subnet.b"]],
  ["something of a local value", ["local.subnet_id"]],
  ["something of a variable that nobody sets", ["var.subnet_id"]],
  ["another attribute", ["azurerm_subnet.a.name", "azurerm_subnet.a"]],
  ["an output that is not there", ["module.net.subnet_id", "module.net"]],
  ["a module by a name that every object has", ["module.constructor.subnet_id", "module.constructor"]],
])("a reference to %s is not guessed: any subnet of the file may have the group", (_, references) => {
  const found = planOf(references);
  expect(withGroup(found)).toEqual([`\${${ASSOCIATION}.x.subnet_id}`]);
  expect(found.subnets.flatMap(({ refusedIf }) => refusedIf ?? [])).toEqual(
    ["snet-a", "snet-b"].map((name) => `whether ${ASSOCIATION}.x attaches a group to ${name}`),
  );
});

test("of two subnets, none is taken for having the same key", () => {
  const references = [
    'azurerm_subnet.s["a"].id',
    'azurerm_subnet.s["a"]',
    'azurerm_subnet.t["b"].id',
    'azurerm_subnet.t["b"]',
  ];
  const found = planOf(references, { association: 'x["a"]', subnets: ['s["a"]', 't["b"]'] });
  expect(withGroup(found)).toEqual([`\${${ASSOCIATION}.x["a"].subnet_id}`]);
});

test.each([
  ["by the values of its map, which may swap them", ["azurerm_subnet.s", "each.value"]],
  ["by an attribute of these", ["azurerm_subnet.s", "each.value.subnet", "each.value"]],
  ["by nothing that the plan names", ["azurerm_subnet.s"]],
])("of several subnets, one that is chosen %s is not known", (_, references) => {
  const found = planOf(references, { association: 'x["a"]', subnets: ['s["a"]', 's["b"]'] });
  expect(withGroup(found)).toEqual([`\${${ASSOCIATION}.x["a"].subnet_id}`]);
});

test.each(["each.key", "count.index"])(
  "one that is chosen by %s is taken to have it, and that is said",
  (chosen) => {
    const found = planOf(["azurerm_subnet.s", chosen], {
      association: 'x["a"]',
      subnets: ['s["a"]', 's["b"]'],
    });
    expect(withGroup(found)).toEqual(['snet-s["a"]']);
    expect(found.notes.join()).toContain("the plan itself does not say so");
  },
);

describe("through a module that is repeated", () => {
  const inModule = (references: readonly string[], argument: readonly string[]) => {
    const subnet = (key: string) => ({
      address: `azurerm_subnet.s["${key}"]`,
      type: "azurerm_subnet",
      values: { name: `snet-${key}` },
    });
    const address = `module.m["a"].${ASSOCIATION}.x["b"]`;
    const group = { address: "azurerm_network_security_group.g", type: "azurerm_network_security_group" };
    const expressions = {
      subnet_id: { references },
      network_security_group_id: { constant_value: "/subscriptions/s/nsg" },
    };
    const values = { network_security_group_id: "/subscriptions/s/nsg" };
    return networkOfJson(
      new JsonNode(
        {
          planned_values: {
            root_module: {
              resources: [{ ...group, values: { name: "nsg", security_rule: [] } }, subnet("a"), subnet("b")],
              child_modules: [
                { address: 'module.m["a"]', resources: [{ address, type: ASSOCIATION, values }] },
              ],
            },
          },
          resource_changes: [{ address, change: { after_unknown: { subnet_id: true } } }],
          configuration: {
            root_module: {
              module_calls: {
                m: {
                  expressions: { subnet_id: { references: argument } },
                  module: { resources: [{ address: `${ASSOCIATION}.x`, expressions }] },
                },
              },
            },
          },
        },
        "",
        "plan.json",
      ),
    );
  };

  test("each.key of the call is the call's key", () => {
    expect(withGroup(inModule(["var.subnet_id"], ["azurerm_subnet.s", "each.key"]))).toEqual(["snet-a"]);
  });

  test.each([
    ["each.value of the call", ["var.subnet_id"], ["azurerm_subnet.s", "each.value"]],
    ["two keys at once", ["var.subnet_id", "each.key"], ["azurerm_subnet.s", "each.key"]],
    ["an index beside a key", ['var.subnet_id["b"]', "var.subnet_id"], ["azurerm_subnet.s", "each.key"]],
  ])("%s is not known", (_, references, argument) => {
    expect(withGroup(inModule(references, argument))).toEqual([
      `\${module.m["a"].${ASSOCIATION}.x["b"].subnet_id}`,
    ]);
  });
});

test("nothing is sure of the groups in a plan that ended with an error", () => {
  const { network, notes } = networkOfFiles([planOf(["azurerm_subnet.a.id"], { errored: true })]);
  expect(network.doubts).toEqual([
    {
      groups: ["nsg"],
      subject: "what plan.json lacks",
      identity: "gap",
      text: "The plan plan.json ended with an error, and may lack what comes after it.",
    },
  ]);
  expect(notes).toContain("The plan plan.json ended with an error, and may lack what comes after it.");
});

describe("what a plan destroys", () => {
  const ID = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network";
  const GROUP_ID = `${ID}/networkSecurityGroups/nsg`;
  const rule = (name: string, priority: number, more = {}) => ({
    name,
    priority,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    source_port_range: "*",
    destination_port_range: "443",
    source_address_prefix: "10.1.0.0/24",
    destination_address_prefix: "*",
    ...more,
  });
  const resource = (type: string, name: string, values: object, mode = "managed") => ({
    address: `${mode === "data" ? "data." : ""}azurerm_${type}.${name}`,
    mode,
    type: `azurerm_${type}`,
    values,
  });
  const beside = (name: string, priority: number) =>
    resource("network_security_rule", name, {
      ...rule(name, priority),
      network_security_group_name: "NSG",
      resource_group_name: "RG",
    });
  // A plan that changes nothing about a group still lists what was read back with it.
  const group = (...rules: object[]) =>
    resource("network_security_group", "g", {
      id: GROUP_ID,
      name: "nsg",
      resource_group_name: "rg",
      security_rule: rules,
    });
  type Resource = ReturnType<typeof resource>;

  interface Plan {
    readonly planned: readonly Resource[];
    readonly gone: readonly Resource[];
    readonly read?: readonly Resource[];
    readonly expressions?: object;
  }

  const plan = ({ planned, gone, read = [], expressions = {} }: Plan, file = "plan.json") =>
    networkOfJson(
      new JsonNode(
        {
          planned_values: { root_module: { resources: planned } },
          prior_state: { values: { root_module: { resources: [...planned, ...gone, ...read] } } },
          resource_changes: [
            ...planned.map(({ address, type }) => ({ address, type, change: { actions: ["no-op"] } })),
            ...gone.map(({ address, type, values }) => ({
              address,
              type,
              change: { actions: ["delete"], before: values, after: null },
            })),
          ],
          configuration: {
            root_module: { resources: [{ address: "azurerm_network_security_group.g", expressions }] },
          },
        },
        "",
        file,
      ),
    );
  const rulesIn = (...files: FoundNetwork[]) =>
    networkOfFiles(files).groups.map(({ rules }) => rules.map(({ name }) => name));
  const groupsOf = (...files: FoundNetwork[]) =>
    networkOfFiles(files).network.endpoints.map(({ label, subnetGroup, interfaceGroup }) => [
      label,
      subnetGroup ?? interfaceGroup,
    ]);

  test("is not a rule of its group any more", () => {
    const both = group(rule("keep", 100), rule("gone", 101));
    expect(rulesIn(plan({ planned: [both, beside("keep", 100)], gone: [beside("gone", 101)] }))).toEqual([
      ["keep"],
    ]);
  });

  test("leaves its priority to the rule that comes in its place", () => {
    const renamed = { ...beside("new", 100), address: beside("old", 100).address };
    expect(
      rulesIn(plan({ planned: [group(rule("old", 100)), renamed], gone: [beside("old", 100)] })),
    ).toEqual([["new"]]);
    // Made anew under its own name, it stays.
    expect(
      rulesIn(plan({ planned: [group(rule("old", 100)), beside("old", 100)], gone: [beside("old", 100)] })),
    ).toEqual([["old"]]);
  });

  test("is gone from a group that a data source has read, and from that of another file", () => {
    const read = resource("network_security_group", "g", { ...group(rule("gone", 100)).values }, "data");
    expect(rulesIn(plan({ planned: [], gone: [beside("gone", 100)], read: [read] }))).toEqual([[]]);
    const nsgs = [
      { id: GROUP_ID, name: "nsg", securityRules: [inAz(securityRuleOfTerraform(rule("gone", 100), "r"))] },
    ];
    const list = networkOfJson(new JsonNode(nsgs, "", "nsgs.json"));
    expect(rulesIn(list)).toEqual([["gone"]]);
    expect(rulesIn(plan({ planned: [], gone: [beside("gone", 100)] }), list)).toEqual([[]]);
    // Another rule is not touched by it.
    expect(rulesIn(plan({ planned: [], gone: [beside("other", 100)] }), list)).toEqual([["gone"]]);
  });

  test("is gone from the state that lists it beside its group", () => {
    const state = (resources: readonly Resource[]) =>
      networkOfJson(
        new JsonNode({ format_version: "1.0", values: { root_module: { resources } } }, "", "state.json"),
      );
    const hub = state([group(), beside("gone", 100)]);
    expect(rulesIn(hub)).toEqual([["gone"]]);
    expect(rulesIn(hub, plan({ planned: [], gone: [beside("gone", 100)] }))).toEqual([[]]);
  });

  test("stays in doubt where the group writes a rule of the name itself", () => {
    const { network, groups } = networkOfFiles([
      plan({
        planned: [group(rule("moved", 100))],
        gone: [beside("moved", 100)],
        expressions: { security_rule: [{}] },
      }),
    ]);
    expect(groups[0].rules).toHaveLength(1);
    expect(network.doubts).toMatchObject([{ groups: ["nsg"], subject: "whether moved stays in it" }]);
  });

  test.each([
    ["a data source has read", "data.azurerm_subnet.a"],
    ["its virtual network lists", "azurerm_virtual_network.v"],
    ["another file lists", "nsgs.json"],
  ])("is not the group of a subnet that %s", (_, where) => {
    const id = `${ID}/virtualNetworks/v/subnets/a`;
    const association = resource("subnet_network_security_group_association", "a", {
      subnet_id: id.toUpperCase(),
      network_security_group_id: GROUP_ID,
    });
    const subnet = { id, name: "a", address_prefixes: ["10.0.0.0/24"] };
    const network = resource("virtual_network", "v", {
      name: "v",
      subnet: [{ ...subnet, security_group: GROUP_ID }],
    });
    const data = resource("subnet", "a", { ...subnet, network_security_group_id: GROUP_ID }, "data");
    const isNetwork = network.address === where;
    const made = (gone: readonly Resource[]) => [
      plan({
        planned: [...(isNetwork ? [network] : []), ...(where === "nsgs.json" ? [] : [group()])],
        gone,
        read: data.address === where ? [data] : [],
      }),
      ...(where === "nsgs.json"
        ? [
            networkOfJson(
              new JsonNode([{ id: GROUP_ID, name: "nsg", securityRules: [], subnets: [{ id }] }], "", where),
            ),
          ]
        : []),
    ];
    expect(groupsOf(...made([]))).toEqual([["a", "nsg"]]);
    expect(groupsOf(...made([association]))).toEqual([["a", undefined]]);
    // Without the subnet itself, nothing is left to have a group.
    expect(groupsOf(...made([resource("subnet", "x", { id })]))).toEqual([]);
  });

  test("is not the group of a network interface that a data source has read", () => {
    const id = `${ID}/networkInterfaces/nic`;
    const data = resource(
      "network_interface",
      "n",
      { id, name: "nic", network_security_group_id: GROUP_ID },
      "data",
    );
    const association = resource("network_interface_security_group_association", "n", {
      network_interface_id: id,
      network_security_group_id: GROUP_ID,
    });
    const made = (gone: readonly Resource[]) => plan({ planned: [group()], gone, read: [data] });
    expect(networkOfFiles([made([])]).network.endpoints).toMatchObject([
      { label: "nic", interfaceGroup: "nsg" },
    ]);
    expect(groupsOf(made([association]))).toEqual([]);
    expect(groupsOf(made([resource("network_interface", "x", { id })]))).toEqual([]);
  });

  test("is not a group that a data source has read, and what names it depends on what it allowed", () => {
    const read = resource("network_security_group", "g", group().values, "data");
    const subnet = resource("subnet", "a", { name: "a", network_security_group_id: GROUP_ID }, "data");
    const gone = [group()].map((one) => ({ ...one, address: "azurerm_network_security_group.old" }));
    expect(groupsOf(plan({ planned: [], gone, read: [read, subnet] }))).toEqual([
      ["a", "nsg (not in the files)"],
    ]);
  });

  test("may be what was left behind of an earlier apply, beside what is there now", () => {
    const json = JSON.parse(
      JSON.stringify({
        planned_values: { root_module: { resources: [group(), beside("now", 100)] } },
        resource_changes: [
          {
            address: beside("now", 100).address,
            change: { actions: ["create"], after_unknown: { source_address_prefix: true } },
          },
          {
            address: beside("now", 100).address,
            deposed: "abcd",
            type: "azurerm_network_security_rule",
            change: { actions: ["delete"], before: beside("before", 101).values, after_unknown: {} },
          },
        ],
        configuration: {
          root_module: {
            resources: [
              {
                address: beside("now", 100).address,
                expressions: { source_address_prefix: { references: ["var.x"] } },
              },
            ],
          },
        },
      }),
    ) as object;
    const [{ rules }] = networkOfFiles([networkOfJson(new JsonNode(json, "", "plan.json"))]).groups;
    expect(rules.map(({ name, sourceAddressPrefixes }) => [name, sourceAddressPrefixes])).toEqual([
      ["now", ["${azurerm_network_security_rule.now.source_address_prefix}"]],
    ]);
  });
});

test("data sources that a plan has read are in it", () => {
  const json = JSON.parse(
    readFileSync(join(__dirname, "..", "..", "fixtures", "terraform", "plan.json"), "utf8"),
  ) as { readonly resource_changes: readonly object[] };
  const hub = {
    address: "data.azurerm_subnet.hub",
    mode: "data",
    type: "azurerm_subnet",
    values: {
      id: "/subscriptions/s/x/hub",
      name: "hub",
      address_prefixes: ["10.9.0.0/24"],
      network_security_group_id: "/subscriptions/s/x/nsg-hub",
    },
  };
  const managed = { ...hub, address: "azurerm_subnet.gone", mode: "managed", values: { name: "gone" } };
  const deleted = { ...managed, change: { actions: ["delete"], before: managed.values } };
  const plan = {
    ...json,
    resource_changes: [...json.resource_changes, deleted],
    prior_state: { values: { root_module: { resources: [hub, managed] } } },
  };
  const found = networkOfJson(new JsonNode(plan, "", "plan.json"));
  expect(found.subnets).toContainEqual({
    filtersPrivateEndpoints: false,
    key: "/subscriptions/s/x/hub",
    name: "hub",
    names: { subnet: "hub" },
    prefixes: ["10.9.0.0/24"],
    group: "/subscriptions/s/x/nsg-hub",
    mayHaveGroup: false,
  });
  expect(found.subnets.map(({ name }) => name)).not.toContain("gone");
});
