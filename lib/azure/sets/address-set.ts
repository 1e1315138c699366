import { includes, intersect, intervalSet, subtract, type Interval, type IntervalSet } from "./interval-set";
import { alignDown, formatIpv4Address, parseIpv4AddressOrPrefix, sizeOf } from "./ipv4-prefix";
import { formatIpv6Address, parseIpv6Address, parseIpv6Prefix, sizeOfIpv6 } from "./ipv6-prefix";

/** Addresses of both families. */
export interface AddressSet {
  readonly v4: IntervalSet<number>;
  readonly v6: IntervalSet<bigint>;
}

/** What differs between IPv4 and IPv6; a connection is of one family at both ends. */
export interface Family<T> {
  /** Every address of the family. */
  readonly whole: IntervalSet<T>;
  /** The addresses of this family in a set of both. */
  of(addresses: AddressSet): IntervalSet<T>;
  /** The same addresses as a set of both families. */
  from(addresses: IntervalSet<T>): AddressSet;
  /** The text of an address. */
  format(address: T): string;
  /** An address of the interval that a machine can have. */
  example(interval: Interval<T>): T;
  /** The address as a bigint. */
  toBigInt(address: T): bigint;
  /** The text of an address that is given as a bigint. */
  formatBigInt(address: bigint): string;
  /** Bits of an address. */
  readonly bits: number;
}

// Azure keeps the first addresses of a subnet to itself.
const RESERVED = 4;

/** The documentation's address (RFC 5737, RFC 3849) if the interval contains it, or one that is not reserved. */
function exampleOf<T>(interval: Interval<T>, documentation: T, skipReserved: (address: T) => T): T {
  const free = skipReserved(interval.start);
  return [documentation, free].find((address) => includes([interval], address)) ?? interval.start;
}

export const IPV4: Family<number> = {
  whole: [{ start: 0, end: 2 ** 32 }],
  of: (addresses) => addresses.v4,
  from: (v4) => ({ v4, v6: [] }),
  example: (interval) => exampleOf(interval, 0xcb007101, (address) => address + RESERVED),
  format: formatIpv4Address,
  toBigInt: BigInt,
  formatBigInt: (address) => formatIpv4Address(Number(address)),
  bits: 32,
};

export const IPV6: Family<bigint> = {
  whole: [{ start: 0n, end: 1n << 128n }],
  of: (addresses) => addresses.v6,
  from: (v6) => ({ v4: [], v6 }),
  example: (interval) =>
    exampleOf(interval, 0x20010db8000000000000000000000001n, (address) => address + BigInt(RESERVED)),
  format: formatIpv6Address,
  toBigInt: (address) => address,
  formatBigInt: formatIpv6Address,
  bits: 128,
};

export const NO_ADDRESSES: AddressSet = { v4: [], v6: [] };
export const ALL_ADDRESSES: AddressSet = { v4: IPV4.whole, v6: IPV6.whole };

/** The addresses of a prefix or of a single address; undefined if the text is neither. */
export function parseAddresses(text: string): AddressSet | undefined {
  const v4 = parseV4(text);
  if (v4) return { v4: [v4], v6: [] };
  const v6 = parseV6(text);
  return v6 && { v4: [], v6: [v6] };
}

function parseV4(text: string): Interval<number> | undefined {
  const prefix = parseIpv4AddressOrPrefix(text);
  if (!prefix) return undefined;
  const start = alignDown(prefix.base, prefix.length);
  return { start, end: start + sizeOf(prefix.length) };
}

function parseV6(text: string): Interval<bigint> | undefined {
  const address = parseIpv6Address(text);
  if (address !== undefined) return { start: address, end: address + 1n };
  const prefix = parseIpv6Prefix(text);
  return prefix && { start: prefix.base, end: prefix.base + sizeOfIpv6(prefix.length) };
}

/** The addresses in some of the sets. */
export function uniteAddresses(...sets: readonly AddressSet[]): AddressSet {
  return {
    v4: intervalSet(sets.flatMap(({ v4 }) => v4)),
    v6: intervalSet(sets.flatMap(({ v6 }) => v6)),
  };
}

/** The addresses in both sets. */
export function intersectAddresses(a: AddressSet, b: AddressSet): AddressSet {
  return { v4: intersect(a.v4, b.v4), v6: intersect(a.v6, b.v6) };
}

/** The addresses in the first set that are not in the second. */
export function subtractAddresses(from: AddressSet, what: AddressSet): AddressSet {
  return { v4: subtract(from.v4, what.v4), v6: subtract(from.v6, what.v6) };
}

/** Whether the set is empty. */
export function hasNoAddress(set: AddressSet): boolean {
  return set.v4.length === 0 && set.v6.length === 0;
}

/** The number of addresses; not exact above 2^53. */
export function countAddresses({ v4, v6 }: AddressSet): number {
  const sizes = [...v4, ...v6].map(({ start, end }) => Number(BigInt(end) - BigInt(start)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The fewest prefixes that contain exactly these addresses, IPv4 first. */
export function formatAddresses(set: AddressSet): string[] {
  return [
    ...set.v4.flatMap((interval) => formatInterval(IPV4, interval)),
    ...set.v6.flatMap((interval) => formatInterval(IPV6, interval)),
  ];
}

/** The fewest prefixes that contain exactly the addresses of an interval. */
function formatInterval<T>(family: Family<T>, interval: Interval<T>): string[] {
  const prefixes: string[] = [];
  const end = family.toBigInt(interval.end);
  for (let start = family.toBigInt(interval.start); start < end;) {
    let free = 0;
    while (start % (2n << BigInt(free)) === 0n && start + (2n << BigInt(free)) <= end) free++;
    prefixes.push(`${family.formatBigInt(start)}/${family.bits - free}`);
    start += 1n << BigInt(free);
  }
  return prefixes;
}
