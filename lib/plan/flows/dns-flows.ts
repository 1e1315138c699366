import type { Flow, FlowEndpoint } from "../../azure/flow";
import { connectionsOfPage } from "../../ports/page-connections";
import { DEFAULT_REVISION, findPortTable } from "../../ports/revisions";
import type { PortTable } from "../../ports/port-table";
import { flowOfRow } from "./flow-of-row";
import { merged } from "./open-rows";

/**
 * The flows of one endpoint to the virtual network's own DNS servers. Azure's
 * own name resolution passes every group and needs none.
 */
export function dnsFlows(from: FlowEndpoint, dnsServers: FlowEndpoint): Flow[] {
  const { usedPorts } = findPortTable(DEFAULT_REVISION) as PortTable;
  return merged(usedPorts ? connectionsOfPage(usedPorts) : [])
    .filter(({ row }) => row.to === "dns-server")
    .sort((a, b) => a.row.priority - b.row.priority)
    .map((sourced) => flowOfRow(sourced, from, dnsServers, sourced.row.ports));
}
