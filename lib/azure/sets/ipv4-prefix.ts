/** An IPv4 prefix: the first address as an unsigned 32-bit number, and the length of its mask, 0 to 32. */
export interface Ipv4Prefix {
  readonly base: number;
  readonly length: number;
}

// node:net knows addresses as well, but takes several milliseconds of the command's start.
const OCTET = /^(0|[1-9]\d{0,2})$/;

/** The address as an unsigned 32-bit number, or undefined if the text is not an address (leading zeros are refused). */
export function parseIpv4Address(text: string): number | undefined {
  const octets = text.split(".");
  const isAddress = octets.length === 4 && octets.every((octet) => OCTET.test(octet) && Number(octet) < 256);
  return isAddress ? octets.reduce((address, octet) => address * 256 + Number(octet), 0) : undefined;
}

/** How many addresses a prefix of this length holds. */
export function sizeOf(length: number): number {
  return 2 ** (32 - length);
}

/** The first address of the prefix of this length around an address. */
export function alignDown(address: number, length: number): number {
  return address - (address % sizeOf(length));
}

/** The prefix, whose base need not be aligned, or undefined where the text is not `address/length`. */
export function parseIpv4PrefixLoosely(text: string): Ipv4Prefix | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const base = parseIpv4Address(text.slice(0, slash));
  const mask = text.slice(slash + 1);
  if (base === undefined || !/^(0|[1-9]\d?)$/.test(mask) || Number(mask) > 32) return undefined;
  return { base, length: Number(mask) };
}

/** The prefix, or undefined where the text is not an aligned `address/length`. */
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

/** Whether the two share an address; for prefixes, that one contains the other. */
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

/** The fewest prefixes that hold the same addresses: contained ones left out, neighbouring halves joined. */
export function aggregate(prefixes: readonly Ipv4Prefix[]): Ipv4Prefix[] {
  const joined: Ipv4Prefix[] = [];
  for (const prefix of withoutContained(prefixes)) {
    let current = prefix;
    for (let last = joined[joined.length - 1]; last; last = joined[joined.length - 1]) {
      const parent = { base: alignDown(current.base, current.length - 1), length: current.length - 1 };
      if (last.length !== current.length || last.base !== parent.base || last.base === current.base) break;
      joined.pop();
      current = parent;
    }
    joined.push(current);
  }
  return joined;
}

/** Prefixes that the Internet does not route: those of RFC 1918, and the shared address space of RFC 6598. */
export const PRIVATE_PREFIXES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];
const PRIVATE = PRIVATE_PREFIXES.map((text) => parseIpv4Prefix(text)!);

/** Whether every address of the prefix is private (RFC 1918) or shared (RFC 6598). */
export function isPrivate(prefix: Ipv4Prefix): boolean {
  return PRIVATE.some((range) => contains(range, prefix));
}
