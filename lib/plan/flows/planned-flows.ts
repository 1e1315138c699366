import type { Flow } from "../../azure/flow";
import { findServiceTag, type ServiceTags } from "../../azure/sets/service-tags";
import type { PortTable } from "../../ports/port-table";
import type { SourcedRow } from "../../ports/sourced-row";
import { DEFAULT_REVISION, findPortTable } from "../../ports/revisions";
import type { Deployment } from "../deployment";
import { type EndpointIds, type Topology, topologyOf } from "../topology";
import { type ClosedSection, closedSections } from "./closed-sections";
import { type DnsNamedConnection, dnsNamedConnections } from "./dns-named-rows";
import { documentedFlows } from "./documented-flows";
import { openRows } from "./open-rows";
import { parseIpv4Prefix } from "../../azure/sets/ipv4-prefix";
import { mergePrefixes } from "../../azure/sets/prefix-list";

/** The flows of a deployment, and the rows of Veeam's pages that stay closed. */
export interface PlannedFlows {
  readonly portTable: PortTable;
  readonly topology: Topology;
  /** The rows that the deployment asks for. */
  readonly rows: readonly SourcedRow[];
  /** Flows that begin or end at a place that is filtered here. */
  readonly flows: readonly Flow[];
  readonly closedSections: readonly ClosedSection[];
  readonly dnsNamedConnections: readonly DnsNamedConnection[];
}

/** Options of planFlows. */
interface FlowOptions {
  readonly ids: EndpointIds;
  /** Ids of the ends that are filtered here. */
  readonly filtered: ReadonlySet<string>;
  /** Addresses instead of service tags. @default - service tags */
  readonly serviceTags?: ServiceTags;
}

/** The flows of a deployment that passed its checks, or of the part of one that its components are. */
export function planFlows(
  deployment: Partial<Deployment>,
  { ids, filtered, serviceTags }: FlowOptions,
): PlannedFlows {
  const portTable = findPortTable(deployment.portTable ?? DEFAULT_REVISION) as PortTable;
  const topology = topologyOf(deployment, ids);
  const rows = openRows(portTable, topology);
  const flows = documentedFlows(portTable, topology).filter(
    ({ from, to }) => filtered.has(from.id) || filtered.has(to.id),
  );
  let closed: readonly ClosedSection[] | undefined;
  return {
    portTable,
    topology,
    rows,
    flows: serviceTags ? flowsWithRanges(flows, serviceTags) : flows,
    // Only reports read these two, and finding them takes as long as finding the flows.
    get closedSections() {
      return (closed ??= closedSections(portTable, topology));
    },
    get dnsNamedConnections() {
      return dnsNamedConnections(rows, topology);
    },
  };
}

/**
 * The flows with the addresses of a Service Tags file instead of the tags that
 * it contains. Their rules change with the file, so the description has the
 * file's change number.
 */
export function flowsWithRanges(flows: readonly Flow[], tags: ServiceTags): Flow[] {
  return flows.map((flow) => {
    const [name] = flow.to.prefixes;
    const tag = flow.to.prefixes.length === 1 ? findServiceTag(tags, name) : undefined;
    if (!tag) return flow;
    const prefixes = tag.addressPrefixes.filter((prefix) => parseIpv4Prefix(prefix) !== undefined);
    return {
      ...flow,
      to: { ...flow.to, prefixes: mergePrefixes(prefixes) },
      origin: `${flow.origin}, Service Tags ${tags.changeNumber}`,
    };
  });
}
