import { type Problem, refuseProblems } from "../../base/problem";
import { isAzureId } from "../../azure/azure-id";
import type {
  FoundInterface,
  FoundNetwork,
  FoundRoutes,
  FoundRule,
  FoundSubnet,
  GroupReference,
  FoundVirtualNetwork,
  NetworkDoubt,
} from "../found-network";
import { joinGroups, type JoinedGroup } from "./join-groups";
import { joinInterfaces, joinSubnets, joinVirtualNetworks } from "./join-places";

/** The network in several files. Keys are the same if the files mean the same resource. */
export interface JoinedNetwork {
  readonly groups: readonly JoinedGroup[];
  /** The rules beside groups, whether or not their group is known. */
  readonly rules: readonly FoundRule[];
  readonly subnets: readonly FoundSubnet[];
  readonly interfaces: readonly FoundInterface[];
  readonly virtualNetworks: readonly FoundVirtualNetwork[];
  readonly routes: readonly FoundRoutes[];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly doubts: readonly NetworkDoubt[];
  readonly notes: readonly string[];
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
  const found = files.length > 1 ? withoutTaken(files.map(withKeysOfAll)) : files;
  const { groups, aliases, doubts, notes } = joinGroups(found, problems);
  return {
    groups,
    rules: found.flatMap(({ rules }) => rules),
    subnets: joinSubnets(found, aliases, problems),
    interfaces: joinInterfaces(found, aliases, problems),
    virtualNetworks: joinVirtualNetworks(found, problems),
    routes: found.flatMap(({ routes = [] }) => routes),
    inputs: Object.assign({}, ...found.map(({ inputs }) => inputs)) as Record<string, string>,
    doubts,
    notes: [...files.flatMap((file) => file.notes), ...notes],
  };
}

/** The files without what a plan among them deletes. */
function withoutTaken(files: readonly FoundNetwork[]): FoundNetwork[] {
  return files.map((file) => {
    const others = files.flatMap((other) =>
      other === file || !other.takenAway ? [] : [{ file: other.file, ...other.takenAway }],
    );
    const isThere = ({ key }: { readonly key: string }): boolean => !others.some(({ ids }) => ids.has(key));
    const asLeft = <T extends { readonly key: string; readonly group?: string }>({ group, ...rest }: T) =>
      group === undefined || others.some(({ groupless }) => groupless.has(rest.key))
        ? rest
        : { ...rest, group };
    return {
      ...file,
      groups: file.groups.filter(isThere),
      subnets: file.subnets.filter(isThere).map(asLeft),
      interfaces: file.interfaces.filter(isThere).map(asLeft),
    };
  });
}

/** A file with keys that no other file has: one address of Terraform's is another resource in each file. */
function withKeysOfAll(found: FoundNetwork): FoundNetwork {
  const all = (key: string): string => (isAzureId(key) ? key : `${found.file}: ${key}`);
  const own = <T extends object>(some: readonly T[], ...fields: ReadonlyArray<keyof T>): T[] =>
    some.map((one) => withTexts(one, fields, all));
  const ofGroups = <T extends { readonly group: GroupReference }>(rules: readonly T[]): T[] =>
    rules.map((rule) => ({ ...rule, group: withTexts(rule.group, ["key"], all) }));
  const { routes, takenAway } = found;
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
    ...(routes && {
      routes: { tables: own(routes.tables, "key"), routings: own(routes.routings, "subnet", "table") },
    }),
    ...(takenAway && {
      takenAway: {
        ...takenAway,
        groupless: new Set([...takenAway.groupless].map(all)),
        rules: ofGroups(takenAway.rules),
      },
    }),
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
