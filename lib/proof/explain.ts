import {
  hasNoAddress,
  intersectAddresses,
  parseAddresses,
  subtractAddresses,
} from "../azure/sets/address-set";
import { AddressSpace } from "./evaluation/address-space";
import type { Place } from "./evaluation/address-axis";
import type { Match } from "./evaluation/match";
import { ConnectionEnd, Verdict, type Attachment, type GuardedEndpoint, type Network } from "./network";
import { decided, partition, type Box } from "./evaluation/partition";
import { combinations, placesOfEndpoint, placesOfPeer } from "./evaluation/places";
import { protocolsOf, type PortPlace } from "./evaluation/port-axis";
import { portSet } from "../azure/sets/port-set";
import {
  referenceTo,
  RuleLists,
  unknownsOf,
  type AttachedList,
  type RuleList,
  type RuleReference,
} from "./evaluation/rule-list";
import { RuleField, Scene, type Extent, type Point } from "./evaluation/scene";
import { Access, Direction, type Protocol } from "../azure/security-rule";

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
  const ends = [
    { end: ConnectionEnd.SOURCE, direction: Direction.OUTBOUND, party: from },
    { end: ConnectionEnd.DESTINATION, direction: Direction.INBOUND, party: to },
  ]
    .filter(({ direction }) => query.direction === undefined || query.direction === direction)
    .map(({ end, direction, party }) => ({
      end,
      endpoint: party.endpoint,
      attached: party.endpoint ? lists.before(party.endpoint, direction) : [],
    }));
  const all = ends.flatMap(({ attached }) => attached);
  const court = new Court(extentOf(query, from, to, all), all, space);
  const groups = all.map((_, index) => court.explainGroup(index));
  const explained = ends.map(({ end, endpoint, attached }): EndExplanation => {
    const indices = attached.map((list) => all.indexOf(list));
    return {
      end,
      endpoint: endpoint?.label,
      ...court.judge(indices, groups),
      groups: indices.map((index) => groups[index]),
    };
  });
  return {
    query,
    ...court.judge(
      all.map((_, index) => index),
      groups,
    ),
    ends: explained,
  };
}

/** What a question calls one end of a connection. */
interface Party {
  readonly endpoint?: GuardedEndpoint;
  places(extras: readonly (readonly string[])[]): Place[];
}

function findParty(text: string, network: Network, space: AddressSpace): Party {
  const named =
    network.endpoints.find(({ id }) => id === text) ?? network.endpoints.find(({ label }) => label === text);
  const opaque = network.endpoints.find(({ prefixes }) => prefixes.length === 1 && prefixes[0] === text);
  const endpoint = named ?? opaque;
  if (endpoint) return { endpoint, places: (extras) => placesOfEndpoint(endpoint, space, extras) };
  const addresses = parseAddresses(text);
  const holder = addresses && network.endpoints.find((candidate) => holdsSome(candidate, text, space));
  if (!addresses || !holder) {
    const peer = space.peer([text]);
    return { places: (extras) => placesOfPeer(peer, extras) };
  }
  if (!hasNoAddress(subtractAddresses(addresses, space.peer(holder.prefixes).addresses))) {
    throw new Error(
      `"${text}" lies in part within ${holder.label} (${holder.prefixes.join(", ")}): ask for one part.`,
    );
  }
  return { endpoint: holder, places: (extras) => placesOfEndpoint(holder, space, extras, addresses) };
}

function holdsSome(endpoint: GuardedEndpoint, text: string, space: AddressSpace): boolean {
  return !hasNoAddress(
    intersectAddresses(space.peer(endpoint.prefixes).addresses, space.peer([text]).addresses),
  );
}

function extentOf(query: ConnectionQuery, from: Party, to: Party, attached: readonly AttachedList[]): Extent {
  const combined = (names: (matches: readonly Match[]) => string[]) =>
    combinations(attached.map(({ list }) => names(list.judging)));
  const ports = (port: number | undefined, side: "sourcePorts" | "destinationPorts"): PortPlace => ({
    names: [],
    ports: port === undefined ? undefined : portSet([`${port}`]).known,
    extras: combined((matches) => [...new Set(matches.flatMap((match) => match[side].unknowns))]),
  });
  return {
    sources: from.places(combined((matches) => unknownsOf(matches, ({ source }) => source))),
    destinations: to.places(combined((matches) => unknownsOf(matches, ({ destination }) => destination))),
    protocols: protocolsOf(query.protocol),
    ports: [ports(query.port, "destinationPorts")],
    sourcePorts: [ports(query.sourcePort, "sourcePorts")],
  };
}

/** A rule that may decide, and a connection that it would decide. */
interface Decision {
  readonly index: number;
  readonly scene: Scene;
  readonly point: Point;
}

/** Asks the lists about the connections of one question. */
class Court {
  private readonly scenes: readonly Scene[];
  private readonly boxes = new Map<Scene, Map<RuleList, readonly Box[]>>();

