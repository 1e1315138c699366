import type { Axis } from "./axis";

/** A reason why a finding at one position may not be one: it is certain where it holds at all of the siblings. */
export interface Doubt {
  /** What the finding depends on. */
  readonly names: readonly string[];
  /** Positions of the same axis. Where there are none, the doubt stands. */
  readonly siblings: readonly number[];
}

/** What a layer of an axis takes its values to be in. */
export interface Membership {
  /** The sets that say which values these are, where that is not known. */
  readonly location: readonly string[];
  /** Further sets that the values are taken to be in. */
  readonly surplus: readonly string[];
}

/**
 * What a finding at a position may depend on.
 *
 * A value that is only known by its set is any that the set can hold, in none
 * of the other sets that are not known; where it is taken to be in one of them
 * nevertheless, that stays in doubt. A known value may be in more sets than it
 * is taken to be in, or in fewer.
 */
export function doubtsAt<T, L extends Membership>(
  axis: Axis<T, L>,
  label: L,
  start: T,
  isKin: (other: L) => boolean,
): Doubt[] {
  const kin = axis.labels.filter(isKin);
  if (label.location.length > 0) {
    const same = new Set(kin.filter((other) => isSame(other, label)));
    const located = { names: label.location, siblings: axis.positions((other) => same.has(other)) };
    return label.surplus.length > 0 ? [{ names: label.surplus, siblings: [] }, located] : [located];
  }
  const doubts = new Map<string, Doubt>();
  for (const other of kin) {
    const names = difference(namesOf(label), namesOf(other));
    const positions = axis.positions((one) => one === other, start);
    if (names.length === 0 || positions.length === 0) continue;
    const key = names.join("\n");
    doubts.set(key, { names, siblings: [...(doubts.get(key)?.siblings ?? []), ...positions] });
  }
  return [...doubts.values()];
}

function namesOf({ location, surplus }: Membership): string[] {
  return [...location, ...surplus];
}

/** The names that only one of the lists holds. */
function difference(a: readonly string[], b: readonly string[]): string[] {
  return [...a.filter((name) => !b.includes(name)), ...b.filter((name) => !a.includes(name))];
}

/** Whether two layers take their values to be in the same sets. */
export function isSame(a: Membership, b: Membership): boolean {
  return difference(namesOf(a), namesOf(b)).length === 0;
}
