import { stableHash } from "../../base/stable-hash";

/** Priorities from the first to the last, both among them. */
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
