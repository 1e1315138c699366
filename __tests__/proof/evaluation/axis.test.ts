import type { IntervalSet } from "../../../lib/azure/sets/interval-set";
import { Axis, intersectSpans, lengthOf, type Span } from "../../../lib/proof/evaluation/axis";

const to = (...pairs: [number, number][]): IntervalSet<number> =>
  pairs.map(([start, end]) => ({ start, end }));
const pieces = (axis: Axis<number>): string[] =>
  Array.from({ length: axis.size }, (_, position) => `${axis.at(position).start}-${axis.at(position).end}`);

test("a domain is cut where a set begins or ends within it, and nowhere else", () => {
  const domain = to([0, 5], [10, 30]);
  // Sets that begin or end where the domain does, or beyond it, cut nothing.
  expect(pieces(new Axis(domain, [to([0, 30]), to([-5, 99]), to([5, 10])]))).toEqual(["0-5", "10-30"]);
  expect(pieces(new Axis(domain, [to([3, 12], [18, 40])]))).toEqual([
    "0-3",
    "3-5",
    "10-12",
    "12-18",
    "18-30",
  ]);
});

test("cuts stand in order, whatever the order of the sets, and each counts once", () => {
  const axis = new Axis(to([0, 100]), [to([50, 60]), to([10, 20]), to([20, 50]), to([10, 60])]);
  expect(pieces(axis)).toEqual(["0-10", "10-20", "20-50", "50-60", "60-100"]);
});

test("an axis of nothing has no position", () => {
  const axis = new Axis(to(), [to([0, 1])]);
  expect(axis.size).toBe(0);
  expect(axis.spans(to([0, 1]))).toEqual([]);
});

test("values are at spans that lie apart, also where the domain has a gap between them", () => {
  const axis = new Axis(to([0, 10], [20, 30]), [to([2, 4], [6, 8], [22, 24])]);
  expect(axis.spans(to([2, 4], [6, 8]))).toEqual([
    [1, 1],
    [3, 3],
  ]);
  expect(axis.spans(to([8, 22]))).toEqual([[4, 5]]);
  expect(axis.spans(to([8, 10], [20, 22]))).toEqual([[4, 5]]);
  expect(axis.spans(to([12, 15]))).toEqual([]);
});

test.each<[Span[], Span[], Span[]]>([
  [[[0, 9]], [[3, 5]], [[3, 5]]],
  [
    [
      [0, 2],
      [5, 9],
    ],
    [[2, 5]],
    [
      [2, 2],
      [5, 5],
    ],
  ],
  [[[0, 2]], [[3, 4]], []],
  [[], [[0, 1]], []],
])("%j and %j share %j", (a, b, common) => {
  expect(intersectSpans(a, b)).toEqual(common);
  expect(intersectSpans(b, a)).toEqual(common);
  expect(lengthOf(common)).toBe(common.reduce((sum, [first, last]) => sum + last - first + 1, 0));
});
