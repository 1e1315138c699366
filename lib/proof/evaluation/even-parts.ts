import type { Span } from "./axis";
import { makeBox, partition, type Box, type Cell } from "./partition";
import type { Scene } from "./scene";

/** A part of a product of spans, throughout which something holds or throughout which it does not. */
export interface Division {
  readonly spans: readonly Span[];
  readonly holds: boolean;
}

/** Divides a product of spans by whether something holds. */
export type Within = (spans: readonly Span[]) => Division[];

/** Divides a product of spans into parts throughout which something holds, or does not. */
export function divide(
  lists: readonly (readonly Box[])[],
  window: readonly Span[],
  holds: (cell: Cell) => boolean | undefined,
): Division[] {
  if (window.every(([first, last]) => first === last)) return [atPoint(lists, window, holds)];
  const divisions: Division[] = [];
  const sizes = window.map(([first, last]) => last - first + 1);
  const near = lists.map((list) =>
    list.map((box) => clip(box, window, sizes)).filter((box) => box !== undefined),
  );
  partition(near, sizes, (cell) => {
    const answer = holds(cell);
    if (answer === undefined) return false;
    const spans = cell.spans.map(([first, last], axis): Span => [
      first + window[axis][0],
      last + window[axis][0],
    ]);
    divisions.push({ spans, holds: answer });
    return true;
  });
  return divisions;
}

/** At a single connection everything is decided, by the first box of each list that holds it. */
function atPoint(
  lists: readonly (readonly Box[])[],
  window: readonly Span[],
  holds: (cell: Cell) => boolean | undefined,
): Division {
  const boxes = lists.map((list) => {
    const first = list.find((box) => isNear(box, window));
    return first ? [first] : [];
  });
  return { spans: window, holds: holds({ spans: window, boxes, undivided: 0 }) === true };
}

/** Whether a box has a part within a product of spans. */
function isNear(box: Box, window: readonly Span[]): boolean {
  return box.spans.every((some, axis) =>
    some.some(([first, last]) => first <= window[axis][1] && window[axis][0] <= last),
  );
}

/** The part of a box within a product of spans, counted from where the spans begin; undefined where there is none. */
function clip(box: Box, window: readonly Span[], sizes: readonly number[]): Box | undefined {
  if (!isNear(box, window)) return undefined;
  const spans = box.spans.map((some, axis) => {
    const [from, to] = window[axis];
    return some
      .filter(([first, last]) => first <= to && from <= last)
      .map(([first, last]): Span => [Math.max(first, from) - from, Math.min(last, to) - from]);
  });
  return makeBox(box.index, spans, sizes);
}

/** The spans with one position left of an axis. */
export function pinned(spans: readonly Span[], axis: number, position: number): Span[] {
  return spans.map((span, other): Span => (other === axis ? [position, position] : span));
}

/**
 * Divides a product of spans, in which something holds, until it holds alike
 * at all its connections however the doubts about their ends are resolved.
 */
export function* evenParts(scene: Scene, spans: readonly Span[], within: Within): Generator<readonly Span[]> {
  for (const resolved of resolutions(scene, spans)) {
    const divisions = within(spans.map((span, axis): Span => resolved[axis] ?? span));
    if (divisions.every(({ holds }) => holds) || !divisions.some(({ holds }) => holds)) continue;
    for (const part of divisions) {
      yield* evenParts(
        scene,
        spans.map((span, axis) => (resolved[axis] ? span : part.spans[axis])),
        within,
      );
    }
    return;
  }
  yield spans;
}

/** Every way to resolve doubts on some of the axes: on each, the position of a sibling, or undefined where it stays as it is. */
function resolutions(scene: Scene, spans: readonly Span[]): (Span | undefined)[][] {
  return spans
    .map((span, axis) => [
      undefined,
      ...scene.siblingsOn(axis, span).map((position): Span => [position, position]),
    ])
    .reduce<(Span | undefined)[][]>(
      (all, some) => all.flatMap((chosen) => some.map((one) => [...chosen, one])),
      [[]],
    );
}
