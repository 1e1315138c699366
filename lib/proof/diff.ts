import {
  ALL_ADDRESSES,
  intersectAddresses,
  NO_ADDRESSES,
  subtractAddresses,
  uniteAddresses,
  type AddressSet,
} from "../azure/sets/address-set";
import type { Flow } from "../azure/flow";
import { union } from "../azure/sets/interval-set";
import { AddressSpace, keyOfGroup } from "./evaluation/address-space";
import { changesOfFlows, changesOfLists, type Changes } from "./evaluation/changes";
import { joinRanges, type ConnectionDifference, type NamedAddresses } from "./evaluation/connection-range";
import { Judgements } from "./evaluation/judgements";
import { matchesOfFlow } from "./evaluation/match";
import { isOurs, partiesOf } from "./evaluation/party";
import { RuleLists } from "./evaluation/rule-list";
import type { GuardedEndpoint, Network } from "./network";

export type { ConnectionDifference, ConnectionRange } from "./evaluation/connection-range";

/**
 * The connections that a change of a network opens and closes. A connection
 * passes where every group at its ends allows it, by what its rules mean in
 * their network; what has no end among the endpoints of a network does not
 * count as passing there. Where one of the networks has no Service Tags file,
 * the other's holds for both.
 *
 * Throws an Error where a network is malformed.
 */
export function diff(before: Network, after: Network): ConnectionDifference {
  const moved = movedMembers(before.endpoints, after.endpoints);
  const networks = [
    { ...before, serviceTags: before.serviceTags ?? after.serviceTags },
    { ...after, serviceTags: after.serviceTags ?? before.serviceTags },
  ];
  const spaces = networks.map(
    (network) => new AddressSpace(network, (key) => moved.get(key) ?? NO_ADDRESSES),
  );
  const numbers = new Map<string, number>();
  const judgements = networks.map(
    (network, index) => new Judgements(new RuleLists(network, spaces[index]), numbers),
  );
  const parties = partiesOf([before.endpoints, after.endpoints], spaces);
  const changes = parties.flatMap((from) =>
    parties.flatMap((to): Changes[] => {
      if (!isOurs(from) && !isOurs(to)) return [];
      const [old, young] = judgements.map((side, index) =>
        side.between(from.endpoints[index], to.endpoints[index]),
      );
      return old.meaning === young.meaning
        ? []
        : [changesOfLists(from, to, [old.lists, young.lists], spaces)];
    }),
  );
  const ours = networks.map(({ endpoints }, index) =>
    spaces[index].peer(endpoints.flatMap(({ prefixes }) => prefixes)),
  );
  return join(changes, [
    {
      name: "elsewhere",
      addresses: subtractAddresses(ALL_ADDRESSES, uniteAddresses(...ours.map(({ addresses }) => addresses))),
    },
    {
      name: "Internet",
      addresses: spaces.map((space) => space.surelyInternet()).reduce(intersectAddresses),
    },
  ]);
}

/** The addresses of endpoints that leave or join an application security group: they are in it before or after, and not both. */
function movedMembers(
  before: readonly GuardedEndpoint[],
  after: readonly GuardedEndpoint[],
): ReadonlyMap<string, AddressSet> {
  const space = new AddressSpace({ endpoints: [], groups: [] });
  const moved = new Map<string, AddressSet>();
  const byId = new Map(before.map((endpoint) => [endpoint.id, endpoint]));
  for (const young of after) {
    const old = byId.get(young.id);
    const [was, is] = [old, young].map((one) => new Set(one?.applicationSecurityGroupIds?.map(keyOfGroup)));
    const changed = old ? [...was, ...is].filter((key) => was.has(key) !== is.has(key)) : [];
    for (const key of changed) {
      const own = space.peer([...(old?.prefixes ?? []), ...young.prefixes]).addresses;
      moved.set(key, uniteAddresses(moved.get(key) ?? NO_ADDRESSES, own));
    }
  }
  return moved;
}

/**
 * The connections that one list of flows asks for and another does not. Values
 * known only at apply, service tags and application security groups count by
 * name: each is taken to hold nothing that the lists name otherwise.
 *
 * Throws an Error where a flow is malformed.
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
    // Flows say what is asked for, whatever Azure makes of it.
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
  return {
    opened: joinRanges(
      changes.flatMap(({ opened }) => opened),
      named,
    ),
    closed: joinRanges(
      changes.flatMap(({ closed }) => closed),
      named,
    ),
  };
}
