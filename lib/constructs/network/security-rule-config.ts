import type { NetworkSecurityGroupSecurityRule } from "@cdktf/provider-azurerm/lib/network-security-group";
import type { SecurityRule } from "../../azure/security-rule";

/**
 * A rule as the provider wants it: one value in the singular attribute,
 * several in the plural one, since Azure takes `*` and service tags in the
 * singular only.
 */
export function securityRuleConfig(rule: SecurityRule): NetworkSecurityGroupSecurityRule {
  const sourceGroups = rule.sourceApplicationSecurityGroupIds ?? [];
  const destinationGroups = rule.destinationApplicationSecurityGroupIds ?? [];
  return {
    name: rule.name,
    priority: rule.priority,
    direction: rule.direction,
    access: rule.access,
    protocol: rule.protocol,
    description: rule.description,
    ...(rule.sourcePortRanges.length === 1
      ? { sourcePortRange: rule.sourcePortRanges[0] }
      : { sourcePortRanges: rule.sourcePortRanges }),
    ...(rule.destinationPortRanges.length === 1
      ? { destinationPortRange: rule.destinationPortRanges[0] }
      : { destinationPortRanges: rule.destinationPortRanges }),
    ...(sourceGroups.length > 0
      ? { sourceApplicationSecurityGroupIds: sourceGroups }
      : rule.sourceAddressPrefixes.length === 1
        ? { sourceAddressPrefix: rule.sourceAddressPrefixes[0] }
        : { sourceAddressPrefixes: rule.sourceAddressPrefixes }),
    ...(destinationGroups.length > 0
      ? { destinationApplicationSecurityGroupIds: destinationGroups }
      : rule.destinationAddressPrefixes.length === 1
        ? { destinationAddressPrefix: rule.destinationAddressPrefixes[0] }
        : { destinationAddressPrefixes: rule.destinationAddressPrefixes }),
  };
}

/**
 * A rule inside a group. A singular attribute beside a plural one is empty,
 * as the provider stores it: with null, every plan of the group would show the
 * rule as removed and added.
 */
export function ruleInsideGroup(rule: SecurityRule): NetworkSecurityGroupSecurityRule {
  return {
    sourcePortRange: "",
    destinationPortRange: "",
    sourceAddressPrefix: "",
    destinationAddressPrefix: "",
    ...securityRuleConfig(rule),
  };
}
