import type { FlowEndpoint } from "../../azure/flow";
import type { Connection } from "../../ports/connections";
import { disagreements } from "../../ports/disagreements";
import { VeeamFeature } from "../../ports/features";
import { connectionsOfPage } from "../../ports/page-connections";
import { type PageRow, TRANSMISSION_PORTS } from "../../ports/port-page";
import type { PortTable } from "../../ports/port-table";
import { describeRow } from "../../ports/row-differences";
import type { SourcedRow } from "../../ports/sourced-row";
import type { Topology } from "../topology";
import { documentedFlows } from "./documented-flows";
import { isAskedFor, openRows } from "./open-rows";
import { endsOfRow } from "./party-members";

/** A row of Entra ID ports, the different rows of Used ports, and which of them the deployment follows. */
export interface FollowedDisagreement {
  /** The row of Entra ID ports: `Cache repository → Gateway server, TCP 2500-3300`. */
  readonly entraId: string;
  /** The rows of Used ports between the same ends. */
  readonly usedPorts: string[];
  /** Which rows the deployment follows, in a sentence or two. */
  readonly follows: string;
}

/** The range for data channels where Used ports has it as failover for port 6162 only. */
export interface FailoverUse<End = FlowEndpoint> {
  /** The deployment's choice: `open`, `closed` or `closedOnBothPages`. */
  readonly choice: string;
  /** The range: `2500-3300`, or the deployment's own. */
  readonly range: string;
  /** Between whom `closed` closes the range. */
  readonly closed: ReadonlyArray<PairOfEnds<End>>;
  /** Between whom `closedOnBothPages` closes it as well. */
  readonly closedOnBothPages: ReadonlyArray<PairOfEnds<End>>;
}

type PairOfEnds<End> = Readonly<Record<"from" | "to", End>>;

/** Where the two pages disagree on connections of the deployment. */
export function followedDisagreements(table: PortTable, topology: Topology): FollowedDisagreement[] {
  const rows = openRows(table, topology);
  const isThere = (connection: Connection): boolean => endsOfRow(connection, topology).length > 0;
  return disagreements(table, isThere).flatMap(({ entraId, usedPorts }) =>
    usedPorts.length === 0
      ? []
      : [
          {
            entraId: describeRow({ ...entraId, optional: false }),
            usedPorts: usedPorts.map(describeRow),
            follows: followed(entraId, usedPorts, rows, table, topology),
          },
        ],
  );
}

function followed(
  entraId: PageRow,
  usedPorts: readonly PageRow[],
  rows: readonly SourcedRow[],
  table: PortTable,
  topology: Topology,
): string {
  const asking = (row: PageRow): SourcedRow[] =>
    rows.filter(({ askedBy = [] }) => askedBy.some((asked) => asked.row === row));
  const hasRange = asking(entraId).some(({ row }) => row.ports.includes(TRANSMISSION_PORTS));
  if (
    topology.failoverRange === "closedOnBothPages" &&
    entraId.ports.includes(TRANSMISSION_PORTS) &&
    !hasRange
  ) {
    return `Used ports: failoverRange is closedOnBothPages, so ${TRANSMISSION_PORTS} is closed here, because Used ports of ${table.usedPorts?.pageDate} has it as failover only.`;
  }
  if (usedPorts.some((row) => asking(row).length > 0)) {
    return "Both: the row of Entra ID ports and, in addition, the rows of Used ports.";
  }
  const features = featuresOf(usedPorts, table, topology);
  return `Entra ID ports. The rows of Used ports are not enabled${features.length > 0 ? `; ${features.join(" or ")} enables them` : ""}.`;
}

/** The features that the rows wait for. */
function featuresOf(rows: readonly PageRow[], { usedPorts }: PortTable, topology: Topology): VeeamFeature[] {
  const waiting = (usedPorts ? connectionsOfPage(usedPorts) : []).filter(
    ({ row, connection }) =>
      rows.includes(row) && !isAskedFor(connection, topology) && endsOfRow(connection, topology).length > 0,
  );
  const features = new Set(waiting.flatMap(({ connection }) => connection.features));
  return Object.values(VeeamFeature).filter((feature) => features.has(feature));
}

/**
 * What each choice of the failover range closes in a deployment; undefined if
 * no choice closes anything.
 *
 * @param filtered Ids of the ends that are filtered here
 */
export function failoverUse(
  table: PortTable,
  topology: Topology,
  filtered: ReadonlySet<string>,
): FailoverUse | undefined {
  const { failoverRange: choice = "open", transmissionPorts: range = TRANSMISSION_PORTS } = topology;
  const pairsWith = (failoverRange: Topology["failoverRange"]): Map<string, PairOfEnds<FlowEndpoint>> =>
    new Map(
      documentedFlows(table, { ...topology, failoverRange })
        .filter(
          ({ from, to, ports }) => ports.includes(range) && (filtered.has(from.id) || filtered.has(to.id)),
        )
        .map(({ from, to }) => [`${from.id}\n${to.id}`, { from, to }]),
    );
  const [open, closed, both] = [pairsWith("open"), pairsWith("closed"), pairsWith("closedOnBothPages")];
  const without = (all: typeof open, less: typeof open): Array<PairOfEnds<FlowEndpoint>> =>
    [...all].flatMap(([key, pair]) => (less.has(key) ? [] : [pair]));
  if (open.size === both.size && open.size === closed.size) return undefined;
  return { choice, range, closed: without(open, closed), closedOnBothPages: without(closed, both) };
}
