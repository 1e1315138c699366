import { membersOfParty, type Party, SERVICE_TAG_PARTIES } from "../../ports/parties";
import { type PortTable, PROXY_PORT, VeeamRole } from "../../ports/port-table";
import type { PortTableRow, SourcedRow } from "../../ports/sourced-row";
import { TRANSMISSION_PORTS } from "../../ports/port-page";
import { findStorageRegion } from "../../azure/storage-regions";
import { dnsNameFlows } from "./dns-name-flows";
import type { Flow, FlowSource } from "../../azure/flow";
import { flowOfRow } from "./flow-of-row";
import { endsAtDnsNames, openRows } from "./open-rows";
import { endsOfRow, type Member } from "./party-members";
import type { Topology } from "../topology";

export type { Topology, TopologyComponent } from "../topology";

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
  const proxies = topology.components.filter((component) => component.role === VeeamRole.HTTP_PROXY);
  return (
    from === VeeamRole.BACKUP_SERVER &&
    SERVICE_TAG_PARTIES.includes(to) &&
    proxies.length > 0 &&
    !proxies.some((proxy) => proxy.directAccess)
  );
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
  const kept = new Map<string, Flow>();
  for (const flow of flows) {
    const key = JSON.stringify([flow.name, flow.from.id, flow.to.id]);
    const first = kept.get(key);
    kept.set(key, first ? { ...first, sources: distinct(first.sources, flow.sources) } : flow);
  }
  return [...kept.values()];
}

function distinct(...lists: ReadonlyArray<readonly FlowSource[] | undefined>): FlowSource[] {
  return [...new Map(lists.flatMap((all = []) => all).map((one) => [JSON.stringify(one), one])).values()];
}
