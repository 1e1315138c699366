import type { Flow, FlowEndpoint } from "../../azure/flow";
import type { Protocol } from "../../azure/security-rule";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import { isOpaque } from "../../base/opaque";
import { shortName, stableHash } from "../../base/stable-hash";
import { preferredPriority, USER_PRIORITIES } from "../rules/rule-placement";

/** The `origin` of flows that a user declares. */
export const USER_ORIGIN = "Declared flow";

// A rule's name has 80 characters, of which `allow-out-` takes ten.
const MAX_NAME_LENGTH = 70;

/** A flow that a user declares. */
export interface UserFlow {
  readonly from: FlowEndpoint;
  readonly to: FlowEndpoint;
  readonly protocol: Protocol;
  readonly ports: readonly string[];
  readonly reason: string;
  /** Priority of its rules. @default - made from the flow's name */
  readonly priority?: number;
}

/**
 * The declared flow with its name and priority. The default priority depends
 * on the name only: other flows do not move it, unless two collide.
 */
export function userFlow(asked: UserFlow): Flow {
  const ends = `${asked.from.label}-to-${asked.to.label}`;
  const name = shortName(slug(`${ends}-${asked.protocol}-${asked.ports.join("-")}`), MAX_NAME_LENGTH);
  return {
    name,
    priority: asked.priority ?? preferredPriority(name, USER_PRIORITIES),
    movable: asked.priority === undefined,
    from: asked.from,
    to: asked.to,
    protocol: asked.protocol,
    ports: [...asked.ports],
    reason: asked.reason,
    origin: USER_ORIGIN,
  };
}

/** An expression of Terraform loses its braces, `${var.console}` is `var.console`; other texts stay as they always were. */
function slug(text: string): string {
  return (isOpaque(text) ? text.replace(/[${}()[\]"]+/g, " ").replace(/[ ,-]+/g, "-") : text)
    .toLowerCase()
    .replaceAll("*", "any")
    .replace(/[^a-z0-9_.-]+/g, "-")
    .replace(/^-+|[-.]+$/g, "");
}

/** Whether the user gave the priority, which then never moves. */
export function isFixedByUser({ origin, movable }: Flow): boolean {
  return origin === USER_ORIGIN && !movable;
}

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
