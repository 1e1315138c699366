import type { Protocol } from "../../azure/security-rule";
import type { Interval } from "../../azure/sets/interval-set";
import type { Span } from "./axis";
import type { HeaderSpace } from "./header-space";
import { AxisName, type World } from "./world";

/** A connection in words. */
export interface ExampleConnection {
  /** Source address, or the name of a set, any address of which is an example. */
  readonly source: string;
  /** Sets that the source is assumed to be in; their content is unknown. */
  readonly sourceWithin: string[];
  /** Source port, one of several possible ones. @default - the protocol has no ports */
  readonly sourcePort?: number;
  /** Destination address, or the name of a set, any address of which is an example. */
  readonly destination: string;
  /** Sets that the destination is assumed to be in; their content is unknown. */
  readonly destinationWithin: string[];
  /** Destination port. @default - the protocol has no ports, or `destinationPortWithin` stands for it */
  readonly destinationPort?: number;
  /** Values known only at apply that the port is assumed to be in. */
  readonly destinationPortWithin: string[];
  /** Protocol; `*` is one that has no name of its own in a rule, such as GRE. */
  readonly protocol: Protocol;
}

/** The first connection of a product of spans; where any address or port of a set will do, it is called by its set. */
export function exampleOf(
  headers: HeaderSpace,
  world: World,
  spans: readonly Span[],
  anyWillDo: boolean,
): ExampleConnection {
  const [source, destination, port, sourcePort] = spans.map(([first]) => first);
  const addressOn = (side: AxisName.SOURCE | AxisName.DESTINATION, position: number): string =>
    (anyWillDo ? headers.locatedBy(world, side)?.join(" and ") : undefined) ??
    headers.ends[side].exampleAt(position);
  const ports = headers.portAxis.portsAt(port);
  const isAnyPort = anyWillDo && headers.isLocated(world, AxisName.PORT);
  return {
    source: addressOn(AxisName.SOURCE, source),
    sourceWithin: headers.labelsOf(world, AxisName.SOURCE),
    sourcePort: ports && clientPort(headers.sourcePortAxis.at(sourcePort)),
    destination: addressOn(AxisName.DESTINATION, destination),
    destinationWithin: headers.labelsOf(world, AxisName.DESTINATION),
    destinationPort: ports && !isAnyPort ? lowestPort(ports) : undefined,
    destinationPortWithin: ports ? headers.labelsOf(world, AxisName.PORT) : [],
    protocol: headers.portAxis.protocolAt(port),
  };
}

/** A port that a client is likely to open a connection from: a dynamic one (RFC 6335). */
function clientPort(ports: Interval<number>): number {
  return ports.start <= DYNAMIC_PORT && DYNAMIC_PORT < ports.end ? DYNAMIC_PORT : lowestPort(ports);
}

const DYNAMIC_PORT = 49152;

/** The lowest port, but not 0, on which nothing listens. */
function lowestPort({ start, end }: Interval<number>): number {
  return start === 0 && end > 1 ? 1 : start;
}
