/** The values from `start` up to, and without, `end`. */
export interface Interval<T> {
  readonly start: T;
  readonly end: T;
}

/**
 * A set of whole numbers as sorted intervals that neither overlap nor touch.
 * IPv4 addresses and ports are numbers, IPv6 addresses are bigints; half-open
 * intervals need comparison only, so that one code serves both.
 */
export type IntervalSet<T> = readonly Interval<T>[];

/** The set of all values that are in some of the intervals, which may be empty, overlap and come in any order. */
export function intervalSet<T>(intervals: readonly Interval<T>[]): IntervalSet<T> {
  const sorted = intervals
    .filter(({ start, end }) => start < end)
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  const joined: Interval<T>[] = [];
  for (const interval of sorted) {
    const last = joined[joined.length - 1];
    if (!last || last.end < interval.start) joined.push(interval);
    else if (last.end < interval.end) joined[joined.length - 1] = { start: last.start, end: interval.end };
  }
  return joined;
}

/** The values in either set. */
export function union<T>(a: IntervalSet<T>, b: IntervalSet<T>): IntervalSet<T> {
  return intervalSet([...a, ...b]);
}

/** The values in both sets. */
export function intersect<T>(a: IntervalSet<T>, b: IntervalSet<T>): IntervalSet<T> {
  const common: Interval<T>[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const start = a[i].start > b[j].start ? a[i].start : b[j].start;
    const end = a[i].end < b[j].end ? a[i].end : b[j].end;
    if (start < end) common.push({ start, end });
    if (a[i].end < b[j].end) i++;
    else j++;
  }
  return common;
}

/** The values in the first set that are not in the second. */
export function subtract<T>(from: IntervalSet<T>, what: IntervalSet<T>): IntervalSet<T> {
  const rest: Interval<T>[] = [];
  let j = 0;
  for (const { start, end } of from) {
    let next = start;
    while (j < what.length && what[j].end <= next) j++;
    for (let k = j; k < what.length && what[k].start < end; k++) {
      if (next < what[k].start) rest.push({ start: next, end: what[k].start });
      next = what[k].end;
    }
    if (next < end) rest.push({ start: next, end });
  }
  return rest;
}

/** Whether the set contains the value. */
export function includes<T>(set: IntervalSet<T>, value: T): boolean {
  return set.some(({ start, end }) => start <= value && value < end);
}
