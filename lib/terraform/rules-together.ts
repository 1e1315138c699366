import type { Problem } from "../base/problem";
import type { SecurityRule } from "../azure/security-rule";

/** A problem for each rule whose name another has, whatever the case: Azure takes them for one rule. */
export function refuseSharedNames(path: string, rules: readonly SecurityRule[]): Problem[] {
  const first = new Map<string, SecurityRule>();
  return rules.flatMap((rule) => {
    const key = rule.name.toLowerCase();
    const other = first.get(key);
    if (!other) {
      first.set(key, rule);
      return [];
    }
    return [
      {
        code: "rule-name-taken",
        path: `${path}: ${rule.name}`,
        what: `has the name of ${other.name} (${other.direction}, ${other.priority})`,
        value: rule.name,
        allowed: "names that are unique in a group, whatever the case, as Azure demands",
        change: "Give one of the two rules another name",
      },
    ];
  });
}

/** A problem for each rule whose priority another of the same direction has: Azure refuses both, and neither is first. */
export function refuseSharedPriorities(path: string, rules: readonly SecurityRule[]): Problem[] {
  const first = new Map<string, SecurityRule>();
  return rules.flatMap((rule) => {
    const key = `${rule.direction} ${rule.priority}`;
    const other = first.get(key);
    if (!other) {
      first.set(key, rule);
      return [];
    }
    return [
      {
        code: "priority-taken",
        path: `${path}: ${rule.name}`,
        what: `has the priority of ${other.name} (${rule.direction})`,
        value: rule.priority,
        allowed: "priorities that are unique in a group and direction, as Azure demands",
        change: "Give one of the two rules another priority",
      },
    ];
  });
}
