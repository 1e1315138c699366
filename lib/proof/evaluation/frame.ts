import {
  intersectAddresses,
  IPV4,
  IPV6,
  subtractAddresses,
  type AddressSet,
  type Family,
} from "../../azure/sets/address-set";
import type { PortSet } from "../../azure/sets/port-set";
import { addressAxis, type AddressAxis } from "./address-axis";
import { Zone, type AddressSpace, type Peer } from "./address-space";
import { intersectSpans, lengthOf, type Span } from "./axis";
import type { Match } from "./match";
import { holdsAll, makeBox, meet, partition, type Box, type Cell } from "./partition";
import type { Extent, Place } from "./place";
import { PortAxis, possiblePorts, SourcePortAxis } from "./port-axis";
import { hasPorts } from "./protocols";
import {
  AxisName,
  FACTS,
  isNothing,
  keyOfTaken,
  NOTHING_TAKEN,
  type Taken,
  type World,
  type Zones,
} from "./world";

/** Matches, and what the texts in them stand for. */
export interface FramedList {
  readonly matches: readonly Match[];
  /** Index of the address space. */
  readonly space: number;
}

/** A match that decides: the index of its list, and its own. */
export type Decider = readonly [list: number, match: number];

type Side = AxisName.SOURCE | AxisName.DESTINATION;
const SIDES: readonly Side[] = [AxisName.SOURCE, AxisName.DESTINATION];
const EVERY_ZONE = [Zone.VIRTUAL_NETWORK, Zone.INTERNET, Zone.NEITHER];

/**
 * Connections of one address family, cut as lists of matches cut them: in each
 * world, a match is a box, a product of positions on the four axes.
 */
export class Frame {
  readonly sizes: readonly number[];
  readonly addressAxes: readonly [AddressAxis, AddressAxis];
  readonly portAxis: PortAxis;
  readonly sourcePortAxis: SourcePortAxis;
  private readonly users: ReadonlyArray<ReadonlyMap<string, readonly number[]>>;
  private readonly zones: readonly [readonly Zones[], readonly Zones[]];
  private readonly plain = new Map<string, readonly Box[]>();
  private readonly made = new Map<string, readonly Box[]>();
  private readonly domains = new Map<string, readonly Span[]>();
  private readonly choices: (readonly Taken[] | undefined)[][];

  private constructor(
    family: Family<number> | Family<bigint>,
    private readonly extent: Extent,
    private readonly spaces: readonly AddressSpace[],
    private readonly lists: readonly FramedList[],
  ) {
    this.addressAxes = [this.axisOf(family, AxisName.SOURCE), this.axisOf(family, AxisName.DESTINATION)];
    const matches = lists.flatMap((list) => list.matches);
    this.portAxis = new PortAxis(extent.protocols, extent.ports, [
      ...new Set(matches.map(({ destinationPorts }) => destinationPorts.known)),
      possiblePorts(extent.ports),
    ]);
    this.sourcePortAxis = new SourcePortAxis(extent.sourcePorts, [
      ...new Set(matches.map(({ sourcePorts }) => sourcePorts.known)),
    ]);
    this.sizes = [...this.addressAxes, this.portAxis, this.sourcePortAxis].map(({ size }) => size);
    this.zones = [this.zonesOf(AxisName.SOURCE), this.zonesOf(AxisName.DESTINATION)];
    this.users = lists.map(usersOf);
    this.choices = lists.map(() => []);
  }

  /** A frame for each address family that the extent holds; a connection is of one family at both ends. */
  static of(extent: Extent, spaces: readonly AddressSpace[], lists: readonly FramedList[]): Frame[] {
    const ends = [extent.source, extent.destination];
    return [IPV4, IPV6]
      .filter((family) => ends.every(({ addresses }) => !addresses || family.of(addresses).length > 0))
      .map((family) => new Frame(family, extent, spaces, lists))
      .filter(({ sizes, zones }) => !sizes.includes(0) && !zones.some(({ length }) => length === 0));
  }

