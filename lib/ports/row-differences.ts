import { isFailover, type PageRow } from "./port-page";

/** A row that is new, gone, or the same row with other ports, protocol or marks. */
export type RowDifference =
  | { readonly kind: "new"; readonly after: PageRow }
  | { readonly kind: "gone"; readonly before: PageRow }
  | { readonly kind: "changed"; readonly before: PageRow; readonly after: PageRow };

/**
 * The differences between two texts of a page. A row that only moved to
 * another section, or whose note only changed its words, is the same row.
 */
export function differencesOfRows(before: readonly PageRow[], after: readonly PageRow[]): RowDifference[] {
  const [old, young] = [without(before, after, contentOf), without(after, before, contentOf)];
  const gone = without(old, young, endsOf);
  const fresh = without(young, old, endsOf);
  const changedBefore = old.filter((row) => !gone.includes(row));
  const changedAfter = young.filter((row) => !fresh.includes(row));
  return [
    ...changedAfter.map((row): RowDifference => {
      const partner = changedBefore.findIndex((candidate) => endsOf(candidate) === endsOf(row));
      return { kind: "changed", before: changedBefore.splice(partner, 1)[0], after: row };
    }),
    ...gone.map((row): RowDifference => ({ kind: "gone", before: row })),
    ...fresh.map((row): RowDifference => ({ kind: "new", after: row })),
  ];
}

/** The rows without a counterpart of the same key; each counterpart counts once. */
function without(
  rows: readonly PageRow[],
  others: readonly PageRow[],
  keyOf: (row: PageRow) => string,
): PageRow[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(keyOf(other), (left.get(keyOf(other)) ?? 0) + 1);
  return rows.filter((row) => {
    const count = left.get(keyOf(row)) ?? 0;
    left.set(keyOf(row), count - 1);
    return count <= 0;
  });
}

function endsOf({ from, to }: PageRow): string {
  return `${from} > ${to}`.toLowerCase();
}

function contentOf(row: PageRow): string {
  return JSON.stringify([endsOf(row), textOfRow(row)]);
}

/** Protocol, ports and marks of a row: `TCP 6162, 2500-3300 (2500-3300 as failover)`. */
export function textOfRow(row: PageRow): string {
  const marks = [
    ...(row.optional ? ["optional"] : []),
    ...(isFailover(row) ? ["2500-3300 as failover"] : []),
  ];
  return `${row.protocol} ${row.ports.join(", ")}${marks.length > 0 ? ` (${marks.join("; ")})` : ""}`;
}

/** The row without its note, for people: `Backup server → Cache repository, TCP 6160`. */
export function describeRow(row: PageRow): string {
  return `${row.from} → ${row.to}, ${textOfRow(row)}`;
}

/** The difference in a line, as tools that compare texts show it. */
export function describeRowDifference(difference: RowDifference): string {
  switch (difference.kind) {
    case "new":
      return `+ ${lineOf(difference.after)}`;
    case "gone":
      return `- ${lineOf(difference.before)}`;
    case "changed":
      return `~ ${lineOf(difference.before)} -> ${textOfRow(difference.after)}`;
  }
}

function lineOf(row: PageRow): string {
  return `${row.from} -> ${row.to}, ${textOfRow(row)}`;
}
