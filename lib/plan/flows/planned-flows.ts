import type { Flow } from "../../azure/flow";
import type { ServiceTags } from "../../azure/sets/service-tags";
import type { PortTable } from "../../ports/port-table";
import type { SourcedRow } from "../../ports/sourced-row";
import { DEFAULT_REVISION, findPortTable } from "../../ports/revisions";
import type { Deployment } from "../deployment";
import { type EndpointIds, type Topology, topologyOf } from "../topology";
import { type ClosedSection, closedSections } from "./closed-sections";
import { type DnsNamedConnection, dnsNamedConnections } from "./dns-named-rows";
import { documentedFlows } from "./documented-flows";
import { openRows } from "./open-rows";
import { flowsWithRanges } from "./tag-ranges";

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
export interface FlowOptions {
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
