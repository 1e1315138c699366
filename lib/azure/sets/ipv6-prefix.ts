import { parseIpv4Address } from "./ipv4-prefix";

/** An IPv6 prefix: the first address as an unsigned 128-bit number, and the length of its mask, 0 to 128. */
interface Ipv6Prefix {
  readonly base: bigint;
  readonly length: number;
}

// An address has eight groups of four hexadecimal digits.
const DIGITS = 32;

const GROUP = /^[\da-f]{1,4}$/i;

/** The address as an unsigned 128-bit number, or undefined if the text is not an address (RFC 4291, section 2.2; zones are refused). */
export function parseIpv6Address(text: string): bigint | undefined {
  if (!text.includes(":")) return undefined;
  const [first, last = "", ...more] = text.split("::");
  const isShortened = text.includes("::");
  const [head, tail] = [digitsOf(first, !isShortened), digitsOf(last, true)];
  if (head === undefined || tail === undefined || more.length > 0) return undefined;
  const missing = DIGITS - head.length - tail.length;
  // "::" stands for one group of zeros or more.
  if (isShortened ? missing < 4 : missing !== 0) return undefined;
  return BigInt(`0x${head}${"0".repeat(missing)}${tail}`);
}

/** The digits of one side of `::`; the last group of an address may be a dotted IPv4 address. */
function digitsOf(side: string, isLast: boolean): string | undefined {
  if (side === "") return "";
  const groups = side.split(":");
  const digits = groups.map((group, at) => {
    if (GROUP.test(group)) return group.padStart(4, "0");
    const embedded = isLast && at === groups.length - 1 ? parseIpv4Address(group) : undefined;
    return embedded?.toString(16).padStart(8, "0");
  });
  return digits.includes(undefined) ? undefined : digits.join("");
}

/** The prefix, aligned down to its mask; undefined if the text is not `address/length`. */
export function parseIpv6Prefix(text: string): Ipv6Prefix | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const address = parseIpv6Address(text.slice(0, slash));
  const mask = text.slice(slash + 1);
  if (address === undefined || !/^(0|[1-9]\d{0,2})$/.test(mask) || Number(mask) > 128) return undefined;
  const length = Number(mask);
  return { base: address - (address % sizeOfIpv6(length)), length };
}

/** The number of addresses in a prefix of this length. */
export function sizeOfIpv6(length: number): bigint {
  return 1n << BigInt(128 - length);
}

/** The text of an address as RFC 5952 writes it: lower case, the first longest run of zero groups as `::`. */
export function formatIpv6Address(address: bigint): string {
  const groups = address
    .toString(16)
    .padStart(DIGITS, "0")
    .replace(/.{4}(?=.)/g, "$&:");
  return new URL(`http://[${groups}]`).hostname.slice(1, -1);
}
