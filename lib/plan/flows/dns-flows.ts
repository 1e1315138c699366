import { rowsOfSection } from "../../ports/port-table";
import { section as outgoing } from "../../ports/sections/backup-server-outgoing";
import type { Flow, FlowEndpoint } from "../../azure/flow";
import { flowOfRow } from "./flow-of-row";

/**
 * The flows of one endpoint to the virtual network's own DNS servers. Azure's
 * own name resolution passes every group and needs none.
 */
export function dnsFlows(from: FlowEndpoint, dnsServers: FlowEndpoint): Flow[] {
  return rowsOfSection(outgoing)
    .filter(({ row }) => row.to === "dns-server")
    .map((sourced) => flowOfRow(sourced, from, dnsServers, sourced.row.ports));
}
