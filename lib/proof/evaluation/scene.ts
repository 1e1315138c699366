import { addressAxis, type AddressAxis, type AddressSpot, type Place } from "./address-axis";
import { IPV4, IPV6, type Family } from "../../azure/sets/address-set";
import type { AddressSpace } from "./address-space";
import type { Span } from "./axis";
import type { Doubt } from "./doubt";
import { includes, type Interval } from "../../azure/sets/interval-set";
import type { Match } from "./match";
import { makeBox, type Box } from "./partition";
import {
  EVERY_PROTOCOL,
  hasPorts,
  portAxis,
  protocolsOf,
  type PortAxis,
  type PortPlace,
  type PortSpot,
} from "./port-axis";
import { portSet, type PortSet } from "../../azure/sets/port-set";
import { Protocol } from "../../azure/security-rule";

/** The connections that are looked at: everything from these places to those. */
export interface Extent {
  readonly sources: readonly Place[];
  readonly destinations: readonly Place[];
  readonly protocols: readonly Protocol[];
  readonly ports: readonly PortPlace[];
  readonly sourcePorts: readonly PortPlace[];
}

/** Why a rule did not match. */
export enum RuleField {
  /** It is for another protocol. */
  PROTOCOL = "protocol",
  /** It is for other addresses at the opening end. */
  SOURCE = "source",
  /** It is for other ports at the opening end. */
  SOURCE_PORT = "source port",
  /** It is for other addresses at the other end. */
  DESTINATION = "destination",
  /** It is for other ports at the other end. */
  DESTINATION_PORT = "destination port",
}

/** One position on each axis. */
export type Point = readonly number[];

/** A connection in words. */
export interface ExampleConnection {
  /** Address that opens the connection, or the name of a set of which any address will do. */
  readonly source: string;
  /** Sets that the source is taken to be in; what they hold is not known. */
  readonly sourceWithin: string[];
  /** Port from which it is opened, one of several that will do. @default - the protocol has no ports */
  readonly sourcePort?: number;
  /** Address that is connected to, or the name of a set of which any address will do. */
  readonly destination: string;
  /** Sets that the destination is taken to be in; what they hold is not known. */
  readonly destinationWithin: string[];
  /** Port that is connected to. @default - the protocol has no ports, or `destinationPortWithin` stands for it */
  readonly destinationPort?: number;
  /** Values known only at apply that the port is taken to be in. */
  readonly destinationPortWithin: string[];
  /** Protocol; `*` is one that has no name of its own in a rule, such as GRE. */
  readonly protocol: Protocol;
}

/** Axes in the order of `Point`. */
export enum AxisName {
  SOURCE,
  DESTINATION,
  PORT,
  SOURCE_PORT,
}

const EVERY_PORT = portSet(["*"]);
// Where a rule names source ports, a box of its own holds the protocols without ports: this axis is cut for one protocol.
const ONE_PROTOCOL = [Protocol.TCP];

/** An extent of one address family, cut as a number of matches cut it. */
export class Scene {
  readonly sizes: readonly number[];
  private readonly spots = Array.from({ length: 4 }, () => new Map<number, AddressSpot | PortSpot>());

  private constructor(
    private readonly source: AddressAxis,
    private readonly destination: AddressAxis,
    private readonly port: PortAxis,
    private readonly sourcePort: PortAxis,
  ) {
    this.sizes = [source.size, destination.size, port.size, sourcePort.size];
  }

  /** A scene for each address family that the extent holds; a connection is of one family at both ends. */
  static of(extent: Extent, space: AddressSpace, matches: readonly Match[]): Scene[] {
    const port = portAxis(
      extent.protocols,
      extent.ports,
      matches.map(({ destinationPorts }) => destinationPorts),
    );
    const sourcePort = portAxis(
      ONE_PROTOCOL,
      extent.sourcePorts,
      matches.map(({ sourcePorts }) => sourcePorts),
    );
    const sourcePeers = matches.map(({ source }) => source);
    const destinationPeers = matches.map(({ destination }) => destination);
    const sceneOf = <T>(family: Family<T>): Scene[] => {
      const source = addressAxis(family, space, extent.sources, sourcePeers);
      if (source.size === 0) return [];
      const destination = addressAxis(family, space, extent.destinations, destinationPeers);
      return destination.size === 0 ? [] : [new Scene(source, destination, port, sourcePort)];
    };
    return [...sceneOf(IPV4), ...sceneOf(IPV6)];
  }

