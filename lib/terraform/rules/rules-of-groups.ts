import type { SecurityRule } from "../../azure/security-rule";
import { kept } from "../../base/collections";
import { collecting, type Problem, refused } from "../../base/problem";
import type { GroupRule } from "../../proof/network";
import { DoubtCause, type FoundDoubt } from "../found-network";
import {
  repetitionOf,
  formatReference,
  pathOf,
  type TerraformResource,
  type TerraformAttributes,
} from "../resources/terraform-resource";
import { isKnownAtApply, type RuleField, securityRuleOfFields } from "./security-rule-fields";
import { isObject, objectsIn } from "../files/json-values";
import { type TerraformIndex } from "../resources/terraform-index";

// Without one of these, a rule cannot be evaluated.
const DECIDING = ["name", "priority", "direction", "access", "protocol"];

/** The rules inside a group unless the file says nothing of them, what is not known of them, and why Azure would refuse them. */
export function inlineRulesOf(
  group: TerraformResource,
  index: TerraformIndex,
): { rules?: GroupRule[]; doubts: FoundDoubt[]; problems: Problem[] } {
  const { address, values } = group;
  const given = index.resolveAll(values.security_rule);
  const path = `${pathOf(group)}.security_rule`;
  const doubts = isObject(values.dynamic) ? dynamicRules(values.dynamic, path, index) : [];
  const problems: Problem[] = [];
  if (given === undefined || given === null) return { doubts, problems };
  if (typeof given === "string") {
    const isIgnored = given === formatReference(address, "security_rule");
    doubts.push(isIgnored ? ignoredRules(pathOf(group)) : unknownAtPlan(path, given));
    return { rules: [], doubts, problems };
  }
  const entries: unknown[] = Array.isArray(given) ? given : [given];
  const rules = entries.flatMap((entry, at) => {
    const place = `${path}[${at}]`;
    if (!isObject(entry)) {
      problems.push(...refused("rule-invalid", Array.isArray(given) ? place : path, entry, NOT_A_RULE));
      return [];
    }
    const field = undecidedField(entry);
    if (field === undefined) return collecting(problems, () => securityRuleOfTerraform(entry, place));
    doubts.push(unknownAtPlan(place, entry, field));
    return [];
  });
  return { rules, doubts, problems };
}

const NOT_A_RULE = {
  what: "is not a rule",
  allowed: "an object with name, priority, direction, access, protocol and both sides",
  change: "Write the rules themselves; a list that is known only at apply can be read from the state",
};

/**
 * The rule of one entry of `security_rule`, or of one
 * `azurerm_network_security_rule`.
 *
 * @param path what errors call the rule
 * @throws InvalidInputError with everything that is wrong with it
 */
export function securityRuleOfTerraform(attributes: TerraformAttributes, path: string): SecurityRule {
  return securityRuleOfFields({
    path,
    spell: snakeCase,
    value: (field) => {
      const name = snakeCase(field);
      return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    },
  });
}

const SNAKE_CASE = new Map<RuleField, string>();

/** The provider's spelling of a field. */
function snakeCase(field: RuleField): string {
  return kept(SNAKE_CASE, field, () => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

/** The first field that is known only at apply and decides the order or the meaning of a rule. */
export function undecidedField(rule: TerraformAttributes): string | undefined {
  return DECIDING.find((field) => isKnownAtApply(rule[field]));
}

/**
 * A doubt: rules, or a field of one, are known only at apply.
 *
 * @param content what the file writes there
 */
export function unknownAtPlan(path: string, content: unknown, field?: string): FoundDoubt {
  return {
    content: JSON.stringify(content),
    subject: `${path}, known only at apply`,
    text: `${path} is known only at apply. Give the state after it: terraform show -json > state.json.`,
    cause: DoubtCause.UNDECIDED,
    path: field === undefined ? path : `${path}.${field}`,
  };
}

function ignoredRules(path: string): FoundDoubt {
  return {
    subject: `${path}.security_rule, known only at apply`,
    text: `${path} ignores changes of its rules (lifecycle.ignore_changes), so a rule removed later would stay open. Leave security_rule out of ignore_changes, or verify the state after the apply.`,
    cause: DoubtCause.IGNORED,
  };
}

/** Rules in a dynamic block. */
function dynamicRules(dynamic: TerraformAttributes, path: string, index: TerraformIndex): FoundDoubt[] {
  const [block] = objectsIn(dynamic.security_rule);
  if (!block || repetitionOf(block, path, index) === "never") return [];
  return [
    {
      subject: `the dynamic rules of ${path}`,
      text: `${path} is a dynamic block, which only Terraform evaluates. Give the plan: terraform plan -out=plan && terraform show -json plan > plan.json.`,
      content: JSON.stringify(block),
      cause: DoubtCause.DYNAMIC,
      path: path.replace(/security_rule$/, "dynamic.security_rule"),
    },
  ];
}
