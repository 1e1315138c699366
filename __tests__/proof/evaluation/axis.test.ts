import { Axis, lengthOf, type Span } from "../../../lib/proof/evaluation/axis";
import type { IntervalSet } from "../../../lib/azure/sets/interval-set";

const to = (...pairs: [number, number][]): IntervalSet<number> =>
  pairs.map(([start, end]) => ({ start, end }));
const pieces = <L>(axis: Axis<number, L>): string[] =>
  Array.from({ length: axis.size }, (_, position) => {
    const { label, piece } = axis.at(position);
    return `${String(label)} ${piece.start}-${piece.end}`;
  });

test("layers are cut where a set begins or ends within them, and nowhere else", () => {
  const layers = [
    { label: "a", domain: to([10, 20]) },
    { label: "b", domain: to([0, 5], [15, 30]) },
  ];
  // Sets that begin or end where the domains do, or beyond them, cut nothing.
  expect(pieces(new Axis(layers, [to([0, 30]), to([-5, 99]), to([30, 40])]))).toEqual([
    "a 10-20",
    "b 0-5",
    "b 15-30",
  ]);
  expect(pieces(new Axis(layers, [to([12, 18])]))).toEqual([
    "a 10-12",
    "a 12-18",
    "a 18-20",
    "b 0-5",
    "b 15-18",
    "b 18-30",
  ]);
});

test("cuts stand in order, whatever the order of the sets, and each counts once", () => {
  const layers = [{ label: "a", domain: to([0, 100]) }];
  const axis = new Axis(layers, [to([50, 60]), to([10, 20]), to([20, 50]), to([10, 60])]);
  expect(pieces(axis)).toEqual(["a 0-10", "a 10-20", "a 20-50", "a 50-60", "a 60-100"]);
});

test("a layer that holds nothing is none", () => {
  const axis = new Axis(
    [
      { label: "empty", domain: to() },
      { label: "a", domain: to([0, 2]) },
      { label: "empty too", domain: to() },
    ],
    [],
  );
  expect(axis.labels).toEqual(["a"]);
  expect(axis.size).toBe(1);
  expect(axis.whole).toEqual([[0, 0]]);
  expect(axis.at(0).label).toBe("a");
});

test("an axis of nothing has no position", () => {
  const axis = new Axis<number, string>([{ label: "empty", domain: to() }], [to([0, 5])]);
  expect({ size: axis.size, whole: axis.whole, labels: axis.labels }).toEqual({
    size: 0,
    whole: [],
    labels: [],
  });
});

describe("spans", () => {
  const axis = new Axis(
    [
      { label: "a", domain: to([0, 40]) },
      { label: "b", domain: to([0, 40]) },
    ],
    [to([10, 20]), to([30, 31])],
  );

  test.each<[string, (label: string) => IntervalSet<number> | undefined, Span[]]>([
    ["nothing", () => to(), []],
    ["all of every layer, as one span", () => undefined, [[0, 9]]],
    ["all of one layer", (label) => (label === "b" ? undefined : to()), [[5, 9]]],
    [
      "some values of each layer",
      () => to([10, 20]),
      [
        [1, 1],
        [6, 6],
      ],
    ],
    [
      "values that touch, as one span",
      () => to([0, 10], [10, 20]),
      [
        [0, 1],
        [5, 6],
      ],
    ],
    [
      "values that lie apart",
      () => to([0, 10], [30, 31]),
      [
        [0, 0],
        [3, 3],
        [5, 5],
        [8, 8],
      ],
    ],
    [
      "the end of one layer and the beginning of the next",
      (label) => (label === "a" ? to([31, 40]) : to([0, 10])),
      [[4, 5]],
    ],
    ["values beyond the layers", () => to([40, 90]), []],
  ])("hold %s", (_, held, expected) => {
    expect(axis.spans(held)).toEqual(expected);
    expect(lengthOf(axis.spans(held))).toBe(
      expected.reduce((sum, [first, last]) => sum + last - first + 1, 0),
    );
  });

  test("positions of some layers are all of theirs, or that of the piece which begins with a value", () => {
    expect(axis.positions((label) => label === "b")).toEqual([5, 6, 7, 8, 9]);
    expect(axis.positions(() => true, 20)).toEqual([2, 7]);
    expect(axis.positions(() => true, 15)).toEqual([]);
    expect(axis.positions(() => true, 99)).toEqual([]);
  });
});
