import { explain } from "../../../lib/proof/explain";
import { Verdict } from "../../../lib/proof/network";
import { Protocol, type SecurityRule } from "../../../lib/azure/security-rule";
import type { FoundNetwork, FoundVirtualNetwork, GroupReference } from "../../../lib/terraform/found-network";
import { networkOfFiles } from "../../../lib/terraform/joined/network-of-files";
import {
  foundFile as file,
  foundGroup as group,
  foundSubnet as subnet,
} from "../../support/files/found-files";
import { allowIn } from "../../support/oracle/nsg-builders";
import { refusalOf } from "../../support/expected/refused";

test("groups of one name are told apart by resource group, then by file", () => {
  const id = (resourceGroup: string) => `/subscriptions/s/resourcegroups/${resourceGroup}/nsg`;
  const names = (...files: FoundNetwork[]) => networkOfFiles(files).groups.map(({ name }) => name);
  expect(
    names(file("a", { groups: [group(id("rg-a"), "nsg"), group(id("rg-b"), "NSG"), group("x", "other")] })),
  ).toEqual(["nsg (rg-a)", "NSG (rg-b)", "other"]);
  expect(
    names(file("a", { groups: [group("g.a", "nsg")] }), file("b", { groups: [group("g.a", "nsg")] })),
  ).toEqual(["nsg (a: g.a)", "nsg (b: g.a)"]);
});

test("a group that another file holds is found there", () => {
  const { network } = networkOfFiles([
    file("network.json", {
      subnets: [subnet("s", { group: "/subscriptions/g" })],
    }),
    file("groups.json", { groups: [group("/subscriptions/g", "nsg")] }),
  ]);
  expect(network.endpoints[0].subnetGroup).toBe("nsg");
});

test("what passes a group that no file holds depends on it, and is not guessed", () => {
  const { network, notes } = networkOfFiles([
    file("a.json", {
      subnets: [subnet("snet", { group: "/subscriptions/x/nsg-hub" })],
    }),
  ]);
  expect(notes).toEqual(["No file holds the rules of nsg-hub, a group that they name."]);
  for (const [from, to] of [
    ["snet", "10.9.0.4"],
    ["10.9.0.4", "snet"],
    ["snet", "snet"],
  ]) {
    const { verdict, dependsOn } = explain({ from, to, protocol: Protocol.TCP, port: 443 }, network);
    expect([verdict, dependsOn]).toEqual([Verdict.DEPENDS, ["${what nsg-hub (not in the files) allows}"]]);
  }
});

test("labels that are there twice are followed by what tells them apart", () => {
  const tags = { "veeam-role": "gateway-server", "Veeam-Component": "gw1" };
  const subnets = ["s1", "s2"].map((key) => subnet(key, { group: "g" }));
  const { network } = networkOfFiles([file("a", { groups: [group("g", "nsg", { tags })], subnets })]);
  expect(network.endpoints.map(({ label }) => label)).toEqual([
    "gateway-server-gw1 (s1)",
    "gateway-server-gw1 (s2)",
  ]);
});

describe("two virtual networks", () => {
  const networks = (more: ReadonlyArray<Partial<FoundVirtualNetwork>> = []) =>
    networkOfFiles([
      file("a", {
        subnets: ["v", "w"].map((name) => subnet(`snet-${name}`, { virtualNetwork: name })),
        virtualNetworks: ["v", "w"].map((name, index) => ({
          key: name,
          name,
          prefixes: [`10.${index}.0.0/16`],
          peerings: [],
          areAllPeerings: false,
          ...more[index],
        })),
      }),
    ]).network.peerings;
  const to = (remote: string, existsIf?: string[]) => ({
    peerings: [{ remote, prefixes: [], existsIf }],
  });

  test("are perhaps peered where no file lists all peerings", () => {
    expect(networks()).toEqual([{ between: ["v", "w"], existsIf: ["whether v and w are peered"] }]);
  });

  test("are peered where a file says so, and are not where a list lacks it", () => {
    expect(networks([to("w"), to("v")])).toBeUndefined();
    expect(networks([{ areAllPeerings: true }])).toEqual([]);
    expect(networks([to("w"), { areAllPeerings: true }])).toEqual([]);
  });

  test("are peered where both peerings are made, of which each may not be", () => {
    expect(networks([to("w", ["one"]), to("v", ["other"])])).toEqual([
      { between: ["v", "w"], existsIf: ["one", "other"] },
    ]);
  });
});

