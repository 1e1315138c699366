/** An IPv4 prefix: the first address as an unsigned 32-bit number, and the length of its mask, 0 to 32. */
export interface Ipv4Prefix {
  readonly base: number;
  readonly length: number;
}

// node:net knows addresses as well, but takes several milliseconds of the command's start.
const OCTET = String.raw`(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const ADDRESS_OR_PREFIX = new RegExp(
  String.raw`^${OCTET}\.${OCTET}\.${OCTET}\.${OCTET}(?:/(3[0-2]|[12]?\d))?$`,
);

/** The prefix, whose base need not be aligned; an address is one of length 32. Leading zeros are refused. */
export function parseIpv4AddressOrPrefix(text: string): Ipv4Prefix | undefined {
  const match = ADDRESS_OR_PREFIX.exec(text);
  if (!match) return undefined;
  const [, first, second, third, fourth, length = "32"] = match;
  const base = Number(first) * 2 ** 24 + Number(second) * 2 ** 16 + Number(third) * 2 ** 8 + Number(fourth);
  return { base, length: Number(length) };
}

/** The address as an unsigned 32-bit number, or undefined if the text is not an address. */
export function parseIpv4Address(text: string): number | undefined {
  return text.includes("/") ? undefined : parseIpv4AddressOrPrefix(text)?.base;
}

/** The number of addresses in a prefix of this length. */
export function sizeOf(length: number): number {
  return 2 ** (32 - length);
}

/** The first address of the prefix of this length around an address. */
export function alignDown(address: number, length: number): number {
  return address - (address % sizeOf(length));
}

/** The prefix, whose base need not be aligned; undefined if the text is not `address/length`. */
export function parseIpv4PrefixLoosely(text: string): Ipv4Prefix | undefined {
  return text.includes("/") ? parseIpv4AddressOrPrefix(text) : undefined;
}

/** The prefix; undefined if the text is not an aligned `address/length`. */
export function parseIpv4Prefix(text: string): Ipv4Prefix | undefined {
  const prefix = parseIpv4PrefixLoosely(text);
  return prefix && alignDown(prefix.base, prefix.length) === prefix.base ? prefix : undefined;
}

/** The dotted text of an address. */
export function formatIpv4Address(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** The text of a prefix. */
export function formatIpv4Prefix(prefix: Ipv4Prefix): string {
  return `${formatIpv4Address(prefix.base)}/${prefix.length}`;
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: Ipv4Prefix, inner: Ipv4Prefix): boolean {
  return outer.length <= inner.length && alignDown(inner.base, outer.length) === outer.base;
}

/** Whether the two have an address in common: one contains the other. */
export function overlaps(a: Ipv4Prefix, b: Ipv4Prefix): boolean {
  return contains(a, b) || contains(b, a);
}

/** By first address, then the wider first. */
export function comparePrefixes(a: Ipv4Prefix, b: Ipv4Prefix): number {
  return a.base - b.base || a.length - b.length;
}

/** The same addresses without repeats: prefixes inside another are left out; neighbours stay apart, as they were given. */
export function withoutContained(prefixes: readonly Ipv4Prefix[]): Ipv4Prefix[] {
  const kept: Ipv4Prefix[] = [];
  for (const prefix of [...prefixes].sort(comparePrefixes)) {
    const last = kept[kept.length - 1];
    if (!last || !contains(last, prefix)) kept.push(prefix);
  }
  return kept;
}

/** Prefixes that the Internet does not route: those of RFC 1918, and the shared address space of RFC 6598. */
export const PRIVATE_PREFIXES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];
const PRIVATE = PRIVATE_PREFIXES.map((text) => parseIpv4Prefix(text)!);

/** Whether every address of the prefix is private (RFC 1918) or shared (RFC 6598). */
export function isPrivate(prefix: Ipv4Prefix): boolean {
  return PRIVATE.some((range) => contains(range, prefix));
}
