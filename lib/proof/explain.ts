import {
  hasNoAddress,
  intersectAddresses,
  parseAddresses,
  subtractAddresses,
} from "../azure/sets/address-set";
import { portSet } from "../azure/sets/port-set";
import { Direction, type Protocol } from "../azure/security-rule";
import { AddressSpace } from "./evaluation/address-space";
import { Court } from "./evaluation/court";
import { placesOfEndpoint, placesOfPeer, type Place, type PortPlace } from "./evaluation/place";
import { protocolsOf } from "./evaluation/protocols";
import { RuleLists, type RuleReference } from "./evaluation/rule-list";
import type { RuleField } from "./evaluation/unmatched-fields";
import { ConnectionEnd, Verdict, type Attachment, type GuardedEndpoint, type Network } from "./network";

/** A question about one connection, or about several of a kind. */
export interface ConnectionQuery {
  /**
   * What opens the connection: the id or label of an endpoint of ours, an
   * address or a prefix (IPv4 or IPv6), a service tag, `*`, or a value known
   * only at apply. An address is taken to be outside the prefixes of ours that
   * are known only at apply: ask for such an endpoint by its id.
   */
  readonly from: string;
  /** What is connected to, in the same words. */
  readonly to: string;
  /** Protocol of the connection; `Protocol.ANY` asks about all of them. */
  readonly protocol: Protocol;
  /** Port that is connected to, 0 to 65535. @default - every port */
  readonly port?: number;
  /** Port from which the connection is opened, 0 to 65535. @default - every port */
  readonly sourcePort?: number;
  /** Judges one end only: outbound that of the source, inbound that of the destination. @default - both */
  readonly direction?: Direction;
}

/**
 * A question in the words of Azure's IP flow verify.
 *
 * Source: https://learn.microsoft.com/azure/network-watcher/ip-flow-verify-overview
 */
export interface IpFlow {
  /** Outbound where the local machine opens the connection. */
  readonly direction: Direction;
  /** Protocol of the packet. */
  readonly protocol: Protocol;
  /** Address of the machine that is looked at. */
  readonly localAddress: string;
  /** Port of the machine, 0 to 65535. @default - every port */
  readonly localPort?: number;
  /** Address of the other end. */
  readonly remoteAddress: string;
  /** Port of the other end, 0 to 65535. @default - every port */
  readonly remotePort?: number;
}

/** A rule that came before the one that decided, and did not match. */
export interface SkippedRule {
  /** The rule. */
  readonly rule: RuleReference;
  /** Why it did not match; empty where it would have matched a connection that earlier rules decide. */
  readonly unmatchedFields: RuleField[];
}

/** What one group says. */
export interface GroupExplanation {
  /** Name of the group. */
  readonly group: string;
  /** Where it stands. */
  readonly attachment: Attachment;
  /** Direction of the rules that judge. */
  readonly direction: Direction;
  /** What becomes of the connection, as far as this group goes. */
  readonly verdict: Verdict;
  /** What the verdict depends on, by name; empty where it is sure. */
  readonly dependsOn: string[];
  /** The rule that decides, or those that may. */
  readonly deciding: RuleReference[];
  /** The rules before the last that may decide which cannot. */
  readonly skipped: SkippedRule[];
}

/** What one end of the connection says. */
export interface EndExplanation {
  /** Which end. */
  readonly end: ConnectionEnd;
  /** Label of our endpoint there. @default - the end is none of ours */
  readonly endpoint?: string;
  /** What becomes of the connection, as far as this end goes; it passes where no group stands. */
  readonly verdict: Verdict;
  /** What the verdict depends on, by name; empty where it is sure. */
  readonly dependsOn: string[];
  /** The groups, in the order in which Azure asks them; empty where none of ours stands there. */
  readonly groups: GroupExplanation[];
}

/** What becomes of a connection, and why. */
export interface Explanation {
  /** The question. */
  readonly query: ConnectionQuery;
  /** What becomes of the connection. */
  readonly verdict: Verdict;
  /**
   * What the verdict depends on: names of sets, or `source address`,
   * `destination address`, `protocol`, `port` and `source port` where the
   * question leaves them open. Empty where the verdict is sure.
   */
  readonly dependsOn: string[];
  /** The ends that were asked about, the source first. */
  readonly ends: EndExplanation[];
  /** Why the connection does not arrive, whatever groups say, in words. @default - it may */
  readonly unconnected?: string;
}

/** The question that IP flow verify answers: only the local machine's end is judged. */
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
 * What becomes of a connection, and which rule at which end decides.
 *
 * Throws an Error where the question names nothing that is known, a prefix
 * that lies in part within an endpoint of ours, or a port that is none; and
 * where a rule is malformed.
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
  const court = new Court(from.places, to.places, queryPorts(query), all, space);
  const groups = all.map((_, index) => court.explainGroup(index));
  let first = 0;
  const explained = ends.map(({ end, endpoint, attached }): EndExplanation => {
    const indices = attached.map(() => first++);
    return {
      end,
      endpoint: endpoint?.label,
      ...court.judge(indices, groups),
      groups: indices.map((index) => groups[index]),
    };
  });
  const together = court.judge(
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
  return { protocols: protocolsOf(protocol), ports: place(port), sourcePorts: place(sourcePort) };
}

/** What a question calls one end of a connection. */
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
