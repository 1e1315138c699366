import type { RawCell, RawTable } from "./cells";

const TOKEN = /<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>|<(\/?)([a-z][a-z0-9]*)\b([^>]*)>|[^<]+|</gi;
const TITLE = /^(h[1-6]|p|caption|div|li|strong|b)$/;

/** The tables of a page that a browser saved, in order, each with the short texts before it. */
export function tablesOfHtml(html: string): RawTable[] {
  const tables: RawTable[] = [];
  let titles: string[] = [];
  let text = "";
  let rows: RawCell[][] | undefined;
  let cell: { rowSpan: number; columnSpan: number } | undefined;

  const takeText = (): string => {
    const taken = text.replace(/\s+/g, " ").trim();
    text = "";
    return taken;
  };
  const endCell = (): void => {
    if (!cell || !rows) return;
    if (rows.length === 0) rows.push([]);
    rows[rows.length - 1].push({ ...cell, text: takeText() });
    cell = undefined;
  };
  const endTitle = (): void => {
    if (cell) return;
    const title = takeText();
    if (title !== "") titles.push(title);
  };

  for (const [token, ignored, slash, tag, attributes] of html.matchAll(TOKEN)) {
    if (ignored !== undefined || token.startsWith("<!--")) continue;
    if (tag === undefined) {
      text += decoded(token);
      continue;
    }
    const name = tag.toLowerCase();
    const closes = slash === "/";
    if (name === "br" || (cell && TITLE.test(name))) text += " ";
    else if (name === "table") {
      endCell();
      if (closes && rows) {
        tables.push({ titles, rows });
        [titles, rows] = [[], undefined];
      } else if (!closes) {
        endTitle();
        rows = [];
      }
    } else if (name === "tr") {
      endCell();
      if (!closes) rows?.push([]);
    } else if (name === "td" || name === "th") {
      endCell();
      takeText();
      if (!closes && rows) {
        cell = { rowSpan: span(attributes, "rowspan"), columnSpan: span(attributes, "colspan") };
      }
    } else if (TITLE.test(name)) endTitle();
  }
  return tables;
}

function span(attributes: string, name: string): number {
  return Number(new RegExp(`\\b${name}\\s*=\\s*["']?(\\d+)`, "i").exec(attributes)?.[1] ?? 1);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name: string) =>
    decimal
      ? String.fromCodePoint(Number(decimal))
      : hex
        ? String.fromCodePoint(parseInt(hex as string, 16))
        : (ENTITIES[name] ?? all),
  );
}
