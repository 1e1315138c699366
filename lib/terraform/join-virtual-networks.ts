import { nameInId } from "../azure/azure-id";
import type { Problem } from "../base/problem";
import type { FoundNetwork, FoundVirtualNetwork } from "./found-network";
import type { InFile } from "./groups-by-name";
import { contradiction } from "./join-places";
import { areKnown, holdSame } from "./prefixes";

/**
 * The virtual networks of several files, each once; what one file leaves open another may say.
 *
 * @param problems where to say what contradicts itself
 */
export function joinVirtualNetworks(
  files: readonly FoundNetwork[],
  problems: Problem[],
): FoundVirtualNetwork[] {
  const found = new Map<string, InFile<FoundVirtualNetwork>>();
  for (const { file, virtualNetworks } of files) {
    for (const network of virtualNetworks) {
      const known = found.get(network.key);
      const own = { ...network, file };
      found.set(network.key, known ? together(known, own, problems) : own);
    }
  }
  return [...found.values()].map(({ file: _, ...network }) => network);
}

function together(
  one: InFile<FoundVirtualNetwork>,
  other: InFile<FoundVirtualNetwork>,
  problems: Problem[],
): InFile<FoundVirtualNetwork> {
  const refuse = (what: (network: InFile<FoundVirtualNetwork>) => string): void => {
    problems.push(
      contradiction(
        `virtual network ${one.name}`,
        `${what(one)} in ${one.file}, and ${what(other)} in ${other.file}`,
      ),
    );
  };
  if (areKnown(one.prefixes) && areKnown(other.prefixes) && !holdSame(one.prefixes, other.prefixes)) {
    refuse(({ prefixes }) => `has ${prefixes.join(", ")}`);
  }
  if (one.areAllPeerings && other.areAllPeerings && remotesOf(one) !== remotesOf(other)) {
    refuse((network) => `is peered with ${remotesOf(network) || "no network"}`);
  }
  const remotes = new Set(one.peerings.map(({ remote }) => remote));
  return {
    ...one,
    prefixes: areKnown(one.prefixes) ? one.prefixes : other.prefixes,
    peerings: [...one.peerings, ...other.peerings.filter(({ remote }) => !remotes.has(remote))],
    areAllPeerings: one.areAllPeerings || other.areAllPeerings,
  };
}

function remotesOf({ peerings }: FoundVirtualNetwork): string {
  return [...new Set(peerings.map(({ remote }) => nameInId(remote)))].sort().join(", ");
}
