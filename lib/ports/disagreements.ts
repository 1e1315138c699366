import type { Connection } from "./connections";
import { type AskedConnection, connectionsOfPage } from "./page-connections";
import { type PageRow, TRANSMISSION_PORTS } from "./port-page";
import type { PortTable } from "./port-table";
import { describeRow, textOfRow } from "./row-differences";

/** A row of the Entra ID page, and the different rows of Used Ports between the same ends. */
export interface Disagreement {
  readonly entraId: PageRow;
  readonly usedPorts: readonly PageRow[];
}

/** How connections follow pages that disagree. */
export const BOTH_PAGES = "Rows of Entra ID ports are always allowed; a feature adds the rows of Used ports.";

/**
 * Where the two pages of a revision disagree on data channels: between the
 * same ends, or on a migration of the cache repository.
 *
 * @param concerns Which connections count. @default - all
 */
export function disagreements(
  { entraId, usedPorts }: PortTable,
  concerns: (connection: Connection) => boolean = () => true,
): Disagreement[] {
  if (!usedPorts) return [];
  const asked = (all: readonly AskedConnection[]): AskedConnection[] =>
    all.filter(({ connection }) => concerns(connection));
  const others = asked(connectionsOfPage(usedPorts));
  const rows = new Map<PageRow, Set<string>>();
  for (const { row, connection } of asked(connectionsOfPage(entraId))) {
    rows.set(row, (rows.get(row) ?? new Set()).add(subjectOf(connection)));
  }
  return [...rows].flatMap(([row, subjects]) => {
    const same = [
      ...new Set(
        others.filter(({ connection }) => subjects.has(subjectOf(connection))).map((one) => one.row),
      ),
    ].filter(({ ports }) => [TRANSMISSION_PORTS, "6160", "6162"].some((port) => ports.includes(port)));
    const agrees = same.every(
      (other) =>
        textOfRow({ ...other, optional: row.optional }) === textOfRow(row) &&
        (!subjects.has("change") || other.from === row.from),
    );
    return agrees ? [] : [{ entraId: row, usedPorts: same }];
  });
}

/** Between whom a connection is; everything that a migration of the cache repository needs is one subject. */
function subjectOf({ from, to }: Connection): string {
  return [from, to].some((party) => /^(old|new|migrating)-cache/.test(party)) ? "change" : `${from} > ${to}`;
}

/** The disagreement in a line, with the dates of both pages. */
export function describeDisagreement({ entraId, usedPorts }: Disagreement, table: PortTable): string {
  const others = usedPorts.map(describeRow);
  return `${describeRow({ ...entraId, optional: false })} (Entra ID ports, ${table.entraId.pageDate}); ${others.join("; ")} (Used ports, ${table.usedPorts?.pageDate})`;
}
