import { type Problem } from "../base/problem";
import { isAzureId, segmentOfId } from "../azure/azure-id";
import type { GroupNames } from "../azure/azure-id";
import type { FoundDoubt, FoundGroup, FoundRule, GroupReference, TakenAway } from "./found-network";
import { collecting } from "./collecting";
import type { Makers } from "./makers";
import { inlineRulesOf, isUndecided, unknownAtPlan } from "./rules-of-groups";
import { securityRuleOfTerraform, type TerraformAttributes } from "./security-rule-of-terraform";
import { isObject } from "./json-values";
import { type TerraformIndex } from "./terraform-index";
import { isData, type Maker, type TerraformResource } from "./terraform-resource";

const GROUP = "azurerm_network_security_group";
const RULE = "azurerm_network_security_rule";

/**
 * The groups among resources, with the rules inside them.
 *
 * @param taken what goes: a data source may have read it before
 * @param makers what may add rules to them
 * @param problems where to say what is wrong
 */
export function groupsOfTerraform(
  index: TerraformIndex,
  taken: TakenAway,
  makers: Makers,
  problems: Problem[],
): FoundGroup[] {
  const there = index
    .ofType(GROUP)
    .filter((resource) => !isData(resource) || !taken.ids.has(index.keyOf(resource)));
  return there.map((resource) => {
    const { values, address } = resource;
    const inline = inlineRulesOf(resource, index, problems);
    const doubts = [
      ...inline.doubts,
      ...rulesOverwritten(resource, index),
      ...makers.of([resource]).map((maker) => rulesOfMaker(maker, address)),
    ];
    return {
      key: index.keyOf(resource),
      name: index.nameOf(resource),
      path: address,
      names: namesIn(values.name, values.resource_group_name, index),
      ...(inline.rules && { rules: inline.rules }),
      ...(doubts.length > 0 && { doubts }),
      tags: textsOf(values.tags),
      isRead: isData(resource),
      ...(resource.written?.includes("security_rule") && { writesRules: true }),
    };
  });
}

/**
 * The rules that are resources of their own.
 *
 * @param problems where to say what is wrong
 */
export function rulesOfTerraform(index: TerraformIndex, problems: Problem[]): FoundRule[] {
  return rulesBeside(index)
    .filter(({ values }) => !isUndecided(values))
    .flatMap(({ resource, values }) =>
      collecting(problems, () => ({
        address: resource.address,
        rule: {
          ...securityRuleOfTerraform(values, resource.address),
          ...(resource.existsIf && { existsIf: resource.existsIf }),
        },
        group: groupOfRule(resource, index),
      })),
    );
}

/** Rules that are resources of their own, of which not enough is known to judge by them. */
export function undecidedRules(
  index: TerraformIndex,
): ReadonlyArray<FoundDoubt & { readonly group: GroupReference }> {
  return rulesBeside(index)
    .filter(({ values }) => isUndecided(values))
    .map(({ resource }) => ({ ...unknownAtPlan(resource.address), group: groupOfRule(resource, index) }));
}

function rulesBeside(index: TerraformIndex) {
  return index.ofType(RULE).map((resource) => ({
    resource,
    values: index.resolveAll(resource.values) as TerraformAttributes,
  }));
}

/** The provider lets rules inside a group and rules beside it overwrite each other, where both are written. */
function rulesOverwritten(group: TerraformResource, index: TerraformIndex): FoundDoubt[] {
  const { address, written } = group;
  const beside = written?.includes("security_rule")
    ? index.ofType(RULE).find((rule) => groupOfRule(rule, index).key === index.keyOf(group))
    : undefined;
  return beside
    ? [
        {
          subject: `whether ${beside.address} or the rules inside ${address} stay`,
          text: `${address} has rules inside (security_rule), and ${beside.address} is a rule of it as well: Terraform lets the two overwrite each other at every apply. Write all rules inside the group, or all beside it.`,
        },
      ]
    : [];
}

function rulesOfMaker({ address }: Maker, group: string): FoundDoubt {
  return {
    subject: `whether ${address} adds rules to ${group}`,
    text: `${address} may add rules to ${group}: what it makes is not in the file. Give the plan: terraform plan -out=plan && terraform show -json plan > plan.json.`,
  };
}

/** How a rule says which group it is in: by its own id, by reference, or by name. */
export function groupOfRule({ values }: TerraformResource, index: TerraformIndex): GroupReference {
  const given = values.network_security_group_name;
  const id = groupInId(values.id);
  const referred = index.referred(given, GROUP);
  const key = id ?? (referred && index.keyOf(referred));
  return {
    ...(key !== undefined && { key }),
    ...namesIn(given, values.resource_group_name, index),
  };
}

function namesIn(group: unknown, resourceGroup: unknown, index: TerraformIndex): GroupNames {
  const names = { group: index.resolve(group), resourceGroup: index.resolve(resourceGroup) };
  return Object.fromEntries(
    Object.entries(names).filter(([, name]) => typeof name === "string" && name !== ""),
  );
}

/** The id of the group, which the id of a rule begins with. */
function groupInId(id: unknown): string | undefined {
  if (typeof id !== "string" || !isAzureId(id) || segmentOfId(id, "securityRules") === undefined) {
    return undefined;
  }
  return id.toLowerCase().split("/securityrules/")[0];
}

function textsOf(tags: unknown): Record<string, string> {
  if (!isObject(tags)) return {};
  return Object.fromEntries(
    Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === "string"),
  );
}
