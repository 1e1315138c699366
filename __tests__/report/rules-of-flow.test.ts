import type { Flow, FlowEndpoint } from "../../lib/azure/flow";
import type { Network } from "../../lib/proof/network";
import { rulesOfEndpoint } from "../../lib/plan/rules/rules-of-endpoint";
import { Access, Direction, Protocol, type SecurityRule } from "../../lib/azure/security-rule";
import { rulesOfFlow } from "../../lib/report/rules-of-flow";

const a: FlowEndpoint = { id: "a", label: "a", prefixes: ["10.0.0.0/28"] };
const b: FlowEndpoint = { id: "b", label: "b", prefixes: ["10.0.1.0/28"] };
const elsewhere: FlowEndpoint = { id: "c", label: "c", prefixes: ["10.8.0.0/16", "10.9.0.0/16"] };
const entraId: FlowEndpoint = { id: "AzureActiveDirectory", label: "e", prefixes: ["AzureActiveDirectory"] };
const manager: FlowEndpoint = { id: "AzureResourceManager", label: "m", prefixes: ["AzureResourceManager"] };

function flow(name: string, priority: number, from: FlowEndpoint, to: FlowEndpoint, ports: string[]): Flow {
  return { name, priority, from, to, protocol: Protocol.TCP, ports, reason: name, origin: "test" };
}

function rule(name: string, priority: number, access: Access, ports: string[]): SecurityRule {
  return {
    name,
    priority,
    direction: Direction.INBOUND,
    access,
    protocol: Protocol.TCP,
    sourceAddressPrefixes: ["*"],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["*"],
    destinationPortRanges: ports,
  };
}

const rulesAt = (endpoint: FlowEndpoint, flows: Flow[]): SecurityRule[] =>
  rulesOfEndpoint(endpoint, flows).map((planned) => planned.rule);

function networkOf(flows: Flow[], more: SecurityRule[] = []): Network {
  return {
    endpoints: [
      { ...a, subnetGroup: "nsg-a" },
      { ...b, subnetGroup: "nsg-b" },
    ],
    groups: [
      { name: "nsg-a", rules: rulesAt(a, flows) },
      { name: "nsg-b", rules: [...rulesAt(b, flows), ...more] },
    ],
  };
}

function namesOf(asked: Flow, network: Network): { leaving: string[]; arriving: string[] } {
  const { leaving, arriving } = rulesOfFlow(asked, network);
  const names = (rules: typeof leaving): string[] =>
    rules.map(({ group, rule: { name } }) => `${group}: ${name}`);
  return { leaving: names(leaving), arriving: names(arriving) };
}

const web = flow("web", 100, a, b, ["443"]);
const data = flow("data", 110, a, b, ["2500-3300"]);

test("between two ends of ours, a flow's own rule decides at each", () => {
  expect(namesOf(data, networkOf([web, data]))).toEqual({
    leaving: ["nsg-a: allow-out-data"],
    arriving: ["nsg-b: allow-in-data"],
  });
});

test.each([
  ["to addresses elsewhere", flow("to", 100, a, elsewhere, ["22"]), ["nsg-a: allow-out-to"], []],
  ["from addresses elsewhere", flow("from", 100, elsewhere, a, ["22"]), [], ["nsg-a: allow-in-from"]],
  ["to a service tag", flow("tag", 100, a, entraId, ["443"]), ["nsg-a: allow-out-tag"], []],
])("%s there is a rule at our end only", (_, asked, leaving, arriving) => {
  expect(namesOf(asked, networkOf([asked]))).toEqual({ leaving, arriving });
});

test("a rule that refuses a part of the ports is shown beside the one that allows the rest", () => {
  const network = networkOf([data], [rule("no-high-ports", 105, Access.DENY, ["3000-4000"])]);
  expect(namesOf(data, network).arriving).toEqual(["nsg-b: no-high-ports", "nsg-b: allow-in-data"]);
});

test("a rule of another name that decides is shown in place of the flow's own", () => {
  const network = networkOf([web], [rule("wide", 99, Access.ALLOW, ["*"])]);
  expect(namesOf(web, network).arriving).toEqual(["nsg-b: wide"]);
});

test("Azure's default rules are shown where they decide", () => {
  const network = networkOf([web]);
  const bare = { ...network, groups: network.groups.map(({ name }) => ({ name, rules: [] })) };
  const { leaving } = rulesOfFlow(web, bare);
  expect(leaving.map(({ rule: { name, priority } }) => [name, priority])).toEqual([
    ["AllowVnetOutBound", 65000],
  ]);
});

test("of two service tags that may share addresses, each flow shows its own rule", () => {
  const flows = [flow("entra", 100, a, entraId, ["443"]), flow("manager", 110, a, manager, ["443"])];
  expect(namesOf(flows[1], networkOf(flows)).leaving).toEqual(["nsg-a: allow-out-manager"]);
});

test("a port known only at apply is found by the flow's name", () => {
  const asked = flow("token", 100, a, b, ["${var.port}"]);
  expect(namesOf(asked, networkOf([asked]))).toEqual({
    leaving: ["nsg-a: allow-out-token"],
    arriving: ["nsg-b: allow-in-token"],
  });
});

test("an end without a group has no rules", () => {
  const network: Network = { endpoints: [{ ...a }], groups: [] };
  expect(namesOf(web, network)).toEqual({ leaving: [], arriving: [] });
});
