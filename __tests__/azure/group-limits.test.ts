import { beyondGroupLimits } from "../../lib/azure/group-limits";
import type { SecurityRule } from "../../lib/azure/security-rule";
import { allowIn } from "../support/oracle/nsg-builders";

/** Rules of which each names so many prefixes at either side. */
const rulesWith = (count: number, sources: number, destinations: number): SecurityRule[] =>
  Array.from({ length: count }, (_, index) => ({
    ...allowIn(100 + index, "*", "443"),
    sourceAddressPrefixes: Array.from({ length: sources }, (_x, i) => `10.0.0.${i}`),
    destinationAddressPrefixes: Array.from({ length: destinations }, (_x, i) => `10.0.1.${i}`),
  }));

/** Rules of which each names so many application security groups as sources, and the first some as destinations. */
const rulesOf = (count: number, sources: number, destinations = 0): SecurityRule[] =>
  Array.from({ length: count }, (_, index) => ({
    ...allowIn(100 + index, "*", "443"),
    sourceApplicationSecurityGroupIds: Array.from({ length: sources }, (_x, i) => `asg-${index}-${i}`),
    destinationApplicationSecurityGroupIds: Array.from(
      { length: index === 0 ? destinations : 0 },
      (_x, i) => `asg-${i}`,
    ),
  }));

test.each<[string, SecurityRule[], string[]]>([
  ["no rule", [], []],
  ["as many rules as Azure takes", rulesWith(1000, 1, 1), []],
  ["one rule more", rulesWith(1001, 1, 1), ["has 1001 rules; Azure takes 1000"]],
  ["as many prefixes as Azure takes", rulesWith(20, 150, 50), []],
  [
    "prefixes beyond it, of both sides together",
    [...rulesWith(20, 150, 50), ...rulesWith(1, 0, 1)],
    ["has 4001 address prefixes; Azure takes 4000"],
  ],
  [
    "too many of both",
    rulesWith(1001, 3, 1),
    ["has 1001 rules; Azure takes 1000", "has 4004 address prefixes; Azure takes 4000"],
  ],
  ["as many application security groups as Azure takes", rulesOf(10, 10), []],
  [
    "more application security groups, of both sides together",
    rulesOf(10, 10, 1),
    ["has 101 application security groups in its rules; Azure takes 100"],
  ],
])("%s", (_, rules, words) => {
  expect(beyondGroupLimits(rules)).toEqual(words);
});
