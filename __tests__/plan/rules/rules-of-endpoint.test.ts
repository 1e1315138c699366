import fc from "fast-check";
import type { Flow, FlowEndpoint } from "../../../lib/azure/flow";
import { problemsOfRules } from "../../../lib/plan/checks/groups";
import type { PriorityBand } from "../../../lib/plan/rules/rule-placement";
import { DOCUMENTED_FLOW_NAMES, rulesOfGroup } from "../../../lib/plan/rules/rules-of-endpoint";
import { Direction, Protocol, type SecurityRule } from "../../../lib/azure/security-rule";
import { rangeOf } from "../../support/oracle/addresses";
import { runs } from "../../support/arbitraries/property-settings";

const at = (id: string, ...prefixes: string[]): FlowEndpoint => ({ id, label: id, prefixes });
const here = at("here", "10.0.0.0/27");

function flow(change: Partial<Flow>): Flow {
  return {
    name: "a-to-b",
    priority: 100,
    from: here,
    to: at("there", "10.1.0.0/27"),
    protocol: Protocol.TCP,
    ports: ["443"],
    reason: "to test",
    origin: "Test",
    ...change,
  };
}

const rulesOfEndpoint = (endpoint: FlowEndpoint, flows: readonly Flow[]): SecurityRule[] =>
  rulesOfGroup(endpoint, flows).map(({ rule }) => rule);
const allowRulesInBand = (
  endpoint: FlowEndpoint,
  flows: readonly Flow[],
  band: PriorityBand,
): SecurityRule[] => rulesOfGroup(endpoint, flows, band).map(({ rule }) => rule);

const named = (flows: readonly Flow[], endpoint = here): string[] =>
  rulesOfEndpoint(endpoint, flows).map(({ direction, priority, name }) => `${direction} ${priority} ${name}`);

test("an endpoint without flows denies everything, in both directions", () => {
  const deny = {
    priority: 4096,
    access: "Deny",
    protocol: "*",
    sourceAddressPrefixes: ["*"],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["*"],
    destinationPortRanges: ["*"],
    description: "Denies everything that no flow allows.",
  };
  expect(rulesOfEndpoint(here, [])).toEqual([
    { ...deny, name: "deny-all-in", direction: "Inbound" },
    { ...deny, name: "deny-all-out", direction: "Outbound" },
  ]);
});

test("a flow is a rule at each of its ends, and none elsewhere", () => {
  const one = flow({ ports: ["443", "2500-3300"] });
  const rule = {
    priority: 100,
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefixes: ["10.0.0.0/27"],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["10.1.0.0/27"],
    destinationPortRanges: ["443", "2500-3300"],
    description: "Test: to test",
  };
  expect(rulesOfEndpoint(one.from, [one])).toContainEqual({
    ...rule,
    name: "allow-out-a-to-b",
    direction: "Outbound",
  });
  expect(rulesOfEndpoint(one.to, [one])).toContainEqual({
    ...rule,
    name: "allow-in-a-to-b",
    direction: "Inbound",
  });
  expect(named([one])).toEqual([
    "Inbound 4096 deny-all-in",
    "Outbound 100 allow-out-a-to-b",
    "Outbound 4096 deny-all-out",
  ]);
  expect(named([one], at("elsewhere", "10.0.0.0/27"))).toHaveLength(2);
});

test("rules come inbound before outbound, each by priority, the denials last", () => {
  const flows = [
    flow({ name: "c", priority: 300 }),
    flow({ name: "a", priority: 4095 }),
    flow({ name: "b", priority: 110, from: at("x", "10.9.0.0/27"), to: here }),
  ];
  expect(named(flows)).toEqual([
    "Inbound 110 allow-in-b",
    "Inbound 4096 deny-all-in",
    "Outbound 300 allow-out-c",
    "Outbound 4095 allow-out-a",
    "Outbound 4096 deny-all-out",
  ]);
});

test("flows of one name are one rule whose peers are merged, without overlaps", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(15), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(Direction.INBOUND, Direction.OUTBOUND),
      (peers, direction) => {
        // A peer's blocks are nested ever deeper, so that they overlap in many ways.
        const flows = peers.map((blocks, index) => {
          const prefixes = blocks.map(
            (block) => `10.1.0.${block - (block % 2 ** (block % 4))}/${32 - (block % 4)}`,
          );
          const peer = at(`peer-${index}`, ...prefixes);
          return flow(direction === Direction.INBOUND ? { from: peer, to: here } : { to: peer });
        });
        const allowing = rulesOfEndpoint(here, flows).filter(({ access }) => access === "Allow");
        expect(allowing).toHaveLength(1);
        const inbound = direction === Direction.INBOUND;
        const merged = allowing[0][inbound ? "sourceAddressPrefixes" : "destinationAddressPrefixes"];
        const given = flows.flatMap(({ from, to }) => (inbound ? from : to).prefixes);
        const held = (prefixes: readonly string[]): number[] =>
          prefixes.map(rangeOf).flatMap(({ first, last }) => {
            return Array.from({ length: last - first + 1 }, (_, index) => first + index);
          });
        expect(held(merged)).toEqual([...new Set(held(given))].sort((a, b) => a - b));
        expect(allowing[0][inbound ? "destinationAddressPrefixes" : "sourceAddressPrefixes"]).toEqual([
          "10.0.0.0/27",
        ]);
      },
    ),
    runs(200),
  );
});