  // --- worlds

  /** The smallest choices of what is not known in which a match holds something. */
  choicesOf(list: number, index: number): readonly Taken[] {
    return (this.choices[list][index] ??= this.makeChoices(list, this.lists[list].matches[index]));
  }

  /** The worlds in which this is true and all else that is not known is not: one for each zone that the ends can be in. */
  worldsOf(taken: Taken): World[] {
    const [sources, destinations] = SIDES.map((side) =>
      this.zones[side].filter((zones) => this.domainOf(side, taken[side], zones).length > 0),
    );
    return sources.flatMap((source) =>
      destinations.map((destination): World => ({ taken, zones: [source, destination] })),
    );
  }

  /** Whether each of some things that are not known matters to one of the matches. */
  areUsed(taken: Taken, by: readonly Decider[]): boolean {
    return taken.every((names, slot) =>
      names.every((name) => by.some(([list, match]) => this.uses(list, match, slot, name))),
    );
  }

  private uses(list: number, index: number, slot: number, name: string): boolean {
    const named = namesOf(this.lists[list].matches[index])[slot];
    const within =
      slot > AxisName.DESTINATION ? [name] : this.spaces[this.lists[list].space].withinAll([name]);
    return within.some((key) => named.includes(key));
  }

  /** Whether a match tells zones apart at an end. */
  tellsZonesApart(decider: Decider, side: Side): boolean {
    return peerOf(this.matchAt(decider), side).zones.length > 0;
  }

  /** Whether a match holds something at an end, in some world. */
  mayHold(list: number, match: Match, side: Side): boolean {
    const { zones } = peerOf(match, side);
    return (
      this.choicesOnSide(list, match, side).some(([name]) => name !== undefined) ||
      this.surelyOn(list, match, side).spans.length > 0 ||
      this.zones[side].some((some) => zones.some((zone) => some.includes(zone)))
    );
  }

  /** Whether what is at an axis is known by its sets only, so that it is any that these hold. */
  isLocated({ taken }: World, axis: AxisName): boolean {
    if (axis === AxisName.PORT) return !this.extent.ports.ports && taken[axis].length > 0;
    if (axis === AxisName.SOURCE_PORT) return !this.extent.sourcePorts.ports && taken[axis].length > 0;
    const { addresses, names } = this.placeOf(axis);
    return !addresses && names.length + taken[axis].length > 0;
  }

  /** What a reader calls the sets that are taken to hold what is on an axis, and those that hold the place. */
  labelsOf({ taken }: World, slot: number): string[] {
    if (slot > AxisName.DESTINATION) return [...taken[slot]];
    return [...this.placeOf(slot).names, ...taken[slot]].map((key) => this.labelOf(key));
  }

  labelOf(key: string): string {
    return this.spaces.map((space) => space.labelOf(key)).find((label) => label !== key) ?? key;
  }

  // --- boxes

  /** All that there can be in a world; undefined where there is nothing. */
  regionOf(world: World): Box | undefined {
    const { taken } = world;
    const ports = taken[AxisName.PORT].length > 0 ? possiblePorts(this.extent.ports) : undefined;
    const protocols = ports ? this.extent.protocols.filter(hasPorts) : this.extent.protocols;
    return makeBox(
      0,
      [
        this.domainOf(AxisName.SOURCE, taken[AxisName.SOURCE], world.zones[AxisName.SOURCE]),
        this.domainOf(AxisName.DESTINATION, taken[AxisName.DESTINATION], world.zones[AxisName.DESTINATION]),
        this.portAxis.spansOf(protocols, ports),
        [[0, this.sourcePortAxis.size - 1]],
      ],
      this.sizes,
    );
  }

