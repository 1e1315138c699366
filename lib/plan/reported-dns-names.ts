import type { FlowEndpoint } from "../azure/flow";
import { distinct, dnsNamedRows } from "./flows/dns-named-rows";
import type { Topology } from "./topology";
import { MICROSOFT_NAMES } from "../ports/own-rows";
import { membersOfParty } from "../ports/parties";
import type { ReportDnsNames } from "./report-input";
import { VeeamRole } from "../ports/port-table";
import type { SourcedRow } from "../ports/sourced-row";

/**
 * What a deployment reaches by DNS name, once for each of those who carry the
 * connections on: a proxy and the firewall behind it each need the list.
 *
 * @param ours Ids of the ends that are filtered here; a proxy elsewhere has its own way on
 */
export function reportDnsNames(
  rows: readonly SourcedRow[],
  topology: Topology,
  ours: ReadonlySet<string>,
): ReportDnsNames[] {
  return [...microsoftThroughProxy(rows, topology, ours), ...namedByRows(rows, topology, ours)];
}

function namedByRows(
  rows: readonly SourcedRow[],
  topology: Topology,
  ours: ReadonlySet<string>,
): ReportDnsNames[] {
  return dnsNamedRows(rows, topology).flatMap(({ sourced, group, names, machines }) =>
    carriersOf(machines, topology, ours).map(({ from, through }) => ({
      ...factsOf(sourced),
      group,
      names,
      from: from.map(({ id }) => id),
      through: through?.id,
    })),
  );
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
  const proxy = proxyOf(topology);
  if (!proxy || ours.has(proxy.id)) return [];
  const onwards = rows.filter(
    ({ row }) => row.from === "http-proxy" && membersOfParty(row.to).kind === "serviceTag",
  );
  const servers = topology.components.filter(({ role }) => role === VeeamRole.BACKUP_SERVER);
  const from = servers.map(({ endpoint }) => endpoint.id).filter((id) => id !== proxy.id);
  if (onwards.length === 0 || from.length === 0) return [];
  return [
    {
      ...factsOf(onwards[0]),
      group: "microsoft",
      names: [...MICROSOFT_NAMES],
      ports: [...new Set(onwards.flatMap(({ row }) => row.ports))],
      reason: "Microsoft Graph, sign-in of Microsoft Entra ID, and Azure Resource Manager",
      from,
      through: proxy.id,
    },
  ];
}

function factsOf({
  row,
  origin,
  askedBy = [],
}: SourcedRow): Pick<ReportDnsNames, "ports" | "reason" | "origin" | "source" | "pageDate"> {
  const { ports, reason } = row;
  const page = askedBy[0]?.page;
  return { ports: [...ports], reason, origin, source: page?.source, pageDate: page?.pageDate };
}

interface Carrier {
  readonly from: readonly FlowEndpoint[];
  /** Undefined where the machines connect straight to addresses. */
  readonly through?: FlowEndpoint;
}

/** As the flows go: machines through the proxy, and the proxy or machines without one through the firewall or by addresses. */
function carriersOf(
  machines: readonly FlowEndpoint[],
  topology: Topology,
  ours: ReadonlySet<string>,
): Carrier[] {
  const proxy = proxyOf(topology);
  const through = topology.dnsNames?.firewall?.endpoint;
  if (!proxy) return [{ from: machines, through }];
  const behind = machines.filter(({ id }) => id !== proxy.id);
  const direct = topology.components.some(({ directAccess }) => directAccess) ? machines : [];
  const onwards = distinct([...direct, ...(ours.has(proxy.id) ? [proxy] : [])]);
  return [
    ...(behind.length > 0 ? [{ from: behind, through: proxy }] : []),
    ...(onwards.length > 0 ? [{ from: onwards, through }] : []),
  ];
}

function proxyOf({ components }: Topology): FlowEndpoint | undefined {
  return components.find(({ role }) => role === VeeamRole.HTTP_PROXY)?.endpoint;
}
