import type { RawCell, RawTable } from "./cells";

/** How much speaks for a row between two cells, from the first to the second; 0 where nothing does. */
export type Likelihood = (from: string, to: string, ports: string) => number;

/**
 * The tables of a text that was copied from a page: cells are separated by
 * tabs. A merged cell is copied once: rows below it lack it, or have an empty
 * one in its place, and take it from the row above.
 */
export function tablesOfText(text: string, likelihood: Likelihood): RawTable[] {
  const tables: RawTable[] = [];
  let titles: string[] = [];
  let rows: string[][] = [];
  for (const line of [...text.split(/\r?\n/), ""]) {
    const cells = line.split("\t").map((cell) => cell.replace(/\s+/g, " ").trim());
    if (cells.length > 1) {
      rows.push(filledFrom(rows[rows.length - 1], cells, likelihood));
    } else if (cells[0] === "" && rows.length > 0) {
      tables.push({ titles, rows: rows.map((row) => row.map(asCell)) });
      [titles, rows] = [[], []];
    } else if (cells[0] !== "" && rows.length === 0) titles.push(cells[0]);
  }
  return tables;
}

/** The cells of a row, with merged cells filled in from the row above. */
function filledFrom(
  above: readonly string[] | undefined,
  cells: readonly string[],
  likelihood: Likelihood,
): string[] {
  if (!above) return [...cells];
  const before = cells.findIndex((cell) => /^(tcp|udp|tls)\b/i.test(cell));
  const [from, to, protocol] = above;
  const fill = (lead: readonly string[], rest: readonly string[]): string[] =>
    [...lead, ...rest].map((cell, column) => (cell === "" && column < 3 ? above[column] : cell));
  if (before === 0) return fill([from, to], cells);
  // Of two ends one is merged: the first, unless pages know more of a row with the second.
  if (before === 1) {
    const [end, , ports] = cells;
    return likelihood(from, end, ports) >= likelihood(end, to, ports)
      ? fill([from], cells)
      : fill([end, to], cells.slice(1));
  }
  return before < 0 && cells.length < 4 ? fill([from, to, protocol], cells) : fill([], cells);
}

function asCell(text: string): RawCell {
  return { text, rowSpan: 1, columnSpan: 1 };
}
