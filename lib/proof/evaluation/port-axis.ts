import { Axis, lengthOf, type Layer, type Span } from "./axis";
import { doubtsAt, type Doubt, type Membership } from "./doubt";
import { includes, subtract, type Interval, type IntervalSet } from "../../azure/sets/interval-set";
import { ALL_PORTS, type PortSet } from "../../azure/sets/port-set";
import { Protocol } from "../../azure/security-rule";

/** Ports that a connection may use. */
export interface PortPlace {
  /** Texts of values known only at apply that hold each of them. */
  readonly names: readonly string[];
  /** The ports. @default - all */
  readonly ports?: IntervalSet<number>;
  /** Ports that other places hold. @default - none */
  readonly except?: IntervalSet<number>;
  /** Combinations of further values that they may be in, which rules tell apart. */
  readonly extras: readonly (readonly string[])[];
}

interface Label extends Membership {
  readonly protocol: Protocol;
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
  /** The positions of the same port where it is taken to be in nothing. */
  readonly plain: readonly number[];
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

/** All that a connection can be; the last stands for every protocol without a name of its own in a rule. */
export const EVERY_PROTOCOL: readonly Protocol[] = [
  Protocol.TCP,
  Protocol.UDP,
  Protocol.ICMP,
  Protocol.ESP,
  Protocol.AH,
  Protocol.ANY,
];

const PROTOCOLS_OF: Readonly<Record<Protocol, readonly Protocol[]>> = {
  [Protocol.TCP]: [Protocol.TCP],
  [Protocol.UDP]: [Protocol.UDP],
  [Protocol.ICMP]: [Protocol.ICMP],
  [Protocol.ESP]: [Protocol.ESP],
  [Protocol.AH]: [Protocol.AH],
  [Protocol.ANY]: EVERY_PROTOCOL,
};

/** The protocols that a rule or flow names. */
export function protocolsOf(protocol: Protocol): readonly Protocol[] {
  return PROTOCOLS_OF[protocol];
}

/** Whether connections of this protocol have ports. */
export function hasPorts(protocol: Protocol): boolean {
  return protocol === Protocol.TCP || protocol === Protocol.UDP;
}

const NO_PORTS: IntervalSet<number> = [];

/** The axis of some protocols and ports, cut as the port sets cut it. */
export function portAxis(
  protocols: readonly Protocol[],
  places: readonly PortPlace[],
  sets: readonly PortSet[],
): PortAxis {
  const layers = protocols.flatMap((protocol): Layer<number, Label>[] =>
    hasPorts(protocol)
      ? places.flatMap(({ names, ports, except, extras }) =>
          extras.map((extra) => ({
            label: { protocol, ...membershipOf(names, ports, extra) },
            domain: subtract(ports ?? [ALL_PORTS], except ?? []),
          })),
        )
      : [{ label: { protocol, location: [], surplus: [] }, domain: [{ start: 0, end: 1 }] }],
  );
  const axis = new Axis<number, Label>(
    layers,
    sets.map(({ known }) => known),
  );
  const spansOf = (matched: readonly Protocol[], ports: PortSet) =>
    ports.any && protocols.every((protocol) => matched.includes(protocol))
      ? axis.whole
      : axis.spans((label) => {
          if (!matched.includes(label.protocol)) return NO_PORTS;
          return holdsEveryPort(ports, label) ? undefined : ports.known;
        });
  return {
    size: axis.size,
    spansOf,
    spotAt: (position) => {
      const { label, piece } = axis.at(position);
      const { protocol, location, surplus } = label;
      return {
        protocol,
        ports: hasPorts(protocol) ? piece : undefined,
        within: [...location, ...surplus],
        isAnyWithin: location.length > 0,
        plain: axis.positions(
          (other) => other.protocol === protocol && other.location.length + other.surplus.length === 0,
          piece.start,
        ),
        doubts: doubtsAt(axis, label, piece.start, (other) => other.protocol === protocol),
      };
    },
    restsOn: (matched, ports, position) => {
      const { label, piece } = axis.at(position);
      const { protocol, location, surplus } = label;
      if (lengthOf(spansOf(matched, ports)) === axis.size) return [];
      if (!hasPorts(protocol)) return ["protocol"];
      const others = protocols.some((other) => !matched.includes(other)) ? ["protocol"] : [];
      if (ports.any) return others;
      if (!includes(ports.known, piece.start)) {
        return [...others, ...[...location, ...surplus].filter((name) => ports.unknowns.includes(name))];
      }
      const ofProtocol = axis.spans((other) => (other.protocol === protocol ? undefined : []));
      const isWhole = lengthOf(spansOf([protocol], ports)) === lengthOf(ofProtocol);
      return isWhole ? others : [...others, "port"];
    },
  };
}

function holdsEveryPort(ports: PortSet, { protocol, location, surplus }: Label): boolean {
  if (ports.any || !hasPorts(protocol)) return true;
  return ports.unknowns.some((name) => location.includes(name) || surplus.includes(name));
}

function membershipOf(
  names: readonly string[],
  ports: PortPlace["ports"],
  extra: readonly string[],
): Membership {
  if (ports) return { location: [], surplus: extra };
  return names.length > 0 ? { location: names, surplus: extra } : { location: extra, surplus: [] };
}
