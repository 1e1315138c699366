import type { GroupNames } from "../../azure/azure-id";
import type { SecurityRule } from "../../azure/security-rule";
import { kept } from "../../base/collections";
import { isOpaque } from "../../base/opaque";
import { collecting, type Problem, refused } from "../../base/problem";
import type { GroupRule } from "../../proof/network";
import { isObject, objectsIn, textsOfObject } from "../files/json-values";
import {
  type DeletedParts,
  DoubtCause,
  type FoundDoubt,
  type FoundGroup,
  type FoundRule,
  type GroupReference,
} from "../found-network";
import type { TerraformIndex } from "../resources/terraform-index";
import {
  formatReference,
  isData,
  type OpaqueSource,
  pathOf,
  repetitionOf,
  type TerraformAttributes,
  type TerraformResource,
} from "../resources/terraform-resource";
import type { OpaqueSources } from "./opaque-sources";
import { isKnownAtApply, type RuleField, securityRuleOfFields } from "./security-rule-fields";

const GROUP = "azurerm_network_security_group";
const RULE = "azurerm_network_security_rule";

/**
 * The groups among resources, with the rules inside them.
 *
 * @param deleted what a plan deletes: a data source may have read it before
 * @param opaqueSources resources that may add rules to them
 * @param admin doubts about all of them
 */
export function groupsOfTerraform(
  index: TerraformIndex,
  deleted: DeletedParts,
  opaqueSources: OpaqueSources,
  admin: readonly FoundDoubt[],
): FoundGroup[] {
  const there = index
    .ofType(GROUP)
    .filter((resource) => !isData(resource) || !deleted.ids.has(index.keyOf(resource)));
  return there.map((resource) => {
    const { values } = resource;
    const path = pathOf(resource);
    const inline = inlineRulesOf(resource, index);
    const added = opaqueSources.of([resource]).map((source) => rulesOfOpaqueSource(source, path));
    const doubts = [...inline.doubts, ...added, ...admin];
    return {
      key: index.keyOf(resource),
      name: index.nameOf(resource),
      path,
      names: namesIn(values.name, values.resource_group_name, index),
      ...(inline.rules && { rules: inline.rules }),
      ...(doubts.length > 0 && { doubts }),
      tags: textsOfObject(values.tags),
      isRead: isData(resource),
      ...(resource.written?.includes("security_rule") && { writesRules: true }),
      ...(inline.problems.length > 0 && { problems: inline.problems }),
    };
  });
}

/** The rules that are resources of their own. */
export function rulesOfTerraform(index: TerraformIndex): FoundRule[] {
  return index.ofType(RULE).map((resource) => {
    const values = index.resolveAll(resource.values) as TerraformAttributes;
    const found = { address: pathOf(resource), group: groupOfRule(resource, index) };
    const field = undecidedField(values);
    if (field !== undefined) return { ...found, doubt: unknownAtPlan(found.address, values, field) };
    const problems: Problem[] = [];
    const [rule] = collecting(problems, () => ({
      ...securityRuleOfTerraform(values, found.address),
      ...(resource.existsIf && { existsIf: resource.existsIf }),
    }));
    return { ...found, ...(rule ? { rule } : { problems }) };
  });
}

function rulesOfOpaqueSource({ address, inputs }: OpaqueSource, group: string): FoundDoubt {
  return {
    content: inputs,
    subject: `whether ${address} adds rules to ${group}`,
    text: `${address} may add rules to ${group}: its resources are not in the file. Give the plan: terraform plan -out=plan && terraform show -json plan > plan.json.`,
    cause: DoubtCause.OPAQUE_SOURCE,
  };
}

/** The group of a rule: by the rule's own id, by reference, or by name. */
export function groupOfRule({ values }: TerraformResource, index: TerraformIndex): GroupReference {
  const given = values.network_security_group_name;
  const id = /^(\/subscriptions\/.+)\/securityrules\//.exec(String(values.id).toLowerCase())?.[1];
  const names = namesIn(given, values.resource_group_name, index);
  const isKnown = names.group !== undefined && !isOpaque(names.group);
  const referred = index.referred(given, GROUP) ?? (isKnown ? undefined : index.mentioned(given, GROUP));
  // A data source that was not read yet means the group that it names.
  const isNamed = referred !== undefined && isData(referred) && index.keyOf(referred) === referred.address;
  if (isNamed) return namesIn(referred.values.name, values.resource_group_name, index);
  const key = id ?? (referred && index.keyOf(referred));
  return { ...(key !== undefined && { key }), ...names };
}

function namesIn(group: unknown, resourceGroup: unknown, index: TerraformIndex): GroupNames {
  return textsOfObject({ group: index.byDefault(group), resourceGroup: index.resolve(resourceGroup) });
}

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
function undecidedField(rule: TerraformAttributes): string | undefined {
  return DECIDING.find((field) => isKnownAtApply(rule[field]));
}

/**
 * A doubt: rules, or a field of one, are known only at apply.
 *
 * @param content what the file writes there
 */
function unknownAtPlan(path: string, content: unknown, field?: string): FoundDoubt {
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
  if (!block || !repetitionOf(block, path, index)) return [];
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
