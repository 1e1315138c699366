import {
  hasNoAddress,
  intersectAddresses,
  parseAddresses,
  subtractAddresses,
} from "../azure/sets/address-set";
import { portSet } from "../azure/sets/port-set";
import { Direction, type Protocol } from "../azure/security-rule";
import { AddressSpace } from "./evaluation/address-space";
import { Explainer } from "./evaluation/explainer";
import { placesOfEndpoint, placesOfPeer, type Place, type PortPlace } from "./evaluation/place";
import { hasPorts, protocolsOf } from "./evaluation/protocols";
import { RuleLists } from "./evaluation/rule-list";
import type { ConnectionQuery, EndExplanation, Explanation } from "./explanation";
import { ConnectionEnd, Verdict, type GuardedEndpoint, type Network } from "./network";

export type {
  ConnectionQuery,
  EndExplanation,
  Explanation,
  GroupExplanation,
  SkippedRule,
} from "./explanation";

/**
 * A question in the words of Azure's IP flow verify.
 *
 * Source: https://learn.microsoft.com/azure/network-watcher/ip-flow-verify-overview
 */
export interface IpFlow {
  /** Outbound if the local machine opens the connection. */
  readonly direction: Direction;
  /** Protocol of the packet. */
  readonly protocol: Protocol;
  /** Address of the local machine. */
  readonly localAddress: string;
  /** Port of the local machine, 0 to 65535. @default - every port */
  readonly localPort?: number;
  /** Address of the other end. */
  readonly remoteAddress: string;
  /** Port of the other end, 0 to 65535. @default - every port */
  readonly remotePort?: number;
}

/** The question that IP flow verify answers: only the end of the local machine is evaluated. */
export function connectionOf(flow: IpFlow): ConnectionQuery {
  const { direction, protocol } = flow;
  return direction === Direction.OUTBOUND
    ? {
        from: flow.localAddress,
        sourcePort: flow.localPort,
        to: flow.remoteAddress,
        port: flow.remotePort,
        protocol,
        direction,
      }
    : {
        from: flow.remoteAddress,
        sourcePort: flow.remotePort,
        to: flow.localAddress,
        port: flow.localPort,
        protocol,
        direction,
      };
}

/**
 * The verdict for a connection, and the rule that decides at each end.
 *
 * Throws an Error if an end of the question is unknown or partly within an
 * endpoint, a port is invalid, or a rule is malformed.
 */
export function explain(query: ConnectionQuery, network: Network): Explanation {
  const space = new AddressSpace(network);
  const lists = new RuleLists(network, space);
  const from = findParty(query.from, network, space);
  const to = findParty(query.to, network, space);
  const isBothEnds = query.direction === undefined && from.endpoint && to.endpoint;
  const between = isBothEnds ? lists.between(from.endpoint, to.endpoint) : [];
  const ends = [
    { end: ConnectionEnd.SOURCE, direction: Direction.OUTBOUND, party: from },
    { end: ConnectionEnd.DESTINATION, direction: Direction.INBOUND, party: to },
  ]
    .filter(({ direction }) => query.direction === undefined || query.direction === direction)
    .map(({ end, direction, party: { endpoint } }) => ({
      end,
      endpoint,
      attached: endpoint ? lists.before(endpoint, direction) : [],
    }));
  const all = [...ends.flatMap(({ attached }) => attached), ...between];
  const explainer = new Explainer(from.places, to.places, queryPorts(query), all, space);
  const groups = all.map((_, index) => explainer.explainGroup(index));
  let first = 0;
  const explained = ends.map(({ end, endpoint, attached }): EndExplanation => {
    const indices = attached.map(() => first++);
    return {
      end,
      endpoint: endpoint?.label,
      ...explainer.judge(indices, groups),
      groups: indices.map((index) => groups[index]),
    };
  });
  const together = explainer.judge(
    all.map((_, index) => index),
    groups,
  );
  const peering = groups.slice(first).find(({ verdict }) => verdict === Verdict.DENY);
  return {
    query,
    ...together,
    ends: explained,
    ...(peering && { unconnected: `${peering.group} are not peered` }),
  };
}

function queryPorts({ protocol, port, sourcePort }: ConnectionQuery): {
  protocols: readonly Protocol[];
  ports: PortPlace;
  sourcePorts: PortPlace;
} {
  const place = (one: number | undefined): PortPlace => ({
    ports: one === undefined ? undefined : portSet([`${one}`]).known,
  });
  const protocols = protocolsOf(protocol);
  const isAboutPorts = protocols.length > 1 && (port ?? sourcePort) !== undefined;
  return {
    protocols: isAboutPorts ? protocols.filter(hasPorts) : protocols,
    ports: place(port),
    sourcePorts: place(sourcePort),
  };
}

/** An end of a question. */
interface Party {
  readonly endpoint?: GuardedEndpoint;
  readonly places: readonly Place[];
}

function findParty(text: string, network: Network, space: AddressSpace): Party {
  const named =
    network.endpoints.find(({ id }) => id === text) ?? network.endpoints.find(({ label }) => label === text);
  const opaque = network.endpoints.find(({ prefixes }) => prefixes.length === 1 && prefixes[0] === text);
  const endpoint = named ?? opaque;
  if (endpoint) return { endpoint, places: placesOfEndpoint(endpoint, space) };
  const addresses = parseAddresses(text);
  const holder =
    addresses &&
    network.endpoints.find(
      ({ prefixes }) => !hasNoAddress(intersectAddresses(space.peer(prefixes).addresses, addresses)),
    );
  if (!holder) return { places: placesOfPeer(space.peer([text])) };
  if (!hasNoAddress(subtractAddresses(addresses, space.peer(holder.prefixes).addresses))) {
    throw new Error(
      `"${text}" lies in part within ${holder.label} (${holder.prefixes.join(", ")}): ask for one part.`,
    );
  }
  return { endpoint: holder, places: placesOfEndpoint(holder, space, undefined, addresses) };
}
