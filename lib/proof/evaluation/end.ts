import { hasNoAddress, intersectAddresses } from "../../azure/sets/address-set";
import type { AddressSpace, Peer } from "./address-space";
import type { Match } from "./match";
import type { GuardedEndpoint } from "../network";
import { combinations, distinct, everyPort, everywhere, placesOfEndpoint } from "./places";
import { EVERY_PROTOCOL } from "./port-axis";
import { unknownsOf, type RuleList } from "./rule-list";
import type { Extent } from "./scene";
import { Access, Direction } from "../../azure/security-rule";

/** The side of a match that is ours, seen from where the rules of a direction stand. */
export function ownSide(direction: Direction): (match: Match) => Peer {
  return direction === Direction.OUTBOUND ? (match) => match.source : (match) => match.destination;
}

/** The side of a match that is the other's. */
export function otherSide(direction: Direction): (match: Match) => Peer {
  return direction === Direction.OUTBOUND ? (match) => match.destination : (match) => match.source;
}

/** Everything that some endpoints of ours can open, or that can be opened to them, as far as rules and flows tell it apart. */
export function extentOfEnd(
  endpoints: readonly GuardedEndpoint[],
  direction: Direction,
  lists: readonly RuleList[],
  asked: readonly Match[],
  space: AddressSpace,
): Extent {
  const combined = (names: (matches: readonly Match[]) => string[]) =>
    combinations(lists.map(({ judging }) => names(judging)));
  const refusing = lists.flatMap(({ judging, rules }) =>
    judging.filter((_, index) => rules[index].access === Access.DENY),
  );
  // An own address may be in a set of a flow's and in one that a rule refuses.
  const ownExtras = distinct([
    ...combined((matches) => unknownsOf(matches, ownSide(direction))),
    ...combinations([unknownsOf(asked, ownSide(direction)), unknownsOf(refusing, ownSide(direction))]),
  ]);
  const own =
    endpoints.length > 0
      ? endpoints.flatMap((endpoint) => placesOfEndpoint(endpoint, space, ownExtras))
      : everywhere([], ownExtras, []);
  const others = everywhere(
    unknownsOf(asked, otherSide(direction)),
    combined((matches) => unknownsOf(matches, otherSide(direction))),
    unknownsOf(refusing, otherSide(direction)),
  );
  const isOutbound = direction === Direction.OUTBOUND;
  return {
    sources: isOutbound ? own : others,
    destinations: isOutbound ? others : own,
    protocols: EVERY_PROTOCOL,
    ports: everyPort(
      portNames(asked, "destinationPorts"),
      combined((matches) => portNames(matches, "destinationPorts")),
      portNames(refusing, "destinationPorts"),
    ),
    sourcePorts: everyPort(
      [],
      combined((matches) => portNames(matches, "sourcePorts")),
      [],
    ),
  };
}

function portNames(matches: readonly Match[], side: "sourcePorts" | "destinationPorts"): string[] {
  return [...new Set(matches.flatMap((match) => match[side].unknowns))];
}

/** Whether a flow begins or ends at an endpoint of ours: by known addresses, or by the very same set; `names` are the sets that rules name on that side. */
export function concerns(
  flow: Match,
  endpoint: GuardedEndpoint,
  direction: Direction,
  names: readonly string[],
  space: AddressSpace,
): boolean {
  const peer = ownSide(direction)(flow);
  if (peer.any || peer.zones.length > 0) return true;
  const own = space.peer(endpoint.prefixes, endpoint.applicationSecurityGroupIds);
  if (!hasNoAddress(intersectAddresses(peer.addresses, own.addresses))) return true;
  return peer.unknowns.some((name) => own.unknowns.includes(name) || names.includes(name));
}

/**
 * Whether a flow could begin or end at an endpoint of ours, too, because the
 * endpoint's prefix is known only at apply and may hold addresses of the flow.
 * Such a flow may excuse what is open, and is not missed.
 */
export function mayConcern(
  flow: Match,
  endpoint: GuardedEndpoint,
  direction: Direction,
  space: AddressSpace,
): boolean {
  const isKnown = space.peer(endpoint.prefixes).unknowns.length === 0;
  return !isKnown && !hasNoAddress(ownSide(direction)(flow).addresses);
}