test("a peer more changes no name and no priority", () => {
  const before = [flow({}), flow({ name: "z", priority: 200 })];
  const after = [flow({ to: at("more", "10.0.1.0/27") }), ...before];
  expect(named(after)).toEqual(named(before));
});

test("application security groups stand in for prefixes, each once and in one order", () => {
  const groups = (id: string, ...ids: string[]): FlowEndpoint => ({
    ...at(id),
    applicationSecurityGroupIds: ids,
  });
  const [, rule] = rulesOfEndpoint(here, [
    flow({ to: groups("x", "/b", "/a") }),
    flow({ to: groups("y", "/a") }),
  ]);
  expect(rule).toMatchObject({
    destinationAddressPrefixes: [],
    destinationApplicationSecurityGroupIds: ["/a", "/b"],
    sourceAddressPrefixes: ["10.0.0.0/27"],
  });
  expect(rule).not.toHaveProperty("sourceApplicationSecurityGroupIds");
});

describe("refuses", () => {
  test("two names with one priority, in one direction only", () => {
    const other = { name: "other" };
    expect(() => rulesOfEndpoint(here, [flow({}), flow(other)])).toThrow(
      'here: the rules "allow-out-a-to-b" and "allow-out-other" share the priority 100 (Outbound). Give one of the two flows another priority.',
    );
    const inbound = flow({ ...other, from: at("x", "10.9.0.0/27"), to: here });
    expect(() => rulesOfEndpoint(here, [flow({}), inbound])).not.toThrow();
  });
});

test("a description that is too long is cut where Azure would refuse it", () => {
  const [, rule] = rulesOfEndpoint(here, [flow({ reason: "x".repeat(200) })]);
  expect(rule.description).toBe(`Test: ${"x".repeat(134)}`);
});

test("flows are left as they were", () => {
  const one = flow({ to: at("there", "10.1.0.0/27", "10.0.9.0/27") });
  const before = JSON.stringify(one);
  const [, rule] = rulesOfEndpoint(here, [one]);
  rule.destinationPortRanges.push("22");
  rule.destinationAddressPrefixes.push("*");
  expect(JSON.stringify(one)).toBe(before);
});

describe("in a group managed elsewhere", () => {
  const band = { first: 1000, last: 1199 };

  test("the flows are rules of the band in both directions, and nothing is denied", () => {
    const flows = [
      flow({ name: "out", priority: 100 }),
      flow({ name: "in", from: at("there", "10.1.0.0/27"), to: here, priority: 110, movable: false }),
      flow({ name: "elsewhere", from: at("x", "10.2.0.0/27"), to: at("y", "10.3.0.0/27") }),
    ];
    const rules = allowRulesInBand(here, flows, band);
    expect(rules.map(({ direction, name, access }) => `${direction} ${access} ${name}`)).toEqual([
      "Inbound Allow allow-in-in",
      "Outbound Allow allow-out-out",
    ]);
    for (const { priority } of rules) {
      expect(priority).toBeGreaterThanOrEqual(1000);
      expect(priority).toBeLessThanOrEqual(1199);
    }
  });

  test("a rule keeps its priority while others come, in the order of priorities", () => {
    const named = (...names: string[]) =>
      allowRulesInBand(
        here,
        names.map((name) => flow({ name, ports: [String(name.length)] })),
        {
          first: 1000,
          last: 3999,
        },
      ).map(({ name, priority }) => ({ name, priority }));
    const [alone] = named("backup");
    const all = named("backup", "to-repositories", "to-cache", "metrics");
    expect(all).toHaveLength(4);
    expect(all).toContainEqual(alone);
    expect(all).toEqual([...all].sort((a, b) => a.priority - b.priority));
    expect(all.map(({ name }) => name)).not.toEqual([...all].map(({ name }) => name).sort());
  });

  test("a rule that another of the flows opens already is left out", () => {
    const wide = flow({ name: "wide", ports: ["1-1000"] });
    expect(allowRulesInBand(here, [flow({ movable: true }), wide], band).map(({ name }) => name)).toEqual([
      "allow-out-wide",
    ]);
  });

  test("a band without room beside the documented rules is refused with the width that it takes", () => {
    const narrow = { first: 1000, last: 1049 };
    const width = DOCUMENTED_FLOW_NAMES.length;
    expect(() => allowRulesInBand(here, [flow({ name: "mine" })], narrow)).toThrow(
      `here: no priority is left for the rule "allow-out-mine" (Outbound), which takes a band of ${width + 1} priorities.`,
    );
    const last = DOCUMENTED_FLOW_NAMES[width - 1];
    expect(() => allowRulesInBand(here, [flow({ name: last })], narrow)).toThrow(
      `which takes a band of ${width} priorities.`,
    );
  });

  test("a documented rule has the same priority whichever others are there, in every band", () => {
    const names = DOCUMENTED_FLOW_NAMES;
    fc.assert(
      fc.property(
        fc.subarray([...names], { minLength: 1 }),
        fc.integer({ min: 50, max: 400 }),
        (some, width) => {
          const priorities = (present: readonly string[]) => {
            const flows = present.map((name) => flow({ name, ports: [String(names.indexOf(name) + 1)] }));
            const rules = allowRulesInBand(here, flows, { first: 1000, last: 999 + width });
            return new Map(rules.map(({ name, priority }) => [name, priority]));
          };
          const fitting = names.slice(0, width);
          const [all, few] = [priorities(fitting), priorities(some.filter((name) => fitting.includes(name)))];
          expect(new Set(all.values()).size).toBe(fitting.length);
          for (const [name, priority] of few) expect(priority).toBe(all.get(name));
        },
      ),
      runs(40),
    );
  });

  test("two connections of the user that want one priority are refused, since one would move the other", () => {
    const two = ["1", "2", "3", "4", "5", "6", "7", "8"].map((port) => flow({ name: port, ports: [port] }));
    const width = DOCUMENTED_FLOW_NAMES.length + 2;
    expect(() => allowRulesInBand(here, two, { first: 1000, last: 999 + width })).toThrow(
      /share the priority \d+ \(Outbound\)\. Give one of the two flows another priority\.$/,
    );
  });
});

