import type { NetworkSecurityGroupSecurityRule } from "@cdktf/provider-azurerm/lib/network-security-group";
import { NetworkSecurityRule } from "@cdktf/provider-azurerm/lib/network-security-rule";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { SecurityRule } from "../../azure/security-rule";
import type { ExternalGroupInput } from "../../plan/deployment";
import { ruleAsTokens } from "../../terraform/in-memory/terraform-text";

/** A rule, and the group managed elsewhere that it is added to. */
interface RuleInGroup {
  readonly group: ExternalGroupInput;
  readonly rule: SecurityRule;
  readonly provider?: TerraformProvider;
}

/** One rule in a group managed elsewhere, whose ends, ports and priority are read at synthesis, when all flows are known. */
export class FlowSecurityRule extends NetworkSecurityRule {
  constructor(
    scope: Construct,
    id: string,
    { group, rule, provider }: RuleInGroup,
    private readonly current: () => SecurityRule | undefined,
  ) {
    super(scope, id, {
      ...securityRuleConfig(ruleAsTokens(scope, rule)),
      name: rule.name,
      priority: rule.priority,
      direction: rule.direction,
      access: rule.access,
      protocol: rule.protocol,
      networkSecurityGroupName: group.name,
      resourceGroupName: group.resourceGroup,
      provider,
    });
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    this.refresh();
    return super.synthesizeAttributes();
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    this.refresh();
    return super.synthesizeHclAttributes();
  }

  /** One peer is in the singular attribute, several are in the plural one: the other is reset. */
  private refresh(): void {
    const rule = this.current();
    if (!rule) return;
    this.resetSourceAddressPrefix();
    this.resetSourceAddressPrefixes();
    this.resetDestinationAddressPrefix();
    this.resetDestinationAddressPrefixes();
    Object.assign(this, securityRuleConfig(ruleAsTokens(this, rule)));
  }
}

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
