import {
  ALL_ADDRESSES,
  hasNoAddress,
  intersectAddresses,
  subtractAddresses,
  uniteAddresses,
} from "../azure/sets/address-set";
import type { Flow } from "../azure/flow";
import { union } from "../azure/sets/interval-set";
import { Direction } from "../azure/security-rule";
import { AddressSpace, type Peer } from "./evaluation/address-space";
import { changesOfFlows, changesOfLists, type Changes } from "./evaluation/changes";
import {
  bothWays,
  joinRanges,
  type ConnectionDifference,
  type NamedAddresses,
} from "./evaluation/connection-range";
import { Comparison, type ComparedLists } from "./evaluation/comparison";
import { matchesOfFlow } from "./evaluation/match";
import { isOurs, partiesOf, type Ends, type Party } from "./evaluation/party";
import type { GuardedEndpoint, Network } from "./network";

export type { ConnectionDifference, ConnectionRange } from "./evaluation/connection-range";

/**
 * The connections that a change of a network opens and closes. A connection
 * passes if every group at its ends allows it, with the meaning that tags have
 * in that network. Connections without an end among a network's endpoints do
 * not count. If one of the networks has no Service Tags file, the other's
 * applies to both.
 *
 * Throws an Error if a network is malformed.
 *
 * @param compares whether connections between two endpoints are compared
 */
export function diff(
  before: Network,
  after: Network,
  compares: (from: Ends, to: Ends) => boolean = () => true,
): ConnectionDifference {
  const comparison = new Comparison(before, after);
  const { spaces } = comparison;
  const sides = [before.endpoints, after.endpoints];
  const parties = partiesOf(sides, spaces).map((party) => ({
    ...party,
    isSame: comparison.isSame(party.endpoints),
  }));
  const listsAt = ({ endpoints }: Party, direction: Direction) => comparison.at(endpoints, direction);
  const changes: Changes[] = [];
  // Every pair of parties is considered, so a pair without a change must cost next to nothing.
  for (const from of parties) {
    for (const to of parties) {
      if ((!isOurs(from) && !isOurs(to)) || !compares(from.endpoints, to.endpoints)) continue;
      const peering = comparison.between(from.endpoints, to.endpoints);
      const mayDiffer =
        mayChange(peering, from, to) ||
        (!from.isSame && mayChange(listsAt(from, Direction.OUTBOUND), from, to)) ||
        (!to.isSame && mayChange(listsAt(to, Direction.INBOUND), from, to));
      if (!mayDiffer) continue;
      const lists = [peering, listsAt(from, Direction.OUTBOUND), listsAt(to, Direction.INBOUND)];
      changes.push(...changesOfLists(from, to, joinLists(lists), spaces));
    }
  }
  const ours = sides.map((endpoints, side) =>
    spaces[side].peer(endpoints.flatMap(({ prefixes }) => prefixes)),
  );
  return join(changes, [
    {
      name: "elsewhere",
      addresses: subtractAddresses(ALL_ADDRESSES, uniteAddresses(...ours.map(({ addresses }) => addresses))),
    },
    {
      name: [before, after].some((one) => one.hasDefaultRoute) ? "public addresses" : "Internet",
      addresses: spaces.map((space) => space.publicAddresses()).reduce(intersectAddresses),
    },
  ]);
}

/**
 * The ids of the endpoints that only one of two networks has, whose addresses
 * differ, or whose connections may change.
 */
export function changedEndpoints(before: Network, after: Network): Set<string> {
  const comparison = new Comparison(before, after);
  const [old, young] = [before, after].map(
    ({ endpoints }) => new Map(endpoints.map((one) => [one.id, one] as const)),
  );
  const ids = [...new Set([...old.keys(), ...young.keys()])];
  const homes = (network: Network, end: GuardedEndpoint) =>
    network.peerings?.filter(({ between }) => between.includes(end.virtualNetwork ?? ""));
  return new Set(
    ids.filter((id) => {
      const ends: Ends = [old.get(id), young.get(id)];
      const [one, other] = ends;
      if (!one || !other) return true;
      if (JSON.stringify([...one.prefixes].sort()) !== JSON.stringify([...other.prefixes].sort()))
        return true;
      if (JSON.stringify(homes(before, one)) !== JSON.stringify(homes(after, other))) return true;
      return (
        !comparison.isSame(ends) &&
        Object.values(Direction).some((direction) => isChanged(comparison.at(ends, direction)))
      );
    }),
  );
}

function isChanged([before, after]: ComparedLists): boolean {
  if (!before || !after) return before !== after;
  return before.length !== after.length || [...before, ...after].some(({ changed }) => changed.size > 0);
}

/** Whether a match that only one of the networks has may apply to connections between two parties. */
function mayChange(lists: ComparedLists, from: Party, to: Party): boolean {
  const [before, after] = lists;
  if (!before || !after || before.length !== after.length) return isChanged(lists);
  return [...before, ...after].some(({ list, changed }) =>
    [...changed].some((index) => {
      const { source, destination } = list.judging[index];
      return mayHold(source, from) && mayHold(destination, to);
    }),
  );
}

function mayHold({ any, addresses, unknowns, zones }: Peer, { places }: Party): boolean {
  return (
    any ||
    unknowns.length + zones.length > 0 ||
    places.some((place) => !place.addresses || !hasNoAddress(intersectAddresses(place.addresses, addresses)))
  );
}

/** The lists that connections must pass one after another; undefined if neither end is the network's. */
function joinLists(parts: readonly ComparedLists[]): ComparedLists {
  const joined = (side: 0 | 1) => {
    const own = parts.flatMap((part) => part[side] ?? []);
    return parts.every((part) => part[side] === undefined) ? undefined : own;
  };
  return [joined(0), joined(1)];
}

/**
 * The connections that one list of flows contains and another does not. Values
 * known only at apply, service tags and application security groups count by
 * name: each is assumed to contain nothing that the lists name otherwise.
 *
 * Throws an Error if a flow is malformed.
 */
export function diffFlows(before: Flow[], after: Flow[]): ConnectionDifference {
  const nothing = { endpoints: [], groups: [] };
  const known = new AddressSpace(nothing);
  const ends = [...before, ...after].flatMap(({ from, to }) => [from, to]);
  const named = uniteAddresses(
    ...ends.map(
      ({ prefixes, applicationSecurityGroupIds }) =>
        known.peer(prefixes, applicationSecurityGroupIds).addresses,
    ),
  );
  const space = new AddressSpace(nothing, () => named);
  const lists = [before, after].map((flows) =>
    // Flows are compared as they are written, without doubts about Azure.
    flows.flatMap((flow, index) =>
      matchesOfFlow(flow, index, space).map((match) => ({ ...match, facts: [] })),
    ),
  );
  const surelyKnown = lists
    .flat()
    .map(({ destinationPorts }) => destinationPorts.known)
    .reduce(union, []);
  return join(changesOfFlows(lists, space, { surelyKnown }), []);
}

function join(changes: readonly Changes[], named: readonly NamedAddresses[]): ConnectionDifference {
  return bothWays(changes, (parts) => joinRanges(parts.flat(), named));
}
