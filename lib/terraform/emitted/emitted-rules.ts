import type { TerraformStack } from "cdktf";
import { refuseProblems } from "../../base/problem";
import type { SecurityRule } from "../../azure/security-rule";
import { isOpaque } from "../../base/opaque";
import { refuseSharedNames, refuseSharedPriorities } from "../rules-together";
import {
  securityRuleOfTerraform,
  securityRulesOfTerraform,
  type TerraformAttributes,
} from "../security-rule-of-terraform";
import { isObject } from "../json-values";
import type { EmittedResources } from "./emitted-resources";
import type { EmittedResource } from "./emitted-resource";
import { refusalsOfGroup, wideConstants } from "./refusals-of-group";
import { Membership, RulesBesideGroups } from "./rules-beside-groups";

/** A rule of which cannot be told whether it is in a group. */
export interface DoubtfulRule {
  readonly rule: SecurityRule;
  /** How the rule names its group; whether it means this one is known only at apply. */
  readonly dependsOn: string;
}

/** The rules that a group will have. */
export interface RulesOfGroup {
  /** Those that it will surely have. */
  readonly rules: SecurityRule[];
  /** Those that it may have beside. */
  readonly doubtful: DoubtfulRule[];
  /** What a synthesis is to be refused for, whatever the rules open; each a sentence. */
  readonly refusals: string[];
}

/**
 * Reads the rules that groups will have: those that are emitted with them, a
 * user's overrides included, and those that are resources of their own.
 */
export class EmittedRules {
  private readonly beside: RulesBesideGroups;

  /** @param stacks the stacks whose rules are looked at */
  constructor(resources: EmittedResources, stacks: readonly TerraformStack[]) {
    this.beside = new RulesBesideGroups(resources, stacks);
  }

  /**
   * The rules of a group.
   *
   * @param reader the stack whose references the texts are written with
   * @throws InvalidInputError if Azure would refuse a rule, or two rules contradict each other
   */
  public of(group: EmittedResource, reader: TerraformStack): RulesOfGroup {
    const beside = this.beside.near(group).map(({ resource, membership, groupName }) => ({
      rule: securityRuleOfTerraform(resource.attributes(reader), resource.path),
      membership,
      // One of the two names is known only at apply.
      dependsOn: [groupName(reader), String(group.attribute("name", reader))].find(isOpaque) ?? group.path,
    }));
    const attributes = group.attributes(reader);
    const sure = this.beside.near(group).filter(({ membership }) => membership === Membership.SURE);
    const rules = [
      ...inlineRules(attributes, group.path),
      ...beside.filter(({ membership }) => membership === Membership.SURE).map(({ rule }) => rule),
    ];
    refuseProblems(group.path, [
      ...refuseSharedPriorities(group.path, rules),
      ...refuseSharedNames(group.path, rules),
    ]);
    const refusals = [
      ...refusalsOfGroup(
        group.path,
        attributes,
        sure.map(({ resource }) => resource.path),
      ),
      ...wideConstants(group.path, rules, group.stack),
    ];
    return {
      rules,
      refusals,
      doubtful: beside.filter(({ membership }) => membership === Membership.DOUBTFUL),
    };
  }
}

function inlineRules({ security_rule: rules, dynamic }: TerraformAttributes, path: string): SecurityRule[] {
  if (isObject(dynamic) && "security_rule" in dynamic) {
    refuseProblems(path, [
      {
        code: "value-unknown",
        path: `${path}.dynamic.security_rule`,
        what: "makes rules that are known only to Terraform",
        allowed: "rules that are written out",
        change: "Declare connections instead, or put the rules themselves into the group",
      },
    ]);
  }
  return securityRulesOfTerraform(rules, `${path}.security_rule`);
}
