import type { Problem } from "../checks/problem";
import type { SecurityRule } from "../policy/security-rule";

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
        path: `${path}: ${rule.name}`,
        what: `has the priority of ${other.name} (${rule.direction})`,
        value: rule.priority,
        allowed: "priorities that are unique in a group and direction, as Azure demands",
        change: "Give one of the two rules another priority",
      },
    ];
  });
}
