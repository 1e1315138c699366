import {
  NetworkSecurityGroup,
  type NetworkSecurityGroupConfig,
  type NetworkSecurityGroupSecurityRule,
  networkSecurityGroupSecurityRuleToTerraform,
} from "@cdktf/provider-azurerm/lib/network-security-group";
import type { IResolvable, IResolveContext } from "cdktf";
import type { Construct } from "constructs";
import type { PlannedRule } from "../../plan/rules/rule-placement";
import { ruleInsideGroup } from "./flow-security-rule";
import { ruleAsTokens } from "../../terraform/in-memory/terraform-text";

type SecurityRules = NetworkSecurityGroupSecurityRule[] | IResolvable;

// What the Terraform CDK looks for in texts and numbers.
const NEEDS_RESOLVING = /TfToken\[|[$%]\{|e\+\d/;

/**
 * Rules without tokens. The Terraform CDK resolves each value of a stack several times,
 * and most of these values are rules.
 */
class PlainRules implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(private readonly json: string) {}

  resolve(context: IResolveContext): unknown {
    // A copy, because overrides of the stack are merged into it.
    context.registerPostProcessor({ postProcess: () => JSON.parse(this.json) as unknown });
    return null;
  }

  toString(): string {
    return this.json;
  }
}

/**
 * A network security group whose rules are created at synthesis, when all flows
 * are known. If you set its rules, those are synthesized and verified instead.
 */
export class FlowSecurityGroup extends NetworkSecurityGroup {
  private put?: SecurityRules;
  private emitted?: { readonly of: readonly PlannedRule[]; readonly rules: SecurityRules };

  constructor(
    scope: Construct,
    id: string,
    config: NetworkSecurityGroupConfig,
    private readonly rules: () => readonly PlannedRule[],
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
    return this.put ?? this.configOf(this.rules());
  }

  private configOf(rules: readonly PlannedRule[]): NetworkSecurityGroupSecurityRule[] {
    return rules.map(({ rule }) => ruleInsideGroup(ruleAsTokens(this, rule)));
  }

  /** The rules to emit. They are made once, unless flows change. */
  private emittedRules(): SecurityRules {
    const rules = this.rules();
    if (this.emitted?.of !== rules) {
      const config = this.configOf(rules);
      const json = JSON.stringify(config.map(networkSecurityGroupSecurityRuleToTerraform));
      this.emitted = { of: rules, rules: NEEDS_RESOLVING.test(json) ? config : new PlainRules(json) };
    }
    return this.emitted.rules;
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    // Overrides are merged into the list of rules.
    const isOverridden = "security_rule" in (this.rawOverrides as object);
    super.putSecurityRule(this.put ?? (isOverridden ? this.securityRuleInput : this.emittedRules()));
    return super.synthesizeAttributes();
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    super.putSecurityRule(this.securityRuleInput);
    return super.synthesizeHclAttributes();
  }
}
