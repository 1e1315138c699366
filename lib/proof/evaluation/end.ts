import { hasNoAddress, intersectAddresses } from "../../azure/sets/address-set";
import { Direction } from "../../azure/security-rule";
import type { GuardedEndpoint } from "../network";
import type { AddressSpace, Peer } from "./address-space";
import { HeaderSpace } from "./header-space";
import type { Match } from "./match";
import { EVERYTHING, placesOfEndpoint } from "./place";

/** The side of a match that is ours, seen from where the rules of a direction stand. */
export function ownSide(direction: Direction): (match: Match) => Peer {
  return direction === Direction.OUTBOUND ? (match) => match.source : (match) => match.destination;
}

/** Everything that an endpoint can open, or that can be opened to it: a header space for each of its places and each address family. */
export function headerSpacesOfEnd(
  endpoint: GuardedEndpoint,
  direction: Direction,
  lists: readonly (readonly Match[])[],
  space: AddressSpace,
): HeaderSpace[] {
  const side = direction === Direction.OUTBOUND ? "source" : "destination";
  return placesOfEndpoint(endpoint, space).flatMap((own) =>
    HeaderSpace.of(
      { ...EVERYTHING, [side]: own },
      [space],
      lists.map((matches) => ({ matches, space: 0 })),
    ),
  );
}

/**
 * How flows relate to an endpoint, by their side that is ours: `expected` if they begin or end there by known
 * addresses, or by the very same set; `names` are the sets that rules name on that side. `possible` if they
 * could because the endpoint's prefix is known only at apply and may hold addresses of the flow: such a flow
 * can explain an allowed connection, and is not reported as blocked.
 */
export function relationTo(
  endpoint: GuardedEndpoint,
  names: readonly string[],
  space: AddressSpace,
): (peer: Peer) => "expected" | "possible" | "none" {
  const own = space.peer(endpoint.prefixes, endpoint.applicationSecurityGroupIds);
  const shared = new Set([...own.unknowns, ...names]);
  // Not the addresses of other members of its application security groups.
  const { addresses, unknowns } = space.peer(endpoint.prefixes);
  return (peer) => {
    const isExpected =
      peer.any ||
      peer.zones.length > 0 ||
      !hasNoAddress(intersectAddresses(peer.addresses, addresses)) ||
      peer.unknowns.some((name) => shared.has(name));
    if (isExpected) return "expected";
    return unknowns.length > 0 && !hasNoAddress(peer.addresses) ? "possible" : "none";
  };
}
