import type { PortTableRow, SourcedRow } from "../../ports/port-table";
import type { Flow, FlowEndpoint } from "../../azure/flow";

/** What a flow takes from a row. */
type FlowRow = Pick<PortTableRow, "name" | "priority" | "protocol" | "reason">;

/** The flow that a row is between two endpoints. */
export function flowOfRow(
  { row, page, origin }: Omit<SourcedRow, "row"> & { readonly row: FlowRow },
  from: FlowEndpoint,
  to: FlowEndpoint,
  ports: readonly string[],
): Flow {
  return {
    name: row.name,
    priority: row.priority,
    from,
    to,
    protocol: row.protocol,
    ports: [...ports],
    reason: row.reason,
    origin,
    ...(page && { source: page.source, pageDate: page.pageDate }),
  };
}
