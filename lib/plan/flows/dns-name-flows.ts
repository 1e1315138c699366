import { membersOfParty } from "../../ports/parties";
import { THROUGH_FIREWALL, THROUGH_HTTP_PROXY } from "../../ports/own-rows";
import { PROXY_PORT, VeeamRole } from "../../ports/port-table";
import type { RowOfPage, SourcedRow } from "../../ports/sourced-row";
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

/** The DNS names of one row that an HTTP proxy has to allow. */
export interface ProxiedNames {
  /** Which endpoints: `licenceUpdates`, as in the addresses of DnsNames. */
  readonly group: string;
  /** Their DNS names; empty if the certificates of object storage name them. */
  readonly names: readonly string[];
  /** TCP ports connected to. */
  readonly ports: readonly string[];
  /** IPv4 prefixes of the machines that connect through the proxy. */
  readonly clients: readonly string[];
}

/** The DNS names that the deployment's HTTP proxy has to allow, for the same rows and machines as the flows to it. */
export function namesThroughProxy(rows: readonly SourcedRow[], topology: Topology): ProxiedNames[] {
  const proxy = topology.components.find(({ role }) => role === VeeamRole.HTTP_PROXY);
  return rows.flatMap(({ row, askedBy = [] }) => {
    const to = membersOfParty(row.to);
    const machines = membersOf(row.from, topology).filter(
      ({ endpoint }) => endpoint.id !== proxy?.endpoint.id,
    );
    if (!proxy || to.kind !== "dnsNames" || machines.length === 0) return [];
    const clients = [...new Set(machines.flatMap(({ endpoint }) => endpoint.prefixes))];
    return [{ group: to.group, names: namesOf(askedBy), ports: row.ports, clients }];
  });
}

/** Endpoints that components connect to and that have only DNS names. */
export interface DnsNamedConnection {
  /** Which endpoints: `licenceUpdates`, as in the addresses of DnsNames. */
  readonly group: string;
  /** Their DNS names; empty if the certificates of object storage name them. */
  readonly names: string[];
  /** TCP ports connected to. */
  readonly ports: string[];
  /** Labels of the machines that connect. */
  readonly from: string[];
  /** Purpose of the connections. */
  readonly reason: string;
}

/** The destinations that a deployment reaches by DNS name, for the owners of the proxy or firewall. */
export function dnsNamedConnections(rows: readonly SourcedRow[], topology: Topology): DnsNamedConnection[] {
  return rows.flatMap(({ row, askedBy = [] }) => {
    const to = membersOfParty(row.to);
    const from = [...new Set(membersOf(row.from, topology).map(({ endpoint }) => endpoint.label))];
    if (to.kind !== "dnsNames" || from.length === 0) return [];
    return [{ group: to.group, names: namesOf(askedBy), ports: [...row.ports], from, reason: row.reason }];
  });
}

/** The DNS names of the rows' destinations. */
export function namesOf(rows: readonly RowOfPage[]): string[] {
  return [...new Set(rows.flatMap(({ row }) => row.dnsNames))];
}
