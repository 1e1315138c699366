import type { TranscribedPage, TranscribedRow } from "../expected/veeam-pages";

// Copies of the vendor's pages as somebody has them on disk, made from the
// transcription: its rows and titles, laid out and merged as on the page.

/** Since 2026-03-30 a table says its title again, a cell names several parties, and From is not merged across parties. */
export type Layout = "before 2026-03-30" | "since 2026-03-30";

/** The layout that a page of the day has. */
export function layoutOf({ pageDate }: TranscribedPage): Layout {
  return pageDate < "2026-03-30" ? "before 2026-03-30" : "since 2026-03-30";
}

const COLUMNS = ["From", "To", "Protocol", "Port", "Notes"];

/** The page as a browser saves it. */
export function htmlOf(page: TranscribedPage, layout = layoutOf(page)): string {
  const tables = page.sections.map(({ section, rows }) => {
    const title = escaped(section.replace(/^.*?: /, ""));
    const caption = layout === "since 2026-03-30" ? `<div class="cap"><b>${title}</b></div>` : "";
    return `<h2>${title}</h2>\n<p>Ports of ${rows.length} rows.</p>\n${caption || `<p>${title}</p>`}\n${tableOf(rows, layout)}`;
  });
  return [
    "<!DOCTYPE html><html><head><title>Ports</title><style>td > p { margin: 0 }</style>",
    "<script>if (1 < 2) document.write('<table><tr><td>From</td><td>To</td></tr></table>')</script></head><body>",
    "<!-- a remark with <td>From</td> --><table><tr><td><p>Important</p></td></tr><tr><td>See below.</td></tr></table>",
    ...tables,
    "</body></html>",
  ].join("\n");
}

function tableOf(rows: readonly TranscribedRow[], layout: Layout): string {
  const grid = rows.map((row) => cellsOf(row, layout));
  const lines = grid.map((cells, at) => {
    const tds = cells.flatMap((cell, column) => {
      if (at > 0 && isMerged(grid, at, column)) return [];
      let span = 1;
      while (at + span < grid.length && isMerged(grid, at + span, column)) span++;
      return [`<td${span > 1 ? ` rowspan="${span}"` : ""}><p>${htmlCell(cell)}</p></td>`];
    });
    return `<tr>${tds.join("")}</tr>`;
  });
  const head = `<tr>${COLUMNS.map((title) => `<th>${title}</th>`).join("")}</tr>`;
  const group = `<tr><td colspan="5"><b>Communication</b></td></tr>`;
  return `<table border="1">${head}\n${group}\n${lines.join("\n")}</table>`;
}

/** Whether a cell is merged with the one above it: of the same text, in a row whose cells before it are merged too. */
function isMerged(grid: readonly string[][], at: number, column: number): boolean {
  const same = (index: number): boolean => grid[at][index] !== "" && grid[at][index] === grid[at - 1][index];
  return column < 3 ? same(column) && (column < 2 || (same(0) && same(1))) : column === 4 && same(4);
}

/** The text that somebody copies from the page: cells parted by tabs, merged ones once. */
export function textOf(page: TranscribedPage): string {
  const layout = layoutOf(page);
  return page.sections
    .flatMap(({ section, rows }) => {
      const grid = rows.map((row) => cellsOf(row, layout));
      return [
        section.replace(/^.*?: /, ""),
        COLUMNS.join("\t"),
        ...grid.map((cells, at) =>
          cells.filter((_, column) => at === 0 || column > 2 || !isMerged(grid, at, column)).join("\t"),
        ),
        "",
      ];
    })
    .join("\r\n");
}

function cellsOf(row: TranscribedRow, layout: Layout): string[] {
  const to = row.dnsNames ? `${row.to} (${row.dnsNames.join(", ")})` : row.to;
  const ports = row.ports.map((port) => port.replace(/(\d)-(\d)/, "$1 to $2"));
  const isChoice = /\bor\b/.test(row.note ?? "") && ports.length === 2 && ports.includes("80");
  const note = `${row.optional ? "[Optional] " : ""}${row.note ?? ""}`;
  const spaced = (cell: string): string =>
    layout === "since 2026-03-30" ? cell.replaceAll(", ", ",  ") : cell;
  return [spaced(row.from), spaced(to), row.protocol, ports.join(isChoice ? " or " : ", "), note];
}

function htmlCell(cell: string): string {
  return escaped(cell).replaceAll(",  ", ",<br/>\n").replaceAll("Microsoft", "<a href='#x'>Microsoft</a>");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
