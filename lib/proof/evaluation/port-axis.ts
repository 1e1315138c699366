import { subtract, type Interval, type IntervalSet } from "../../azure/sets/interval-set";
import { ALL_PORTS } from "../../azure/sets/port-set";
import type { Protocol } from "../../azure/security-rule";
import { append, Axis, type Span } from "./axis";
import type { PortPlace } from "./place";
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