const ruleOf = (priority: number, more: Partial<SecurityRule> = {}): SecurityRule => ({
  ...allowIn(priority, "10.1.0.0/24", "443"),
  ...more,
});
const ID = "/subscriptions/s/resourcegroups/rg/providers/microsoft.network";
const GROUP = `${ID}/networksecuritygroups/nsg`;
const SUBNET = `${ID}/virtualnetworks/vnet/subnets/snet`;

describe("what several files say of one thing", () => {
  test("is said once, whichever of them knows it", () => {
    const { network, notes } = networkOfFiles([
      file("network.json", {
        groups: [group(GROUP, "nsg", { rules: [ruleOf(100)] })],
        subnets: [subnet(SUBNET, { name: "snet" })],
      }),
      file("backup.json", {
        groups: [group(GROUP, "nsg", { rules: [{ ...ruleOf(100), description: "other words" }] })],
        subnets: [subnet(SUBNET, { prefixes: ["${unknown}"], group: GROUP })],
        interfaces: [{ key: `${ID}/networkinterfaces/nic`, name: "nic", addresses: [], group: GROUP }],
      }),
      file("machines.json", {
        interfaces: [
          { key: `${ID}/networkinterfaces/nic`, name: "nic", addresses: ["10.0.0.4"], subnet: SUBNET },
        ],
      }),
    ]);
    expect(notes).toEqual([]);
    expect(network.groups.map(({ name }) => name)).toEqual(["nsg"]);
    expect(network.endpoints).toMatchObject([
      { label: "nic", prefixes: ["10.0.0.4"], interfaceGroup: "nsg", subnetGroup: "nsg" },
      { label: "snet", prefixes: ["10.0.0.0/24"], subnetGroup: "nsg" },
    ]);
  });

  test("is refused where they contradict each other", () => {
    const other = `${ID}/networksecuritygroups/other`;
    const files = [
      file("a.json", {
        groups: [group(GROUP, "nsg", { rules: [ruleOf(100)] })],
        subnets: [subnet(SUBNET, { name: "snet", group: GROUP })],
        interfaces: [{ key: `${ID}/nic`, name: "nic", addresses: [], group: GROUP }],
      }),
      file("b.json", {
        groups: [group(GROUP, "nsg", { rules: [ruleOf(101)] })],
        subnets: [subnet(SUBNET, { name: "snet", prefixes: ["10.0.1.0/24"], group: other })],
        interfaces: [{ key: `${ID}/nic`, name: "nic", addresses: [], group: other }],
      }),
    ];
    const message = refusalOf(() => networkOfFiles(files));
    expect(message.split("\n")).toEqual([
      "4 problems in a.json, b.json",
      expect.stringMatching(
        /^ {2}- nsg: has other rules in b.json than in a.json\. Allowed: .*\. Give one of/,
      ),
      expect.stringContaining("subnet snet: has 10.0.0.0/24 in a.json, and 10.0.1.0/24 in b.json."),
      expect.stringMatching(/subnet snet: has the group .*\/nsg in a\.json, and .*\/other in b\.json\./),
      expect.stringMatching(/network interface nic: has the group .*\/nsg in a\.json/),
    ]);
  });

  test("is what made it says, where another only read it", () => {
    const files = [
      file("reads.json", { groups: [group(GROUP, "nsg", { rules: [ruleOf(300)], isRead: true })] }),
      file("makes.json", { groups: [group(GROUP, "nsg", { rules: [ruleOf(100)] })] }),
    ];
    for (const both of [files, [...files].reverse()]) {
      const [{ rules, file: held }] = networkOfFiles(both).groups;
      expect([held, rules.map(({ priority }) => priority)]).toEqual(["makes.json", [100]]);
    }
  });
});

