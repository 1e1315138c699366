import { lengthOf, type Span } from "./axis";

/** What one rule or flow holds: the product of its spans on each axis. */
export interface Box {
  /** Index of the rule or flow in its own list. */
  readonly index: number;
  /** On each axis, in order and apart. */
  readonly spans: readonly (readonly Span[])[];
  /** One bit for each axis that it holds all of. */
  readonly wide: number;
  /** On each axis, how many positions it holds. */
  readonly widths: readonly number[];
}

/** A product of spans, one on each axis, and the boxes that it meets. */
export interface Cell {
  /** On each axis. */
  readonly spans: readonly Span[];
  /** In each list, in order, the boxes that meet the cell up to the first that holds all of it. */
  readonly boxes: readonly (readonly Box[])[];
  /** One bit for each axis that is not divided yet. */
  readonly undivided: number;
}

/** The box, or undefined where it holds nothing. */
export function makeBox(
  index: number,
  spans: readonly (readonly Span[])[],
  sizes: readonly number[],
): Box | undefined {
  const widths = spans.map(lengthOf);
  if (widths.includes(0)) return undefined;
  const wide = widths.reduce((mask, width, axis) => (width === sizes[axis] ? mask | (1 << axis) : mask), 0);
  return { index, spans, wide, widths };
}

/** Whether a box that meets the cell holds all of it. */
export function holdsAll(box: Box, cell: Cell): boolean {
  return (box.wide & cell.undivided) === cell.undivided;
}

/** Whether a box holds the point. */
export function holdsPoint(box: Box, point: readonly number[]): boolean {
  return box.spans.every((spans, axis) =>
    spans.some(([first, last]) => first <= point[axis] && point[axis] <= last),
  );
}

/** Whether two boxes share a point. */
export function meet(a: Box, b: Box): boolean {
  return a.spans.every((spans, axis) => spansMeet(spans, b.spans[axis]));
}

function spansMeet(a: readonly Span[], b: readonly Span[]): boolean {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i][1] < b[j][0]) i++;
    else if (b[j][1] < a[i][0]) j++;
    else return true;
  }
  return false;
}

/** The box of a list that holds all of the cell and comes first of those that meet it. */
export function decided(cell: Cell, list: number): Box | undefined {
  const first = cell.boxes[list][0];
  return first && holdsAll(first, cell) ? first : undefined;
}

/**
 * Divides the product of all axes into cells, coarse ones first, until the
 * visitor says that a cell needs no dividing. At each cell it divides the axis
 * on which the boxes are narrowest, so that lists of boxes that lie apart, or
 * in one another, cost about their length.
 */
export function partition(
  lists: readonly (readonly Box[])[],
  sizes: readonly number[],
  isSettled: (cell: Cell) => boolean,
): void {
  if (sizes.includes(0)) return;
  const undivided = (1 << sizes.length) - 1;
  const spans = sizes.map((size): Span => [0, size - 1]);
  const boxes = lists.map((list) => upToFirstWide(list, undivided));
  descend({ spans, boxes, undivided }, sizes, isSettled);
}

function descend(cell: Cell, sizes: readonly number[], isSettled: (cell: Cell) => boolean): void {
  if (isSettled(cell)) return;
  const axis = narrowestAxis(cell, sizes);
  if (axis === undefined) return;
  const undivided = cell.undivided & ~(1 << axis);
  sweep(cell.boxes, axis, sizes[axis], undivided, (span, boxes) => {
    descend(
      { spans: cell.spans.map((old, i) => (i === axis ? span : old)), boxes, undivided },
      sizes,
      isSettled,
    );
  });
}

function upToFirstWide(list: readonly Box[], undivided: number): readonly Box[] {
  const index = list.findIndex((box) => (box.wide & undivided) === undivided);
  return index < 0 ? list : list.slice(0, index + 1);
}

function narrowestAxis(cell: Cell, sizes: readonly number[]): number | undefined {
  let narrowest: number | undefined;
  let least = Infinity;
  for (let axis = 0; axis < sizes.length; axis++) {
    if ((cell.undivided & (1 << axis)) === 0) continue;
    let held = 0;
    let all = 0;
    for (const list of cell.boxes) {
      for (const box of list) held += box.widths[axis];
      all += list.length;
    }
    const share = held / (all * sizes[axis]);
    // An axis that every box holds all of tells nothing apart.
    if (share < 1 && share < least) {
      least = share;
      narrowest = axis;
    }
  }
  return narrowest;
}

/** Walks along an axis, from one position at which a box begins or ends to the next. */
function sweep(
  lists: readonly (readonly Box[])[],
  axis: number,
  size: number,
  undivided: number,
  visit: (span: Span, boxes: readonly (readonly Box[])[]) => void,
): void {
  const changes = lists.map((list) => new Changes(list, axis, undivided));
  const marks = new Set<number>([0]);
  for (const list of lists) {
    for (const box of list) {
      for (const [first, last] of box.spans[axis]) {
        marks.add(first);
        if (last + 1 < size) marks.add(last + 1);
      }
    }
  }
  const starts = Float64Array.from(marks).sort();
  for (let i = 0; i < starts.length; i++) {
    const first = starts[i];
    const last = (i + 1 < starts.length ? starts[i + 1] : size) - 1;
    visit(
      [first, last],
      changes.map((change) => change.boxesAt(first)),
    );
  }
}

/** Which boxes of a list are met, position after position: one bit a box, so that the first of them are found at once. */
class Changes {
  private readonly words: Uint32Array;
  private readonly begins: readonly (readonly [position: number, index: number])[];
  private readonly ends: readonly (readonly [position: number, index: number])[];
  private begun = 0;
  private ended = 0;

  constructor(
    private readonly list: readonly Box[],
    axis: number,
    private readonly undivided: number,
  ) {
    const spans = list.flatMap((box, index) =>
      box.spans[axis].map(([first, last]) => ({ first, last, index })),
    );
    this.words = new Uint32Array((list.length + 31) >> 5);
    this.begins = spans.map(({ first, index }) => [first, index] as const).sort((a, b) => a[0] - b[0]);
    this.ends = spans.map(({ last, index }) => [last + 1, index] as const).sort((a, b) => a[0] - b[0]);
  }

  /** In order, up to the first that holds all of the rest. Positions must not decrease from call to call. */
  boxesAt(position: number): readonly Box[] {
    for (; this.ended < this.ends.length && this.ends[this.ended][0] <= position; this.ended++) {
      const index = this.ends[this.ended][1];
      this.words[index >> 5] &= ~(1 << (index & 31));
    }
    for (; this.begun < this.begins.length && this.begins[this.begun][0] <= position; this.begun++) {
      const index = this.begins[this.begun][1];
      this.words[index >> 5] |= 1 << (index & 31);
    }
    const met: Box[] = [];
    for (let word = 0; word < this.words.length; word++) {
      for (let bits = this.words[word]; bits !== 0; bits &= bits - 1) {
        const box = this.list[word * 32 + 31 - Math.clz32(bits & -bits)];
        met.push(box);
        if ((box.wide & this.undivided) === this.undivided) return met;
      }
    }
    return met;
  }
}
