import {
  type Party,
  type PortTable,
  PROXY_PORT,
  Role,
  rowsOfSection,
  rowsOfTable,
  SERVICE_TAG_PARTIES,
  type SourcedRow,
} from "../ports/port-table";
import { section as cacheRepositoryMove } from "../ports/sections/cache-repository-connections-rewritten";
import type { Flow, FlowEndpoint } from "./flow";

/** One component of a deployment, as flows see it. */
export interface TopologyComponent {
  readonly role: Role;
  /** Name among the components of its role. */
  readonly key: string;
  /** Where it lives: its own endpoint, or that of the machine it shares. */
  readonly endpoint: FlowEndpoint;
  /** Port that it listens on, for the roles whose port a deployment chooses. @default - as the table prints */
  readonly port?: string;
  /** For an HTTP proxy: whether the backup server keeps its direct flows. @default false */
  readonly directAccess?: boolean;
}

/** The components of a deployment and what is going on between them. */
export interface Topology {
  /** Where consoles are opened. @default - nowhere */
  readonly consoles?: FlowEndpoint;
  readonly components: readonly TopologyComponent[];
  /** Keys of the cache repositories between which the cache moves. @default - none moves */
  readonly cacheMigration?: { readonly from: string; readonly to: string };
}

/**
 * The flows that a port table asks for between the components that exist.
 * A flow whose two ends are one endpoint is none. The order follows the
 * table, then the order of components.
 */
export function documentedFlows(table: PortTable, topology: Topology): Flow[] {
  const rows = [
    ...rowsOfTable(table),
    ...(topology.cacheMigration ? rowsOfSection(cacheRepositoryMove) : []),
  ];
  return rows
    .filter(({ row }) => !isReplacedByProxy(row.from, row.to, topology))
    .flatMap((row) => flowsOfRow(row, topology));
}

/** Whether the HTTP proxy stands in for this direct way of the backup server to Microsoft. */
function isReplacedByProxy(from: Party, to: Party, topology: Topology): boolean {
  const proxies = topology.components.filter((component) => component.role === Role.HTTP_PROXY);
  return (
    from === Role.BACKUP_SERVER &&
    SERVICE_TAG_PARTIES.includes(to) &&
    proxies.length > 0 &&
    !proxies.some((proxy) => proxy.directAccess)
  );
}

function flowsOfRow({ row, page, origin }: SourcedRow, topology: Topology): Flow[] {
  const flows: Flow[] = [];
  for (const from of membersOf(row.from, topology)) {
    for (const to of membersOf(row.to, topology)) {
      if (from.endpoint.id === to.endpoint.id) continue;
      flows.push({
        name: row.name,
        priority: row.priority,
        from: from.endpoint,
        to: to.endpoint,
        protocol: row.protocol,
        ports: portsOf(row.ports, to),
        reason: row.reason,
        origin,
        source: page.source,
        pageDate: page.pageDate,
      });
    }
  }
  return flows;
}

interface Member {
  readonly endpoint: FlowEndpoint;
  readonly port?: string;
}

function membersOf(party: Party, topology: Topology): Member[] {
  const migration = topology.cacheMigration;
  switch (party) {
    case "AzureActiveDirectory":
    case "AzureResourceManager":
      return [{ endpoint: { id: party, label: party, prefixes: [party] } }];
    case "console":
      return topology.consoles ? [{ endpoint: topology.consoles }] : [];
    case "migrating-cache-repositories":
      return migration ? cachesNamed(topology, [migration.from, migration.to]) : [];
    case "old-cache-repository":
      return migration ? cachesNamed(topology, [migration.from]) : [];
    case "new-cache-repository":
      return migration ? cachesNamed(topology, [migration.to]) : [];
    case "every-component":
      return [...topology.components];
    case "dns-server":
      return [];
    default:
      return topology.components.filter((component) => component.role === party);
  }
}

function cachesNamed(topology: Topology, keys: readonly string[]): Member[] {
  return topology.components.filter(
    (component) => component.role === Role.CACHE_REPOSITORY && keys.includes(component.key),
  );
}

/** A port that the deployment chose wins over the one that the page prints. */
function portsOf(printed: readonly string[], to: Member): string[] {
  if (to.port !== undefined) return [to.port];
  if (printed.includes(PROXY_PORT)) {
    throw new Error(`${to.endpoint.id}: the page prints no port for it; give the component a port`);
  }
  return [...printed];
}
