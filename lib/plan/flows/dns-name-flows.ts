import { membersOfParty } from "../../ports/parties";
import { THROUGH_FIREWALL, THROUGH_HTTP_PROXY } from "../../ports/own-rows";
import { PROXY_PORT, VeeamRole } from "../../ports/port-table";
import type { SourcedRow } from "../../ports/sourced-row";
import type { Flow, FlowEndpoint } from "../../azure/flow";
import { flowOfRow } from "./flow-of-row";
import { membersOf } from "./party-members";
import type { Topology } from "../topology";

/**
 * The flows of rows whose destination has only a DNS name. A security group
 * cannot filter by name, and `Internet` would allow far more than the row, so
 * the connections take another way:
 *
 *     machine ──► HTTP proxy, where there is one ──► firewall, or addresses
 *     machine ─────────────────────────────────────► firewall, or addresses
 */
export function dnsNameFlows(rows: readonly SourcedRow[], topology: Topology): Flow[] {
  const { dnsNames: way, components } = topology;
  const proxy = components.find(({ role }) => role === VeeamRole.HTTP_PROXY);
  return rows.flatMap((sourced) => {
    const machines = membersOf(sourced.row.from, topology).map(({ endpoint }) => endpoint);
    if (machines.length === 0) return [];
    const onwards = proxy ? [...(proxy.directAccess ? machines : []), proxy.endpoint] : machines;
    const flows = onwards.flatMap((from) => flowOnwards(sourced, from));
    return (proxy ? [...machines.flatMap(flowToProxy(sourced)), ...flows] : flows).filter(
      ({ from, to }) => from.id !== to.id,
    );
  });

  function flowToProxy(sourced: SourcedRow): (from: FlowEndpoint) => Flow[] {
    return (from) => {
      // The port table has a row for the backup server's connection to the proxy.
      const isBackupServer = components.some(
        ({ role, endpoint }) => role === VeeamRole.BACKUP_SERVER && endpoint.id === from.id,
      );
      if (!proxy || isBackupServer) return [];
      const port = proxy.port ?? PROXY_PORT;
      return [flowOfRow({ ...sourced, row: THROUGH_HTTP_PROXY }, from, proxy.endpoint, [port])];
    };
  }

  function flowOnwards(sourced: SourcedRow, from: FlowEndpoint): Flow[] {
    const { firewall, addresses } = way ?? {};
    const to = membersOfParty(sourced.row.to);
    if (firewall) {
      return [flowOfRow({ ...sourced, row: THROUGH_FIREWALL }, from, firewall.endpoint, [firewall.port])];
    }
    const endpoint = to.kind === "dnsNames" ? addresses?.[to.group] : undefined;
    return endpoint ? [flowOfRow(sourced, from, endpoint, sourced.row.ports)] : [];
  }
}
