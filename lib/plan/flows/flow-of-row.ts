import type { PortTableRow, RowOfPage, SourcedRow } from "../../ports/sourced-row";
import type { Flow, FlowEndpoint, FlowSource } from "../../azure/flow";

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
