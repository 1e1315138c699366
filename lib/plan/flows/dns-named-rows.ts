import type { FlowEndpoint } from "../../azure/flow";
import { type DnsNameGroup, membersOfParty } from "../../ports/parties";
import { VeeamRole } from "../../ports/port-table";
import type { SourcedRow } from "../../ports/sourced-row";
import type { Topology, TopologyComponent } from "../topology";
import { membersOf } from "./party-members";

/** A row whose destination has only DNS names, and the machines that connect to it. */
interface DnsNamedRow {
  readonly sourced: SourcedRow;
  /** Which endpoints: `licenceUpdates`, as in the addresses of DnsNames. */
  readonly group: DnsNameGroup;
  /** Their DNS names; empty if the certificates of object storage name them. */
  readonly names: string[];
  readonly machines: readonly FlowEndpoint[];
}

/** The rows that end at DNS names and for which there are machines. */
export function dnsNamedRows(rows: readonly SourcedRow[], topology: Topology): DnsNamedRow[] {
  return rows.flatMap((sourced) => {
    const to = membersOfParty(sourced.row.to);
    const machines = distinct(membersOf(sourced.row.from, topology).map(({ endpoint }) => endpoint));
    if (to.kind !== "dnsNames" || machines.length === 0) return [];
    const names = [...new Set((sourced.askedBy ?? []).flatMap(({ row }) => row.dnsNames))];
    return [{ sourced, group: to.group, names, machines }];
  });
}

/** Machines, and what carries their connections to DNS names on. */
interface Carried {
  readonly from: readonly FlowEndpoint[];
  /** The HTTP proxy, or the firewall. @default - the machines connect straight to addresses */
  readonly through?: FlowEndpoint;
}

/**
 * The ways of the connections to DNS names. A security group cannot filter by
 * name, and `Internet` would allow far more than the row, so they go
 *
 *     machine ──► HTTP proxy, where there is one ──► firewall, or addresses
 *     machine ─────────────────────────────────────► firewall, or addresses
 *
 * @param isOurs Whether the way on of a proxy counts; one elsewhere has its own
 */
export function carriersOf(
  machines: readonly FlowEndpoint[],
  topology: Topology,
  isOurs: (proxy: FlowEndpoint) => boolean = () => true,
): Carried[] {
  const proxy = httpProxyOf(topology);
  const through = topology.dnsNames?.firewall?.endpoint;
  if (!proxy) return [{ from: machines, through }];
  const onwards = [
    ...(proxy.directAccess ? machines : []),
    ...(isOurs(proxy.endpoint) ? [proxy.endpoint] : []),
  ];
  return [
    { from: machines.filter(({ id }) => id !== proxy.endpoint.id), through: proxy.endpoint },
    { from: distinct(onwards), through },
  ].filter(({ from }) => from.length > 0);
}

/** The HTTP proxy of a deployment. */
export function httpProxyOf({ components }: Topology): TopologyComponent | undefined {
  return components.find(({ role }) => role === VeeamRole.HTTP_PROXY);
}

function distinct(endpoints: readonly FlowEndpoint[]): FlowEndpoint[] {
  return [...new Map(endpoints.map((endpoint) => [endpoint.id, endpoint])).values()];
}

/** The DNS names of one row that an HTTP proxy has to allow. */
export interface ProxiedNames extends Pick<DnsNamedConnection, "group" | "names"> {
  /** TCP ports connected to. */
  readonly ports: readonly string[];
  /** IPv4 prefixes of the machines that connect through the proxy. */
  readonly clients: readonly string[];
}

/** The DNS names that the deployment's HTTP proxy has to allow, for the same rows and machines as the flows to it. */
export function namesThroughProxy(rows: readonly SourcedRow[], topology: Topology): ProxiedNames[] {
  const proxy = httpProxyOf(topology)?.endpoint;
  return dnsNamedRows(rows, topology).flatMap(({ sourced, group, names, machines }) => {
    const behind = machines.filter(({ id }) => id !== proxy?.id);
    if (!proxy || behind.length === 0) return [];
    const clients = [...new Set(behind.flatMap(({ prefixes }) => prefixes))];
    return [{ group, names, ports: sourced.row.ports, clients }];
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
  return dnsNamedRows(rows, topology).map(({ sourced: { row }, group, names, machines }) => ({
    group,
    names,
    ports: [...row.ports],
    from: [...new Set(machines.map(({ label }) => label))],
    reason: row.reason,
  }));
}
