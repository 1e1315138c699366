import type { Zone } from "./address-space";

/** Dimensions of connections. */
export enum AxisName {
  SOURCE,
  DESTINATION,
  PORT,
  SOURCE_PORT,
}

/** The four dimensions, and the facts that are not known. */
export const FACTS = 4;
const SLOTS = [AxisName.SOURCE, AxisName.DESTINATION, AxisName.PORT, AxisName.SOURCE_PORT, FACTS];

/**
 * What is taken for true of all that is not known: on each axis the sets that
 * hold what is there, and last the facts. What is not in it is taken to be
 * false: a rule matches more with each name, so that the smallest choices in
 * which rules match are all that can make a difference.
 */
export type Taken = readonly (readonly string[])[];

/** Nothing that is not known is true. */
export const NOTHING_TAKEN: Taken = SLOTS.map(() => []);

/** The zone of an end in each address space; undefined where no rule tells zones apart. */
export type Zones = ReadonlyArray<Zone | undefined>;

/** One possibility of everything that is not known. */
export interface World {
  readonly taken: Taken;
  /** Of the source and of the destination. */
  readonly zones: readonly [Zones, Zones];
}

export function keyOfTaken(taken: Taken): string {
  return JSON.stringify(taken);
}

export function isNothing(taken: Taken): boolean {
  return taken === NOTHING_TAKEN || taken.every(({ length }) => length === 0);
}

/** What is true in one or in the other. */
export function union(a: Taken, b: Taken): Taken {
  if (isNothing(a)) return b;
  if (isNothing(b)) return a;
  return SLOTS.map((slot) => [...new Set([...a[slot], ...b[slot]])].sort());
}

/** What is true in the first only. */
export function subtract(a: Taken, b: Taken): Taken {
  return SLOTS.map((slot) => a[slot].filter((name) => !b[slot].includes(name)));
}

export function isWithin(a: Taken, b: Taken): boolean {
  return SLOTS.every((slot) => a[slot].every((name) => b[slot].includes(name)));
}

/** Each once, those with fewer names first. */
export function distinct(some: readonly Taken[]): Taken[] {
  if (some.every((taken) => taken === NOTHING_TAKEN)) return some.slice(0, 1);
  const size = (taken: Taken) => taken.reduce((sum, { length }) => sum + length, 0);
  return [...new Map(some.map((taken) => [keyOfTaken(taken), taken])).values()].sort(
    (a, b) => size(a) - size(b),
  );
}

/** The product of choices: one of each factor, together. */
export function product(factors: readonly (readonly Taken[])[]): Taken[] {
  return factors.reduce<Taken[]>(
    (all, some) => distinct(all.flatMap((chosen) => some.map((one) => union(chosen, one)))),
    [NOTHING_TAKEN],
  );
}

/** How many the product may have. */
export function sizeOfProduct(factors: readonly (readonly Taken[])[]): number {
  return factors.reduce((size, { length }) => size * length, 1);
}

// Each world costs a walk; so many are looked at in well under a second.
const MOST_WORLDS = 8_000;

/** What to take for true, and the names of all that would have to be, where that is too much to look at. */
export interface Choices {
  readonly taken: readonly Taken[];
  readonly beyond: Taken;
}

/** The product of choices, as far as it is bounded: beyond, each choice alone, and all their names. */
export function boundedProduct(factors: readonly (readonly Taken[])[]): Choices {
  const each = factors.map(distinct);
  if (sizeOfProduct(each) <= MOST_WORLDS) return { taken: product(each), beyond: NOTHING_TAKEN };
  const all = distinct(each.flat());
  return { taken: all.slice(0, MOST_WORLDS), beyond: all.reduce(union, NOTHING_TAKEN) };
}