  /** The boxes of a list's matches in a world, in their order. */
  boxesOf(list: number, world: World): readonly Box[] {
    const zones = `${list} ${world.zones.join(" ")}`;
    const plain =
      this.plain.get(zones) ??
      this.lists[list].matches.flatMap(
        (_, index) => this.boxOf(list, index, { ...world, taken: NOTHING_TAKEN }) ?? [],
      );
    this.plain.set(zones, plain);
    if (isNothing(world.taken)) return plain;
    const key = `${zones} ${keyOfTaken(world.taken)}`;
    const known = this.made.get(key) ?? this.withUsers(list, world, plain);
    this.made.set(key, known);
    return known;
  }

  /** The indices of all lists. */
  get everyList(): number[] {
    return this.lists.map((_, list) => list);
  }

  /** The boxes of every list in a world. */
  allBoxes(world: World): (readonly Box[])[] {
    return this.lists.map((_, list) => this.boxesOf(list, world));
  }

  private withUsers(list: number, world: World, plain: readonly Box[]): readonly Box[] {
    const users = new Set(this.usersIn(list, world));
    if (users.size === 0) return plain;
    const boxes = [...users].flatMap((index) => this.boxOf(list, index, world) ?? []);
    return [...plain.filter(({ index }) => !users.has(index)), ...boxes].sort((a, b) => a.index - b.index);
  }

  /** All of a world in which nothing is taken to be true; of another, what some lists hold for the sake of that. */
  partOf(world: World, lists: readonly number[]): readonly Box[] {
    const region = this.regionOf(world);
    if (!region) return [];
    return isNothing(world.taken) ? [region] : lists.flatMap((list) => this.usedIn(list, world, region));
  }

  private usedIn(list: number, world: World, region: Box): Box[] {
    return this.usersIn(list, world).flatMap((index) => {
      const box = this.boxOf(list, index, world);
      return (box && this.common(box, region)) ?? [];
    });
  }

  /** The connections in both boxes. */
  common(one: Box, other: Box): Box | undefined {
    return makeBox(
      one.index,
      one.spans.map((spans, axis) => intersectSpans(spans, other.spans[axis])),
      this.sizes,
    );
  }

  private usersIn(list: number, { taken }: World): number[] {
    const space = this.spaces[this.lists[list].space];
    const found = taken.flatMap((names, slot) =>
      (slot > AxisName.DESTINATION ? names : space.withinAll(names)).flatMap(
        (name) => this.users[list].get(`${slot} ${name}`) ?? [],
      ),
    );
    return [...new Set(found)].sort((a, b) => a - b);
  }

  /** The box of a match in a world; undefined where it holds nothing. */
  boxOf(list: number, index: number, world: World): Box | undefined {
    const match = this.lists[list].matches[index];
    if (match.facts.some((fact) => !world.taken[FACTS].includes(fact))) return undefined;
    return makeBox(
      index,
      [
        this.spansOnSide(list, match, AxisName.SOURCE, world),
        this.spansOnSide(list, match, AxisName.DESTINATION, world),
        this.portAxis.spansOf(
          match.protocols,
          holdsEveryPort(match.destinationPorts, world.taken[AxisName.PORT])
            ? undefined
            : match.destinationPorts.known,
        ),
        holdsEveryPort(match.sourcePorts, world.taken[AxisName.SOURCE_PORT])
          ? [[0, this.sourcePortAxis.size - 1]]
          : this.sourcePortAxis.spansOf(match.sourcePorts.known),
      ],
      this.sizes,
    );
  }

  private spansOnSide(list: number, match: Match, side: Side, { taken, zones }: World): readonly Span[] {
    const peer = peerOf(match, side);
    const { space } = this.lists[list];
    const isWhole =
      peer.any ||
      peer.zones.some((zone) => zone === zones[side][space]) ||
      (peer.unknowns.length > 0 && this.holdsName(peer, side, taken[side], space));
    return isWhole ? this.wholeOf(side) : this.addressAxes[side].spansOf(peer.addresses);
  }

