import type { Flow, FlowEndpoint } from "../../azure/flow";
import { isPrivate, parseIpv4Prefix } from "../../azure/sets/ipv4-prefix";
import { isOpaque } from "../../base/opaque";

/**
 * Whether machines at the endpoint connect to public destinations: a service
 * tag or a public address. Addresses known only at apply count as private; if
 * they are public, the network's routes decide.
 */
export function hasWayOut(endpoint: FlowEndpoint, flows: readonly Flow[]): boolean {
  return flows.some((flow) => flow.from.id === endpoint.id && flow.to.prefixes.some(isPublic));
}

function isPublic(text: string): boolean {
  if (isOpaque(text)) return false;
  const prefix = parseIpv4Prefix(text);
  return prefix === undefined || !isPrivate(prefix);
}
