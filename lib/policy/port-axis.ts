import type { Doubt } from "./address-axis";
import { Axis, type Layer, type Span } from "./axis";
import { includes, type Interval } from "./interval-set";
import { ALL_PORTS, formatPorts, type PortSet } from "./port-set";
import { Protocol } from "./security-rule";

/** Ports that a connection may use. */
export interface PortPlace {
  /** Texts of values known only at apply that hold each of them. */
  readonly names: readonly string[];
  /** The ports. @default - all */
  readonly ports?: readonly Interval<number>[];
  /** Combinations of further values that they may be in, which rules tell apart. */
  readonly extras: readonly (readonly string[])[];
}

interface Label {
  readonly protocol: Protocol;
  readonly place: PortPlace;
  readonly extra: readonly string[];
}

/** One position of an axis of ports. */
export interface PortSpot {
  /** The protocol; `Protocol.ANY` stands for those that have no name of their own in a rule. */
  readonly protocol: Protocol;
  /** The ports there, or undefined where the protocol has none. */
  readonly ports?: Interval<number>;
  /** What the port is taken to be in. */
  readonly within: readonly string[];
  /** Whether the port itself is not known. */
  readonly isAnyWithin: boolean;
  readonly doubts: readonly Doubt[];
}

/** Protocols together with ports. */
export interface PortAxis {
  readonly size: number;
  /** The positions of protocols with these ports; those without ports pass ports over. */
  spansOf(protocols: readonly Protocol[], ports: PortSet): Span[];
  /** What stands at a position. */
  spotAt(position: number): PortSpot;
  /** What the match of these ports at a position rests on: nothing where it holds the whole axis. */
  restsOn(protocols: readonly Protocol[], ports: PortSet, position: number): string[];
}

/** The protocols that a rule or flow names. */
export function protocolsOf(protocol: Protocol): readonly Protocol[] {
  return protocol === Protocol.ANY ? EVERY_PROTOCOL : [protocol];
}

/** Whether connections of this protocol have ports. */
export function hasPorts(protocol: Protocol): boolean {
  return protocol === Protocol.TCP || protocol === Protocol.UDP;
}

/** All that a connection can be; the last stands for every protocol without a name of its own in a rule. */
export const EVERY_PROTOCOL: readonly Protocol[] = [
  Protocol.TCP,
  Protocol.UDP,
  Protocol.ICMP,
  Protocol.ESP,
  Protocol.AH,
  Protocol.ANY,
];

/** The axis of some protocols and ports, cut as the port sets cut it. */
export function portAxis(
  protocols: readonly Protocol[],
  places: readonly PortPlace[],
  sets: readonly PortSet[],
): PortAxis {
  const noPort: PortPlace = { names: [], extras: [] };
  const layers = protocols.flatMap((protocol): Layer<number, Label>[] =>
    hasPorts(protocol)
      ? places.flatMap((place) =>
          place.extras.map((extra) => ({
            label: { protocol, place, extra },
            domain: place.ports ?? [ALL_PORTS],
          })),
        )
      : [{ label: { protocol, place: noPort, extra: [] }, domain: [{ start: 0, end: 1 }] }],
  );
  const axis = new Axis<number, Label>(
    layers,
    sets.map(({ known }) => known),
  );
  const spansOf = (matched: readonly Protocol[], ports: PortSet) =>
    axis.spans((label) => {
      if (!matched.includes(label.protocol)) return [];
      return holdsEveryPort(ports, label) ? undefined : ports.known;
    });
  return {
    size: axis.size,
    spansOf,
    spotAt: (position) => {
      const { label, piece } = axis.at(position);
      const { protocol, place, extra } = label;
      return {
        protocol,
        ports: hasPorts(protocol) ? piece : undefined,
        within: [...place.names, ...extra],
        isAnyWithin: unlocated(label).length > 0,
        doubts: doubtsAt(axis, label),
      };
    },
    restsOn: (matched, ports, position) => {
      const { label, piece } = axis.at(position);
      const { protocol, place, extra } = label;
      const others = protocols.some((other) => !matched.includes(other)) ? ["protocol"] : [];
      if (ports.any || !hasPorts(protocol)) return others;
      if (ports.unknowns.some((name) => place.names.includes(name))) return others;
      if (!includes(ports.known, piece.start)) {
        return [...others, ...extra.filter((name) => ports.unknowns.includes(name))];
      }
      const isKin = (other: Label) => other.protocol === protocol;
      const held = axis.spans((other) => (isKin(other) ? ports.known : []));
      const width = held.reduce((sum, [first, last]) => sum + last - first + 1, 0);
      return width === axis.positions(isKin).length ? others : [...others, "port"];
    },
  };
}

function holdsEveryPort(ports: PortSet, { protocol, place, extra }: Label): boolean {
  if (ports.any || !hasPorts(protocol)) return true;
  return ports.unknowns.some((name) => place.names.includes(name) || extra.includes(name));
}

/** The values that stand for the port itself, where it is not known. */
function unlocated({ place, extra }: Label): readonly string[] {
  if (place.ports) return [];
  return place.names.length > 0 ? place.names : extra;
}

function doubtsAt(axis: Axis<number, Label>, label: Label): Doubt[] {
  const location = unlocated(label);
  const doubts: Doubt[] = [];
  if (label.extra.length > 0 && location !== label.extra) doubts.push({ names: label.extra, siblings: [] });
  if (location.length > 0) {
    const isKin = (other: Label) =>
      other.protocol === label.protocol && other.place === label.place && other.extra === label.extra;
    doubts.push({ names: location, siblings: axis.positions(isKin) });
  }
  return doubts;
}

/** The text of the ports from one position to another of the same protocol. */
export function rangeOf(first: PortSpot, last: PortSpot): string {
  return first.ports && last.ports ? formatPorts({ start: first.ports.start, end: last.ports.end }) : "*";
}
