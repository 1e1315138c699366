import Table from "cli-table3";
import type { PortTable } from "../../ports/port-table";
import { allPortTables, DEFAULT_REVISION, findPortTable } from "../../ports/revisions";
import { unknownRevision } from "../../verification/known-revision";
import type { Io } from "../io";
import { toJson } from "../json";
import { UsageError } from "../usage-error";

/** Prints the revisions, the oldest first, or the rows of one. */
export function showTables(io: Io, revision: string | undefined, options: { json?: boolean }): void {
  if (revision === undefined) {
    const tables = allPortTables();
    io.out(options.json ? toJson({ revisions: tables.map(headOf) }) : revisionsTable(tables));
    return;
  }
  const table = portTableNamed(revision);
  io.out(options.json ? toJson({ ...headOf(table), rows: table.rows }) : rowsTable(table));
}

/** The table of a revision. @throws UsageError that lists the revisions, and the one that was probably meant */
export function portTableNamed(revision: string): PortTable {
  const unknown = unknownRevision(revision);
  if (unknown !== undefined) throw new UsageError(unknown);
  return findPortTable(revision) as PortTable;
}

function headOf({ revision, build, pageDate, source, note, rows }: PortTable): object {
  return {
    revision,
    build,
    pageDate,
    source,
    note,
    isDefault: revision === DEFAULT_REVISION,
    rowCount: rows.length,
  };
}

function revisionsTable(tables: readonly PortTable[]): string {
  return draw(
    ["revision", "build", "page of", "rows", "source"],
    tables.map(({ revision, build, pageDate, source, rows }) => [
      revision === DEFAULT_REVISION ? `${revision} (default)` : revision,
      build,
      pageDate,
      String(rows.length),
      source,
    ]),
  );
}

function rowsTable({ revision, pageDate, source, note, rows }: PortTable): string {
  const table = draw(
    ["priority", "from", "to", "protocol", "ports", "for", "when"],
    rows.map((row) => [
      String(row.priority),
      row.from,
      row.to,
      row.protocol.toUpperCase(),
      row.ports.join(", "),
      row.reason,
      row.condition ?? "",
    ]),
  );
  const page = `Veeam's port table ${revision}, page of ${pageDate}: ${source}\n`;
  return page + (note === undefined ? "" : `${note}\n`) + table;
}

function draw(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push([...row]);
  return `${table.toString()}\n`;
}
