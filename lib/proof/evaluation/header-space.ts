import { IPV4, IPV6, type Family } from "../../azure/sets/address-set";
import type { Protocol } from "../../azure/security-rule";
import { ALL_PORTS, type PortSet } from "../../azure/sets/port-set";
import { kept } from "../../base/collections";
import { AddressEnd } from "./address-end";
import type { AddressSpace } from "./address-space";
import { Axis, intersectSpans, lengthOf, PortAxis, possiblePorts, type Span } from "./axis";
import { hasPorts, type ListInSpace, type Match } from "./match";
import { holdsAll, makeBox, partition, type Box, type Cell } from "./partition";
import type { Extent } from "./place";
import { AxisName, distinct, FACTS, isNothing, NOTHING_TAKEN, type Taken, type World } from "./world";

/** A match that decides: the index of its list, and its own. */
export type Decider = readonly [list: number, match: number];

type Side = AxisName.SOURCE | AxisName.DESTINATION;

/**
 * The connections of one address family as a space of four axes, each cut
 * where a match begins or ends. In each world, a match is a box: a product of
 * positions on the axes.
 */
export class HeaderSpace {
  readonly sizes: readonly number[];
  /** The source and the destination. */
  readonly ends: readonly [AddressEnd, AddressEnd];
  readonly portAxis: PortAxis;
  /** The ports from which connections are opened; protocols without ports pass them over. */
  readonly sourcePortAxis: Axis<number>;
  /** The indices of all lists. */
  readonly everyList: readonly number[];
  private readonly users: ReadonlyArray<ReadonlyMap<string, number[]>>;
  private readonly made = new Map<string, readonly Box[]>();
  private readonly choices: (readonly Taken[] | undefined)[][];

  private constructor(
    family: Family<number> | Family<bigint>,
    private readonly extent: Extent,
    private readonly spaces: readonly AddressSpace[],
    private readonly lists: readonly ListInSpace[],
  ) {
    this.ends = [
      new AddressEnd(family, extent.source, ({ source }) => source, spaces, lists),
      new AddressEnd(family, extent.destination, ({ destination }) => destination, spaces, lists),
    ];
    const matches = lists.flatMap((list) => list.matches);
    this.portAxis = new PortAxis(extent.protocols, extent.ports, [
      ...new Set(matches.map(({ destinationPorts }) => destinationPorts.known)),
      possiblePorts(extent.ports),
    ]);
    this.sourcePortAxis = new Axis(extent.sourcePorts.ports ?? [ALL_PORTS], [
      ...new Set(matches.map(({ sourcePorts }) => sourcePorts.known)),
    ]);
    this.sizes = [...this.ends, this.portAxis, this.sourcePortAxis].map(({ size }) => size);
    this.users = lists.map(usersOfNames);
    this.choices = lists.map(() => []);
    this.everyList = [...lists.keys()];
  }

  /** A header space for each address family that the extent holds; a connection is of one family at both ends. */
  static of(extent: Extent, spaces: readonly AddressSpace[], lists: readonly ListInSpace[]): HeaderSpace[] {
    const places = [extent.source, extent.destination];
    return [IPV4, IPV6]
      .filter((family) => places.every(({ addresses }) => !addresses || family.of(addresses).length > 0))
      .map((family) => new HeaderSpace(family, extent, spaces, lists))
      .filter(({ sizes, ends }) => !sizes.includes(0) && ends.every(({ zones }) => zones.length > 0));
  }

  // --- worlds

  /** The smallest choices of what is not known in which a match holds something. */
  choicesOf(list: number, index: number): readonly Taken[] {
    return (this.choices[list][index] ??= this.makeChoices(list, this.lists[list].matches[index]));
  }

  /** The worlds in which this is true and all else that is not known is not: one for each zone that the ends can be in. */
  worldsOf(taken: Taken): World[] {
    const [sources, destinations] = this.ends.map((end, side) =>
      end.zones.filter((zones) => end.domainOf(taken[side], zones).length > 0),
    );
    return sources.flatMap((source) =>
      destinations.map((destination): World => ({ taken, zones: [source, destination] })),
    );
  }

  /** Whether each of some things that are not known matters to one of the matches. */
  areUsed(taken: Taken, by: readonly Decider[]): boolean {
    return taken.every((names, slot) =>
      names.every((name) => by.some(([list, match]) => this.usersOf(list, slot, name).includes(match))),
    );
  }

  /** The matches of a list that name some of what is taken to be true. */
  private usersOfAny(list: number, taken: Taken): number[] {
    const found = taken.flatMap((names, slot) => names.flatMap((name) => this.usersOf(list, slot, name)));
    return [...new Set(found)].sort((a, b) => a - b);
  }

  /** The matches of a list that name a set, or one that holds it, on an axis. */
  private usersOf(list: number, slot: number, name: string): number[] {
    const isSet = slot === AxisName.SOURCE || slot === AxisName.DESTINATION;
    const names = isSet ? this.spaces[this.lists[list].space].withinAll([name]) : [name];
    return names.flatMap((one) => this.users[list].get(`${slot} ${one}`) ?? []);
  }

