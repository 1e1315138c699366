import type { Probe } from "./probes";

/** A connection, and its result. */
export interface Tried extends Probe {
  readonly isOpen: boolean;
  /** Whether the three verdicts agree. */
  readonly isAgreed: boolean;
}

const CELL = { width: 104, height: 44 };
const MARGIN = { left: 220, top: 150, right: 100, foot: 64 };

/** The picture of a run: a row for each source, a column for each destination. */
export function matrixSvg(title: string, tried: readonly Tried[]): string {
  const names = [...new Set(tried.flatMap(({ from, to }) => [from.name, to.name]))];
  const width = MARGIN.left + names.length * CELL.width + MARGIN.right;
  const height = MARGIN.top + names.length * CELL.height + MARGIN.foot;
  const byPair = new Map<string, Tried[]>();
  for (const one of tried) {
    const key = `${one.from.name} ${one.to.name}`;
    byPair.set(key, [...(byPair.get(key) ?? []), one]);
  }
  const cells = names.flatMap((from, row) =>
    names.map((to, column) => cellOf(byPair.get(`${from} ${to}`), row, column)),
  );
  const open = tried.filter(({ isOpen }) => isOpen).length;
  const disputed = tried.filter(({ isAgreed }) => !isAgreed).length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(16, 28, title, 'font-size="17" font-weight="600"'),
    text(
      16,
      50,
      `${tried.length} connections: ${open} allowed, ${tried.length - open} denied; verdicts differ on ${disputed}`,
      'fill="#475569"',
    ),
    ...names.map((name, row) =>
      text(MARGIN.left - 10, MARGIN.top + row * CELL.height + CELL.height / 2 + 4, name, 'text-anchor="end"'),
    ),
    ...names.map((name, column) => {
      const [x, y] = [MARGIN.left + column * CELL.width + CELL.width / 2, MARGIN.top - 10];
      return text(x, y, name, `text-anchor="start" transform="rotate(-30 ${x} ${y})"`);
    }),
    ...cells,
    text(
      16,
      height - 28,
      "Rows: source. Columns: destination. Green: allowed ports (TCP if not stated). Grey: every connection was denied.",
      'fill="#475569"',
    ),
    text(
      16,
      height - 12,
      "Red: the verdicts of the kernel, the proof and Veeam's rows differ. White: not tested.",
      'fill="#475569"',
    ),
    "</svg>",
    "",
  ].join("\n");
}

function cellOf(tried: readonly Tried[] | undefined, row: number, column: number): string {
  const [x, y] = [MARGIN.left + column * CELL.width, MARGIN.top + row * CELL.height];
  const box = (fill: string): string =>
    `<rect x="${x + 1}" y="${y + 1}" width="${CELL.width - 2}" height="${CELL.height - 2}" rx="4" fill="${fill}"/>`;
  if (!tried) return box("#f8fafc");
  if (tried.some(({ isAgreed }) => !isAgreed)) return box("#fca5a5") + centred(x, y, ["verdicts differ"]);
  if (!tried.some(({ isOpen }) => isOpen)) return box("#e2e8f0");
  return box("#bbf7d0") + centred(x, y, linesOf(tried));
}

// Characters that fit into the width of a cell, and lines into its height.
const LINE = 15;
const LINES = 3;

/** The allowed ports, adjacent ones of the tested ports as a range, with the protocol if it is not TCP. */
function linesOf(tried: readonly Tried[]): string[] {
  const texts = (["Tcp", "Udp", "Icmp"] as const).flatMap((protocol) =>
    runsOf(tried.filter((one) => one.protocol === protocol)).map((ports) =>
      [ports, ...(protocol === "Tcp" ? [] : [protocol.toLowerCase()])].filter(Boolean).join("/"),
    ),
  );
  const lines: string[] = [];
  for (const text of texts) {
    const longer = [...lines.slice(-1), text].join(" ");
    if (lines.length > 0 && longer.length <= LINE) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines.length <= LINES ? lines : [...lines.slice(0, LINES - 1), "…"];
}

function runsOf(tried: readonly Tried[]): string[] {
  const runs: Tried[][] = [];
  let isRunning = false;
  for (const one of [...tried].sort((a, b) => (a.port ?? 0) - (b.port ?? 0))) {
    if (one.isOpen && isRunning) runs[runs.length - 1].push(one);
    else if (one.isOpen) runs.push([one]);
    isRunning = one.isOpen;
  }
  return runs.map((run) => {
    const [first, last] = [run[0].port, run[run.length - 1].port];
    if (first === undefined) return "";
    return first === last ? String(first) : `${first}-${last}`;
  });
}

function centred(x: number, y: number, lines: readonly string[]): string {
  const first = y + CELL.height / 2 + 4 - ((lines.length - 1) * 13) / 2;
  return lines
    .map((line, index) =>
      text(x + CELL.width / 2, first + index * 13, line, 'text-anchor="middle" font-size="11"'),
    )
    .join("");
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escape(content)}</text>`;
}

function escape(content: string): string {
  return content.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
