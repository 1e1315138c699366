import fc from "fast-check";
import type { Span } from "../../../lib/proof/evaluation/axis";
import { decided, makeBox, partition, type Box, type Cell } from "../../../lib/proof/evaluation/partition";
import { runs } from "../../support/arbitraries/property-settings";

const SIZES = [4, 3, 5];

const span = (size: number) =>
  fc.tuple(fc.nat(size - 1), fc.nat(size - 1)).map(([a, b]): Span => [Math.min(a, b), Math.max(a, b)]);
const spans = (size: number) =>
  fc.oneof(
    fc.constant<Span[]>([[0, size - 1]]),
    span(size).map((one) => [one]),
    fc.constant<Span[]>(
      size > 3
        ? [
            [0, 0],
            [2, size - 1],
          ]
        : [[0, 0]],
    ),
  );
const list = (maxLength: number) =>
  fc
    .array(fc.tuple(...SIZES.map(spans)), { maxLength })
    .map((all) => all.map((one, index) => makeBox(index, one, SIZES)!));

function holdsPoint(box: Box, point: readonly number[]): boolean {
  return box.spans.every((some, axis) =>
    some.some(([first, last]) => first <= point[axis] && point[axis] <= last),
  );
}

const POINTS = SIZES.reduce<number[][]>(
  (points, size) => points.flatMap((point) => Array.from({ length: size }, (_, i) => [...point, i])),
  [[]],
);

/** The first box of each list at every point, as cells say it. */
function firstBoxes(lists: readonly (readonly Box[])[]): Map<string, (number | undefined)[]> {
  const found = new Map<string, (number | undefined)[]>();
  partition(lists, SIZES, (cell) => {
    const firsts = lists.map((_, i) => decided(cell, i));
    if (!lists.every((_, i) => firsts[i] !== undefined || cell.boxes[i].length === 0)) return false;
    for (const point of POINTS) {
      if (!cell.spans.every(([first, last], axis) => first <= point[axis] && point[axis] <= last)) continue;
      if (found.has(point.join())) throw new Error(`${point.join()} is in two cells`);
      found.set(
        point.join(),
        firsts.map((box) => box?.index),
      );
    }
    return true;
  });
  return found;
}

describe("a partition", () => {
  // More than six boxes are swept in another way than a few.
  it.each([4, 20])("finds the first box of each list at every point, with up to %d boxes a list", (count) => {
    fc.assert(
      fc.property(list(count), list(3), (one, other) => {
        const found = firstBoxes([one, other]);
        const expected = POINTS.map(
          (point) =>
            [
              point.join(),
              [one, other].map((boxes) => boxes.find((box) => holdsPoint(box, point))?.index),
            ] as const,
        );
        expect(found).toEqual(new Map(expected));
      }),
      runs(150),
    );
  });

  it("handles more boxes than a word has bits", () => {
    const boxes = Array.from({ length: 70 }, (_, i) =>
      makeBox(i, [[[i % 4, i % 4]], [[0, 2]], [[i % 5, i % 5]]], SIZES)!,
    );
    const found = firstBoxes([boxes]);
    for (const point of POINTS) {
      expect(found.get(point.join())).toEqual([boxes.find((box) => holdsPoint(box, point))?.index]);
    }
  });

  it("costs about as many cells as there are boxes that lie apart or in one another", () => {
    const size = 2000;
    const cellsOf = (boxes: readonly Box[]) => {
      let cells = 0;
      partition([boxes], [size, size], (cell) => {
        cells++;
        return cell.boxes[0].length === 0 || decided(cell, 0) !== undefined;
      });
      return cells;
    };
    const apart = Array.from({ length: 500 }, (_, i) =>
      makeBox(i, [[[2 * i, 2 * i]], [[3 * i, 3 * i]]], [size, size])!,
    );
    const nested = Array.from({ length: 500 }, (_, i) =>
      makeBox(i, [[[0, 9]], [[900 - i, 900 + i]]], [size, size])!,
    );
    expect(cellsOf(apart)).toBeLessThan(8 * 500);
    expect(cellsOf(nested)).toBeLessThan(8 * 500);
  });

  it("has no cell where an axis has no position", () => {
    const visited: Cell[] = [];
    partition([[]], [3, 0], (cell) => visited.push(cell) > 0);
    expect(visited).toEqual([]);
  });
});

describe("boxes", () => {
  it("do not exist if an axis is empty", () => {
    expect(makeBox(0, [[[0, 3]], [], [[0, 0]]], SIZES)).toBeUndefined();
  });
});
