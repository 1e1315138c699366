import {
  formatAddresses,
  hasNoAddress,
  intersectAddresses,
  subtractAddresses,
  uniteAddresses,
  type AddressSet,
} from "../../azure/sets/address-set";
import { union, type IntervalSet } from "../../azure/sets/interval-set";
import { groupBy } from "../../base/collections";
import { EVERY_PROTOCOL } from "./match";
import { formatPorts } from "../../azure/sets/port-set";
import { Protocol } from "../../azure/security-rule";

/** Connections of a kind: from each source to each destination, on each port. */
export interface ConnectionRange {
  /** Prefixes, or names of sets such as `elsewhere except 10.0.0.0/8`, of the end that opens the connections; `elsewhere` is every address outside the network. */
  readonly from: string[];
  /** Label of the endpoint that opens them. @default - outside the network */
  readonly fromEndpoint?: string;
  /** Prefixes, or names of sets, of the end that is connected to; `elsewhere` is every address outside the network. */
  readonly to: string[];
  /** Label of the endpoint that is connected to. @default - outside the network */
  readonly toEndpoint?: string;
  /** Protocol. With `*` and a port of `*` it is every protocol; with `*` and no port, those that have no name of their own in a rule. */
  readonly protocol: Protocol;
  /** Ports that are connected to: `443`, `2500-3300`, `*`, or values known only at apply; empty for protocols without ports. */
  readonly ports: string[];
  /** Ports from which the connections are opened. @default - all of them, or the protocol has none */
  readonly sourcePorts?: string[];
  /** What decides whether these change, by name; empty if they certainly do. */
  readonly dependsOn: string[];
}

/** What a change opens and closes. */
export interface ConnectionDifference {
  /** Connections that pass after the change only. */
  readonly opened: ConnectionRange[];
  /** Connections that passed before the change only. */
  readonly closed: ConnectionRange[];
}

/** What several changes open, and what they close, joined in the same way. */
export function bothWays<T, R>(
  changes: ReadonlyArray<{ readonly opened: T; readonly closed: T }>,
  join: (parts: T[]) => R,
): { opened: R; closed: R } {
  return {
    opened: join(changes.map(({ opened }) => opened)),
    closed: join(changes.map(({ closed }) => closed)),
  };
}

/** Addresses, or an unknown address of named sets. */
export interface AddressPart {
  readonly addresses: AddressSet;
  /** Names of the sets; the addresses do not count then. */
  readonly set?: string;
  /** Label of the endpoint. */
  readonly endpoint?: string;
}

/** Ports, or a port known only by the text of its value. */
export interface PortPart {
  readonly ports: IntervalSet<number>;
  readonly set?: string;
}

/** A connection range before it is joined with others. */
export interface RangePart {
  readonly from: AddressPart;
  readonly to: AddressPart;
  readonly protocol: Protocol;
  /** Undefined for protocols without ports. */
  readonly ports?: PortPart;
  readonly sourcePorts?: PortPart;
  readonly dependsOn: readonly string[];
}

/** A set of addresses that has a name. */
export interface NamedAddresses {
  readonly name: string;
  readonly addresses: AddressSet;
}

// In this order, parts that differ in one of these fields only are joined.
const JOINED = ["ports", "sourcePorts", "to", "from"] as const;

/** Repeatedly joins parts that differ in one field, and sorts them by their ends: the same parts give the same ranges, but not always the fewest. */
export function joinRanges(parts: readonly RangePart[], named: readonly NamedAddresses[]): ConnectionRange[] {
  let joined = [...parts];
  for (let before = Infinity; joined.length < before;) {
    before = joined.length;
    for (const field of JOINED) {
      const alike = [...groupBy(joined, (part) => keyWithout(field, part)).values()];
      joined = alike.map((some) => some.reduce((a, b) => ({ ...a, [field]: unite(a[field], b[field]) })));
    }
  }
  return joinProtocols(joined.map((part) => toRange(part, named))).sort(byEnds);
}

/** Orders ranges by their ends. */
export function byEnds(a: ConnectionRange, b: ConnectionRange): number {
  const [one, other] = [a, b].map(({ from, to, protocol }) => JSON.stringify([from, to, protocol]));
  return one < other ? -1 : one > other ? 1 : 0;
}

type Values = Partial<AddressPart & PortPart>;

/** All fields of a part but one; a named set is not joined with addresses. */
function keyWithout(joined: (typeof JOINED)[number], part: RangePart): string {
  const fields = JOINED.map((field) => {
    const values: Values | undefined = part[field];
    if (!values) return undefined;
    const { set, endpoint, addresses, ports } = values;
    if (set !== undefined || field === joined) return [set, endpoint];
    return [set, endpoint, addresses ? formatAddresses(addresses) : ports?.map(formatPorts)];
  });
  return JSON.stringify([part.protocol, part.dependsOn, fields]);
}

function unite(a: Values | undefined, b: Values | undefined): Values | undefined {
  if (a?.addresses && b?.addresses) return { ...a, addresses: uniteAddresses(a.addresses, b.addresses) };
  return a?.ports && b?.ports && { ...a, ports: union(a.ports, b.ports) };
}

function toRange(part: RangePart, named: readonly NamedAddresses[]): ConnectionRange {
  const sourcePorts = part.sourcePorts && formatPart(part.sourcePorts);
  return {
    from: formatPeer(part.from, named),
    fromEndpoint: part.from.endpoint,
    to: formatPeer(part.to, named),
    toEndpoint: part.to.endpoint,
    protocol: part.protocol,
    ports: part.ports ? formatPart(part.ports) : [],
    sourcePorts: sourcePorts?.join() === "*" ? undefined : sourcePorts,
    dependsOn: [...part.dependsOn],
  };
}

function formatPart({ set, ports }: PortPart): string[] {
  return set === undefined ? ports.map(formatPorts) : [set];
}

/** The names of sets that are contained in whole, or except for a few prefixes, and the prefixes of the rest. */
function formatPeer({ set, addresses }: AddressPart, named: readonly NamedAddresses[]): string[] {
  if (set !== undefined) return [set];
  const names: string[] = [];
  let rest = addresses;
  for (const isExact of [true, false]) {
    for (const { name, addresses: whole } of named) {
      const part = {
        v4: rest.v4.length === 0 ? [] : whole.v4,
        v6: rest.v6.length === 0 ? [] : whole.v6,
      };
      const missing = subtractAddresses(part, rest);
      if (hasNoAddress(part) || (isExact && !hasNoAddress(missing))) continue;
      const except = formatAddresses(missing);
      if (!isExact && except.length + 1 >= formatAddresses(intersectAddresses(part, rest)).length) continue;
      names.push(isExact ? name : `${name} except ${except.join(" and ")}`);
      rest = subtractAddresses(rest, part);
    }
  }
  return [...names, ...formatAddresses(rest)];
}

/** Ranges of every protocol on every port become one range. */
function joinProtocols(ranges: readonly ConnectionRange[]): ConnectionRange[] {
  const groups = groupBy(ranges, (range) => JSON.stringify({ ...range, protocol: "", ports: "" }));
  return [...groups.values()].flatMap((group) => {
    const whole = group.filter(({ ports }) => ports.length === 0 || ports.join() === "*");
    if (whole.length < EVERY_PROTOCOL.length) return group;
    const rest = group.filter((range) => !whole.includes(range));
    return [{ ...whole[0], protocol: Protocol.ANY, ports: ["*"] }, ...rest];
  });
}
