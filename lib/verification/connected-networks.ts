import type { PlacedEndpoint, PlacedNetwork } from "../terraform/network-of-files";
import { areApart } from "../terraform/surroundings";

/** The network as the tag VirtualNetwork holds it at some endpoints: without what they are not connected to. */
export function networkAround(ends: readonly PlacedEndpoint[], network: PlacedNetwork): PlacedNetwork {
  const { virtualNetworks = [] } = network;
  const homes = ends.map(({ virtualNetwork }) => virtualNetworks.find(({ key }) => key === virtualNetwork));
  const known = homes.filter((home) => home !== undefined);
  if (known.length === 0 || known.length < homes.length) return network;
  const near = virtualNetworks.filter((one) => known.some((home) => !areApart(home, one)));
  if (near.length === virtualNetworks.length) return network;
  const keys = new Set<string | undefined>(near.map(({ key }) => key));
  const others = new Set(virtualNetworks.map(({ key }) => key).filter((key) => !keys.has(key)));
  return {
    ...network,
    endpoints: network.endpoints.filter(({ virtualNetwork = "" }) => !others.has(virtualNetwork)),
    virtualNetworkPrefixes: near.flatMap(({ prefixes }) => prefixes),
  };
}
