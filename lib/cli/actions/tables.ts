import Table from "cli-table3";
import { connectionsOfRow } from "../../ports/page-connections";
import { ENTRA_ID_PAGES, USED_PORTS_PAGES } from "../../ports/pages";
import { type PageRow, type PortPage } from "../../ports/port-page";
import { pagesOf, type PortTable } from "../../ports/port-table";
import {
  allPortTables,
  DEFAULT_REVISION,
  findPortTable,
  pagesChangedIn,
  unknownRevision,
} from "../../ports/revisions";
import { differencesOfRows } from "../../ports/row-differences";
import { BOTH_PAGES, describeDisagreement, disagreements } from "../../ports/disagreements";
import { type Io, toJson } from "../io";
import { UsageError } from "../exit-code";

/** Prints the revisions, the oldest first, or the rows of one. */
export function showTables(io: Io, revision: string | undefined, options: { json?: boolean }): void {
  if (revision === undefined) {
    const tables = allPortTables();
    io.out(options.json ? toJson({ revisions: tables.map(headOf) }) : revisionsTable(tables));
    return;
  }
  const table = portTableNamed(revision);
  io.out(
    options.json
      ? toJson({
          ...headOf(table),
          pages: pagesOf(table).map(pageAsJson),
          disagreements: disagreements(table),
        })
      : pagesTable(table),
  );
}

/** What the pages say on the day of a revision. @throws UsageError that lists the revisions, and the one that was probably meant */
export function portTableNamed(revision: string): PortTable {
  const unknown = unknownRevision(revision);
  if (unknown !== undefined) throw new UsageError(unknown);
  return findPortTable(revision) as PortTable;
}

function headOf(table: PortTable): object {
  const { revision, build, date, entraId, usedPorts } = table;
  return {
    revision,
    build,
    date,
    entraIdPage: entraId.pageDate,
    usedPortsPage: usedPorts?.pageDate,
    isDefault: revision === DEFAULT_REVISION,
    rowCount: pagesOf(table).reduce((sum, { rows }) => sum + rows.length, 0),
    changes: pagesChangedIn(table).map(changeOf),
  };
}

/** What changed on a page with a text of it, in a few words. */
function changeOf(page: PortPage): string {
  const texts = page.name === ENTRA_ID_PAGES[0].name ? ENTRA_ID_PAGES : USED_PORTS_PAGES;
  const previous = texts[texts.indexOf(page) - 1];
  if (!previous) return `${page.name}: first text, ${page.rows.length} rows`;
  const differences = differencesOfRows(previous.rows, page.rows);
  const counts = (["new", "gone", "changed"] as const)
    .map((kind) => [kind, differences.filter((difference) => difference.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`);
  return `${page.name}: ${counts.length === 0 ? "same rows" : counts.join(", ")}`;
}

function revisionsTable(tables: readonly PortTable[]): string {
  return draw(
    ["revision", "Entra ID ports", "Used ports", "rows new, gone or changed"],
    tables.map((table) => [
      table.revision === DEFAULT_REVISION ? `${table.revision} (default)` : table.revision,
      table.entraId.pageDate,
      table.usedPorts?.pageDate ?? "",
      pagesChangedIn(table).map(changeOf).join("\n"),
    ]),
  );
}

function pageAsJson({ rows, ...page }: PortPage): object {
  return { ...page, rows: rows.map((row) => ({ ...row, rules: rulesOf({ rows, ...page }, row) })) };
}

/** The rules that a row is part of. */
function rulesOf(page: PortPage, row: PageRow): string[] {
  return [...new Set(connectionsOfRow(page, row).map(({ connection }) => connection.name))];
}

function pagesTable(table: PortTable): string {
  const different = disagreements(table);
  return [
    ...pagesOf(table).map(
      (page) =>
        `${page.name}, page of ${page.pageDate}, build ${page.build}: ${page.source}\n${rowsTable(page)}`,
    ),
    ...(different.length === 0
      ? []
      : [
          [
            `The pages disagree. ${BOTH_PAGES}`,
            ...different.map((one) => `  ${describeDisagreement(one, table)}`),
            "",
          ].join("\n"),
        ]),
  ].join("\n");
}

function rowsTable(page: PortPage): string {
  return draw(
    ["from", "to", "protocol", "ports", "rules"],
    page.rows.map((row) => [
      row.from,
      row.to,
      row.protocol,
      row.ports.join(", "),
      rulesOf(page, row).join(", ") || "out of scope",
    ]),
  );
}

function draw(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push([...row]);
  return `${table.toString()}\n`;
}
