import { nameInId } from "../azure/azure-id";
import type { Problem } from "../base/problem";
import type { Doubts } from "../proof/network";
import type { FoundInterface, FoundNetwork, FoundSubnet } from "./found-network";
import type { InFile } from "./groups-by-name";
import { areKnown, holdSame } from "./prefixes";

type Aliases = ReadonlyMap<string, string>;

/**
 * The subnets of several files, each once.
 *
 * @param aliases keys of groups by other keys of theirs
 * @param problems where to add contradictions
 */
export function joinSubnets(
  files: readonly FoundNetwork[],
  aliases: Aliases,
  problems: Problem[],
): FoundSubnet[] {
  return joined(files, "subnets", aliases, (one, other) => sameSubnet(one, other, problems));
}

/** The network interfaces of several files, each once; the parameters are those of joinSubnets. */
export function joinInterfaces(
  files: readonly FoundNetwork[],
  aliases: Aliases,
  problems: Problem[],
): FoundInterface[] {
  return joined(files, "interfaces", aliases, (one, other) => sameInterface(one, other, problems));
}

/** The places of several files, each once: what two files say of one is merged. */
function joined<K extends "subnets" | "interfaces", T extends FoundNetwork[K][number]>(
  files: ReadonlyArray<{ readonly file: string } & { readonly [kind in K]: readonly T[] }>,
  kind: K,
  aliases: Aliases,
  together: (one: InFile<T>, other: InFile<T>) => InFile<T>,
): T[] {
  const found = new Map<string, InFile<T>>();
  for (const file of files) {
    for (const place of file[kind]) {
      const own = { ...place, ...groupIn(place, aliases), file: file.file };
      const known = found.get(place.key);
      found.set(place.key, known ? together(known, own) : own);
    }
  }
  return [...found.values()];
}

function groupIn({ group }: { readonly group?: string }, aliases: Aliases): { group?: string } {
  return group === undefined ? {} : { group: aliases.get(group) ?? group };
}

function sameSubnet(
  one: InFile<FoundSubnet>,
  other: InFile<FoundSubnet>,
  problems: Problem[],
): InFile<FoundSubnet> {
  const refuse = (what: string) => problems.push(contradiction(`subnet ${one.name}`, what));
  if (areKnown(one.prefixes) && areKnown(other.prefixes) && !holdSame(one.prefixes, other.prefixes)) {
    refuse(
      `has ${one.prefixes.join(", ")} in ${one.file}, and ${other.prefixes.join(", ")} in ${other.file}`,
    );
  }
  refuseTwoGroups(one, other, refuse);
  refuseOther(
    one,
    other,
    ({ filtersPrivateEndpoints: filters }) =>
      filters === undefined ? "" : filters ? "groups at private endpoints" : "no groups at private endpoints",
    refuse,
  );
  const interfaces = one.interfaces ?? other.interfaces;
  const known = { ...other, ...one };
  return {
    ...known,
    names: { ...other.names, ...one.names },
    prefixes: areKnown(one.prefixes) ? one.prefixes : other.prefixes,
    ...groupOf(one, other),
    mayHaveGroup: one.mayHaveGroup && other.mayHaveGroup,
    saysRoutes: one.saysRoutes === true || other.saysRoutes === true,
    isListed: one.isListed === true || other.isListed === true,
    ...(interfaces && { interfaces }),
  };
}

function sameInterface(
  one: InFile<FoundInterface>,
  other: InFile<FoundInterface>,
  problems: Problem[],
): InFile<FoundInterface> {
  const refuse = (what: string) => problems.push(contradiction(`network interface ${one.name}`, what));
  refuseTwoGroups(one, other, refuse);
  refuseOther(one, other, ({ addresses }) => addresses.join(", "), refuse);
  refuseOther(one, other, ({ subnet = "" }) => nameInId(subnet), refuse);
  return {
    ...other,
    ...one,
    addresses: one.addresses.length > 0 ? one.addresses : other.addresses,
    ...groupOf(one, other),
    isListed: one.isListed === true || other.isListed === true,
  };
}

/** Refuses what both files say, and say differently. */
function refuseOther<T>(
  one: InFile<T>,
  other: InFile<T>,
  said: (of: T) => string,
  refuse: (what: string) => void,
): void {
  if (said(one) === "" || said(other) === "" || said(one) === said(other)) return;
  refuse(`has ${said(one)} in ${one.file}, and ${said(other)} in ${other.file}`);
}

interface Grouped {
  readonly file: string;
  readonly group?: string;
  readonly noGroupIf?: Doubts;
  readonly isListed?: boolean;
}

/** A file that knows of no group only does not know it: others may tie it to what this one made. */
function groupOf(one: Grouped, other: Grouped): { group?: string; noGroupIf?: Doubts } {
  const { group, noGroupIf } =
    one.group !== undefined && !one.noGroupIf ? one : other.group !== undefined ? other : one;
  return { group, noGroupIf };
}

function refuseTwoGroups(one: Grouped, other: Grouped, refuse: (what: string) => void): void {
  if (one.group === other.group) return;
  const isSaid = one.group !== undefined && other.group !== undefined;
  // What Azure lists on its own, a subnet or a group with its subnets, says whether it has a group.
  if (!isSaid && !(one.isListed && other.isListed)) return;
  const [said, unsaid] = one.group === undefined ? [other, one] : [one, other];
  refuse(
    unsaid.group === undefined
      ? `has the group ${said.group} in ${said.file}, and has no group in ${unsaid.file}`
      : `has the group ${one.group} in ${one.file}, and ${other.group} in ${other.file}`,
  );
}

/** That two files say different things of one resource. */
export function contradiction(path: string, what: string): Problem {
  return {
    code: "files-differ",
    path,
    what,
    allowed: "files that say the same",
    change: "Give one of the two, or write both anew, one right after the other",
  };
}
