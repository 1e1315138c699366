import { intervalSet, subtract, type Interval, type IntervalSet } from "../../azure/sets/interval-set";
import { ALL_PORTS } from "../../azure/sets/port-set";
import type { Protocol } from "../../azure/security-rule";
import type { PortPlace } from "./place";
import { hasPorts } from "./match";

/** Positions from the first to the last, both included. */
export type Span = readonly [first: number, last: number];

/** The number of positions in disjoint spans. */
export function lengthOf(spans: readonly Span[]): number {
  let length = 0;
  for (const span of spans) length += span[1] - span[0] + 1;
  return length;
}

/** The positions in both lists of spans, each in order and apart. */
export function intersectSpans(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  const common: Span[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const first = Math.max(a[i][0], b[j][0]);
    const last = Math.min(a[i][1], b[j][1]);
    if (first <= last) common.push([first, last]);
    if (a[i][1] < b[j][1]) i++;
    else j++;
  }
  return common;
}

/** Adds a span behind others, joined with the last if they touch. */
export function append(spans: Span[], [first, last]: Span): void {
  const previous = spans[spans.length - 1];
  if (previous && previous[1] + 1 >= first) spans[spans.length - 1] = [previous[0], last];
  else spans.push([first, last]);
}

/** A dimension of connections, cut into pieces that no rule tells apart within, and numbered. */
export class Axis<T> {
  private readonly pieces: readonly Interval<T>[];

  /** The domain is cut wherever one of the sets begins or ends. */
  constructor(domain: IntervalSet<T>, sets: readonly IntervalSet<T>[]) {
    const cuts = sortedCuts(sets, domain);
    this.pieces = domain.flatMap((interval) => cutInterval(interval, cuts));
  }

  /** How many positions there are. */
  get size(): number {
    return this.pieces.length;
  }

  /** The positions of some values. */
  spans(values: IntervalSet<T>): Span[] {
    const spans: Span[] = [];
    for (const { start, end } of values) {
      const from = this.firstFrom(start);
      const to = this.firstFrom(end);
      if (from < to) append(spans, [from, to - 1]);
    }
    return spans;
  }

  /** The values at a position. */
  at(position: number): Interval<T> {
    return this.pieces[position];
  }

  /** The values at the positions of a span. */
  within([first, last]: Span): IntervalSet<T> {
    return intervalSet(this.pieces.slice(first, last + 1));
  }

  private firstFrom(value: T): number {
    return firstIndex(this.pieces, ({ start }) => start >= value);
  }
}

/** Where the sets begin and end within the domain, in order. */
function sortedCuts<T>(sets: readonly IntervalSet<T>[], domain: IntervalSet<T>): T[] {
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

/** The protocols of connections together with their ports, numbered: all ports of one protocol, then those of the next. */
export class PortAxis {
  readonly size: number;
  private readonly axis: Axis<number>;
  private readonly firsts: readonly number[];

  constructor(
    private readonly protocols: readonly Protocol[],
    { ports }: PortPlace,
    sets: readonly IntervalSet<number>[],
  ) {
    this.axis = new Axis(ports ?? [ALL_PORTS], sets);
    let size = 0;
    this.firsts = protocols.map((protocol) => {
      const first = size;
      size += hasPorts(protocol) ? this.axis.size : 1;
      return first;
    });
    this.size = size;
  }

  /** The positions of some protocols with some ports, or with any. */
  spansOf(protocols: readonly Protocol[], ports?: IntervalSet<number>): Span[] {
    const spans: Span[] = [];
    const inOne = ports && this.axis.spans(ports);
    for (const [index, protocol] of this.protocols.entries()) {
      if (!protocols.includes(protocol)) continue;
      const first = this.firsts[index];
      const own: readonly Span[] = !hasPorts(protocol) ? [[0, 0]] : (inOne ?? [[0, this.axis.size - 1]]);
      for (const [from, to] of own) {
        append(spans, [first + from, first + to]);
      }
    }
    return spans;
  }

  protocolAt(position: number): Protocol {
    return this.protocols[this.indexAt(position)];
  }

  /** All ports of the protocols at a span. */
  allPortsAt([first, last]: Span): Span {
    const next = this.indexAt(last) + 1;
    return [this.firsts[this.indexAt(first)], (this.firsts[next] ?? this.size) - 1];
  }

  private indexAt(position: number): number {
    const next = this.firsts.findIndex((first) => first > position);
    return (next < 0 ? this.firsts.length : next) - 1;
  }

  /** The ports at a position, or undefined where the protocol has none. */
  portsAt(position: number): Interval<number> | undefined {
    const index = this.indexAt(position);
    return hasPorts(this.protocols[index]) ? this.axis.at(position - this.firsts[index]) : undefined;
  }
}

/** The ports that may be those of a value known only at apply. */
export function possiblePorts({ surelyKnown = [] }: PortPlace): IntervalSet<number> {
  return subtract([ALL_PORTS], surelyKnown);
}
