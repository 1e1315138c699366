import type { Flow, FlowEndpoint } from "../../lib/azure/flow";
import { Access, Direction, Protocol, type SecurityRule } from "../../lib/azure/security-rule";
import type { ReportInput } from "../../lib/plan/reported";
import { rulesOfGroup } from "../../lib/plan/rules/rules-of-endpoint";
import type { Network } from "../../lib/proof/network";
import { prove } from "../../lib/proof/prove";
import { rulesOfFlow } from "../../lib/report/rules-of-flow";

const a: FlowEndpoint = { id: "a", label: "a", prefixes: ["10.0.0.0/28"] };
const b: FlowEndpoint = { id: "b", label: "b", prefixes: ["10.0.1.0/28"] };
const elsewhere: FlowEndpoint = { id: "c", label: "c", prefixes: ["10.8.0.0/16", "10.9.0.0/16"] };
const entraId: FlowEndpoint = { id: "AzureActiveDirectory", label: "e", prefixes: ["AzureActiveDirectory"] };

function flow(name: string, priority: number, from: FlowEndpoint, to: FlowEndpoint, ports: string[]): Flow {
  return { name, priority, from, to, protocol: Protocol.TCP, ports, reason: name, origin: "test" };
}

function denyRule(name: string, priority: number, ports: string[]): SecurityRule {
  return {
    name,
    priority,
    direction: Direction.INBOUND,
    access: Access.DENY,
    protocol: Protocol.TCP,
    sourceAddressPrefixes: ["*"],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["*"],
    destinationPortRanges: ports,
  };
}

type Judged = Pick<ReportInput, "network" | "places" | "proof">;

/** What a report reads of two ends with their groups, to one of which rules were added by hand. */
function inputOf(flows: Flow[], more: SecurityRule[] = []): Judged {
  const places = [a, b].map((endpoint) => ({ endpoint, flows, rules: rulesOfGroup(endpoint, flows) }));
  const [atA, atB] = places.map(({ rules }) => rules.map(({ rule }) => rule));
  const network: Network = {
    endpoints: [
      { ...a, subnetGroup: "nsg-a" },
      { ...b, subnetGroup: "nsg-b" },
    ],
    groups: [
      { name: "nsg-a", rules: atA },
      { name: "nsg-b", rules: [...atB, ...more] },
    ],
  };
  return { network, places, proof: prove(flows, network) };
}

function namesOf(asked: Flow, input: Judged): { leaving: string[]; arriving: string[] } {
  const { leaving, arriving } = rulesOfFlow(asked, input);
  const names = (rules: typeof leaving): string[] =>
    rules.map(({ group, rule: { name } }) => `${group}: ${name}`);
  return { leaving: names(leaving), arriving: names(arriving) };
}

const web = flow("web", 100, a, b, ["443"]);
const data = flow("data", 110, a, b, ["2500-3300"]);

test("between two ends of the deployment, a flow has a rule at each", () => {
  expect(namesOf(data, inputOf([web, data]))).toEqual({
    leaving: ["nsg-a: allow-out-data"],
    arriving: ["nsg-b: allow-in-data"],
  });
});

test.each([
  ["to addresses elsewhere", flow("to", 100, a, elsewhere, ["22"]), ["nsg-a: allow-out-to"], []],
  ["from addresses elsewhere", flow("from", 100, elsewhere, a, ["22"]), [], ["nsg-a: allow-in-from"]],
  ["to a service tag", flow("tag", 100, a, entraId, ["443"]), ["nsg-a: allow-out-tag"], []],
])("%s there is a rule at one end only", (_, asked, leaving, arriving) => {
  expect(namesOf(asked, inputOf([asked]))).toEqual({ leaving, arriving });
});

test("a rule that blocks a part of the ports is shown beside the one that allows the rest", () => {
  const input = inputOf([data], [denyRule("no-high-ports", 105, ["3000-4000"])]);
  expect(namesOf(data, input).arriving).toEqual(["nsg-b: no-high-ports", "nsg-b: allow-in-data"]);
});

test("a rule that is not in its group any more is not shown", () => {
  const input = inputOf([web]);
  const groups = input.network.groups.map(({ name }) => ({ name, rules: [] }));
  expect(namesOf(web, { ...input, network: { ...input.network, groups } })).toEqual({
    leaving: [],
    arriving: [],
  });
});

test("a flow that a wider rule covers shows that rule", () => {
  const wide = { ...flow("wide", 100, a, b, ["0-65535"]), movable: true };
  const narrow = { ...flow("narrow", 110, a, b, ["443"]), movable: true };
  expect(namesOf(narrow, inputOf([wide, narrow]))).toEqual({
    leaving: ["nsg-a: allow-out-wide"],
    arriving: ["nsg-b: allow-in-wide"],
  });
});

test("a port known only at apply works too", () => {
  const asked = flow("token", 100, a, b, ["${var.port}"]);
  expect(namesOf(asked, inputOf([asked]))).toEqual({
    leaving: ["nsg-a: allow-out-token"],
    arriving: ["nsg-b: allow-in-token"],
  });
});

test("an end without a group has no rules", () => {
  const input = inputOf([web]);
  const network: Network = { endpoints: [{ ...a }], groups: [] };
  expect(namesOf(web, { ...input, network })).toEqual({ leaving: [], arriving: [] });
});
