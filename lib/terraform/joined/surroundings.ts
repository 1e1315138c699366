import { nameInId } from "../../azure/azure-id";
import { isOpaque } from "../../base/opaque";
import type { Peering } from "../../proof/network";
import type { FoundPeering, FoundVirtualNetwork, NetworkDoubt } from "../found-network";

/**
 * The content of the tag VirtualNetwork in some virtual networks: their
 * prefixes, those of the networks that they are peered with, and doubts about
 * peered networks whose prefixes are not known.
 *
 * @param all virtual networks whose prefixes the files contain
 */
export function surroundingsOf(
  networks: readonly FoundVirtualNetwork[],
  all: readonly FoundVirtualNetwork[] = networks,
) {
  const peerings = networks.flatMap((network) => network.peerings.map((peering) => ({ network, peering })));
  const own = new Set(all.map(({ key }) => key));
  const beyond = peerings.filter(({ peering }) => !own.has(peering.remote));
  const sure = beyond.filter(({ peering }) => !peering.existsIf);
  return {
    virtualNetworkPrefixes: [...new Set(networks.flatMap(({ prefixes }) => prefixes))],
    connectedPrefixes: [
      ...new Set(sure.flatMap(({ peering }) => peering.prefixes).filter((prefix) => !isOpaque(prefix))),
    ],
    doubts: beyond
      .filter(({ peering: { prefixes, existsIf } }) => existsIf !== undefined || prefixes.some(isOpaque))
      .map(({ network, peering }) => doubtAbout(network, peering)),
  };
}

/**
 * Whether two virtual networks surely do not reach each other: one lists its
 * peerings, and has none with the other, nor do both have a gateway or a route
 * table, which may lead connections through a hub.
 */
export function areApart(one: FoundVirtualNetwork, other: FoundVirtualNetwork): boolean {
  if (one.key === other.key || arePeered(one, other)) return false;
  if (one.mayRouteAway && other.mayRouteAway) return false;
  return one.areAllPeerings || other.areAllPeerings;
}

/** Whether the tag VirtualNetwork surely contains another virtual network. */
export function isInTagOf(home: FoundVirtualNetwork, other: FoundVirtualNetwork): boolean {
  if (home.key === other.key) return true;
  return arePeered(home, other) && doubtsOf(home, other).length === 0;
}

/**
 * The virtual networks that may reach each other. Undefined if all certainly do.
 *
 * @param keys virtual networks of endpoints; some may be in no file
 */
export function peeringsAmong(
  keys: readonly string[],
  networks: readonly FoundVirtualNetwork[],
): Peering[] | undefined {
  const byKey = new Map(networks.map((network) => [network.key, network]));
  const pairs = keys.flatMap((one, index) => keys.slice(index + 1).map((other) => [one, other] as const));
  const peerings = pairs.flatMap((between): Peering[] => {
    const [one, other] = between.map((key) => byKey.get(key));
    if (one && other && areApart(one, other)) return [];
    const existsIf =
      one && other && arePeered(one, other)
        ? doubtsOf(one, other)
        : [
            `whether ${one?.name ?? nameInId(between[0])} and ${other?.name ?? nameInId(between[1])} are ` +
              (one?.areAllPeerings || other?.areAllPeerings ? "connected by routes" : "peered"),
          ];
    return [{ between, ...(existsIf.length > 0 && { existsIf }) }];
  });
  const areAllConnected = peerings.length === pairs.length && !peerings.some(({ existsIf }) => existsIf);
  return areAllConnected ? undefined : peerings;
}

function doubtsOf(one: FoundVirtualNetwork, other: FoundVirtualNetwork): readonly string[] {
  const ofWay = ({ peerings }: FoundVirtualNetwork, { key }: FoundVirtualNetwork) =>
    peerings.find(({ remote }) => remote === key)?.existsIf ?? [];
  return [...ofWay(one, other), ...ofWay(other, one)];
}

function arePeered(one: FoundVirtualNetwork, other: FoundVirtualNetwork): boolean {
  const leadsTo = (from: FoundVirtualNetwork, to: FoundVirtualNetwork): boolean =>
    from.peerings.some(({ remote }) => remote === to.key);
  return leadsTo(one, other) && (leadsTo(other, one) || !other.areAllPeerings);
}

function doubtAbout({ name }: FoundVirtualNetwork, { remote, existsIf }: FoundPeering): NetworkDoubt {
  const doubts = existsIf?.join(", ");
  return {
    groups: [],
    subject: doubts ?? `the address space of ${remote}`,
    identity: `peering ${name} ${remote}${doubts === undefined ? "" : ` ${doubts}`}`,
    text:
      doubts === undefined
        ? `${name} is peered with ${remote}, whose address space is not in any of the files, although the tag VirtualNetwork contains it. Give the FILE that contains it, such as az network vnet list -o json.`
        : `${name} may be peered with ${remote}: ${doubts}, is not known. Give the state after the apply.`,
  };
}
