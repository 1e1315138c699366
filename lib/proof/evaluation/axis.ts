import { intervalSet, type Interval, type IntervalSet } from "../../azure/sets/interval-set";

/** Positions from the first to the last, both included. */
export type Span = readonly [first: number, last: number];

/** How many positions there are in spans that lie apart. */
export function lengthOf(spans: readonly Span[]): number {
  let length = 0;
  for (const span of spans) length += span[1] - span[0] + 1;
  return length;
}

/** A part of an axis in which every value of its domain appears once, under one label. */
export interface Layer<T, L> {
  readonly label: L;
  readonly domain: IntervalSet<T>;
}

interface PlacedLayer<T, L> {
  readonly label: L;
  readonly pieces: readonly Interval<T>[];
  readonly first: number;
}

/** What stands at one position of an axis. */
export interface Spot<T, L> {
  readonly label: L;
  readonly piece: Interval<T>;
}

/**
 * One dimension of connections, cut into pieces that no rule tells apart
 * within, and numbered. A value whose membership in sets is not known appears
 * in several layers: once for each combination that can make a difference.
 */
export class Axis<T, L> {
  /** How many positions there are. */
  readonly size: number;
  /** The labels of the layers that hold something. */
  readonly labels: readonly L[];
  private readonly layers: readonly PlacedLayer<T, L>[];

  /** Layers are cut wherever one of the sets begins or ends. */
  constructor(layers: readonly Layer<T, L>[], sets: readonly IntervalSet<T>[]) {
    const cuts = sortedCuts(sets, layers);
    let first = 0;
    const placed: PlacedLayer<T, L>[] = [];
    for (const { label, domain } of layers) {
      const pieces = domain.flatMap((interval) => cutInterval(interval, cuts));
      if (pieces.length === 0) continue;
      placed.push({ label, pieces, first });
      first += pieces.length;
    }
    this.layers = placed;
    this.labels = placed.map(({ label }) => label);
    this.size = first;
  }

  /** The positions of what each layer is said to hold: some values, or all where none are given. */
  spans(held: (label: L) => IntervalSet<T> | undefined): Span[] {
    const spans: Span[] = [];
    for (const { label, pieces, first } of this.layers) {
      const values = held(label);
      if (!values) append(spans, first, first + pieces.length - 1);
      for (const { start, end } of values ?? []) {
        const from = firstFrom(pieces, start);
        const to = firstFrom(pieces, end);
        if (from < to) append(spans, first + from, first + to - 1);
      }
    }
    return spans;
  }

  /** Every position. */
  get whole(): Span[] {
    return this.size === 0 ? [] : [[0, this.size - 1]];
  }

  /** What stands at a position. */
  at(position: number): Spot<T, L> {
    const layer = this.layers[firstIndex(this.layers, ({ first }) => first > position) - 1];
    return { label: layer.label, piece: layer.pieces[position - layer.first] };
  }

  /** The positions in the layers of these labels, of all values or of the piece that begins with this one. */
  positions(isWanted: (label: L) => boolean, start?: T): number[] {
    return this.layers
      .filter(({ label }) => isWanted(label))
      .flatMap(({ pieces, first }) => {
        if (start === undefined) return pieces.map((_, index) => first + index);
        const index = firstFrom(pieces, start);
        return pieces[index]?.start === start ? [first + index] : [];
      });
  }
}

/** Spans of one axis come in order; those that touch are one. */
function append(spans: Span[], first: number, last: number): void {
  const previous = spans[spans.length - 1];
  if (previous && previous[1] + 1 >= first)
    spans[spans.length - 1] = [previous[0], Math.max(previous[1], last)];
  else spans.push([first, last]);
}

/** Where the sets begin and end, of what matters to some layer, in order. */
function sortedCuts<T>(sets: readonly IntervalSet<T>[], layers: readonly Layer<T, unknown>[]): T[] {
  const domain = intervalSet(layers.flatMap(({ domain: own }) => own));
  if (domain.length === 0) return [];
  const lowest = domain[0].start;
  const highest = domain[domain.length - 1].end;
  const cuts = new Set<T>();
  for (const set of sets) {
    for (const { start, end } of set) {
      if (lowest < start && start < highest) cuts.add(start);
      if (lowest < end && end < highest) cuts.add(end);
    }
  }
  return [...cuts].sort((a, b) => (a < b ? -1 : 1));
}

function cutInterval<T>({ start, end }: Interval<T>, cuts: readonly T[]): Interval<T>[] {
  const pieces: Interval<T>[] = [];
  let from = start;
  for (let i = firstIndex(cuts, (cut) => cut > start); i < cuts.length && cuts[i] < end; i++) {
    pieces.push({ start: from, end: cuts[i] });
    from = cuts[i];
  }
  pieces.push({ start: from, end });
  return pieces;
}

function firstFrom<T>(pieces: readonly Interval<T>[], value: T): number {
  return firstIndex(pieces, ({ start }) => start >= value);
}

/** Index of the first element that the test holds for, where it holds for all after it too. */
function firstIndex<E>(elements: readonly E[], holds: (element: E) => boolean): number {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(elements[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
