import { type Problem, refuseProblems } from "../checks/problem";
import { isOpaque } from "../policy/sets/opaque";
import type { SecurityRule } from "../policy/security-rule";
import type { FoundGroup } from "./found-network";
import { refuseSharedPriorities } from "./rules-together";
import {
  securityRuleOfTerraform,
  securityRulesOfTerraform,
  type TerraformAttributes,
} from "./security-rule-of-terraform";
import { isObject, isSameName, type TerraformIndex } from "./terraform-index";
import type { TerraformResource } from "./terraform-resource";

const GROUP = "azurerm_network_security_group";
const RULE = "azurerm_network_security_rule";

/**
 * The groups among resources, with the rules inside them and those beside them.
 *
 * @param file what errors call the file
 * @param notes where to say what is left open
 * @throws InvalidInputError with everything that is wrong with the rules
 */
export function groupsOfTerraform(file: string, index: TerraformIndex, notes: string[]): FoundGroup[] {
  const problems: Problem[] = [];
  const standalone = rulesBesideGroups(index, notes);
  const groups = index.ofType(GROUP).map((resource) => {
    const { values, address } = resource;
    const inline = securityRulesOfTerraform(
      index.resolveAll(values.security_rule),
      `${address}.security_rule`,
    );
    const own = standalone.get(resource) ?? [];
    const names = new Set(own.map(({ name }) => name.toLowerCase()));
    // A state lists a rule twice: as a resource of its own, and as read back with its group.
    const rules = [...inline.filter(({ name }) => !names.has(name.toLowerCase())), ...own];
    if (rules.length === 0 && values.security_rule === undefined) {
      notes.push(`${address} says nothing of its rules; it is read as having Azure's default rules only.`);
    }
    problems.push(...refuseSharedPriorities(address, rules));
    return { key: index.keyOf(resource), name: index.nameOf(resource), rules, tags: textsOf(values.tags) };
  });
  refuseProblems(file, problems);
  return groups;
}

/** The rules that are resources of their own, by their group. */
function rulesBesideGroups(index: TerraformIndex, notes: string[]): Map<TerraformResource, SecurityRule[]> {
  const byName = new Map<string, TerraformResource[]>();
  for (const group of index.ofType(GROUP)) {
    const name = String(index.resolve(group.values.name)).toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), group]);
  }
  const byGroup = new Map<TerraformResource, SecurityRule[]>();
  for (const rule of index.ofType(RULE)) {
    const groups = groupsOfRule(rule, index, byName);
    if (groups.length !== 1) {
      const name = show(rule.values.network_security_group_name);
      notes.push(
        groups.length === 0
          ? `${rule.address} is left out: its group ${name} is not in the file.`
          : `${rule.address} is left out: several groups are called ${name}.`,
      );
      continue;
    }
    const read = securityRuleOfTerraform(index.resolveAll(rule.values) as TerraformAttributes, rule.address);
    const same = byGroup.get(groups[0]);
    if (same) same.push(read);
    else byGroup.set(groups[0], [read]);
  }
  return byGroup;
}

/** The groups that a rule may be in: by reference, or by name and, where it is known, by resource group. */
function groupsOfRule(
  rule: TerraformResource,
  index: TerraformIndex,
  byName: ReadonlyMap<string, TerraformResource[]>,
): TerraformResource[] {
  const given = rule.values.network_security_group_name;
  const referred = index.referred(given, GROUP);
  if (referred) return [referred];
  const named = byName.get(String(index.resolve(given)).toLowerCase()) ?? [];
  const resourceGroup = index.resolve(rule.values.resource_group_name);
  const nearby = named.filter((group) =>
    isSameName(index.resolve(group.values.resource_group_name), resourceGroup),
  );
  if (nearby.length > 0) return nearby;
  return typeof resourceGroup !== "string" || isOpaque(resourceGroup) ? named : [];
}

function textsOf(tags: unknown): Record<string, string> {
  if (!isObject(tags)) return {};
  return Object.fromEntries(
    Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === "string"),
  );
}

function show(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : "without a name";
}