  constructor(
    extent: Extent,
    private readonly attached: readonly AttachedList[],
    space: AddressSpace,
  ) {
    this.scenes = Scene.of(
      extent,
      space,
      attached.flatMap(({ list }) => list.judging),
    );
    if (this.scenes.length === 0) throw new Error("No address can be both ends' of this connection.");
  }

  /** The verdict of several lists together: the same set may decide in more than one. */
  judge(
    indices: readonly number[],
    groups: readonly GroupExplanation[],
  ): { verdict: Verdict; dependsOn: string[] } {
    let mayPass = false;
    let mayNot = false;
    for (const scene of this.scenes) {
      const boxes = indices.map((index) => this.boxesOf(scene, index));
      partition(boxes, scene.sizes, (cell) => {
        if (mayPass && mayNot) return true;
        const deciding = indices.map((index, i) => {
          const box = decided(cell, i);
          return box && this.attached[index].list.rules[box.index].access;
        });
        if (deciding.includes(Access.DENY)) mayNot = true;
        else if (deciding.every((access) => access === Access.ALLOW)) mayPass = true;
        else return false;
        return true;
      });
    }
    const dependsOn = indices.flatMap((index) => groups[index].dependsOn);
    if (!mayNot) return { verdict: Verdict.ALLOW, dependsOn: [] };
    if (!mayPass) return { verdict: Verdict.DENY, dependsOn: [] };
    return { verdict: Verdict.DEPENDS, dependsOn: [...new Set(dependsOn)].sort() };
  }

  private boxesOf(scene: Scene, index: number): readonly Box[] {
    const { list } = this.attached[index];
    const known = this.boxes.get(scene)?.get(list);
    if (known) return known;
    const made = scene.boxesOf(list.judging);
    this.boxes.set(scene, new Map(this.boxes.get(scene)).set(list, made));
    return made;
  }

  explainGroup(index: number): GroupExplanation {
    const { attachment, list } = this.attached[index];
    const decisions = this.decisions(index);
    const deciding = [...new Set(decisions.map((decision) => decision.index))].sort((a, b) => a - b);
    const accesses = new Set(deciding.map((rule) => list.rules[rule].access));
    return {
      group: list.group,
      attachment,
      direction: list.direction,
      verdict:
        accesses.size > 1 ? Verdict.DEPENDS : accesses.has(Access.ALLOW) ? Verdict.ALLOW : Verdict.DENY,
      dependsOn: accesses.size > 1 ? this.dependencies(index, decisions) : [],
      deciding: deciding.map((rule) => referenceTo(list, rule)),
      skipped: this.skipped(index, deciding),
    };
  }

  private decisions(index: number): Decision[] {
    const decisions: Decision[] = [];
    for (const scene of this.scenes) {
      partition([this.boxesOf(scene, index)], scene.sizes, (cell) => {
        const first = decided(cell, 0);
        if (first)
          decisions.push({ index: first.index, scene, point: cell.spans.map(([position]) => position) });
        return first !== undefined;
      });
    }
    return decisions;
  }

  /** What makes a rule match that a later one would overrule. */
  private dependencies(index: number, decisions: readonly Decision[]): string[] {
    const { list } = this.attached[index];
    const lastOf = (access: Access) =>
      Math.max(...decisions.filter((one) => list.rules[one.index].access === access).map((one) => one.index));
    const lastAllow = lastOf(Access.ALLOW);
    const lastDeny = lastOf(Access.DENY);
    const names = decisions
      .filter((one) => one.index < (list.rules[one.index].access === Access.ALLOW ? lastDeny : lastAllow))
      .flatMap(({ index: rule, scene, point }) => [
        ...scene.restsOn(list.judging[rule], point),
        ...this.familiesBeyond(list.judging[rule], scene),
      ]);
    return [...new Set(names)].sort();
  }

  /** At which ends a rule has nothing of the other address family. */
  private familiesBeyond(match: Match, scene: Scene): string[] {
    const mismatches = this.scenes
      .filter((other) => other !== scene)
      .flatMap((other) => other.mismatches(match));
    return [
      ...(mismatches.includes(RuleField.SOURCE) ? ["source address"] : []),
      ...(mismatches.includes(RuleField.DESTINATION) ? ["destination address"] : []),
    ];
  }

  private skipped(index: number, deciding: readonly number[]): SkippedRule[] {
    const { list } = this.attached[index];
    const last = deciding[deciding.length - 1];
    return list.judging
      .slice(0, last)
      .map((match, rule) => ({ match, rule }))
      .filter(({ rule }) => !deciding.includes(rule))
      .map(({ match, rule }) => ({
        rule: referenceTo(list, rule),
        unmatchedFields: mismatchesOf(this.scenes, match),
      }));
  }
}

/** Where a rule is off in both address families; the rest is the other family's. */
function mismatchesOf(scenes: readonly Scene[], match: Match): RuleField[] {
  const [first, ...others] = scenes.map((scene) => scene.mismatches(match));
  return first.filter((mismatch) => others.every((mismatches) => mismatches.includes(mismatch)));
}
