import type { FlowEndpoint } from "../../azure/flow";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import { stableHash } from "../../base/stable-hash";

/** Prefixes that a declared connection names, as an end of flows. */
export function endpointOfPrefixes(prefixes: readonly string[]): FlowEndpoint {
  const merged = mergePrefixes(prefixes);
  return { id: `peer ${merged.join(",")}`, label: labelOf(merged), prefixes: merged };
}

/** A service tag that a declared connection names, as an end of flows. */
export function endpointOfTag(tag: string): FlowEndpoint {
  return { id: `peer ${tag}`, label: tag, prefixes: [tag] };
}

/** Two lists that begin alike are two peers, and their rules have two names: a hash of the whole tells them apart. */
function labelOf(prefixes: readonly string[]): string {
  const [first] = prefixes;
  if (prefixes.length === 1) return first;
  const all = stableHash(prefixes.join(",")).toString(16).padStart(8, "0");
  return `${first}-and-${prefixes.length - 1}-more-${all}`;
}
