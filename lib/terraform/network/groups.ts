import { isOpaque } from "../../base/opaque";
import { collecting, type Problem } from "../../base/problem";
import type { GroupNames } from "../../azure/azure-id";
import {
  DoubtCause,
  type FoundDoubt,
  type FoundGroup,
  type FoundRule,
  type GroupReference,
  type DeletedParts,
} from "../found-network";
import type { OpaqueSources } from "./opaque-sources";
import {
  inlineRulesOf,
  securityRuleOfTerraform,
  undecidedField,
  unknownAtPlan,
} from "../rules/rules-of-groups";
import { textsOfObject } from "../files/json-values";
import { type TerraformIndex } from "../resources/terraform-index";
import {
  isData,
  type OpaqueSource,
  pathOf,
  type TerraformResource,
  type TerraformAttributes,
} from "../resources/terraform-resource";

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
