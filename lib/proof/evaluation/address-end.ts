import {
  intersectAddresses,
  subtractAddresses,
  type AddressSet,
  type Family,
} from "../../azure/sets/address-set";
import { subtract } from "../../azure/sets/interval-set";
import { kept } from "../../base/collections";
import { EVERY_ZONE, type AddressSpace, type Peer } from "./address-space";
import { Axis, lengthOf, type Span } from "./axis";
import type { ListInSpace, Match } from "./match";
import type { Place } from "./place";
import type { Zones } from "./world";

/** The addresses of one family that one end of connections may have: an axis, and the parts of it that matches cover. */
export class AddressEnd {
  /** The possible zones of the end in all address spaces. */
  readonly zones: readonly Zones[];
  private readonly family: Family<number>;
  private readonly axis: Axis<number>;
  // Many rules have the same peer.
  private readonly spans = new Map<AddressSet, readonly Span[]>();
  private readonly domains = new Map<string, readonly Span[]>();

  /** @param peerOf the side of a match that is about this end */
  constructor(
    family: Family<number> | Family<bigint>,
    readonly place: Place,
    readonly peerOf: (match: Match) => Peer,
    private readonly spaces: readonly AddressSpace[],
    lists: readonly ListInSpace[],
  ) {
    // Both families have the same shape, and no address of theirs leaves this end.
    this.family = family as Family<number>;
    const { of, whole } = this.family;
    const own = place.addresses ? of(place.addresses) : whole;
    this.axis = new Axis(place.except ? subtract(own, of(place.except)) : own, this.cuts(lists).map(of));
    this.zones = this.possibleZones(lists);
  }

  /** How many positions there are. */
  get size(): number {
    return this.axis.size;
  }

  /** The text of an address that a machine may have, at a position. */
  exampleAt(position: number): string {
    return this.family.format(this.family.example(this.axis.at(position)));
  }

  /** The addresses at the positions of a span. */
  addressesAt(span: Span): AddressSet {
    return this.family.from(this.axis.within(span));
  }

  /** The positions that the end can have in its zones and in the chosen sets. */
  domainOf(taken: readonly string[], zones: Zones): readonly Span[] {
    return kept(this.domains, JSON.stringify([taken, zones]), () => this.makeDomain(taken, zones));
  }

  /** The positions that a match covers. */
  spansOf(match: Match, space: number, taken: readonly string[], zones: Zones): readonly Span[] {
    const peer = this.peerOf(match);
    const isWhole =
      peer.any ||
      peer.zones.some((zone) => zone === zones[space]) ||
      (peer.unknowns.length > 0 && this.isWithin(peer, space, taken));
    return isWhole ? [[0, this.size - 1]] : this.spansOfAddresses(peer.addresses);
  }

  /** The positions that a match certainly covers. */
  surelyOf(match: Match, space: number): readonly Span[] {
    return this.spansOf(match, space, [], []);
  }

  /** The smallest choices of sets with which a match covers something. */
  choicesOf(match: Match, space: number): string[][] {
    const peer = this.peerOf(match);
    const sure = this.surelyOf(match, space);
    if (lengthOf(sure) === this.size) return [[]];
    const isPossible = (name: string) => this.zones.some((zones) => this.domainOf([name], zones).length > 0);
    return [
      ...(sure.length > 0 || peer.zones.length > 0 ? [[]] : []),
      ...peer.unknowns.filter(isPossible).map((name) => [name]),
    ];
  }

  /** Whether a match covers something in some world. */
  mayHold(match: Match, space: number): boolean {
    const { zones } = this.peerOf(match);
    return (
      this.choicesOf(match, space).some(([name]) => name !== undefined) ||
      this.surelyOf(match, space).length > 0 ||
      this.zones.some((some) => zones.some((zone) => some.includes(zone)))
    );
  }

  /** Whether the end is known only by its sets, and can be any of their addresses. */
  isLocated(taken: readonly string[]): boolean {
    return !this.place.addresses && this.place.names.length + taken.length > 0;
  }

  private isWithin(peer: Peer, space: number, taken: readonly string[]): boolean {
    const names = [...this.place.names, ...taken];
    return names.length > 0 && this.spaces[space].withinAll(names).some((key) => peer.unknowns.includes(key));
  }

  private spansOfAddresses(addresses: AddressSet): readonly Span[] {
    return kept(this.spans, addresses, () => this.axis.spans(this.family.of(addresses)));
  }

  /** The sets whose edges cut the axis. */
  private cuts(lists: readonly ListInSpace[]): AddressSet[] {
    const sets = new Set(this.spaces.flatMap((_, space) => this.possibleIn(space, this.place.names)));
    for (const { matches, space } of lists) {
      for (const match of matches) {
        const { addresses, unknowns } = this.peerOf(match);
        sets.add(addresses);
        for (const name of unknowns) this.possibleIn(space, [name]).forEach((set) => sets.add(set));
      }
    }
    return [...sets];
  }

  private possibleIn(space: number, names: readonly string[]): AddressSet[] {
    const keys = this.spaces[space].withinAll(names);
    return EVERY_ZONE.map((zone) => this.spaces[space].possible(zone, keys));
  }

  private possibleZones(lists: readonly ListInSpace[]): Zones[] {
    const fixed = this.place.zones ?? [];
    const choices = this.spaces.map((_, space) => {
      if (fixed[space]) return [fixed[space]];
      const isTold = lists.some(
        (list) => list.space === space && list.matches.some((match) => this.peerOf(match).zones.length > 0),
      );
      return isTold ? EVERY_ZONE : [undefined];
    });
    return choices
      .reduce<Zones[]>((all, some) => all.flatMap((chosen) => some.map((zone) => [...chosen, zone])), [[]])
      .filter((zones) => this.domainOf([], zones).length > 0);
  }

  private makeDomain(taken: readonly string[], zones: Zones): readonly Span[] {
    const { names, exceptNames = [] } = this.place;
    if (taken.some((name) => exceptNames.includes(name))) return [];
    const closures = this.spaces.map((space) => space.withinAll([...names, ...taken]));
    const possible = (which: Zones) =>
      this.spaces
        .map((space, index) => space.possible(which[index], closures[index]))
        .reduce(intersectAddresses);
    const [one, other] = zones;
    if (zones.length < 2 || one === other || !one || !other) return this.spansOfAddresses(possible(zones));
    // If both networks allow the same zones, the zone is the same in both.
    return this.spansOfAddresses(subtractAddresses(possible(zones), possible([other, one])));
  }
}