  /** Whether a match tells zones apart at an end. */
  tellsZonesApart([list, match]: Decider, side: Side): boolean {
    return this.ends[side].peerOf(this.lists[list].matches[match]).zones.length > 0;
  }

  /** Whether a match holds something on an axis, in some world. */
  mayHold(list: number, match: Match, axis: AxisName): boolean {
    if (axis === AxisName.SOURCE || axis === AxisName.DESTINATION)
      return this.ends[axis].mayHold(match, this.lists[list].space);
    const { unknowns } = axis === AxisName.PORT ? match.destinationPorts : match.sourcePorts;
    return unknowns.length > 0 || this.surelyOn(list, match, axis).spans.length > 0;
  }

  /** Whether what is at an axis is known by its sets only, so that it is any that these hold. */
  isLocated({ taken }: World, axis: AxisName): boolean {
    if (axis === AxisName.PORT) return !this.extent.ports.ports && taken[axis].length > 0;
    if (axis === AxisName.SOURCE_PORT) return !this.extent.sourcePorts.ports && taken[axis].length > 0;
    return this.ends[axis].isLocated(taken[axis]);
  }

  /** What is true if these choices are: the sets that contain a chosen one, or the place of an end, are true as well. */
  withinAll(taken: Taken): Taken {
    return taken.map((names, slot) =>
      slot > AxisName.DESTINATION
        ? names
        : this.spaces.flatMap((space) => space.withinAll([...this.ends[slot].place.names, ...names])),
    );
  }

  /** Labels of the sets that an axis is assumed to be in, and of those that contain the place. */
  labelsOf({ taken }: World, slot: number): string[] {
    if (slot > AxisName.DESTINATION) return [...taken[slot]];
    return [...this.ends[slot].place.names, ...taken[slot]].map((key) => this.labelOf(key));
  }

  /** Labels of the sets of an axis that is known only by its sets; undefined if its values are known. */
  locatedBy(world: World, axis: AxisName): string[] | undefined {
    return this.isLocated(world, axis) ? this.labelsOf(world, axis) : undefined;
  }

  /** Labels of the sets and facts of some worlds. */
  namesOf(taken: Taken): string[] {
    return taken.flat().map((key) => this.labelOf(key));
  }

  labelOf(key: string): string {
    return this.spaces.map((space) => space.labelOf(key)).find((label) => label !== key) ?? key;
  }

  // --- boxes

  /** Everything that can exist in a world; undefined if nothing can. */
  regionOf(world: World): Box | undefined {
    const { taken, zones } = world;
    const ports = taken[AxisName.PORT].length > 0 ? possiblePorts(this.extent.ports) : undefined;
    const protocols = ports ? this.extent.protocols.filter(hasPorts) : this.extent.protocols;
    return makeBox(
      0,
      [
        ...this.ends.map((end, side) => end.domainOf(taken[side], zones[side])),
        this.portAxis.spansOf(protocols, ports),
        [[0, this.sourcePortAxis.size - 1]],
      ],
      this.sizes,
    );
  }

  /** The boxes of a list's matches in a world, in their order. */
  boxesOf(list: number, world: World): readonly Box[] {
    const zones = `${list} ${world.zones.join(" ")}`;
    const plain = kept(this.made, zones, () =>
      this.lists[list].matches.flatMap(
        (_, index) => this.boxOf(list, index, { ...world, taken: NOTHING_TAKEN }) ?? [],
      ),
    );
    if (isNothing(world.taken)) return plain;
    const key = `${zones} ${JSON.stringify(world.taken)}`;
    return kept(this.made, key, () => this.withUsers(list, world, plain));
  }

  /** The boxes of some lists in a world; those of the other lists are left out. */
  boxes(world: World, lists: readonly number[] = this.everyList): (readonly Box[])[] {
    return this.lists.map((_, list) => (lists.includes(list) ? this.boxesOf(list, world) : []));
  }

  private withUsers(list: number, world: World, plain: readonly Box[]): readonly Box[] {
    const users = new Set(this.usersOfAny(list, world.taken));
    if (users.size === 0) return plain;
    const boxes = [...users].flatMap((index) => this.boxOf(list, index, world) ?? []);
    return [...plain.filter(({ index }) => !users.has(index)), ...boxes].sort((a, b) => a.index - b.index);
  }

  /** All of a world in which nothing is taken to be true; of another, what some lists hold for the sake of that. */
  partOf(world: World, lists: readonly number[]): readonly Box[] {
    const region = this.regionOf(world);
    if (!region) return [];
    if (isNothing(world.taken)) return [region];
    return lists.flatMap((list) =>
      this.usersOfAny(list, world.taken).flatMap((index) => this.partOfBox(list, index, world, region) ?? []),
    );
  }

  /** The connections in both boxes. */
  common(one: Box, other: Box): Box | undefined {
    const common: (readonly Span[])[] = [];
    for (let axis = 0; axis < one.spans.length; axis++) {
      const spans = intersectSpans(one.spans[axis], other.spans[axis]);
      if (spans.length === 0) return undefined;
      common.push(spans);
    }
    return makeBox(one.index, common, this.sizes);
  }

