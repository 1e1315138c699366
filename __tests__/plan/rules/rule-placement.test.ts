import fc from "fast-check";
import {
  type CandidateRule,
  preferredPriority,
  withoutCovered,
  withPriorities,
} from "../../../lib/plan/rules/rule-placement";
import { Access, Direction, Protocol, type SecurityRule } from "../../../lib/azure/security-rule";

const rule = (name: string, priority: number, more: Partial<SecurityRule> = {}): SecurityRule => ({
  name,
  priority,
  direction: Direction.OUTBOUND,
  access: Access.ALLOW,
  protocol: Protocol.TCP,
  sourceAddressPrefixes: ["10.0.0.0/24"],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: ["10.1.0.0/24"],
  destinationPortRanges: ["443"],
  ...more,
});

const fixed = (given: SecurityRule): CandidateRule => ({ rule: given, flows: [], movable: false });
const movable = (given: SecurityRule): CandidateRule => ({ rule: given, flows: [], movable: true });
const names = (candidates: readonly CandidateRule[]): string[] =>
  candidates.map((candidate) => candidate.rule.name);

describe("rules that another covers", () => {
  const wide = rule("wide", 100, {
    destinationAddressPrefixes: ["10.0.0.0/8"],
    destinationPortRanges: ["400-500"],
  });

  test.each<[string, Partial<SecurityRule>, boolean]>([
    ["the same", {}, true],
    ["the first port and the last", { destinationPortRanges: ["400", "500"] }, true],
    ["all of the range", { destinationPortRanges: ["400-500"] }, true],
    ["a port outside the range", { destinationPortRanges: ["443", "501"] }, false],
    ["every port", { destinationPortRanges: ["*"] }, false],
    ["a port known only at apply", { destinationPortRanges: ["${var.port}"] }, false],
    ["a range that sticks out", { destinationPortRanges: ["399-443"] }, false],
    ["another protocol", { protocol: Protocol.UDP }, false],
    ["a peer outside", { destinationAddressPrefixes: ["10.1.0.0/24", "11.0.0.0/24"] }, false],
    ["a peer known only at apply", { destinationAddressPrefixes: ["${var.peer}"] }, false],
    [
      "application security groups",
      { destinationAddressPrefixes: [], destinationApplicationSecurityGroupIds: ["a"] },
      false,
    ],
    ["another source", { sourceAddressPrefixes: ["10.0.1.0/24"] }, false],
  ])("a rule with %s", (_, more, covered) => {
    const narrow = movable(rule("narrow", 2000, more));
    expect(names(withoutCovered([fixed(wide), narrow]))).toEqual(covered ? ["wide"] : ["wide", "narrow"]);
  });

  test("every protocol covers one, and a text known only at apply covers itself", () => {
    const any = rule("any", 100, { protocol: Protocol.ANY, destinationAddressPrefixes: ["${var.peer}"] });
    expect(
      names(
        withoutCovered([
          fixed(any),
          movable(rule("one", 2000, { destinationAddressPrefixes: ["${var.peer}"] })),
        ]),
      ),
    ).toEqual(["any"]);
  });

  const isCovered = (outer: Partial<SecurityRule>, inner: Partial<SecurityRule>): boolean =>
    withoutCovered([fixed(rule("outer", 100, outer)), movable(rule("inner", 2000, inner))]).length === 1;

  test.each<[string, Partial<SecurityRule>, Partial<SecurityRule>, boolean]>([
    [
      "ports that two ranges hold together",
      { destinationPortRanges: ["400-442", "443-500"] },
      { destinationPortRanges: ["440-450"] },
      true,
    ],
    ["one of two ports", { destinationPortRanges: ["80", "443"] }, {}, true],
    [
      "every port, and a port known only at apply",
      { destinationPortRanges: ["*"] },
      { destinationPortRanges: ["${var.port}"] },
      true,
    ],
    [
      "the same port known only at apply",
      { destinationPortRanges: ["${var.port}"] },
      { destinationPortRanges: ["${var.port}"] },
      true,
    ],
    ["one of two prefixes", { destinationAddressPrefixes: ["10.9.0.0/24", "10.1.0.0/24"] }, {}, true],
    [
      "a prefix that two hold together",
      { destinationAddressPrefixes: ["10.1.0.0/25", "10.1.0.128/25"] },
      {},
      true,
    ],
    ["half of a prefix", { destinationAddressPrefixes: ["10.1.0.0/25"] }, {}, false],
    [
      "the same service tag",
      { destinationAddressPrefixes: ["Sql"] },
      { destinationAddressPrefixes: ["Sql"] },
      true,
    ],
    [
      "another service tag",
      { destinationAddressPrefixes: ["Sql"] },
      { destinationAddressPrefixes: ["Storage"] },
      false,
    ],
    [
      "one of two groups",
      { sourceApplicationSecurityGroupIds: ["a", "b"] },
      { sourceApplicationSecurityGroupIds: ["b"] },
      true,
    ],
    [
      "another group",
      { sourceApplicationSecurityGroupIds: ["a"] },
      { sourceApplicationSecurityGroupIds: ["b"] },
      false,
    ],
    [
      "a group, and prefixes",
      { sourceAddressPrefixes: [], sourceApplicationSecurityGroupIds: ["a"] },
      {},
      false,
    ],
    [
      "prefixes, and a group",
      {},
      { sourceAddressPrefixes: [], sourceApplicationSecurityGroupIds: ["a"] },
      false,
    ],
    ["a group, and nothing", { sourceApplicationSecurityGroupIds: ["a"] }, {}, false],
  ])("are found by comparing sets: %s", (_, outer, inner, expected) => {
    expect(isCovered(outer, inner)).toBe(expected);
  });

  test("a rule does not cover itself, and of three that are the same the first by name is kept", () => {
    expect(names(withoutCovered([movable(rule("only", 2000))]))).toEqual(["only"]);
    const three = ["c", "a", "b"].map((name) => movable(rule(name, 2000)));
    expect(names(withoutCovered(three))).toEqual(["a"]);
  });

  test("of a user's and a documented rule that cover each other, the documented one stays", () => {
    expect(names(withoutCovered([movable(rule("a", 2000)), fixed(rule("b", 100))]))).toEqual(["b"]);
  });

  test("of two that cover each other one is kept, whatever their order", () => {
    const pair = [movable(rule("b", 2000)), movable(rule("a", 2001))];
    expect(names(withoutCovered(pair))).toEqual(["a"]);
    expect(names(withoutCovered([...pair].reverse()))).toEqual(["a"]);
  });

  test("a documented rule is never left out, even where a user's covers it", () => {
    expect(
      names(withoutCovered([movable({ ...wide, name: "user" }), fixed(rule("documented", 100))])),
    ).toEqual(["user", "documented"]);
  });
});

