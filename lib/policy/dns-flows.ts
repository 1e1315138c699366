import { rowsOfSection } from "../ports/port-table";
import { section as outgoing } from "../ports/sections/backup-server-outgoing";
import type { Flow, FlowEndpoint } from "./flow";

/**
 * The flows of one endpoint to the virtual network's own DNS servers. Azure's
 * own name resolution passes every group and needs none.
 */
export function dnsFlows(from: FlowEndpoint, dnsServers: FlowEndpoint): Flow[] {
  return rowsOfSection(outgoing)
    .filter(({ row }) => row.to === "dns-server")
    .map(({ row, page, origin }) => ({
      name: row.name,
      priority: row.priority,
      from,
      to: dnsServers,
      protocol: row.protocol,
      ports: [...row.ports],
      reason: row.reason,
      origin,
      source: page.source,
      pageDate: page.pageDate,
    }));
}
