import {
  hasNoAddress,
  intersectAddresses,
  parseAddresses,
  subtractAddresses,
} from "../azure/sets/address-set";
import { portSet } from "../azure/sets/port-set";
import { Direction, type Protocol } from "../azure/security-rule";
import { AddressSpace } from "./evaluation/address-space";
import { Explainer, type GroupExplanation } from "./evaluation/explainer";
import { placesOfEndpoint, placesOfPeer, type Extent, type PortPlace } from "./evaluation/place";
import { hasPorts, protocolsOf } from "./evaluation/match";
import { RuleLists } from "./evaluation/rule-list";
import { ConnectionEnd, Verdict, type Network } from "./network";

/** A question about a connection, or about several of one kind. */
export interface ConnectionQuery {
  /**
   * Source of the connection: the id or label of an endpoint, an address or a
   * prefix (IPv4 or IPv6), a service tag, `*`, or a value known only at apply.
   * An endpoint whose prefix is known only at apply does not contain an address
   * that you give: use the id of such an endpoint.
   */
  readonly from: string;
  /** Destination of the connection, in the same form. */
  readonly to: string;
  /** Protocol of the connection; `Protocol.ANY` asks about all of them, and with a port about those that have ports. */
  readonly protocol: Protocol;
  /** Destination port, 0 to 65535. @default - every port */
  readonly port?: number;
  /** Source port, 0 to 65535. @default - every port */
  readonly sourcePort?: number;
  /** Evaluates one end only: outbound the source, inbound the destination. @default - both */
  readonly direction?: Direction;
}

/** The result at one end of the connection. */
export interface EndExplanation {
  /** Which end. */
  readonly end: `${ConnectionEnd}`;
  /** Label of the endpoint there. @default - the end is outside the network */
  readonly endpoint?: string;
  /** The verdict at this end: allow if no group is attached there. */
  readonly verdict: Verdict;
  /** What the verdict depends on, by name; empty if it is certain. */
  readonly dependsOn: string[];
  /** The groups, in the order in which Azure evaluates them; empty if none is attached there. */
  readonly groups: GroupExplanation[];
}

/** The verdict for a connection, and the reasons. */
export interface Explanation {
  /** The question. */
  readonly query: ConnectionQuery;
  /** The verdict for the connection. */
  readonly verdict: Verdict;
  /**
   * What the verdict depends on: names of sets, or `source address`,
   * `destination address`, `protocol`, `port` and `source port` if the question
   * leaves them open. Empty if the verdict is certain.
   */
  readonly dependsOn: string[];
  /** The evaluated ends, the source first. */
  readonly ends: EndExplanation[];
  /** Why the connection cannot arrive even if all groups allow it. @default - it can */
  readonly unconnected?: string;
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
    { end: ConnectionEnd.SOURCE, direction: Direction.OUTBOUND, ...from },
    { end: ConnectionEnd.DESTINATION, direction: Direction.INBOUND, ...to },
  ]
    .filter(({ direction }) => query.direction === undefined || query.direction === direction)
    .map((one) => ({ ...one, attached: one.endpoint ? lists.before(one.endpoint, one.direction) : [] }));
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
  const peering = groups.slice(first).find(({ verdict }) => verdict === Verdict.DENY);
  return {
    query,
    ...explainer.judge([...all.keys()], groups),
    ends: explained,
    ...(peering && { unconnected: `${peering.group} are not peered` }),
  };
}

function queryPorts({
  protocol,
  port,
  sourcePort,
}: ConnectionQuery): Pick<Extent, "protocols" | "ports" | "sourcePorts"> {
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

/** The endpoint that is an end of a question, if it is in the network, and the addresses there. */
function findParty(text: string, network: Network, space: AddressSpace) {
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
