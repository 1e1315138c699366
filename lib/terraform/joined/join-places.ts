import { nameInId } from "../../azure/azure-id";
import type { Problem } from "../../base/problem";
import type { FoundInterface, FoundNetwork, FoundSubnet, FoundVirtualNetwork } from "../found-network";
import { areKnown, holdSame } from "../../azure/sets/prefix-list";

/** A resource, and the name of its file. */
export type InFile<T> = T & { readonly file: string };

type Aliases = ReadonlyMap<string, string>;

/** The resources of several files, each once; what two files say of one is merged. */
export function eachOnce<T extends { readonly key: string }>(
  files: readonly FoundNetwork[],
  resourcesIn: (file: FoundNetwork) => readonly T[],
  merged: (one: InFile<T>, other: InFile<T>) => InFile<T>,
): InFile<T>[] {
  const found = new Map<string, InFile<T>>();
  for (const file of files) {
    for (const resource of resourcesIn(file)) {
      const own = { ...resource, file: file.file };
      const known = found.get(resource.key);
      found.set(resource.key, known ? merged(known, own) : own);
    }
  }
  return [...found.values()];
}

/**
 * The resources of several files, each once.
 *
 * @param aliases keys of groups by other keys of theirs
 * @param problems where to add contradictions
 */
type Join<T> = (files: readonly FoundNetwork[], aliases: Aliases, problems: Problem[]) => T[];

export const joinSubnets: Join<FoundSubnet> = (files, aliases, problems) => {
  const subnetsIn = ({ subnets }: FoundNetwork) => subnets.map((one) => withGroup(one, aliases));
  return eachOnce<FoundSubnet>(files, subnetsIn, (one, other) => {
    const filters = ({ filtersPrivateEndpoints: areFiltered }: FoundSubnet) =>
      areFiltered === undefined ? "" : `${areFiltered ? "" : "no "}groups at private endpoints`;
    const differences = [
      ...differentPrefixes(one, other),
      ...differentGroups(one, other),
      ...different(one, other, filters),
    ];
    problems.push(...differences.map((what) => contradiction(`subnet ${one.name}`, what)));
    const interfaces = one.interfaces ?? other.interfaces;
    return {
      ...other,
      ...one,
      names: { ...other.names, ...one.names },
      prefixes: areKnown(one.prefixes) ? one.prefixes : other.prefixes,
      ...groupOf(one, other),
      mayHaveGroup: one.mayHaveGroup && other.mayHaveGroup,
      saysRoutes: one.saysRoutes === true || other.saysRoutes === true,
      isListed: one.isListed === true || other.isListed === true,
      ...(interfaces && { interfaces }),
    };
  });
};

export const joinInterfaces: Join<FoundInterface> = (files, aliases, problems) => {
  const interfacesIn = ({ interfaces }: FoundNetwork) => interfaces.map((one) => withGroup(one, aliases));
  const found = eachOnce<FoundInterface>(files, interfacesIn, (one, other) => {
    const differences = [
      ...differentGroups(one, other),
      ...different(one, other, ({ addresses }) => addresses.join(", ")),
      ...different(one, other, ({ subnet = "" }) => nameInId(subnet)),
    ];
    problems.push(...differences.map((what) => contradiction(`network interface ${one.name}`, what)));
    return {
      ...other,
      ...one,
      addresses: one.addresses.length > 0 ? one.addresses : other.addresses,
      ...groupOf(one, other),
      isListed: one.isListed === true || other.isListed === true,
    };
  });
  // A private endpoint of which an interface is known is that interface.
  const known = new Set(found.flatMap(({ key, privateEndpoint: of = key }) => (of === key ? [] : [of])));
  return found.filter(({ key }) => !known.has(key));
};

export const joinVirtualNetworks: Join<FoundVirtualNetwork> = (files, _, problems) => {
  const peers = ({ peerings, areAllPeerings }: FoundVirtualNetwork) => {
    const names = new Set(peerings.map(({ remote }) => nameInId(remote)));
    return areAllPeerings ? [...names].sort().join(", ") || "no network" : "";
  };
  const networksIn = ({ virtualNetworks }: FoundNetwork) => virtualNetworks;
  return eachOnce<FoundVirtualNetwork>(files, networksIn, (one, other) => {
    const differences = [...differentPrefixes(one, other), ...different(one, other, peers, "is peered with")];
    problems.push(...differences.map((what) => contradiction(`virtual network ${one.name}`, what)));
    const remotes = new Set(one.peerings.map(({ remote }) => remote));
    return {
      ...one,
      prefixes: areKnown(one.prefixes) ? one.prefixes : other.prefixes,
      peerings: [...one.peerings, ...other.peerings.filter(({ remote }) => !remotes.has(remote))],
      areAllPeerings: one.areAllPeerings || other.areAllPeerings,
    };
  });
};

function withGroup<T extends { readonly group?: string }>(place: T, aliases: Aliases): T {
  const { group = "" } = place;
  return aliases.has(group) ? { ...place, group: aliases.get(group) } : place;
}

/** What two files say differently; an empty text is something that a file does not say. */
function different<T>(one: InFile<T>, other: InFile<T>, said: (of: T) => string, verb = "has"): string[] {
  if (said(one) === "" || said(other) === "" || said(one) === said(other)) return [];
  return [`${verb} ${said(one)} in ${one.file}, and ${said(other)} in ${other.file}`];
}

function differentPrefixes<T extends { readonly prefixes: string[] }>(one: InFile<T>, other: InFile<T>) {
  const said = ({ prefixes }: T) => (areKnown(prefixes) ? prefixes.join(", ") : "");
  return holdSame(one.prefixes, other.prefixes) ? [] : different(one, other, said);
}

type Grouped = Pick<InFile<FoundSubnet>, "file" | "group" | "noGroupIf" | "isListed">;

/** A file without a group may not know it: another file may contain the association. */
function groupOf(one: Grouped, other: Grouped) {
  const { group, noGroupIf } =
    one.group !== undefined && !one.noGroupIf ? one : other.group !== undefined ? other : one;
  return { group, noGroupIf };
}

function differentGroups(one: Grouped, other: Grouped): string[] {
  // Only a list of Azure's own says that there is no group.
  const areListed = one.isListed && other.isListed;
  const said = ({ group }: Grouped) =>
    group === undefined ? (areListed ? "no group" : "") : `the group ${group}`;
  return different(one, other, said);
}

/** A contradiction of two files about one resource. */
function contradiction(path: string, what: string): Problem {
  const change = "Give one of the two, or create both again, one right after the other";
  return { code: "files-differ", path, what, allowed: "files that say the same", change };
}
