import { distinctTexts } from "../../base/collections";
import { isOpaque } from "../../base/opaque";
import { Zone } from "./address-space";
import type { Span } from "./axis";
import type { Decider, HeaderSpace } from "./header-space";
import { holdsAll, type Box, type Cell } from "./partition";
import {
  AXES,
  AxisName,
  distinct,
  FACTS,
  isNothing,
  NOTHING_TAKEN,
  SIDES,
  SLOTS,
  subtract,
  union,
  type Taken,
  type World,
} from "./world";

/** Whether something holds for all connections of a cell, and the matches that make it so. */
export interface Ruling {
  readonly holds: boolean;
  readonly by: readonly Decider[];
}

/** Judges a cell by the boxes of all lists of a header space; undefined where the cell has to be divided. */
export type Judge = (cell: Cell) => Ruling | undefined;

/** Connections for which a ruling holds in one world. */
export interface Sighting {
  readonly headers: HeaderSpace;
  readonly world: World;
  readonly spans: readonly Span[];
  readonly by: readonly Decider[];
  /** What is taken to be true there, and is a doubt even where it says which address is meant. @default - nothing */
  readonly doubted?: Taken;
  /** The boxes of the lists in other worlds. @default - all of them */
  readonly boxesIn?: (world: World) => (readonly Box[])[];
}

/** Connections of a sighting that depend on the same. */
export interface EvenPart {
  readonly spans: readonly Span[];
  readonly dependsOn: readonly string[];
}

// Divided further, a finding hardly depends on less, no reader wants more, and each part costs a walk.
const MOST_PARTS = 256;

/**
 * Divides a sighting into parts that depend on the same names. A part is certain if it
 * holds in every world: a known address may be in more sets than assumed, and an address
 * known only by its set may be any address of it.
 *
 * Beyond the bound, a part depends on what any of it does.
 *
 * @param alternatives choices of what is not known, in which it may not hold
 */
export function evenParts(sighting: Sighting, alternatives: readonly Taken[], judge: Judge): EvenPart[] {
  let parts: EvenPart[] = [{ spans: sighting.spans, dependsOn: distinctTexts(namesGiven(sighting)) }];
  for (const variant of variantsOf(sighting, alternatives)) {
    parts = parts.flatMap((part) => {
      const { failures, isAll } = failuresIn(part.spans, sighting, variant, judge);
      if (failures.length === 0) return [part];
      if (isAll || parts.length + failures.length > MOST_PARTS) {
        return [alsoBy(part, part.spans, ...failures)];
      }
      return split(part, failures);
    });
  }
  return parts;
}

/** Some connections of a part, which also depend on the names of their failures. */
function alsoBy({ dependsOn }: EvenPart, spans: readonly Span[], ...failures: readonly EvenPart[]): EvenPart {
  return { spans, dependsOn: distinctTexts([...dependsOn, ...failures.flatMap((one) => one.dependsOn)]) };
}

/** Another world in which the connections of a sighting may be. */
interface Variant {
  readonly world: World;
  readonly added: Taken;
}

function variantsOf({ headers, world }: Sighting, alternatives: readonly Taken[]): Variant[] {
  const located = AXES.filter((axis) => headers.isLocated(world, axis));
  const known = headers.withinAll(world.taken);
  // What is only known by its sets is in no others.
  const possible = alternatives.filter((taken) =>
    located.every((axis) => taken[axis].every((name) => known[axis].includes(name))),
  );
  return distinct([NOTHING_TAKEN, ...possible.map((one) => subtract(one, known))]).flatMap((taken) =>
    headers
      .worldsOf(union(world.taken, taken))
      .filter(
        ({ zones }) =>
          !isNothing(taken) ||
          located.length > 0 ||
          zones.some((some, side) => differ(some, world.zones[side])),
      )
      .map((one) => ({ world: one, added: taken })),
  );
}

function differ(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.some((one, index) => one !== b[index]);
}

/** The connections for which a finding does not hold in another world, with the names by which it does not. */
function failuresIn(
  spans: readonly Span[],
  sighting: Sighting,
  variant: Variant,
  judge: Judge,
): { failures: EvenPart[]; isAll: boolean } {
  const { headers, world } = sighting;
  const domain = headers.regionOf(variant.world);
  const failures: EvenPart[] = [];
  let isAll = true;
  if (!domain) return { failures, isAll };
  // Where an address or a port is any of a set, the finding has to hold for all that the set can hold.
  const anyOn = (span: Span, axis: number): Span => {
    if (!headers.isLocated(world, axis)) return span;
    return axis === AxisName.PORT ? headers.portAxis.allPortsAt(span) : [0, headers.sizes[axis] - 1];
  };
  const { boxesIn = (one: World) => headers.boxes(one) } = sighting;
  const lists = boxesIn(variant.world);
  headers.walk<Ruling>(
    [headers.window(spans.map(anyOn))],
    [...lists, [domain]],
    (cell) => {
      const [inside] = cell.boxes[lists.length];
      if (!inside) return { holds: true, by: [] };
      const ruling = judge(cell);
      return ruling && !ruling.holds && !holdsAll(inside, cell) ? undefined : ruling;
    },
    ({ holds, by }, found) => {
      const dependsOn = holds ? [] : namesOfFailure(sighting, variant, by);
      if (dependsOn.length === 0) isAll = false;
      else failures.push({ spans: found.map(anyOn), dependsOn });
    },
  );
  return { failures, isAll };
}