  /** The boxes of matches, in their order. */
  boxesOf(matches: readonly Match[]): Box[] {
    const boxes: Box[] = [];
    matches.forEach((match, index) => {
      const protocols = protocolsOf(match.protocol);
      if (match.sourcePorts.any) {
        this.addBox(boxes, index, match, protocols, match.sourcePorts);
        return;
      }
      this.addBox(boxes, index, match, protocols.filter(hasPorts), match.sourcePorts);
      const others = protocols.filter((protocol) => !hasPorts(protocol));
      this.addBox(boxes, index, match, others, EVERY_PORT);
    });
    return boxes;
  }

  private addBox(
    boxes: Box[],
    index: number,
    match: Match,
    protocols: readonly Protocol[],
    sourcePorts: PortSet,
  ): void {
    const source = this.source.spansOf(match.source);
    if (source.length === 0) return;
    const destination = this.destination.spansOf(match.destination);
    if (destination.length === 0) return;
    const port = this.port.spansOf(protocols, match.destinationPorts);
    const sourcePort = this.sourcePort.spansOf(ONE_PROTOCOL, sourcePorts);
    const box = makeBox(index, [source, destination, port, sourcePort], this.sizes);
    if (box) boxes.push(box);
  }

  /** Why a finding at a point may not be one, by axis. */
  doubtsAt(point: Point): readonly (readonly Doubt[])[] {
    return point.map((position, axis) => this.doubtsOn(axis, position));
  }

  /** A point in a product of spans that nothing can be doubted at. */
  undoubtedPoint(spans: readonly Span[]): Point | undefined {
    const positions = spans.map((span, axis) => this.positionsIn(span, axis));
    const isSure = positions.every(([first], axis) => this.doubtsOn(axis, first).length === 0);
    return isSure ? positions.map(([first]) => first) : undefined;
  }

  /** Points in a product of spans, on each axis one position beyond doubt, or else all that may differ in certainty. */
  pointsIn(spans: readonly Span[]): Generator<Point> {
    return product(spans.map((span, axis) => this.positionsIn(span, axis)));
  }

  /** The positions by which doubts about a span are resolved. */
  siblingsOn(axis: AxisName, [first, last]: Span): number[] {
    const siblings = new Set<number>();
    for (let position = first; position <= last; position++) {
      const { plain, doubts } = this.spotOn(axis, position);
      [...plain, ...doubts.flatMap((doubt) => doubt.siblings)].forEach((other) => siblings.add(other));
    }
    return [...siblings];
  }

  private positionsIn([first, last]: Span, axis: number): number[] {
    const doubtful: number[] = [];
    for (let position = first; position <= last; position++) {
      if (this.doubtsOn(axis, position).length === 0) return [position];
      doubtful.push(position);
    }
    return doubtful;
  }

  private doubtsOn(axis: number, position: number): readonly Doubt[] {
    return this.spotOn(axis, position).doubts;
  }

  /** What stands at a position of an axis. */
  spotOn(axis: AxisName.SOURCE | AxisName.DESTINATION, position: number): AddressSpot;
  spotOn(axis: AxisName.PORT | AxisName.SOURCE_PORT, position: number): PortSpot;
  spotOn(axis: AxisName, position: number): AddressSpot | PortSpot;
  spotOn(axis: AxisName, position: number): AddressSpot | PortSpot {
    const known = this.spots[axis].get(position);
    if (known) return known;
    const spot = [this.source, this.destination, this.port, this.sourcePort][axis].spotAt(position);
    this.spots[axis].set(position, spot);
    return spot;
  }

  /** What the match of a rule at a point rests on: sets that are not known, or what the extent leaves open. */
  restsOn(match: Match, point: Point): string[] {
    const protocols = protocolsOf(match.protocol);
    const called = (names: string[], open: string, name: string) =>
      names.map((text) => (text === open ? name : text));
    return [
      ...called(this.source.restsOn(match.source, point[AxisName.SOURCE]), "address", "source address"),
      ...called(
        this.destination.restsOn(match.destination, point[AxisName.DESTINATION]),
        "address",
        "destination address",
      ),
      ...this.port.restsOn(protocols, match.destinationPorts, point[AxisName.PORT]),
      ...called(this.sourcePortRestsOn(match, point), "port", "source port"),
    ];
  }

