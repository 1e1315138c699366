import { isOpaque } from "../../base/opaque";
import {
  type AddressSet,
  formatAddresses,
  hasNoAddress,
  intersectAddresses,
  parseAddresses,
  subtractAddresses,
  uniteAddresses,
} from "./address-set";
import {
  formatIpv4Prefix,
  type Ipv4Prefix,
  parseIpv4Prefix,
  PRIVATE_PREFIXES,
  withoutContained,
} from "./ipv4-prefix";

/**
 * One list of several: sorted, without repeats, and without a prefix that is
 * inside another, because Azure refuses overlapping entries in one rule.
 * A text that is not an IPv4 prefix (a value known only at apply) follows, sorted
 * by its text.
 */
export function mergePrefixes(prefixes: readonly string[]): string[] {
  const parsed: Ipv4Prefix[] = [];
  const others = new Set<string>();
  for (const text of prefixes) {
    const prefix = parseIpv4Prefix(text);
    if (prefix) parsed.push(prefix);
    else others.add(text);
  }
  return [...withoutContained(parsed).map(formatIpv4Prefix), ...[...others].sort()];
}

/** Whether all prefixes are known. One that is known only at apply can contain any address. */
export function areKnown(prefixes: readonly string[]): boolean {
  return prefixes.length > 0 && !prefixes.some(isOpaque);
}

/** The addresses of the known prefixes. */
export function addressesOf(prefixes: readonly string[]): AddressSet {
  return uniteAddresses(...prefixes.flatMap((text) => parseAddresses(text) ?? []));
}

/** The prefixes without some addresses; those known only at apply stay. */
export function prefixesWithout(prefixes: readonly string[], addresses: readonly string[]): string[] {
  const rest = subtractAddresses(addressesOf(prefixes), addressesOf(addresses));
  return [...prefixes.filter(isOpaque), ...formatAddresses(rest)];
}

/** Whether two lists certainly contain the same addresses. */
export function holdSame(some: readonly string[], others: readonly string[]): boolean {
  return areKnown(some) && areKnown(others) && holdsAll(some, others) && holdsAll(others, some);
}

/** Whether a list certainly contains every address of another. */
export function holdsAll(some: readonly string[], others: readonly string[]): boolean {
  return areKnown(others) && hasNoAddress(subtractAddresses(addressesOf(others), addressesOf(some)));
}

/** Whether two lists certainly have an address in common. */
export function overlap(some: readonly string[], others: readonly string[]): boolean {
  return !hasNoAddress(intersectAddresses(addressesOf(some), addressesOf(others)));
}

// Addresses that only private networks route, IPv6 included (RFC 4193).
const PRIVATE = addressesOf([...PRIVATE_PREFIXES, "fc00::/7"]);

/** Whether a prefix may contain public addresses, as a service tag and a value known only at apply may. */
export function mayBePublic(prefix: string): boolean {
  const addresses = isOpaque(prefix) ? undefined : parseAddresses(prefix);
  return !addresses || !hasNoAddress(subtractAddresses(addresses, PRIVATE));
}
