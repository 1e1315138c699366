import { formatAddresses, NO_ADDRESSES, uniteAddresses, type AddressSet } from "../../azure/sets/address-set";
import { type Direction } from "../../azure/security-rule";
import { kept } from "../../base/collections";
import type { GroupRule, GuardedEndpoint, Network, NetworkInterface } from "../network";
import { AddressSpace, EVERY_ZONE, keyOfGroup, type Peer } from "./address-space";
import type { Ends } from "./party";
import { RuleLists, type AttachedList, type RuleList } from "./rule-list";

/** A list of rules in one of two networks. */
export interface ComparedList {
  readonly list: RuleList;
  /** Indices of the matches that the other network lacks, or has in another order. */
  readonly changed: ReadonlySet<number>;
}

/** The lists that apply to connections before a change and after it; undefined if the end is not the network's. */
export type ComparedLists = readonly [
  readonly ComparedList[] | undefined,
  readonly ComparedList[] | undefined,
];

const UNJUDGED: ComparedLists = [undefined, undefined];

/** Two networks, and the rules in which they differ. Rules are read only if their texts differ. */
export class Comparison {
  /** The meaning of texts before and after. */
  readonly spaces: readonly AddressSpace[];
  private readonly networks: readonly Network[];
  private readonly lists: readonly RuleLists[];
  private readonly hasSameSpace: boolean;
  private readonly hasPeerings: boolean;
  private readonly atEnds = new Map<Ends, Map<Direction, ComparedLists>>();
  private readonly betweenHomes = new Map<string, ComparedLists>();
  private readonly rulesOfGroups: ReadonlyArray<ReadonlyMap<string, readonly GroupRule[]>>;
  private readonly texts = new Map<RuleList, readonly string[]>();
  private readonly peers = new Map<Peer, string>();
  private readonly zones = new Map<number, string>();

  /** If one of the networks has no Service Tags file, the other's applies to both. */
  constructor(before: Network, after: Network) {
    this.networks = [
      { ...before, serviceTags: before.serviceTags ?? after.serviceTags },
      { ...after, serviceTags: after.serviceTags ?? before.serviceTags },
    ];
    const moved = movedMembers(before, after);
    this.hasSameSpace = haveSameSpace(this.networks[0], this.networks[1]);
    this.hasPeerings = this.networks.some(({ peerings }) => peerings !== undefined);
    this.spaces = this.networks.map(
      (network) => new AddressSpace(network, (key) => moved.get(key) ?? NO_ADDRESSES),
    );
    this.lists = this.networks.map((network, side) => new RuleLists(network, this.spaces[side]));
    this.rulesOfGroups = this.networks.map(
      ({ groups }) => new Map(groups.map(({ name, rules }) => [name, rules])),
    );
  }

  /** The lists of an endpoint. */
  at(ends: Ends, direction: Direction): ComparedLists {
    const both = kept(this.atEnds, ends, () => new Map<Direction, ComparedLists>());
    return kept(both, direction, () =>
      this.compare(ends.map((end, side) => end && this.lists[side].before(end, direction))),
    );
  }

  /** The peering between the virtual networks of two endpoints, as lists. */
  between(from: Ends, to: Ends): ComparedLists {
    if (!this.hasPeerings) return UNJUDGED;
    const homes = JSON.stringify([from, to].map((ends) => ends.map((end) => end?.virtualNetwork)));
    return kept(this.betweenHomes, homes, () =>
      this.compare(
        from.map((end, side) => {
          const other = to[side];
          return end && other && this.lists[side].between(end, other);
        }),
      ),
    );
  }

  /** Whether the lists of an endpoint are certainly the same before and after. */
  isSame(ends: Ends): boolean {
    if (!this.hasSameSpace) return false;
    const [old, young] = ends;
    if (!old || !young) return old === young;
    return (
      this.hasSameRules(old.subnetGroup, young.subnetGroup) &&
      this.hasSameRules(old.interfaceGroup, young.interfaceGroup) &&
      doubtsOf(old) === doubtsOf(young)
    );
  }

  private hasSameRules(before: string | undefined, after: string | undefined): boolean {
    if (before === undefined || after === undefined) return before === after;
    const [old, young] = [this.rulesOfGroups[0].get(before), this.rulesOfGroups[1].get(after)];
    return old !== undefined && young !== undefined && textOfRules(old) === textOfRules(young);
  }

  private compare([before, after]: ReadonlyArray<readonly AttachedList[] | undefined>): ComparedLists {
    if (!before || !after || before.length !== after.length) return [before?.map(allOf), after?.map(allOf)];
    const pairs = before.map(({ list }, index) => this.compareLists(list, after[index].list));
    return [pairs.map(([old]) => old), pairs.map(([, young]) => young)];
  }

