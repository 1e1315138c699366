import type { FoundNetwork, FoundVirtualNetwork } from "./found-network";
import { areKnown } from "./prefixes";

/** The virtual networks of several files, each once; what one file leaves open another may say. */
export function joinVirtualNetworks(files: readonly FoundNetwork[]): FoundVirtualNetwork[] {
  const found = new Map<string, FoundVirtualNetwork>();
  for (const network of files.flatMap(({ virtualNetworks }) => virtualNetworks)) {
    const known = found.get(network.key);
    found.set(network.key, known ? together(known, network) : network);
  }
  return [...found.values()];
}

function together(one: FoundVirtualNetwork, other: FoundVirtualNetwork): FoundVirtualNetwork {
  const remotes = new Set(one.peerings.map(({ remote }) => remote));
  return {
    ...one,
    prefixes: areKnown(one.prefixes) ? one.prefixes : other.prefixes,
    peerings: [...one.peerings, ...other.peerings.filter(({ remote }) => !remotes.has(remote))],
    areAllPeerings: one.areAllPeerings || other.areAllPeerings,
  };
}