  /** The connections of a match that there can be in a world. */
  partOfBox(list: number, index: number, world: World, region = this.regionOf(world)): Box | undefined {
    const box = this.boxOf(list, index, world);
    return box && region && this.common(box, region);
  }

  /** The box of a match in a world; undefined where it holds nothing. */
  boxOf(list: number, index: number, { taken, zones }: World): Box | undefined {
    const match = this.lists[list].matches[index];
    if (match.facts.some((fact) => !taken[FACTS].includes(fact))) return undefined;
    const { space } = this.lists[list];
    const [source, destination] = this.ends;
    return makeBox(
      index,
      [
        source.spansOf(match, space, taken[AxisName.SOURCE], zones[AxisName.SOURCE]),
        destination.spansOf(match, space, taken[AxisName.DESTINATION], zones[AxisName.DESTINATION]),
        this.onPorts(match, taken[AxisName.PORT], match.protocols),
        this.onSourcePorts(match, taken[AxisName.SOURCE_PORT]),
      ],
      this.sizes,
    );
  }

  private onPorts(
    { destinationPorts }: Match,
    taken: readonly string[],
    protocols: readonly Protocol[],
  ): readonly Span[] {
    const isEvery = holdsEveryPort(destinationPorts, taken);
    return this.portAxis.spansOf(protocols, isEvery ? undefined : destinationPorts.known);
  }

  private onSourcePorts({ sourcePorts }: Match, taken: readonly string[]): readonly Span[] {
    return holdsEveryPort(sourcePorts, taken)
      ? [[0, this.sourcePortAxis.size - 1]]
      : this.sourcePortAxis.spans(sourcePorts.known);
  }

  // --- the driver

  /**
   * Divides boxes that lie in a world into cells, coarse ones first, until the
   * judge has a finding for each: then the cell's spans are visited with it.
   * Undefined means no finding yet, null that no finding matters.
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
      : lists.map((boxes) => boxes.filter((box) => region.some((part) => this.common(part, box))));
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

  /**
   * Walks the worlds of some choices: all of the plain world, and of another
   * what some lists hold for the sake of what is true there only.
   *
   * @param judged the lists that the judge looks at
   */
  search<T>(
    choices: readonly Taken[],
    lists: readonly number[],
    judge: (cell: Cell, world: World) => T | null | undefined,
    visit: (finding: T, spans: readonly Span[], world: World) => void,
    judged = lists,
  ): void {
    for (const taken of distinct(choices)) {
      for (const world of this.worldsOf(taken)) {
        this.walk<T>(
          this.partOf(world, lists),
          this.boxes(world, judged),
          (cell) => judge(cell, world),
          (finding, spans) => visit(finding, spans, world),
        );
      }
    }
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

  /** The part of an axis that a match certainly covers. */
  surelyOn(list: number, match: Match, axis: AxisName): { isWhole: boolean; spans: readonly Span[] } {
    const spans =
      axis === AxisName.PORT
        ? this.onPorts(match, [], this.extent.protocols)
        : axis === AxisName.SOURCE_PORT
          ? this.onSourcePorts(match, [])
          : this.ends[axis].surelyOf(match, this.lists[list].space);
    return { isWhole: lengthOf(spans) === this.sizes[axis], spans };
  }

  private makeChoices(list: number, match: Match): readonly Taken[] {
    const { space } = this.lists[list];
    const [source, destination] = this.ends.map((end) => end.choicesOf(match, space));
    const ports = choicesOfPorts(match.destinationPorts);
    const sourcePorts = choicesOfPorts(match.sourcePorts);
    const choices = source.flatMap((a) =>
      destination.flatMap((b) =>
        ports.flatMap((c) => sourcePorts.map((d): Taken => [a, b, c, d, match.facts])),
      ),
    );
    return choices.map((taken) => (isNothing(taken) ? NOTHING_TAKEN : taken));
  }
}

function holdsEveryPort({ any, unknowns }: PortSet, taken: readonly string[]): boolean {
  return any || unknowns.some((name) => taken.includes(name));
}

function choicesOfPorts({ any, known, unknowns }: PortSet): string[][] {
  if (any) return [[]];
  return [...(known.length > 0 ? [[]] : []), ...unknowns.map((name) => [name])];
}

/** The matches of a list, by each name on an axis that is not known, and by each fact. */
function usersOfNames({ matches }: ListInSpace): ReadonlyMap<string, number[]> {
  const users = new Map<string, number[]>();
  matches.forEach((match, index) => {
    namesOf(match).forEach((names, slot) =>
      names.forEach((name) => kept(users, `${slot} ${name}`, (): number[] => []).push(index)),
    );
  });
  return users;
}

/** What a match names that is not known: on each axis, and the facts. */
function namesOf({ source, destination, destinationPorts, sourcePorts, facts }: Match): Taken {
  return [source.unknowns, destination.unknowns, destinationPorts.unknowns, sourcePorts.unknowns, facts];
}
