import { stableHash } from "../../base/stable-hash";

/** Priorities from the first to the last, inclusive. */
export interface PriorityBand {
  readonly first: number;
  readonly last: number;
}

/** The priorities of flows that a user declares, where the user gives none. */
export const USER_PRIORITIES: PriorityBand = { first: 2000, last: 3999 };

/**
 * The preferred priority of a rule of this name. It depends only on the name,
 * so other rules do not move it unless two prefer the same.
 */
export function preferredPriority(name: string, { first, last }: PriorityBand): number {
  return first + (stableHash(name) % (last - first + 1));
}

/**
 * Priorities for as many names as the band holds: each gets its preferred one,
 * or the next that no earlier name has.
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
