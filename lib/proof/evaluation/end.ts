import { hasNoAddress, intersectAddresses } from "../../azure/sets/address-set";
import { Direction } from "../../azure/security-rule";
import type { GuardedEndpoint } from "../network";
import type { AddressSpace, Peer } from "./address-space";
import { HeaderSpace } from "./header-space";
import type { Match } from "./match";
import { EVERY_PORT, EVERYWHERE, placesOfEndpoint } from "./place";
import { EVERY_PROTOCOL } from "./protocols";

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
  const isOutbound = direction === Direction.OUTBOUND;
  return placesOfEndpoint(endpoint, space).flatMap((own) =>
    HeaderSpace.of(
      {
        source: isOutbound ? own : EVERYWHERE,
        destination: isOutbound ? EVERYWHERE : own,
        protocols: EVERY_PROTOCOL,
        ports: EVERY_PORT,
        sourcePorts: EVERY_PORT,
      },
      [space],
      lists.map((matches) => ({ matches, space: 0 })),
    ),
  );
}

/** Whether a flow begins or ends at an endpoint: by known addresses, or by the very same set; `names` are the sets that rules name on that side. */
export function concerns(
  peer: Peer,
  endpoint: GuardedEndpoint,
  names: readonly string[],
  space: AddressSpace,
): boolean {
  if (peer.any || peer.zones.length > 0) return true;
  const own = space.peer(endpoint.prefixes, endpoint.applicationSecurityGroupIds);
  // Not the addresses of other members of its application security groups.
  const { addresses } = space.peer(endpoint.prefixes);
  if (!hasNoAddress(intersectAddresses(peer.addresses, addresses))) return true;
  return peer.unknowns.some((name) => own.unknowns.includes(name) || names.includes(name));
}

/**
 * Whether a flow could begin or end at an endpoint, too, because the
 * endpoint's prefix is known only at apply and may hold addresses of the flow.
 * Such a flow can explain an allowed connection, and is not reported as blocked.
 */
export function mayConcern(peer: Peer, endpoint: GuardedEndpoint, space: AddressSpace): boolean {
  const isKnown = space.peer(endpoint.prefixes).unknowns.length === 0;
  return !isKnown && !hasNoAddress(peer.addresses);
}
