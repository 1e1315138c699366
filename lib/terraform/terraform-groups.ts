import { type Problem } from "../base/problem";
import { isAzureId, segmentOfId } from "../azure/azure-id";
import type { GroupNames } from "../azure/azure-id";
import type { FoundGroup, FoundRule, GroupReference, TakenAway } from "./found-network";
import { collecting } from "./collecting";
import {
  securityRuleOfTerraform,
  securityRulesOfTerraform,
  type TerraformAttributes,
} from "./security-rule-of-terraform";
import { isObject, type TerraformIndex } from "./terraform-index";
import { isData, type TerraformResource } from "./terraform-resource";

const GROUP = "azurerm_network_security_group";
const RULE = "azurerm_network_security_rule";

/**
 * The groups among resources, with the rules inside them.
 *
 * @param taken what goes: a data source may have read it before
 * @param problems where to say what is wrong
 */
export function groupsOfTerraform(
  index: TerraformIndex,
  taken: TakenAway,
  problems: Problem[],
): FoundGroup[] {
  const there = index
    .ofType(GROUP)
    .filter((resource) => !isData(resource) || !taken.ids.has(index.keyOf(resource)));
  return there.map((resource) => {
    const { values, address } = resource;
    const [rules = []] = collecting(problems, () =>
      securityRulesOfTerraform(index.resolveAll(values.security_rule), `${address}.security_rule`),
    );
    return {
      key: index.keyOf(resource),
      name: index.nameOf(resource),
      path: address,
      names: namesIn(values.name, values.resource_group_name, index),
      ...(isSet(values.security_rule) && { rules }),
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
  return index.ofType(RULE).flatMap((resource) =>
    collecting(problems, () => ({
      address: resource.address,
      rule: securityRuleOfTerraform(
        index.resolveAll(resource.values) as TerraformAttributes,
        resource.address,
      ),
      group: groupOfRule(resource, index),
    })),
  );
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

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
