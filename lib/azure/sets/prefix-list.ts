import { formatIpv4Prefix, type Ipv4Prefix, parseIpv4Prefix, withoutContained } from "./ipv4-prefix";

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
