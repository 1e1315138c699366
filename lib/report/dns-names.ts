import type { FlowEndpoint } from "../azure/flow";
import { carriersOf, dnsNamedRows, httpProxyOf } from "../plan/flows/dns-named-rows";
import type { Topology } from "../plan/topology";
import { MICROSOFT_NAMES } from "../ports/own-rows";
import { membersOfParty } from "../ports/parties";
import { VeeamRole } from "../ports/port-table";
import type { SourcedRow } from "../ports/sourced-row";

/**
 * Endpoints that are reached by DNS name. Network security groups cannot filter
 * by name: the HTTP proxy or firewall has to allow the names.
 */
export interface ReportDnsNames<End = FlowEndpoint> {
  /** Which endpoints: `licenceUpdates`, as in the addresses of DnsNames, or `microsoft`. */
  readonly group: string;
  /** Their DNS names; empty if the certificates of object storage name them. */
  readonly names: readonly string[];
  /** TCP ports connected to. */
  readonly ports: readonly string[];
  /** The ends that connect. */
  readonly from: readonly End[];
  /** The HTTP proxy or firewall that carries the connections on. @default - they go straight to addresses that the deployment gives */
  readonly through?: End;
  /** What the connections are for. */
  readonly reason: string;
  /** What requests them. */
  readonly origin: string;
  /** The page's address. @default - no page requests them */
  readonly source?: string;
  /** The day of the page's text, YYYY-MM-DD. @default - no page requests them */
  readonly pageDate?: string;
}

/**
 * The DNS names that a deployment connects to, once for each proxy or firewall on the way:
 * each needs the list.
 *
 * @param ours Ids of the ends that are filtered here; a proxy elsewhere has its own way on
 */
export function reportDnsNames(
  rows: readonly SourcedRow[],
  topology: Topology,
  ours: ReadonlySet<string>,
): ReportDnsNames[] {
  const named = dnsNamedRows(rows, topology).flatMap(({ sourced, group, names, machines }) =>
    carriersOf(machines, topology, ({ id }) => ours.has(id)).map((carrier) => ({
      ...factsOf(sourced),
      group,
      names,
      ...carrier,
    })),
  );
  return [...microsoftThroughProxy(rows, topology, ours), ...named];
}

/**
 * Microsoft has service tags, but the connections of a proxy elsewhere are not
 * flows of the deployment: without the names its owner would never be asked.
 */
function microsoftThroughProxy(
  rows: readonly SourcedRow[],
  topology: Topology,
  ours: ReadonlySet<string>,
): ReportDnsNames[] {
  const proxy = httpProxyOf(topology)?.endpoint;
  if (!proxy || ours.has(proxy.id)) return [];
  const onwards = rows.filter(
    ({ row }) => row.from === "http-proxy" && membersOfParty(row.to).kind === "serviceTag",
  );
  const servers = topology.components.filter(({ role }) => role === VeeamRole.BACKUP_SERVER);
  const from = servers.map(({ endpoint }) => endpoint).filter(({ id }) => id !== proxy.id);
  if (onwards.length === 0 || from.length === 0) return [];
  return [
    {
      ...factsOf(onwards[0]),
      group: "microsoft",
      names: MICROSOFT_NAMES,
      ports: [...new Set(onwards.flatMap(({ row }) => row.ports))],
      reason: "Microsoft Graph, sign-in of Microsoft Entra ID, and Azure Resource Manager",
      from,
      through: proxy,
    },
  ];
}

function factsOf({ row: { ports, reason }, origin, askedBy: [asked] = [] }: SourcedRow) {
  return { ports, reason, origin, source: asked?.page.source, pageDate: asked?.page.pageDate };
}
