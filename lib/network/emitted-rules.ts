import {
  DefaultTokenResolver,
  StringConcat,
  type TerraformResource,
  TerraformStack,
  Tokenization,
} from "cdktf";
import type { SecurityRule } from "../policy/security-rule";
import {
  securityRuleOfTerraform,
  securityRulesOfTerraform,
  type TerraformAttributes,
} from "../reading/security-rule-of-terraform";
import type { FilteredPlace } from "./filtered-place";
import { ruleAsTexts } from "./terraform-text";

const RULE_TYPE = "azurerm_network_security_rule";

/** A network security group of the provider, ours or a user's. */
type Group = NonNullable<FilteredPlace["networkSecurityGroup"]>;

/**
 * Reads the rules that groups will have: those that are emitted with them, a
 * user's overrides included, and those that other resources of their stack
 * add. Values known only at apply are what they stand for, as in the flows.
 */
export class EmittedRules {
  private readonly standalone = new Map<TerraformStack, TerraformResource[]>();

  /** @throws InvalidInputError where a rule is none that Azure would take */
  public of(group: Group): SecurityRule[] {
    const path = group.node.path;
    return [
      ...securityRulesOfTerraform(attributesOf(group).security_rule, path),
      ...this.standaloneIn(TerraformStack.of(group))
        .filter((rule) => isIn(attributesOf(rule), group))
        .map((rule) => securityRuleOfTerraform(attributesOf(rule), rule.node.path)),
    ].map((rule) => ruleAsTexts(group, rule));
  }

  private standaloneIn(stack: TerraformStack): TerraformResource[] {
    let rules = this.standalone.get(stack);
    if (!rules) {
      rules = stack.node
        .findAll()
        .filter(
          (node): node is TerraformResource =>
            "terraformResourceType" in node && node.terraformResourceType === RULE_TYPE,
        );
      this.standalone.set(stack, rules);
    }
    return rules;
  }
}

function attributesOf(resource: TerraformResource): TerraformAttributes {
  const { resource: emitted } = resource.toTerraform() as {
    readonly resource?: Readonly<Record<string, Readonly<Record<string, TerraformAttributes>>>>;
  };
  return emitted?.[resource.terraformResourceType]?.[resource.friendlyUniqueId] ?? {};
}

function isIn(rule: TerraformAttributes, group: Group): boolean {
  const name: unknown = Tokenization.resolve(rule.network_security_group_name, {
    scope: group,
    resolver: new DefaultTokenResolver(new StringConcat()),
  });
  return (
    name === group.nameInput || name === `\${${group.terraformResourceType}.${group.friendlyUniqueId}.name}`
  );
}
