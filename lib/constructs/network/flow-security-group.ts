import {
  NetworkSecurityGroup,
  type NetworkSecurityGroupConfig,
  type NetworkSecurityGroupSecurityRule,
} from "@cdktf/provider-azurerm/lib/network-security-group";
import type { IResolvable } from "cdktf";
import type { Construct } from "constructs";
import type { SecurityRule } from "../../azure/security-rule";
import { ruleInsideGroup } from "./security-rule-config";
import { ruleAsTokens } from "../../terraform/in-memory/terraform-text";

type SecurityRules = NetworkSecurityGroupSecurityRule[] | IResolvable;

/**
 * A network security group whose rules are made at synthesis, when all flows
 * are known. Rules that a user puts there instead are the user's: they are
 * what is emitted, and what the proof then judges.
 */
export class FlowSecurityGroup extends NetworkSecurityGroup {
  private put?: SecurityRules;

  constructor(
    scope: Construct,
    id: string,
    config: NetworkSecurityGroupConfig,
    private readonly rules: () => SecurityRule[],
  ) {
    super(scope, id, config);
  }

  public override putSecurityRule(value: SecurityRules): void {
    this.put = value;
  }

  public override resetSecurityRule(): void {
    this.put = undefined;
  }

  public override get securityRuleInput(): SecurityRules {
    return this.put ?? this.rules().map((rule) => ruleInsideGroup(ruleAsTokens(this, rule)));
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    super.putSecurityRule(this.securityRuleInput);
    return super.synthesizeAttributes();
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    super.putSecurityRule(this.securityRuleInput);
    return super.synthesizeHclAttributes();
  }
}