/** The known connections of a part that fail, by their names, and the rest. */
function split(part: EvenPart, failures: readonly EvenPart[]): EvenPart[] {
  const failing: EvenPart[] = [];
  let rest = [part.spans];
  for (const failure of failures) {
    rest = rest.flatMap((some) => {
      const common = intersect(some, failure.spans);
      if (!common) return [some];
      failing.push(alsoBy(part, common, failure));
      return without(some, common);
    });
  }
  return [...rest.map((spans) => ({ ...part, spans })), ...failing];
}

function intersect(a: readonly Span[], b: readonly Span[]): Span[] | undefined {
  const common = a.map(([first, last], axis): Span => [
    Math.max(first, b[axis][0]),
    Math.min(last, b[axis][1]),
  ]);
  return common.every(([first, last]) => first <= last) ? common : undefined;
}

/** A product of spans without a part of it, as products of spans. */
function without(whole: readonly Span[], part: readonly Span[]): Span[][] {
  const rest: Span[][] = [];
  const left = [...whole];
  part.forEach(([first, last], axis) => {
    const [from, to] = left[axis];
    const beside = (span: Span) => rest.push(left.map((old, other) => (other === axis ? span : old)));
    if (from < first) beside([from, first - 1]);
    if (last < to) beside([last + 1, to]);
    left[axis] = [first, last];
  });
  return rest;
}

/** What a sighting depends on from the outset: the sets that known addresses are taken to be in, and facts. */
function namesGiven({ headers, world, doubted = NOTHING_TAKEN }: Sighting): string[] {
  return SLOTS.flatMap((slot) => {
    const names = slot === FACTS || !headers.isLocated(world, slot) ? world.taken[slot] : doubted[slot];
    return names.map((name) => headers.labelOf(name));
  });
}

/** The names by which a finding fails in another world; none where a smaller difference explains it. */
function namesOfFailure(
  { headers, world, by: found }: Sighting,
  { world: other, added }: Variant,
  by: readonly Decider[],
): string[] {
  if (!headers.areUsed(added, by)) return [];
  const zones = SIDES.filter(
    (side) =>
      differ(other.zones[side], world.zones[side]) &&
      [...found, ...by].some((decider) => headers.tellsZonesApart(decider, side)),
  );
  const names = [
    ...headers.namesOf(added),
    ...zones.flatMap((side) => headers.locatedBy(world, side) ?? world.zones[side].flatMap(nameOfZone)),
  ];
  return names.length > 0 ? names : AXES.flatMap((axis) => headers.locatedBy(world, axis) ?? []);
}

/** What an end's zone depends on: the tag that it is taken to be in, or those that it is not. */
function nameOfZone(zone: Zone | undefined): string[] {
  if (zone === undefined) return [];
  return zone === Zone.NEITHER ? [Zone.VIRTUAL_NETWORK, Zone.INTERNET] : [zone];
}

/** The connection of a finding that depends on the least, and what it depends on. */
export interface Certainty extends EvenPart {
  readonly sighting: Sighting;
  /** Sets that stand for addresses of the connection, because these are not known. */
  readonly located: readonly string[];
}

/**
 * Of the connections for which something was found, the first for which it
 * surely is so, or else the one that depends on the fewest names; one that
 * depends on no value known only at apply comes before one that does, since
 * such a value may still turn out to be what was meant. A known address is
 * better than one that is only known by its set.
 */
export function mostCertain(
  sightings: readonly Sighting[],
  alternatives: readonly Taken[],
  judge: Judge,
): Certainty {
  let best: Certainty | undefined;
  for (const sighting of sightings) {
    const { headers, world } = sighting;
    const located = SIDES.flatMap((side) => headers.locatedBy(world, side) ?? []);
    for (const part of evenParts(sighting, alternatives, judge)) {
      const one = { sighting, ...part, located };
      if (!best || isBetter(one, best)) best = one;
    }
    if (best?.dependsOn.length === 0 && best.located.length === 0) break;
  }
  if (!best) throw new Error("A finding has no connection.");
  return best;
}

function isBetter(one: Certainty, other: Certainty): boolean {
  const difference = byDependence(one.dependsOn, other.dependsOn);
  return difference < 0 || (difference === 0 && one.located.length < other.located.length);
}

/** Orders lists of names that findings depend on: the fewest first, and those without a value known only at apply before all. */
export function byDependence(one: readonly string[], other: readonly string[]): number {
  return Number(one.some(isOpaque)) - Number(other.some(isOpaque)) || one.length - other.length;
}