describe("a rule beside its group", () => {
  const beside = (name: string, rule: SecurityRule, reference: GroupReference) =>
    file(name, { rules: [{ address: "rule.r", rule, group: reference }] });
  const named = (resourceGroup: string) =>
    group(`${ID.replace("/rg/", `/${resourceGroup}/`)}/networksecuritygroups/nsg`, "nsg", {
      names: { group: "nsg", resourceGroup },
      rules: [ruleOf(100)],
    });

  test.each<[string, GroupReference]>([
    ["its id", { key: `${ID.replace("/rg/", "/rg-a/")}/networksecuritygroups/nsg`, group: "else" }],
    ["its names, whatever the case", { group: "NSG", resourceGroup: "RG-A" }],
  ])("is in it by %s, whichever file holds the two", (_, reference) => {
    const files = [
      file("groups.json", { groups: [named("rg-a"), named("rg-b")] }),
      beside("rules.json", ruleOf(200), reference),
    ];
    for (const both of [files, [...files].reverse()]) {
      const { groups, notes, network } = networkOfFiles(both);
      expect(groups.map(({ rules }) => rules.map(({ priority }) => priority))).toEqual([[100, 200], [100]]);
      expect([notes, network.doubts]).toEqual([[], undefined]);
    }
  });

  test("takes a priority that is free, or the files are refused", () => {
    const files = [
      file("groups.json", { groups: [named("rg-a")] }),
      beside("rules.json", ruleOf(100, { name: "second" }), { group: "nsg", resourceGroup: "rg-a" }),
    ];
    expect(refusalOf(() => networkOfFiles(files))).toContain(
      "nsg: second: has the priority of in-100 (Inbound)",
    );
  });

  test("comes in place of the one that was read back under its name", () => {
    const { groups } = networkOfFiles([
      file("groups.json", { groups: [named("rg-a")] }),
      beside("rules.json", ruleOf(300, { name: "IN-100" }), { group: "nsg", resourceGroup: "rg-a" }),
    ]);
    expect(groups[0].rules.map(({ priority }) => priority)).toEqual([300]);
  });

  test("is refused where two files have another under one name", () => {
    const reference = { group: "nsg", resourceGroup: "rg-a" };
    const files = [
      file("groups.json", { groups: [named("rg-a")] }),
      beside("a.json", ruleOf(300, { name: "x" }), reference),
      beside("b.json", ruleOf(301, { name: "X" }), reference),
    ];
    expect(refusalOf(() => networkOfFiles(files))).toContain(
      "rule.r: is another rule of the name that rule.r has in the same group",
    );
  });

  test("leaves in doubt every group that it may be in, and no other", () => {
    const doubtsAbout = (rule: SecurityRule, reference: GroupReference) =>
      networkOfFiles([
        file("groups.json", { groups: [named("rg-a"), named("rg-b"), group("g", "other")] }),
        beside("rules.json", rule, reference),
      ]).network.doubts?.flatMap(({ groups }) => groups);
    expect(doubtsAbout(ruleOf(200), { group: "nsg", resourceGroup: "${var.rg}" })).toEqual([
      "nsg (rg-a)",
      "nsg (rg-b)",
    ]);
    expect(doubtsAbout(ruleOf(200), {})).toEqual(["nsg (rg-a)", "nsg (rg-b)", "other"]);
    // A priority is taken by one rule.
    expect(doubtsAbout(ruleOf(100, { name: "second" }), {})).toEqual(["other"]);
    expect(doubtsAbout(ruleOf(200), { group: "nsg", resourceGroup: "rg-c" })).toBeUndefined();
    expect(doubtsAbout(ruleOf(200), { key: "azurerm_network_security_group.gone" })).toBeUndefined();
  });
});

test("a group that a configuration only names is the one of its names in another file, or unknown", () => {
  const hub = group("data.hub", "nsg", {
    names: { group: "nsg", resourceGroup: "RG" },
    rules: undefined,
    isRead: true,
  });
  const stack = file("cdk.tf.json", { groups: [hub], subnets: [subnet("s", { group: "data.hub" })] });
  const held = group(GROUP, "nsg", { names: { group: "NSG", resourceGroup: "rg" }, rules: [ruleOf(100)] });
  const groupsOf = (...files: FoundNetwork[]) =>
    networkOfFiles(files).network.endpoints.map(({ subnetGroup }) => subnetGroup);
  expect(groupsOf(stack, file("nsgs.json", { groups: [held] }))).toEqual(["nsg"]);
  expect(groupsOf(stack)).toEqual(["data.hub (not in the files)"]);
});

test("whether a subnet has a group that its file does not say is not known", () => {
  const { network, notes } = networkOfFiles([file("a", { subnets: [subnet("s", { mayHaveGroup: true })] })]);
  expect(network.endpoints[0].subnetGroup).toBe("the group of subnet s (not in the files)");
  expect(notes).toEqual(["Whether subnet s has a group, and which, is not known."]);
});