  private compareLists(old: RuleList, young: RuleList): readonly [ComparedList, ComparedList] {
    const [before, after] = [this.textsOf(old, 0), this.textsOf(young, 1)];
    const [mine, theirs] = [new Set(before), new Set(after)];
    const kept = before.filter((text) => theirs.has(text));
    // Matches in another order may decide otherwise.
    const isInOrder = kept.join() === after.filter((text) => mine.has(text)).join();
    const changed = (texts: readonly string[], others: ReadonlySet<string>) =>
      new Set(texts.flatMap((text, index) => (isInOrder && others.has(text) ? [] : [index])));
    return [
      { list: old, changed: changed(before, theirs) },
      { list: young, changed: changed(after, mine) },
    ];
  }

  /** A text for each match of a list: matches with one text match the same connections. */
  private textsOf(list: RuleList, side: number): readonly string[] {
    return kept(this.texts, list, () =>
      list.judging.map((match) => {
        const { index, protocols, source, sourcePorts, destination, destinationPorts, facts } = match;
        const { access } = list.rules[index];
        const ends = [source, destination].map((peer) => this.textOfPeer(peer, side));
        return JSON.stringify([access, protocols, ends, sourcePorts, destinationPorts, facts]);
      }),
    );
  }

  private textOfPeer(peer: Peer, side: number): string {
    if (peer.any) return "*";
    const { addresses, unknowns, zones } = peer;
    const space = this.spaces[side];
    return kept(this.peers, peer, () =>
      JSON.stringify([
        formatAddresses(addresses),
        // A set may contain what has another name too, and its possible addresses depend on the network.
        space.withinAll(unknowns),
        space.namesIn(unknowns),
        zones,
        zones.length + unknowns.length > 0 && kept(this.zones, side, () => textOfZones(space)),
      ]),
    );
  }
}

function textOfZones(space: AddressSpace): string {
  return EVERY_ZONE.map((zone) => formatAddresses(space.possible(zone, [])).join()).join(" ");
}

function allOf({ list }: AttachedList): ComparedList {
  return { list, changed: new Set(list.judging.keys()) };
}

const TEXTS = new WeakMap<readonly GroupRule[], string>();

/** The rules of a group as a text. Networks are compared more than once. */
function textOfRules(rules: readonly GroupRule[]): string {
  return kept(TEXTS, rules, () => JSON.stringify(rules));
}

/** Whether every text in a rule means the same in two networks. */
function haveSameSpace(one: Network, other: Network): boolean {
  const isSame = (of: (network: Network) => unknown) =>
    of(one) === of(other) || JSON.stringify(of(one)) === JSON.stringify(of(other));
  const located = (ends: readonly NetworkInterface[] = []) =>
    ends.map(({ prefixes, applicationSecurityGroupIds }) => [prefixes, applicationSecurityGroupIds]);
  return (
    isSame(({ endpoints, interfaces }) => [located(endpoints), located(interfaces)]) &&
    isSame(({ virtualNetworkPrefixes, connectedPrefixes }) => [virtualNetworkPrefixes, connectedPrefixes]) &&
    isSame(({ hasDefaultRoute = false }) => hasDefaultRoute) &&
    isSame(({ serviceTags }) => serviceTags)
  );
}

function doubtsOf({ noSubnetGroupIf, noInterfaceGroupIf, refusedIf }: GuardedEndpoint): string {
  return JSON.stringify([noSubnetGroupIf, noInterfaceGroupIf, refusedIf]);
}

/** The addresses that leave or join an application security group. */
function movedMembers(before: Network, after: Network): ReadonlyMap<string, AddressSet> {
  const space = new AddressSpace({ endpoints: [], groups: [] });
  const located = ({ endpoints, interfaces = [] }: Network): NetworkInterface[] => [
    ...endpoints,
    ...interfaces,
  ];
  const moved = new Map<string, AddressSet>();
  const byId = new Map(located(before).map((one) => [one.id, one]));
  for (const young of located(after)) {
    const old = byId.get(young.id);
    if (!old?.applicationSecurityGroupIds && !young.applicationSecurityGroupIds) continue;
    const [was, is] = [old, young].map((one) => new Set(one?.applicationSecurityGroupIds?.map(keyOfGroup)));
    const changed = old ? [...was, ...is].filter((key) => was.has(key) !== is.has(key)) : [];
    for (const key of changed) {
      const own = space.peer([...(old?.prefixes ?? []), ...young.prefixes]).addresses;
      moved.set(key, uniteAddresses(moved.get(key) ?? NO_ADDRESSES, own));
    }
  }
  return moved;
}
