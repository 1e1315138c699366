import fc from "fast-check";
import type { Span } from "../../../lib/proof/evaluation/axis";
import { divide, pinned } from "../../../lib/proof/evaluation/even-parts";
import { decided, makeBox, type Box, type Cell } from "../../../lib/proof/evaluation/partition";
import { runs } from "../../support/arbitraries/property-settings";

const SIZES = [5, 4];

const span = (size: number) =>
  fc.tuple(fc.nat(size - 1), fc.nat(size - 1)).map(([a, b]): Span => [Math.min(a, b), Math.max(a, b)]);
/** On each axis one span, or two that lie apart. */
const spans = (size: number) =>
  fc.oneof(
    span(size).map((one) => [one]),
    fc.constant<Span[]>([
      [0, 0],
      [size - 1, size - 1],
    ]),
  );
const boxes = fc
  .array(fc.tuple(...SIZES.map(spans)), { maxLength: 4 })
  .map((all) => all.map((some, index) => makeBox(index, some, SIZES)!));
const windows = fc.tuple(...SIZES.map(span));

/** Whether the first box that decides a cell has an even index; undefined while none decides. */
const isEven = (cell: Cell): boolean | undefined => {
  if (cell.boxes[0].length === 0) return false;
  const first = decided(cell, 0);
  return first && first.index % 2 === 0;
};

const pointsOf = (window: readonly Span[]): number[][] =>
  window.reduce<number[][]>(
    (points, [first, last]) =>
      points.flatMap((point) =>
        Array.from({ length: last - first + 1 }, (_, offset) => [...point, first + offset]),
      ),
    [[]],
  );
const holds = (box: Box, point: readonly number[]): boolean =>
  box.spans.every((some, axis) => some.some(([first, last]) => first <= point[axis] && point[axis] <= last));

test("a window is divided into parts that lie in it, hold each of its points once, and are right throughout", () => {
  fc.assert(
    fc.property(boxes, windows, (list, window) => {
      const parts = divide([list], window, isEven);
      const found = parts.flatMap(({ spans: some, holds: answer }) =>
        pointsOf(some).map((point) => `${point.join()} ${answer}`),
      );
      const expected = pointsOf(window).map((point) => {
        const first = list.find((box) => holds(box, point));
        return `${point.join()} ${first !== undefined && first.index % 2 === 0}`;
      });
      expect([...found].sort()).toEqual([...expected].sort());
    }),
    runs(300),
  );
});

test("what is far from the window divides nothing of it", () => {
  const far = makeBox(0, [[[4, 4]], [[0, 0]]], SIZES)!;
  expect(
    divide(
      [[far]],
      [
        [0, 3],
        [0, 3],
      ],
      isEven,
    ),
  ).toEqual([
    {
      spans: [
        [0, 3],
        [0, 3],
      ],
      holds: false,
    },
  ]);
  const near = makeBox(0, [[[0, 3]], [[0, 3]]], SIZES)!;
  expect(
    divide(
      [[near]],
      [
        [1, 2],
        [1, 3],
      ],
      isEven,
    ),
  ).toEqual([
    {
      spans: [
        [1, 2],
        [1, 3],
      ],
      holds: true,
    },
  ]);
});

test("a pinned window has one position left of an axis", () => {
  expect(
    pinned(
      [
        [0, 3],
        [1, 2],
      ],
      0,
      2,
    ),
  ).toEqual([
    [2, 2],
    [1, 2],
  ]);
  expect(
    pinned(
      [
        [0, 3],
        [1, 2],
      ],
      1,
      1,
    ),
  ).toEqual([
    [0, 3],
    [1, 1],
  ]);
});
