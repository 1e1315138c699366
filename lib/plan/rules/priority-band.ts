import { stableHash } from "../../base/stable-hash";

/** Priorities from the first to the last, inclusive. */
export interface PriorityBand {
  readonly first: number;
  readonly last: number;
}

/** The priorities of flows that a user declares, where the user gives none. */
export const USER_PRIORITIES: PriorityBand = { first: 2000, last: 3999 };

/**
 * The priority in the band that a rule of this name wants. It depends on
 * nothing but the name: other rules come and go without moving it, unless
 * two meet on one number.
 */
export function preferredPriority(name: string, { first, last }: PriorityBand): number {
  return first + (stableHash(name) % (last - first + 1));
}

/**
 * The priorities of names that may all stand in one band, of as many as it
 * holds: each has the priority that it wants, or the next that none before it
 * in the list has.
 */
export function reservedPriorities(names: readonly string[], band: PriorityBand): Map<string, number> {
  const reserved = new Map<string, number>();
  const taken = new Set<number>();
  for (const name of names.slice(0, band.last - band.first + 1)) {
    const priority = nextFree(preferredPriority(name, band), band, taken);
    if (priority === undefined) break;
    reserved.set(name, priority);
    taken.add(priority);
  }
  return reserved;
}

/** The priority, or the next of the band, around its end, that is not taken. */
export function nextFree(
  start: number,
  { first, last }: PriorityBand,
  taken: ReadonlySet<number>,
): number | undefined {
  const span = last - first + 1;
  for (let step = 0; step < span; step++) {
    const priority = first + ((start - first + step) % span);
    if (!taken.has(priority)) return priority;
  }
  return undefined;
}
