import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FoundNetwork } from "../../lib/reading/found-network";
import { JsonNode } from "../../lib/reading/json-node";
import { networkOfFiles } from "../../lib/reading/network-of-files";
import { networkOfJson, readNetworkFile } from "../../lib/reading/read-network-file";
import { attachedIn } from "../support/found-files";

// A plan and a state of fixtures/terraform, as terraform 1.11 shows them.
const fixture = (name: string): FoundNetwork =>
  readNetworkFile(readFileSync(join(__dirname, "..", "fixtures", "terraform", name)), name);

test.each(["plan.json", "state.json"])(
  "%s says what stands before what, before ids are known and after",
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
  expect(found.addressSpaces).toEqual([["10.0.0.0/16"]]);
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
])("a reference to %s is not guessed, and what it may mean is said", (_, references) => {
  const found = planOf(references);
  expect(withGroup(found)).toEqual([`\${${ASSOCIATION}.x.subnet_id}`]);
  expect(found.notes.join()).toContain("a subnet in the file may have a group that it is read without");
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

test("a plan that ended with an error says so", () => {
  expect(planOf(["azurerm_subnet.a.id"], { errored: true }).notes[0]).toContain("ended with an error");
});

test("data sources that a plan has read are in it", () => {
  const json = JSON.parse(
    readFileSync(join(__dirname, "..", "fixtures", "terraform", "plan.json"), "utf8"),
  ) as object;
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
  const found = networkOfJson(
    new JsonNode(
      { ...json, prior_state: { values: { root_module: { resources: [hub, managed] } } } },
      "",
      "plan.json",
    ),
  );
  expect(found.subnets).toContainEqual({
    key: "/subscriptions/s/x/hub",
    name: "hub",
    names: { subnet: "hub" },
    prefixes: ["10.9.0.0/24"],
    group: "/subscriptions/s/x/nsg-hub",
    mayHaveGroup: false,
  });
  expect(found.subnets.map(({ name }) => name)).not.toContain("gone");
});
