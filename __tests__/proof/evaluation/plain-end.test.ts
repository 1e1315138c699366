import { Direction, type SecurityRule } from "../../../lib/azure/security-rule";
import type { Flow } from "../../../lib/azure/flow";
import { AddressSpace } from "../../../lib/proof/evaluation/address-space";
import { matchesOfFlow } from "../../../lib/proof/evaluation/match";
import { plainEnd } from "../../../lib/proof/evaluation/plain-end";
import { RuleLists } from "../../../lib/proof/evaluation/rule-list";
import type { Network } from "../../../lib/proof/network";
import { allowOut, closedGroup, denyAll, end, flow, guarded } from "../../support/oracle/nsg-builders";

const OWN = "10.0.0.0/27";
const server = end("server", OWN);

/** What is known of the server's outbound end; the names of the rules. */
function judge(rules: readonly SecurityRule[], flows: readonly Flow[], own = OWN) {
  const endpoint = guarded("server", own);
  const network: Network = { endpoints: [endpoint], groups: [closedGroup("server", ...rules)] };
  const space = new AddressSpace(network);
  const lists = new RuleLists(network, space).before(endpoint, Direction.OUTBOUND).map(({ list }) => list);
  const asked = flows.map((one, index) => ({
    flow: one,
    matches: matchesOfFlow(one, index, space),
    isExpected: true,
  }));
  const found = plainEnd({ endpoint, direction: Direction.OUTBOUND, lists }, asked, space);
  const names = (indices: ReadonlySet<number>) => [...indices].map((index) => lists[0].rules[index].priority);
  return found && { asked: names(found.asked), reached: names(found.reached()) };
}

const to = (peer: string, port: string): Flow => flow(`to ${peer}:${port}`, server, end("peer", peer), port);
const allow = (priority: number, peer: string, port: string): SecurityRule => allowOut(priority, peer, port);

describe("an end whose rules are its flows", () => {
  test.each<[string, SecurityRule[], Flow[], number[]]>([
    [
      "one by one",
      [allow(100, "10.1.0.0/24", "443"), allow(110, "10.1.0.0/24", "22")],
      [to("10.1.0.0/24", "443"), to("10.1.0.0/24", "22")],
      [100, 110, 4096],
    ],
    [
      "a rule for two flows",
      [allow(100, "10.1.0.0/24", "443-444")],
      [to("10.1.0.0/24", "443"), to("10.1.0.0/24", "444")],
      [100, 4096],
    ],
    [
      "a flow by two rules",
      [allow(100, "10.1.0.0/25", "443"), allow(110, "10.1.0.128/25", "443")],
      [to("10.1.0.0/24", "443")],
      [100, 110, 4096],
    ],
    [
      "two service tags on one port",
      [allow(100, "Storage", "443"), allow(110, "Sql", "443")],
      [to("Storage", "443"), to("Sql", "443")],
      [100, 110, 4096],
    ],
    ["no flow at all", [], [], [4096]],
  ])("%s", (_, rules, flows, reached) => {
    const priorities = rules.map(({ priority }) => priority);
    expect(judge(rules, flows)).toEqual({ asked: priorities, reached });
  });

  test("a rule behind one with the same connections is not known to decide", () => {
    const twice = [allow(100, "10.1.0.0/24", "443"), allow(110, "10.1.0.0/25", "443")];
    expect(judge(twice, [to("10.1.0.0/24", "443")])).toEqual({ asked: [100, 110], reached: [100, 4096] });
  });
});

test.each<[string, SecurityRule[], Flow[]]>([
  ["a wider prefix", [allow(100, "10.1.0.0/23", "443")], [to("10.1.0.0/24", "443")]],
  ["a wider range of ports", [allow(100, "10.1.0.0/24", "443-444")], [to("10.1.0.0/24", "443")]],
  ["another service tag", [allow(100, "Storage", "443")], [to("Sql", "443")]],
  ["a prefix beside the tag", [allow(100, "10.1.0.0/24", "443")], [to("Storage", "443")]],
  [
    "a flow without a rule",
    [allow(100, "10.1.0.0/24", "443")],
    [to("10.1.0.0/24", "443"), to("10.1.0.0/24", "22")],
  ],
  [
    "a rule that denies",
    [
      { ...denyAll(Direction.OUTBOUND), name: "earlier", priority: 100, destinationPortRanges: ["22"] },
      allow(110, "10.1.0.0/24", "443"),
    ],
    [to("10.1.0.0/24", "443")],
  ],
  [
    "a product of two prefixes and two ports, of which flows ask for the diagonal",
    [
      {
        ...allow(100, "10.1.0.0/24", "443"),
        destinationAddressPrefixes: ["10.1.0.0/24", "10.2.0.0/24"],
        destinationPortRanges: ["443", "22"],
      },
    ],
    [to("10.1.0.0/24", "443"), to("10.2.0.0/24", "22")],
  ],
  [
    "a rule for another subnet's addresses",
    [{ ...allow(100, "10.1.0.0/24", "443"), sourceAddressPrefixes: ["10.9.0.0/24"] }],
    [to("10.1.0.0/24", "443")],
  ],
  ["a rule for the other address family", [allow(100, "2001:db8::/64", "443")], [to("2001:db8::/64", "443")]],
  [
    "a rule that may not exist",
    [{ ...allow(100, "10.1.0.0/24", "443"), existsIf: ["whether it exists"] } as SecurityRule],
    [to("10.1.0.0/24", "443")],
  ],
])("%s is not plain", (_, rules, flows) => {
  expect(judge(rules, flows)).toBeUndefined();
});
