import type { SecurityRule } from "./security-rule";

/**
 * What Azure lets one network security group hold.
 *
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits
 */
export const GROUP_LIMITS = {
  rules: 1000,
  prefixes: 4000,
  applicationSecurityGroups: 100,
} as const;

/** What a group has too much of, in words; empty where Azure takes it. */
export function beyondGroupLimits(rules: readonly SecurityRule[]): string[] {
  const prefixes = rules.reduce(
    (count, rule) => count + rule.sourceAddressPrefixes.length + rule.destinationAddressPrefixes.length,
    0,
  );
  const groups = new Set(
    rules.flatMap(
      ({ sourceApplicationSecurityGroupIds: from = [], destinationApplicationSecurityGroupIds: to = [] }) => [
        ...from,
        ...to,
      ],
    ),
  );
  return [
    ...beyond(rules.length, GROUP_LIMITS.rules, "rules"),
    ...beyond(prefixes, GROUP_LIMITS.prefixes, "address prefixes"),
    ...beyond(
      groups.size,
      GROUP_LIMITS.applicationSecurityGroups,
      "application security groups in its rules",
    ),
  ];
}

function beyond(count: number, limit: number, what: string): string[] {
  return count > limit ? [`has ${count} ${what}; Azure takes ${limit}`] : [];
}
