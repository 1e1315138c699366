import fc from "fast-check";
import {
  includes,
  intersect,
  intervalSet,
  subtract,
  union,
  type Interval,
} from "../../../lib/azure/sets/interval-set";
import { runs } from "../../support/arbitraries/property-settings";

const TOP = 24;
const intervals = fc.array(
  fc.tuple(fc.nat(TOP), fc.nat(TOP)).map(([start, end]): Interval<number> => ({ start, end })),
  { maxLength: 6 },
);
const VALUES = Array.from({ length: TOP + 1 }, (_, value) => value);
const holds = (some: readonly Interval<number>[]) => (value: number) =>
  some.some(({ start, end }) => start <= value && value < end);
const valuesOf = (set: readonly Interval<number>[]) => VALUES.filter(holds(set));

describe("interval sets", () => {
  it("hold what their intervals hold, sorted, apart and not touching", () => {
    fc.assert(
      fc.property(intervals, (some) => {
        const set = intervalSet(some);
        expect(valuesOf(set)).toEqual(VALUES.filter(holds(some)));
        set.forEach(({ start, end }, i) => {
          expect(start).toBeLessThan(end);
          if (i > 0) expect(set[i - 1].end).toBeLessThan(start);
        });
      }),
      runs(100),
    );
  });

  it("unite, intersect and subtract as sets of single values do", () => {
    fc.assert(
      fc.property(intervals, intervals, (one, other) => {
        const [a, b] = [intervalSet(one), intervalSet(other)];
        expect(union(a, b)).toEqual(intervalSet([...a, ...b]));
        expect(valuesOf(intersect(a, b))).toEqual(valuesOf(a).filter(holds(b)));
        expect(valuesOf(subtract(a, b))).toEqual(valuesOf(a).filter((value) => !holds(b)(value)));
        VALUES.forEach((value) => expect(includes(a, value)).toBe(holds(a)(value)));
      }),
      runs(100),
    );
  });

  it("stay apart and sorted when intersected and subtracted, so that results can be used again", () => {
    fc.assert(
      fc.property(intervals, intervals, (one, other) => {
        const [a, b] = [intervalSet(one), intervalSet(other)];
        expect(intersect(a, b)).toEqual(intervalSet(intersect(a, b)));
        expect(subtract(a, b)).toEqual(intervalSet(subtract(a, b)));
      }),
      runs(100),
    );
  });

  it("work with bigints, beyond what numbers tell apart", () => {
    const top = 1n << 128n;
    expect(subtract([{ start: 0n, end: top }], [{ start: top - 2n, end: top - 1n }])).toEqual([
      { start: 0n, end: top - 2n },
      { start: top - 1n, end: top },
    ]);
  });
});