test("rules stand in the order of their priorities, whatever the order of the flows", () => {
  const flows = [300, 100, 200].map((priority) => flow({ name: `p${priority}`, priority }));
  expect(named(flows)).toEqual([
    "Inbound 4096 deny-all-in",
    "Outbound 100 allow-out-p100",
    "Outbound 200 allow-out-p200",
    "Outbound 300 allow-out-p300",
    "Outbound 4096 deny-all-out",
  ]);
});

test("application security groups stand for a side, at either end", () => {
  const group = { ...at("group"), applicationSecurityGroupIds: ["b", "a"] };
  const [inbound] = rulesOfEndpoint(here, [flow({ from: group, to: here })]);
  expect(inbound).toMatchObject({
    sourceAddressPrefixes: [],
    sourceApplicationSecurityGroupIds: ["a", "b"],
    destinationAddressPrefixes: ["10.0.0.0/27"],
  });
  expect(inbound).not.toHaveProperty("destinationApplicationSecurityGroupIds");
  const rules = rulesOfEndpoint(here, [flow({ to: group })]);
  const outbound = rules.find(({ direction }) => direction === Direction.OUTBOUND);
  expect(outbound).toMatchObject({ destinationApplicationSecurityGroupIds: ["a", "b"] });
  expect(outbound).not.toHaveProperty("sourceApplicationSecurityGroupIds");
});

test.each<[string, Partial<Flow>, string]>([
  ["priorities", { priority: 101 }, "priority-differs priority"],
  ["protocols", { protocol: Protocol.UDP }, "rule-name-taken port"],
  ["more ports", { ports: ["443", "444"] }, "rule-name-taken port"],
  ["fewer ports", { ports: [] }, "rule-name-taken port"],
  ["other ports", { ports: ["444"] }, "rule-name-taken port"],
  ["ways to move", { movable: true }, "priority-differs priority"],
])("flows of one name with different %s are refused", (_, change, problem) => {
  const flows = [flow({}), flow({ ...change, to: at("other", "10.2.0.0/27") })];
  expect(problemsOfRules(here, flows).map(({ code, path }) => `${code} ${path}`)).toContain(problem);
});

describe("a rule knows the flows that it was made for", () => {
  const labels = (flows: readonly Flow[]): Record<string, string[]> =>
    Object.fromEntries(
      rulesOfGroup(here, flows).map(({ rule, flows: its }) => [rule.name, its.map(({ to }) => to.id)]),
    );

  test("those whose peers are merged into it", () => {
    const flows = [flow({}), flow({ to: at("other", "10.2.0.0/27") })];
    expect(labels(flows)).toEqual({
      "deny-all-in": [],
      "allow-out-a-to-b": ["there", "other"],
      "deny-all-out": [],
    });
  });

  test("and those of a rule that it makes superfluous", () => {
    const wide = flow({ name: "wide", ports: ["*"], priority: 200 });
    const narrow = flow({ name: "narrow", priority: 300, movable: true, to: at("inside", "10.1.0.0/28") });
    expect(labels([wide, narrow])["allow-out-wide"]).toEqual(["there", "inside"]);
  });
});
