import { type Problem, refuseProblems } from "../../base/problem";
import { isAzureId } from "../../azure/azure-id";
import { defined } from "../files/json-values";
import type { FoundNetwork, GroupReference, NetworkDoubt } from "../found-network";
import { joinGroups, type JoinedGroup } from "./join-groups";
import { joinInterfaces, joinSubnets, joinVirtualNetworks } from "./join-places";

/** The network in several files. Keys are the same if the files mean the same resource. */
export interface JoinedNetwork extends Omit<FoundNetwork, "file" | "groups" | "deleted" | "gaps"> {
  readonly groups: readonly JoinedGroup[];
  readonly doubts: readonly NetworkDoubt[];
}

/**
 * The network in several files. Resources with one id are one resource, and
 * one file may say what another does not.
 *
 * @throws InvalidInputError where files contradict each other, or rules do together
 */
export function joinFiles(files: readonly FoundNetwork[]): JoinedNetwork {
  const problems: Problem[] = [];
  const joined = joinFound(files, problems);
  problems.push(...joined.groups.flatMap((group) => group.problems));
  refuseProblems([...new Set(files.map(({ file }) => file))].join(", "), problems);
  return joined;
}

/**
 * The same, but each group keeps its own problems, for callers that need only
 * some of the groups.
 *
 * @param problems where to add contradictions
 */
export function joinFound(files: readonly FoundNetwork[], problems: Problem[] = []): JoinedNetwork {
  const found = files.length > 1 ? withoutDeleted(files.map(withKeysOfAll)) : files;
  const { groups, aliases, doubts, notes } = joinGroups(found, problems);
  return {
    groups,
    rules: found.flatMap(({ rules }) => rules),
    subnets: joinSubnets(found, aliases, problems),
    interfaces: joinInterfaces(found, aliases, problems),
    virtualNetworks: joinVirtualNetworks(found, aliases, problems),
    tables: found.flatMap(({ tables }) => tables),
    routings: found.flatMap(({ routings }) => routings),
    inputs: Object.assign({}, ...found.map(({ inputs }) => inputs)) as Record<string, string>,
    doubts,
    notes: [...files.flatMap((file) => file.notes), ...notes],
  };
}

/** The files without what a plan among them deletes. */
function withoutDeleted(files: readonly FoundNetwork[]): FoundNetwork[] {
  return files.map((file) => {
    const others = files.filter((other) => other !== file).map(({ deleted }) => deleted);
    const left = <T extends { readonly key: string; readonly group?: string }>(some: readonly T[]): T[] =>
      some
        .filter(({ key }) => !others.some(({ ids }) => ids.has(key)))
        .map((one) =>
          others.some(({ groupless }) => groupless.has(one.key))
            ? defined({ ...one, group: undefined })
            : one,
        );
    const { groups, subnets, interfaces } = file;
    return { ...file, groups: left(groups), subnets: left(subnets), interfaces: left(interfaces) };
  });
}

/** A file with keys that no other file has: one address of Terraform's is another resource in each file. */
function withKeysOfAll(found: FoundNetwork): FoundNetwork {
  const all = (key: string): string => (isAzureId(key) ? key : `${found.file}: ${key}`);
  const own = <T extends object>(some: readonly T[], ...fields: ReadonlyArray<keyof T>): T[] =>
    some.map((one) => withTexts(one, fields, all));
  const ofGroups = <T extends { readonly group: GroupReference }>(rules: readonly T[]): T[] =>
    rules.map((rule) => ({ ...rule, group: withTexts(rule.group, ["key"], all) }));
  const { ids, groupless, rules } = found.deleted;
  return {
    ...found,
    groups: own(found.groups, "key"),
    rules: ofGroups(found.rules),
    subnets: own(found.subnets, "key", "group", "virtualNetwork", "interfaces"),
    interfaces: own(found.interfaces, "key", "subnet", "group", "privateEndpoint"),
    virtualNetworks: own(found.virtualNetworks, "key").map((network) => ({
      ...network,
      peerings: own(network.peerings, "remote"),
    })),
    tables: own(found.tables, "key"),
    routings: own(found.routings, "subnet", "table"),
    deleted: { ids, groupless: new Set([...groupless].map(all)), rules: ofGroups(rules) },
  };
}

/** An object with the texts in some of its fields changed. */
function withTexts<T extends object>(
  one: T,
  fields: ReadonlyArray<keyof T>,
  change: (text: string) => string,
): T {
  const changed = fields.flatMap((field): Array<readonly [keyof T, unknown]> => {
    const value: unknown = one[field];
    if (typeof value === "string") return [[field, change(value)]];
    return Array.isArray(value) ? [[field, value.map(change)]] : [];
  });
  return Object.assign({ ...one }, Object.fromEntries(changed));
}
