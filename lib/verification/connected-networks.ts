import type { Ends } from "../proof/evaluation/party";
import type { PlacedEndpoint, PlacedNetwork } from "../terraform/joined/network-of-files";
import { areApart, isInTagOf, surroundingsOf } from "../terraform/joined/surroundings";
import { mayBePublic } from "../azure/sets/prefix-list";
import type { NetworkPair } from "./placed-addresses";

/**
 * The network as endpoints see it: the tag VirtualNetwork contains their
 * virtual networks and the peered ones. What it contains beside them is
 * unknown, as is what it contains for an endpoint of an unknown network.
 */
export function networkAround(ends: readonly PlacedEndpoint[], network: PlacedNetwork): PlacedNetwork {
  const { virtualNetworks = [] } = network;
  const homes = ends.map(({ virtualNetwork }) => virtualNetworks.find(({ key }) => key === virtualNetwork));
  if (virtualNetworks.length === 0 || ends.length === 0) return network;
  const known = homes.filter((home) => home !== undefined);
  const near = new Set(
    known.length < homes.length
      ? virtualNetworks.map(({ key }) => key)
      : known.flatMap(({ key }) => [...nearTo(key, network)]),
  );
  return seenFrom(new Set(known.map(({ key }) => key)), near, network);
}

/** Two networks as one virtual network sees them, and the connections that are compared there. */
export interface View extends NetworkPair {
  /** Whether connections between two endpoints are compared in this view, and not in another. */
  readonly compares: (from: Ends, to: Ends) => boolean;
}

/**
 * A view for each virtual network, because the tag VirtualNetwork contains
 * other addresses in each; one view of everything if all of them are peered
 * on both sides.
 */
export function viewsOf(pair: NetworkPair): View[] {
  const sides = [pair.before, pair.after];
  const keys = [
    ...new Set(sides.flatMap(({ virtualNetworks = [] }) => virtualNetworks.map(({ key }) => key))),
  ].sort();
  const near = new Map(
    keys.map((key) => [key, new Set(sides.flatMap((network) => [...nearTo(key, network)]))] as const),
  );
  const areAlike = sides.every(({ virtualNetworks = [] }) =>
    virtualNetworks.every((one) => virtualNetworks.every((other) => isInTagOf(one, other))),
  );
  if (areAlike) return [{ ...pair, compares: () => true }];
  // Each pair of endpoints is compared once: in the view of the first of their networks.
  const homeOf = (...all: Ends[]): string | undefined =>
    all
      .flat()
      .flatMap((end) => (near.has(end?.virtualNetwork ?? "") ? (end?.virtualNetwork ?? []) : []))
      .sort()[0];
  const views = keys.map((key): View => {
    const [before, after] = sides.map((network) =>
      seenFrom(new Set([key]), near.get(key) ?? new Set(), network),
    );
    return { before, after, compares: (from, to) => homeOf(from, to) === key };
  });
  return [...views, { ...pair, compares: (from, to) => homeOf(from, to) === undefined }];
}

/** The virtual networks that one of them reaches, and may reach, itself included. */
function nearTo(key: string, { virtualNetworks = [] }: PlacedNetwork): Set<string> {
  const home = virtualNetworks.find((one) => one.key === key);
  return new Set(home ? virtualNetworks.filter((one) => !areApart(home, one)).map((one) => one.key) : []);
}

/** The network with the endpoints of near virtual networks, and of those that no file contains. */
function seenFrom(
  homes: ReadonlySet<string>,
  near: ReadonlySet<string>,
  network: PlacedNetwork,
): PlacedNetwork {
  const { virtualNetworks = [] } = network;
  const own = virtualNetworks.filter(({ key }) => homes.has(key));
  const inTag = virtualNetworks.filter((one) => own.some((home) => isInTagOf(home, one)));
  const perhaps = virtualNetworks.filter(
    (one) => !inTag.includes(one) && own.some((home) => !areApart(home, one)),
  );
  const far = new Set(virtualNetworks.map(({ key }) => key).filter((key) => !near.has(key)));
  return {
    ...network,
    endpoints: network.endpoints.filter(({ virtualNetwork = "" }) => !far.has(virtualNetwork)),
    virtualNetworkPrefixes: inTag.flatMap(({ prefixes }) => prefixes),
    connectedPrefixes: surroundingsOf(own, virtualNetworks).connectedPrefixes,
    ...(perhaps.some(({ prefixes }) => prefixes.some(mayBePublic)) && { hasDefaultRoute: true }),
  };
}
