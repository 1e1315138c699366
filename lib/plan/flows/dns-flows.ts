import type { Flow, FlowEndpoint } from "../../azure/flow";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import { isOpaque } from "../../base/opaque";
import { connectionsOfPage } from "../../ports/page-connections";
import { USED_PORTS_PAGES } from "../../ports/pages";
import { DEFAULT_REVISION, findPortTable } from "../../ports/revisions";
import { flowOfRow } from "./flow-of-row";
import { merged } from "./open-rows";

/** The DNS servers of a virtual network as an end of flows; undefined for Azure-provided DNS. */
export function dnsServersEndpoint(id: string, dnsServers: readonly string[]): FlowEndpoint | undefined {
  if (dnsServers.length === 0) return undefined;
  const prefixes = mergePrefixes(dnsServers.map((server) => (isOpaque(server) ? server : `${server}/32`)));
  return { id, label: "DNS servers", prefixes };
}

/**
 * The flows of one endpoint to the virtual network's own DNS servers, by the
 * rows of a revision; by those of the first text of Used Ports if the revision
 * does not have the page yet. Azure's own name resolution needs no rule.
 */
export function dnsFlows(
  from: FlowEndpoint,
  dnsServers: FlowEndpoint,
  revision: string = DEFAULT_REVISION,
): Flow[] {
  const page = findPortTable(revision)?.usedPorts ?? USED_PORTS_PAGES[0];
  return merged(connectionsOfPage(page))
    .filter(({ row }) => row.to === "dns-server")
    .sort((a, b) => a.row.priority - b.row.priority)
    .map((sourced) => flowOfRow(sourced, from, dnsServers, sourced.row.ports));
}