  private holdsName(peer: Peer, side: Side, taken: readonly string[], space: number): boolean {
    const { names } = this.placeOf(side);
    if (names.length + taken.length === 0) return false;
    return this.spaces[space].withinAll([...names, ...taken]).some((key) => peer.unknowns.includes(key));
  }

  private wholeOf(axis: AxisName): readonly Span[] {
    return [[0, this.sizes[axis] - 1]];
  }

  // --- the driver

  /**
   * Divides boxes that lie in a world into cells, coarse ones first, until the
   * judge has a finding for each: then the cell's spans are visited with it.
   * Undefined is no finding yet, null none that matters.
   */
  walk<T>(
    region: readonly Box[],
    lists: readonly (readonly Box[])[],
    judge: (cell: Cell) => T | null | undefined,
    visit: (finding: T, spans: readonly Span[]) => void,
  ): void {
    if (region.length === 0) return;
    const isWhole = region.some(({ wide }) => wide === (1 << this.sizes.length) - 1);
    const near = isWhole
      ? lists
      : lists.map((boxes) => boxes.filter((box) => region.some((part) => meet(part, box))));
    partition([...near, region], this.sizes, (cell) => {
      const inside = cell.boxes[lists.length];
      if (inside.length === 0) return true;
      const finding = judge(cell);
      if (finding === undefined) return false;
      if (finding === null) return true;
      if (!inside.some((part) => holdsAll(part, cell))) return false;
      visit(finding, cell.spans);
      return true;
    });
  }

  /** A product of spans as a region to walk in. */
  window(spans: readonly Span[]): Box {
    return makeBox(
      0,
      spans.map((span) => [span]),
      this.sizes,
    )!;
  }

  // --- what stands where

  /** Whether some of the protocols have ports. */
  get holdsPorts(): boolean {
    return this.extent.protocols.some(hasPorts);
  }

  placeOf(side: Side): Place {
    return side === AxisName.SOURCE ? this.extent.source : this.extent.destination;
  }

  /** The matches of a list. */
  matchAt([list, match]: Decider): Match {
    return this.lists[list].matches[match];
  }

  /** How much of an axis a match holds whatever is not known: its peer or ports and the names of the place alone. */
  surelyOn(list: number, match: Match, axis: AxisName): { isWhole: boolean; spans: readonly Span[] } {
    const spans =
      axis === AxisName.PORT
        ? this.portAxis.spansOf(
            this.extent.protocols,
            match.destinationPorts.any ? undefined : match.destinationPorts.known,
          )
        : axis === AxisName.SOURCE_PORT
          ? this.sourcePortAxis.spansOf(match.sourcePorts.known)
          : this.spansOnSide(list, match, axis, { taken: NOTHING_TAKEN, zones: [[], []] });
    return { isWhole: lengthOf(spans) === this.sizes[axis], spans };
  }

  // --- construction

  private axisOf(family: Family<number> | Family<bigint>, side: Side): AddressAxis {
    const place = this.placeOf(side);
    const sets = new Set(this.spaces.flatMap((_, space) => this.possibleIn(space, place.names)));
    for (const { matches, space } of this.lists) {
      for (const match of matches) {
        const { addresses, unknowns } = peerOf(match, side);
        sets.add(addresses);
        for (const name of unknowns) this.possibleIn(space, [name]).forEach((set) => sets.add(set));
      }
    }
    // Both families have the same shape; which of them it is, the axis keeps to itself.
    return addressAxis(family as Family<number>, place, [...sets]);
  }

  private possibleIn(space: number, names: readonly string[]): AddressSet[] {
    const keys = this.spaces[space].withinAll(names);
    return EVERY_ZONE.map((zone) => this.spaces[space].possible(zone, keys));
  }

