import type { SecurityRule } from "./security-rule";

/**
 * The limits of Azure that a group exceeds, in words.
 *
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits
 */
export function beyondGroupLimits(rules: readonly SecurityRule[]): string[] {
  const prefixes = rules.flatMap((rule) => [
    ...rule.sourceAddressPrefixes,
    ...rule.destinationAddressPrefixes,
  ]);
  const groups = rules.flatMap((rule) => [
    ...(rule.sourceApplicationSecurityGroupIds ?? []),
    ...(rule.destinationApplicationSecurityGroupIds ?? []),
  ]);
  const limits = [
    [rules.length, 1000, "rules"],
    [prefixes.length, 4000, "address prefixes"],
    [new Set(groups).size, 100, "application security groups in its rules"],
  ] as const;
  return limits
    .filter(([count, limit]) => count > limit)
    .map(([count, limit, what]) => `has ${count} ${what}; Azure takes ${limit}`);
}
