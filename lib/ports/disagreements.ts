import type { Connection } from "./connections";
import { connectionsOfPage } from "./page-connections";
import { describeRow, type PageRow, TRANSMISSION_PORTS } from "./port-page";
import type { PortTable } from "./port-table";
import { textOfRow } from "./row-differences";

/** A row of the Entra ID page, and what Used Ports says between the same ends instead. */
export interface Disagreement {
  readonly entraId: PageRow;
  readonly usedPorts: readonly PageRow[];
}

/**
 * Where the two pages of a revision disagree on data channels: between the
 * same ends, or on a change of the cache repository. Rows of the Entra ID page
 * are always open; a feature adds those of Used Ports.
 */
export function disagreements({ entraId, usedPorts }: PortTable): Disagreement[] {
  if (!usedPorts) return [];
  const others = connectionsOfPage(usedPorts);
  const rows = new Map<PageRow, Set<string>>();
  for (const { row, connection } of connectionsOfPage(entraId)) {
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

/** Between whom a connection is; whatever a change of the cache repository needs is one subject. */
function subjectOf({ from, to }: Connection): string {
  return [from, to].some((party) => /^(old|new|migrating)-cache/.test(party)) ? "change" : `${from} > ${to}`;
}

/** The disagreement in a line, with the days of both pages. */
export function describeDisagreement({ entraId, usedPorts }: Disagreement, table: PortTable): string {
  const others = usedPorts.map((row) => `${row.from} → ${row.to}, ${textOfRow(row)}`);
  return `${describeRow(entraId)} (Entra ID ports, ${table.entraId.pageDate}); ${others.join("; ")} (Used ports, ${table.usedPorts?.pageDate})`;
}
