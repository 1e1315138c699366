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
  const widths: number[] = [];
  let wide = 0;
  for (let axis = 0; axis < sizes.length; axis++) {
    const width = lengthOf(spans[axis]);
    if (width === 0) return undefined;
    if (width === sizes[axis]) wide |= 1 << axis;
    widths.push(width);
  }
  return { index, spans, wide, widths };
}

/** Whether a box that meets the cell holds all of it. */
export function holdsAll(box: Box, cell: Cell): boolean {
  return (box.wide & cell.undivided) === cell.undivided;
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

/**
 * The axis on which the boxes hold the fewest positions together: so many
 * boxes the cells are left with. An axis that every box holds all of tells
 * nothing apart.
 */
function narrowestAxis(cell: Cell, sizes: readonly number[]): number | undefined {
  let narrowest: number | undefined;
  let least = Infinity;
  for (let axis = 0; axis < sizes.length; axis++) {
    if ((cell.undivided & (1 << axis)) === 0) continue;
    let held = 0;
    let isWide = true;
    for (const list of cell.boxes) {
      for (const box of list) {
        held += box.widths[axis];
        isWide &&= box.widths[axis] === sizes[axis];
      }
    }
    if (!isWide && held < least) {
      least = held;
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
  const changes = lists.map((list) =>
    list.length > FEW ? new Changes(list, axis, undivided) : new FewChanges(list, axis, undivided),
  );
  for (let position = 0; position < size;) {
    const boxes = changes.map((change) => change.boxesAt(position));
    let next = size;
    for (const change of changes) next = Math.min(next, change.nextAfter(position));
    visit([position, next - 1], boxes);
    position = next;
  }
}

// Below this many boxes it costs less to look at each than to sort them.
const FEW = 6;

/** Which boxes of a short list are met, position after position. */
class FewChanges {
  constructor(
    private readonly list: readonly Box[],
    private readonly axis: number,
    private readonly undivided: number,
  ) {}

  /** The next position at which a box begins or ends. */
  nextAfter(position: number): number {
    let next = Infinity;
    for (const box of this.list) {
      for (const [first, last] of box.spans[this.axis]) {
        if (first > position && first < next) next = first;
        else if (first <= position && last >= position && last + 1 < next) next = last + 1;
      }
    }
    return next;
  }

  /** In order, up to the first that holds all of the rest. */
  boxesAt(position: number): readonly Box[] {
    const met: Box[] = [];
    for (const box of this.list) {
      if (!box.spans[this.axis].some(([first, last]) => first <= position && position <= last)) continue;
      met.push(box);
      if ((box.wide & this.undivided) === this.undivided) return met;
    }
    return met;
  }
}

/** Which boxes of a long list are met, position after position: one bit a box, so that the first of them are found at once. */
class Changes {
  private readonly words: Int32Array;
  /** Positions at which boxes begin or end, each together with the index of its box, sorted. */
  private readonly begins: Float64Array;
  private readonly ends: Float64Array;
  private begun = 0;
  private ended = 0;

  constructor(
    private readonly list: readonly Box[],
    axis: number,
    private readonly undivided: number,
  ) {
    const count = list.reduce((sum, box) => sum + box.spans[axis].length, 0);
    this.words = new Int32Array((list.length + 31) >> 5);
    this.begins = new Float64Array(count);
    this.ends = new Float64Array(count);
    let change = 0;
    for (let index = 0; index < list.length; index++) {
      for (const [first, last] of list[index].spans[axis]) {
        this.begins[change] = first * list.length + index;
        this.ends[change] = (last + 1) * list.length + index;
        change++;
      }
    }
    this.begins.sort();
    this.ends.sort();
  }

  /** The next position at which a box begins or ends; the last one asked about is behind. */
  nextAfter(): number {
    const begin = this.begun < this.begins.length ? this.begins[this.begun] : Infinity;
    const end = this.ended < this.ends.length ? this.ends[this.ended] : Infinity;
    return Math.floor(Math.min(begin, end) / this.list.length);
  }

  /** In order, up to the first that holds all of the rest. Every position at which a box begins or ends has to be asked about, in order. */
  boxesAt(position: number): readonly Box[] {
    const beyond = (position + 1) * this.list.length;
    for (; this.ended < this.ends.length && this.ends[this.ended] < beyond; this.ended++) {
      const index = this.ends[this.ended] % this.list.length;
      this.words[index >> 5] &= ~(1 << (index & 31));
    }
    for (; this.begun < this.begins.length && this.begins[this.begun] < beyond; this.begun++) {
      const index = this.begins[this.begun] % this.list.length;
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
