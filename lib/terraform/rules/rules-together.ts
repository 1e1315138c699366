import type { Problem } from "../../base/problem";
import type { SecurityRule } from "../../azure/security-rule";

/** A problem for each rule that has the name of another, in any case: Azure treats them as one rule. */
export function refuseSharedNames(path: string, rules: readonly SecurityRule[]): Problem[] {
  return repeated(rules, ({ name }) => name.toLowerCase()).map(([rule, other]) => ({
    code: "rule-name-taken",
    path: `${path}: ${rule.name}`,
    what: `has the name of ${other.name} (${other.direction}, ${other.priority})`,
    value: rule.name,
    allowed: "names that are unique in a group, whatever the case, as Azure demands",
    change: "Give one of the two rules another name",
  }));
}

/** A problem for each rule that has the priority of another in the same direction, which Azure refuses. */
export function refuseSharedPriorities(path: string, rules: readonly SecurityRule[]): Problem[] {
  return repeated(rules, ({ direction, priority }) => `${direction} ${priority}`).map(([rule, other]) => ({
    code: "priority-taken",
    path: `${path}: ${rule.name}`,
    what: `has the priority of ${other.name} (${rule.direction})`,
    value: rule.priority,
    allowed: "priorities that are unique in a group and direction, as Azure demands",
    change: "Give one of the two rules another priority",
  }));
}

/** Each rule that has the key of an earlier one, with that one. */
function repeated(
  rules: readonly SecurityRule[],
  keyOf: (rule: SecurityRule) => string,
): Array<readonly [rule: SecurityRule, earlier: SecurityRule]> {
  const first = new Map<string, SecurityRule>();
  return rules.flatMap((rule) => {
    const other = first.get(keyOf(rule));
    if (other) return [[rule, other] as const];
    first.set(keyOf(rule), rule);
    return [];
  });
}
