import { distinctTexts } from "../../base/collections";
import type { Zone } from "./address-space";

/** Dimensions of connections. */
export enum AxisName {
  SOURCE,
  DESTINATION,
  PORT,
  SOURCE_PORT,
}

/** The four dimensions, and the unknown facts. */
export const FACTS = 4 as const;
export const SIDES = [AxisName.SOURCE, AxisName.DESTINATION] as const;
export const AXES = [...SIDES, AxisName.PORT, AxisName.SOURCE_PORT] as const;
export const SLOTS = [...AXES, FACTS] as const;

/**
 * The choice of what is true in a world: on each axis the unknown sets that
 * contain the connection's value, and last the unknown facts. Everything else is
 * false. A rule matches more with each name, so only the smallest choices in
 * which rules match can make a difference.
 */
export type Taken = readonly (readonly string[])[];

/** The world in which no unknown set or fact is true. */
export const NOTHING_TAKEN: Taken = SLOTS.map(() => []);

/** The zone of an end in each address space; undefined if no rule distinguishes zones. */
export type Zones = ReadonlyArray<Zone | undefined>;

/** A possible world: one choice of all that is unknown. */
export interface World {
  readonly taken: Taken;
  /** Of the source and of the destination. */
  readonly zones: readonly [Zones, Zones];
}

export function isNothing(taken: Taken): boolean {
  return taken === NOTHING_TAKEN || taken.every(({ length }) => length === 0);
}

/** The names that are true in either. */
export function union(a: Taken, b: Taken): Taken {
  if (isNothing(a)) return b;
  if (isNothing(b)) return a;
  return SLOTS.map((slot) => distinctTexts([...a[slot], ...b[slot]]));
}

/** The names that are true in the first only. */
export function subtract(a: Taken, b: Taken): Taken {
  return SLOTS.map((slot) => a[slot].filter((name) => !b[slot].includes(name)));
}

/** Distinct choices, those with fewer names first. */
export function distinct(some: readonly Taken[]): Taken[] {
  if (some.every((taken) => taken === NOTHING_TAKEN)) return some.slice(0, 1);
  const size = (taken: Taken) => taken.reduce((sum, { length }) => sum + length, 0);
  return [...new Map(some.map((taken) => [JSON.stringify(taken), taken])).values()].sort(
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

// Each world costs a walk over the partition; this many take well under a second.
const MOST_WORLDS = 8_000;

/** The choices to evaluate, and the names of those beyond the bound. */
export interface Choices {
  readonly taken: readonly Taken[];
  readonly beyond: Taken;
}

/** The product of choices up to the bound; beyond it, each choice alone, and all their names. */
export function boundedProduct(factors: readonly (readonly Taken[])[]): Choices {
  const each = factors.map(distinct);
  const size = each.reduce((known, { length }) => known * length, 1);
  if (size <= MOST_WORLDS) return { taken: product(each), beyond: NOTHING_TAKEN };
  const all = distinct(each.flat());
  return { taken: all.slice(0, MOST_WORLDS), beyond: all.reduce(union, NOTHING_TAKEN) };
}
