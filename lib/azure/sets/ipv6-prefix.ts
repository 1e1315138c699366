import { parseIpv4Address } from "./ipv4-prefix";

/** An IPv6 prefix: the first address as an unsigned 128-bit number, and the length of its mask, 0 to 128. */
export interface Ipv6Prefix {
  readonly base: bigint;
  readonly length: number;
}

const GROUPS = 8;

/** The address as an unsigned 128-bit number, or undefined if the text is not an address (RFC 4291, section 2.2; zones are refused). */
export function parseIpv6Address(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1));
  if (!head) return undefined;
  if (halves.length === 1) return head.length === GROUPS ? joinGroups(head) : undefined;
  if (!tail || head.length + tail.length >= GROUPS) return undefined;
  const zeros = new Array<number>(GROUPS - head.length - tail.length).fill(0);
  return joinGroups([...head, ...zeros, ...tail]);
}

/** The 16-bit groups of one side of `::`; the last of the address may be a dotted IPv4 address. */
function parseGroups(text: string, isLastHalf: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    const embedded = isLastHalf && index === parts.length - 1 ? parseIpv4Address(part) : undefined;
    if (embedded !== undefined) groups.push(Math.floor(embedded / 65536), embedded % 65536);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function joinGroups(groups: readonly number[]): bigint {
  return groups.reduce((address, group) => address * 65536n + BigInt(group), 0n);
}

/** The prefix, aligned down to its mask, or undefined where the text is not `address/length`. */
export function parseIpv6Prefix(text: string): Ipv6Prefix | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const address = parseIpv6Address(text.slice(0, slash));
  const mask = text.slice(slash + 1);
  if (address === undefined || !/^(0|[1-9]\d{0,2})$/.test(mask) || Number(mask) > 128) return undefined;
  const length = Number(mask);
  return { base: address - (address % sizeOfIpv6(length)), length };
}

/** How many addresses a prefix of this length holds. */
export function sizeOfIpv6(length: number): bigint {
  return 1n << BigInt(128 - length);
}

/** The text of an address as RFC 5952 writes it: lower case, the first longest run of zero groups as `::`. */
export function formatIpv6Address(address: bigint): string {
  const groups = Array.from({ length: GROUPS }, (_, i) =>
    ((address >> BigInt(16 * (GROUPS - 1 - i))) & 0xffffn).toString(16),
  );
  const run = longestRunOfZeros(groups);
  if (run.length < 2) return groups.join(":");
  return `${groups.slice(0, run.start).join(":")}::${groups.slice(run.start + run.length).join(":")}`;
}

function longestRunOfZeros(groups: readonly string[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === "0") length++;
    if (length > longest.length) longest = { start, length };
  }
  return longest;
}