  private sourcePortRestsOn(match: Match, point: Point): string[] {
    if (hasPorts(this.spotOn(AxisName.PORT, point[AxisName.PORT]).protocol)) {
      return this.sourcePort.restsOn(ONE_PROTOCOL, match.sourcePorts, point[AxisName.SOURCE_PORT]);
    }
    return match.sourcePorts.any || !this.hasSourcePorts() ? [] : ["protocol"];
  }

  private hasSourcePorts(): boolean {
    return this.port.spansOf(EVERY_PROTOCOL.filter(hasPorts), EVERY_PORT).length > 0;
  }

  /** In which respects a rule has nothing of the extent. */
  mismatches(match: Match): RuleField[] {
    const protocols = protocolsOf(match.protocol);
    const isOff = [
      [RuleField.PROTOCOL, this.port.spansOf(protocols, EVERY_PORT)],
      [RuleField.SOURCE, this.source.spansOf(match.source)],
      [
        RuleField.SOURCE_PORT,
        this.sourcePort.spansOf(ONE_PROTOCOL, this.hasSourcePorts() ? match.sourcePorts : EVERY_PORT),
      ],
      [RuleField.DESTINATION, this.destination.spansOf(match.destination)],
      [RuleField.DESTINATION_PORT, this.port.spansOf(EVERY_PROTOCOL, match.destinationPorts)],
    ] as const;
    return isOff.filter(([, spans]) => spans.length === 0).map(([mismatch]) => mismatch);
  }

  /** Whether a product of spans holds connections of which both addresses are known. */
  hasKnownAddresses(spans: readonly Span[]): boolean {
    return [AxisName.SOURCE, AxisName.DESTINATION].every((axis) => {
      const [first, last] = spans[axis];
      for (let position = first; position <= last; position++) {
        if (!this.spotOn(axis, position).isAnyWithin) return true;
      }
      return false;
    });
  }

  /** The sets that stand for addresses at a point, where these are not known. */
  locatedAt(point: Point): string[] {
    const ends = [
      this.spotOn(AxisName.SOURCE, point[AxisName.SOURCE]),
      this.spotOn(AxisName.DESTINATION, point[AxisName.DESTINATION]),
    ];
    return ends.flatMap(({ isAnyWithin, within }) => (isAnyWithin ? within : []));
  }

  /** The connection at a point; where `isCertain` is given and holds, an address that is not known is called by its set. */
  exampleAt(point: Point, isCertain = false): ExampleConnection {
    const source = this.source.spotAt(point[AxisName.SOURCE]);
    const destination = this.destination.spotAt(point[AxisName.DESTINATION]);
    const port = this.port.spotAt(point[AxisName.PORT]);
    const sourcePort = this.sourcePort.spotAt(point[AxisName.SOURCE_PORT]);
    const named = (spot: AddressSpot) =>
      isCertain && spot.isAnyWithin ? spot.within.join(" and ") : spot.example;
    return {
      source: named(source),
      sourceWithin: [...source.within],
      sourcePort: port.ports && sourcePort.ports && examplePort(sourcePort.ports),
      destination: named(destination),
      destinationWithin: [...destination.within],
      destinationPort: isCertain && port.isAnyWithin ? undefined : port.ports && lowestPort(port.ports),
      destinationPortWithin: [...port.within],
      protocol: port.protocol,
    };
  }
}

// Clients open connections from the dynamic ports (RFC 6335).
const DYNAMIC_PORT = 49152;

function examplePort(ports: Interval<number>): number {
  return includes([ports], DYNAMIC_PORT) ? DYNAMIC_PORT : lowestPort(ports);
}

/** The lowest port, where there is a choice not 0, which nothing listens on. */
function lowestPort({ start, end }: Interval<number>): number {
  return start === 0 && end > 1 ? 1 : start;
}

function* product(choices: readonly (readonly number[])[], chosen: Point = []): Generator<Point> {
  if (chosen.length === choices.length) yield chosen;
  else for (const one of choices[chosen.length]) yield* product(choices, [...chosen, one]);
}
