import { explain } from "../../lib/policy/explain";
import { Verdict } from "../../lib/policy/network";
import { Protocol } from "../../lib/policy/security-rule";
import type { FoundNetwork } from "../../lib/reading/found-network";
import { networkOfFiles } from "../../lib/reading/network-of-files";

const group = (key: string, name: string, tags = {}) => ({ key, name, rules: [], tags });
const file = (name: string, found: Partial<FoundNetwork>): FoundNetwork => ({
  file: name,
  groups: [],
  endpoints: [],
  addressSpaces: [],
  notes: [],
  ...found,
});

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
      endpoints: [{ key: "s", name: "snet", prefixes: ["10.0.0.0/24"], subnetGroup: "/subscriptions/g" }],
    }),
    file("groups.json", { groups: [group("/subscriptions/g", "nsg")] }),
  ]);
  expect(network.endpoints[0].subnetGroup).toBe("nsg");
});

test("what passes a group that no file holds depends on it, and is not guessed", () => {
  const { network, notes } = networkOfFiles([
    file("a.json", {
      endpoints: [
        { key: "s", name: "snet", prefixes: ["10.0.0.0/24"], subnetGroup: "/subscriptions/x/nsg-hub" },
      ],
    }),
  ]);
  expect(notes).toEqual(["a.json names the group nsg-hub, and no file holds its rules."]);
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
  const endpoint = (key: string) => ({ key, name: key, prefixes: ["10.0.0.0/24"], subnetGroup: "g" });
  const { network } = networkOfFiles([
    file("a", { groups: [group("g", "nsg", tags)], endpoints: [endpoint("s1"), endpoint("s2")] }),
  ]);
  expect(network.endpoints.map(({ label }) => label)).toEqual([
    "gateway-server-gw1 (s1)",
    "gateway-server-gw1 (s2)",
  ]);
});

test("several virtual networks are said to be taken as one", () => {
  const { network, notes } = networkOfFiles([
    file("a", { addressSpaces: [["10.0.0.0/16"], ["10.1.0.0/16"]] }),
  ]);
  expect(network.virtualNetworkPrefixes).toEqual(["10.0.0.0/16", "10.1.0.0/16"]);
  expect(notes.join()).toContain("taken to be peered");
});
