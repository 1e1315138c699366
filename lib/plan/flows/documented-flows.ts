import type { Flow, FlowEndpoint, FlowSource } from "../../azure/flow";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import { findStorageRegion } from "../../azure/storage-regions";
import { distinctItems, groupBy } from "../../base/collections";
import { isOpaque } from "../../base/opaque";
import { THROUGH_FIREWALL, THROUGH_HTTP_PROXY } from "../../ports/own-rows";
import { connectionsOfPage } from "../../ports/page-connections";
import { USED_PORTS_PAGES } from "../../ports/pages";
import { membersOfParty, type Party, SERVICE_TAG_PARTIES } from "../../ports/parties";
import { TRANSMISSION_PORTS } from "../../ports/port-page";
import { type PortTable, PROXY_PORT, VeeamRole } from "../../ports/port-table";
import { DEFAULT_REVISION, findPortTable } from "../../ports/revisions";
import type { PortTableRow, RowOfPage, SourcedRow } from "../../ports/sourced-row";
import type { Topology } from "../topology";
import { carriersOf, dnsNamedRows, httpProxyOf } from "./dns-named-rows";
import { endsAtDnsNames, merged, openRows } from "./open-rows";
import { endsOfRow, type Member } from "./party-members";

/**
 * The flows that a port table and the features of a deployment ask for
 * between the components that exist; none within one machine. The order
 * follows the table, then the priorities of the other rows, then the components.
 */
export function documentedFlows(table: PortTable, topology: Topology): Flow[] {
  const rows = openRows(table, topology).filter(({ row }) => !isReplacedByProxy(row.from, row.to, topology));
  const byName = rows.filter(({ row }) => endsAtDnsNames(row));
  return withoutRepeats([
    ...rows.filter(({ row }) => !endsAtDnsNames(row)).flatMap((row) => flowsOfRow(row, topology)),
    ...dnsNameFlows(byName, topology),
  ]);
}

/** Whether the HTTP proxy replaces this direct connection of the backup server to Microsoft. */
function isReplacedByProxy(from: Party, to: Party, topology: Topology): boolean {
  const proxy = httpProxyOf(topology);
  if (!proxy || proxy.directAccess) return false;
  return from === VeeamRole.BACKUP_SERVER && SERVICE_TAG_PARTIES.includes(to);
}

function flowsOfRow(sourced: SourcedRow, topology: Topology): Flow[] {
  return endsOfRow(sourced.row, topology).map(([from, to]) => {
    const row = { ...sourced.row, ...ruleOfRegion(sourced.row, to) };
    return flowOfRow({ ...sourced, row }, from.endpoint, to.endpoint, portsOf(row, to, topology));
  });
}

/** Azure takes one service tag a rule, so each region of object storage has a rule of its own. */
function ruleOfRegion(row: PortTableRow, to: Member): Partial<PortTableRow> {
  const name = to.component?.region;
  const region = name === undefined ? undefined : findStorageRegion(name);
  return region ? { name: `${row.name}-${region.region}`, priority: region.priority } : {};
}

/** The ports of a row; the deployment's choice wins over the page. */
function portsOf(row: PortTableRow, to: Member, { transmissionPorts }: Topology): string[] {
  const facts = membersOfParty(row.to);
  const chosen = facts.kind === "components" && facts.ownPort ? to.component?.port : undefined;
  if (chosen !== undefined) return [chosen];
  if (row.ports.includes(PROXY_PORT)) {
    throw new Error(`${to.endpoint.id}: the page prints no port for it; give the component a port`);
  }
  return row.ports.map((port) => (port === TRANSMISSION_PORTS ? (transmissionPorts ?? port) : port));
}

/** Several rows can ask for one flow; the first says why, and all of them are its sources. */
function withoutRepeats(flows: readonly Flow[]): Flow[] {
  const same = groupBy(flows, ({ name, from, to }) => JSON.stringify([name, from.id, to.id]));
  return [...same.values()].map(([flow, ...more]) =>
    more.length === 0
      ? flow
      : { ...flow, sources: distinctItems([flow, ...more].flatMap(({ sources = [] }) => sources)) },
  );
}

/** The flows of rows whose destination has only a DNS name, on the ways that carriersOf draws. */
export function dnsNameFlows(rows: readonly SourcedRow[], topology: Topology): Flow[] {
  const { firewall, addresses } = topology.dnsNames ?? {};
  const proxy = httpProxyOf(topology);
  // The port table has a row for the backup server's connection to the proxy.
  const servers = topology.components
    .filter(({ role }) => role === VeeamRole.BACKUP_SERVER)
    .map(({ endpoint }) => endpoint.id);
  return dnsNamedRows(rows, topology).flatMap(({ sourced, group, machines }) => {
    const flowsFrom = (from: FlowEndpoint, through: FlowEndpoint | undefined): Flow[] => {
      const to = through ?? addresses?.[group];
      if (!to || to.id === from.id) return [];
      if (to === firewall?.endpoint) {
        return [flowOfRow({ ...sourced, row: THROUGH_FIREWALL }, from, to, [firewall.port])];
      }
      if (to !== proxy?.endpoint) return [flowOfRow(sourced, from, to, sourced.row.ports)];
      if (servers.includes(from.id)) return [];
      return [flowOfRow({ ...sourced, row: THROUGH_HTTP_PROXY }, from, to, [proxy.port ?? PROXY_PORT])];
    };
    return carriersOf(machines, topology).flatMap(({ from, through }) =>
      from.flatMap((machine) => flowsFrom(machine, through)),
    );
  });
}

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

/** The properties that a flow takes from a row. */
type FlowRow = Pick<PortTableRow, "name" | "priority" | "protocol" | "reason">;

/** The flow of a row between two endpoints. */
export function flowOfRow(
  { row, askedBy = [], origin }: Omit<SourcedRow, "row"> & { readonly row: FlowRow },
  from: FlowEndpoint,
  to: FlowEndpoint,
  ports: readonly string[],
): Flow {
  const sources = askedBy.map(sourceOf);
  return {
    name: row.name,
    priority: row.priority,
    from,
    to,
    protocol: row.protocol,
    ports: [...ports],
    reason: row.reason,
    origin,
    ...(sources.length > 0 && { source: sources[0].source, pageDate: sources[0].pageDate, sources }),
  };
}

function sourceOf({ page, row }: RowOfPage): FlowSource {
  const { section, from, to, protocol, ports } = row;
  const { name, pageDate, source } = page;
  return { page: name, pageDate, source, section, from, to, protocol, ports: [...ports] };
}
