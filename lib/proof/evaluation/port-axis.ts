import { subtract, type IntervalSet } from "../../azure/sets/interval-set";
import { ALL_PORTS } from "../../azure/sets/port-set";
import type { Protocol } from "../../azure/security-rule";
import { Axis, type Span } from "./axis";
import { lowestPort, type PortPlace } from "./place";
import { hasPorts } from "./protocols";

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
        const previous = spans[spans.length - 1];
        if (previous && previous[1] + 1 === first + from) spans[spans.length - 1] = [previous[0], first + to];
        else spans.push([first + from, first + to]);
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
  portsAt(position: number): { start: number; end: number } | undefined {
    const index = this.indexAt(position);
    return hasPorts(this.protocols[index]) ? this.axis.at(position - this.firsts[index]) : undefined;
  }
}

/** The ports from which connections are opened, numbered; protocols without ports pass them over. */
export class SourcePortAxis {
  private readonly axis: Axis<number>;

  constructor({ ports }: PortPlace, sets: readonly IntervalSet<number>[]) {
    this.axis = new Axis(ports ?? [ALL_PORTS], sets);
  }

  get size(): number {
    return this.axis.size;
  }

  spansOf(ports: IntervalSet<number>): Span[] {
    return this.axis.spans(ports);
  }

  portsAt(position: number): { start: number; end: number } {
    return this.axis.at(position);
  }

  /** A port that a client is likely to open a connection from: a dynamic one (RFC 6335). */
  exampleAt(position: number): number {
    const { start, end } = this.axis.at(position);
    return start <= DYNAMIC_PORT && DYNAMIC_PORT < end ? DYNAMIC_PORT : lowestPort({ start, end });
  }
}

const DYNAMIC_PORT = 49152;

/** The ports that may be those of a value known only at apply. */
export function possiblePorts({ surelyKnown = [] }: PortPlace): IntervalSet<number> {
  return subtract([ALL_PORTS], surelyKnown);
}
