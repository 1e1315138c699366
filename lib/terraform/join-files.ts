import { type Problem, refuseProblems } from "../base/problem";
import { isAzureId } from "../azure/azure-id";
import type {
  FoundInterface,
  FoundNetwork,
  FoundRoutes,
  FoundRule,
  FoundSubnet,
  FoundVirtualNetwork,
  NetworkDoubt,
} from "./found-network";
import { joinGroups, type JoinedGroup } from "./join-groups";
import { joinInterfaces, joinSubnets } from "./join-places";
import { joinVirtualNetworks } from "./join-virtual-networks";

/** What several files say together. Keys are the same where the files mean the same. */
export interface JoinedNetwork {
  readonly groups: readonly JoinedGroup[];
  /** The rules beside groups, whether or not their group is known. */
  readonly rules: readonly FoundRule[];
  readonly subnets: readonly FoundSubnet[];
  readonly interfaces: readonly FoundInterface[];
  readonly virtualNetworks: readonly FoundVirtualNetwork[];
  readonly routes: readonly FoundRoutes[];
  readonly doubts: readonly NetworkDoubt[];
  readonly notes: readonly string[];
}

/**
 * One network of what files say. What has one id in several files is one
 * thing, and what one of them leaves open another may say.
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
 * The same where each group keeps what Azure would refuse of it, for those who
 * read a part of the groups.
 *
 * @param problems where to say what files contradict each other in
 */
export function joinFound(files: readonly FoundNetwork[], problems: Problem[] = []): JoinedNetwork {
  const found = files.length > 1 ? withoutTaken(files.map(withKeysOfAll)) : files;
  const { groups, aliases, doubts, notes } = joinGroups(found, problems);
  const subnets = joinSubnets(found, aliases, problems);
  const interfaces = joinInterfaces(found, aliases, problems);
  return {
    groups,
    rules: found.flatMap(({ rules }) => rules),
    subnets,
    interfaces,
    virtualNetworks: joinVirtualNetworks(found, problems),
    routes: found.flatMap(({ routes = [] }) => routes),
    doubts,
    notes: [...files.flatMap((file) => file.notes), ...notes],
  };
}

/** What files say, without what a plan among them takes away. */
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

/** What a file says, with keys that no other file has: an address of Terraform's means another thing in each. */
function withKeysOfAll(found: FoundNetwork): FoundNetwork {
  const all = (key: string): string => (isAzureId(key) ? key : `${found.file}: ${key}`);
  const maybe = <K extends string>(name: K, key: string | undefined): Partial<Record<K, string>> =>
    key === undefined ? {} : ({ [name]: all(key) } as Partial<Record<K, string>>);
  return {
    ...found,
    groups: found.groups.map((group) => ({ ...group, key: all(group.key) })),
    rules: found.rules.map((rule) => ({
      ...rule,
      group: { ...rule.group, ...maybe("key", rule.group.key) },
    })),
    subnets: found.subnets.map((subnet) => ({
      ...subnet,
      key: all(subnet.key),
      ...maybe("group", subnet.group),
      ...maybe("virtualNetwork", subnet.virtualNetwork),
      ...(subnet.interfaces && { interfaces: subnet.interfaces.map(all) }),
    })),
    interfaces: found.interfaces.map((one) => ({
      ...one,
      key: all(one.key),
      ...maybe("subnet", one.subnet),
      ...maybe("group", one.group),
    })),
    virtualNetworks: found.virtualNetworks.map((network) => ({
      ...network,
      key: all(network.key),
      peerings: network.peerings.map((peering) => ({ ...peering, remote: all(peering.remote) })),
    })),
    ...(found.routes && {
      routes: {
        tables: found.routes.tables.map((table) => ({ ...table, key: all(table.key) })),
        routings: found.routes.routings.map(({ subnet, table }) => ({
          ...maybe("subnet", subnet),
          ...maybe("table", table),
        })),
      },
    }),
    ...(found.takenAway && {
      takenAway: {
        ids: found.takenAway.ids,
        groupless: new Set([...found.takenAway.groupless].map(all)),
        rules: found.takenAway.rules.map((rule) => ({
          ...rule,
          group: { ...rule.group, ...maybe("key", rule.group.key) },
        })),
      },
    }),
  };
}
