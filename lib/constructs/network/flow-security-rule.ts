import { NetworkSecurityRule } from "@cdktf/provider-azurerm/lib/network-security-rule";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { SecurityRule } from "../../azure/security-rule";
import type { ExternalGroupInput } from "../../plan/deployment";
import { securityRuleConfig } from "./security-rule-config";
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