  private zonesOf(side: Side): Zones[] {
    const fixed = this.placeOf(side).zones ?? [];
    const choices = this.spaces.map((_, space) => {
      if (fixed[space]) return [fixed[space]];
      const isTold = this.lists.some(
        (list) => list.space === space && list.matches.some((match) => peerOf(match, side).zones.length > 0),
      );
      return isTold ? EVERY_ZONE : [undefined];
    });
    return choices
      .reduce<Zones[]>((all, some) => all.flatMap((chosen) => some.map((zone) => [...chosen, zone])), [[]])
      .filter((zones) => this.domainOf(side, [], zones).length > 0);
  }

  /** The positions of what an end can be in its zones and within the sets that are taken to hold it. */
  private domainOf(side: Side, taken: readonly string[], zones: Zones): readonly Span[] {
    const key = JSON.stringify([side, taken, zones]);
    const known = this.domains.get(key) ?? this.makeDomain(side, taken, zones);
    this.domains.set(key, known);
    return known;
  }

  private makeDomain(side: Side, taken: readonly string[], zones: Zones): readonly Span[] {
    const { names, exceptNames = [] } = this.placeOf(side);
    if (taken.some((name) => exceptNames.includes(name))) return [];
    const closures = this.spaces.map((space) => space.withinAll([...names, ...taken]));
    const possible = (which: Zones) =>
      this.spaces
        .map((space, index) => space.possible(which[index], closures[index]))
        .reduce(intersectAddresses);
    const [one, other] = zones;
    if (zones.length < 2 || one === other || !one || !other)
      return this.addressAxes[side].spansOf(possible(zones));
    // Where both networks leave the zone open in the same way, it is the same one in both.
    const apart = subtractAddresses(possible(zones), possible([other, one]));
    return this.addressAxes[side].spansOf(apart);
  }

  private makeChoices(list: number, match: Match): readonly Taken[] {
    const [source, destination] = SIDES.map((side) => this.choicesOnSide(list, match, side));
    const ports = choicesOfPorts(match.destinationPorts);
    const sourcePorts = choicesOfPorts(match.sourcePorts);
    const choices = source.flatMap((a) =>
      destination.flatMap((b) =>
        ports.flatMap((c) => sourcePorts.map((d): Taken => [a, b, c, d, match.facts])),
      ),
    );
    return choices.map((taken) => (isNothing(taken) ? NOTHING_TAKEN : taken));
  }

  private choicesOnSide(list: number, match: Match, side: Side): string[][] {
    const peer = peerOf(match, side);
    const { isWhole, spans } = this.surelyOn(list, match, side);
    if (isWhole) return [[]];
    const isPossible = (name: string) =>
      this.zones[side].some((zones) => this.domainOf(side, [name], zones).length > 0);
    return [
      ...(spans.length > 0 || peer.zones.length > 0 ? [[]] : []),
      ...peer.unknowns.filter(isPossible).map((name) => [name]),
    ];
  }
}

function peerOf(match: Match, side: Side): Peer {
  return side === AxisName.SOURCE ? match.source : match.destination;
}

function holdsEveryPort({ any, unknowns }: PortSet, taken: readonly string[]): boolean {
  return any || unknowns.some((name) => taken.includes(name));
}

function choicesOfPorts({ any, known, unknowns }: PortSet): string[][] {
  if (any) return [[]];
  return [...(known.length > 0 ? [[]] : []), ...unknowns.map((name) => [name])];
}

/** What a match names that is not known: on each axis, and the facts. */
function namesOf({ source, destination, destinationPorts, sourcePorts, facts }: Match): Taken {
  return [source.unknowns, destination.unknowns, destinationPorts.unknowns, sourcePorts.unknowns, facts];
}

/** Which matches of a list name a set, a port or a fact that is not known. */
function usersOf({ matches }: FramedList): ReadonlyMap<string, readonly number[]> {
  const users = new Map<string, number[]>();
  matches.forEach((match, index) => {
    namesOf(match).forEach((names, slot) =>
      names.forEach((name) => {
        const key = `${slot} ${name}`;
        const known = users.get(key);
        if (known) known.push(index);
        else users.set(key, [index]);
      }),
    );
  });
  return users;
}