describe("priorities", () => {
  const band = { first: 2000, last: 2019 };
  const candidates = fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 15 })
    .map((all) => all.map((name) => movable(rule(name, preferredPriority(name, band)))));
  const placed = (given: readonly CandidateRule[]): Map<string, number> =>
    new Map(withPriorities(given, "group", band).map(({ rule: { name, priority } }) => [name, priority]));

  test("differ, stay in the band, and do not depend on the order", () => {
    fc.assert(
      fc.property(candidates, (given) => {
        const result = placed(given);
        expect(new Set(result.values()).size).toBe(given.length);
        for (const priority of result.values()) {
          expect(priority).toBeGreaterThanOrEqual(band.first);
          expect(priority).toBeLessThanOrEqual(band.last);
        }
        expect(placed([...given].reverse())).toEqual(result);
      }),
    );
  });

  test("only rules that meet on one number move when another comes", () => {
    fc.assert(
      fc.property(candidates, fc.string({ minLength: 5, maxLength: 6 }), (given, newcomer) => {
        const before = placed(given);
        const after = placed([...given, movable(rule(newcomer, preferredPriority(newcomer, band)))]);
        const wanted = given.map((candidate) => candidate.rule.priority);
        for (const { rule: own } of given) {
          const collides = wanted.filter((priority) => priority === own.priority).length > 1;
          if (!collides && own.priority !== preferredPriority(newcomer, band)) {
            expect(after.get(own.name)).toBe(before.get(own.name));
          }
        }
      }),
    );
  });

  test("a rule that is in the way of another takes the next free number, and after the last the first", () => {
    const band = { first: 2000, last: 2003 };
    const at = (...given: [string, number][]) =>
      withPriorities(
        given.map(([name, priority]) => movable(rule(name, priority))),
        "group",
        band,
      ).map(({ rule: { name, priority } }) => `${name} ${priority}`);
    expect(at(["a", 2001], ["b", 2001])).toEqual(["a 2001", "b 2002"]);
    // The number that another prefers is left to it.
    expect(at(["a", 2001], ["b", 2001], ["c", 2002])).toEqual(["a 2001", "b 2003", "c 2002"]);
    expect(at(["a", 2003], ["b", 2003])).toEqual(["a 2003", "b 2000"]);
    expect(at(["a", 2003], ["b", 2003], ["c", 2003], ["d", 2003])).toEqual([
      "a 2003",
      "b 2000",
      "c 2001",
      "d 2002",
    ]);
  });

  test("a full band is refused by name", () => {
    const full = Array.from({ length: 21 }, (_, index) => movable(rule(`rule-${index}`, 2000)));
    expect(() => withPriorities(full, "nsg", band)).toThrow(
      /nsg: no priority is left for the rule "rule-\d+"/,
    );
  });

  test("two rules that may not move and share a priority are refused by name", () => {
    expect(() => withPriorities([fixed(rule("a", 100)), fixed(rule("b", 100))], "nsg", band)).toThrow(
      /nsg: the rules "a" and "b" share the priority 100/,
    );
  });
});
