import { ENTRA_ID_PAGES, USED_PORTS_PAGES } from "../pages";
import { partiesNamed } from "../party-names";
import { type PageName, partiesOfCell, type PageRow, rowOfCells } from "../port-page";
import { gridOf, type RawTable } from "./cells";
import { tablesOfHtml } from "./html";
import { tablesOfText } from "./text";

/** The content of a saved copy of a page. */
export interface SavedPage {
  readonly name: PageName;
  /** The rows of tables that are known, in the words that are known. */
  readonly rows: readonly PageRow[];
  /** The titles of the other tables, of which no revision has a row. */
  readonly otherTables: readonly string[];
}

const COLUMNS = {
  from: /^from$/i,
  to: /^to$/i,
  protocol: /^protocols?$/i,
  ports: /^ports?$/i,
  note: /^notes?$/i,
};

/**
 * The rows of a page that a browser saved as HTML, or of a text copied from
 * it. The columns are found by their titles; merged cells count for each row.
 */
export function readSavedPage(text: string): SavedPage {
  const tables = (/<t(able|d|r)\b/i.test(text) ? tablesOfHtml(text) : tablesOfText(text, likelihood))
    .map((table) => ({ title: titleOf(table), rows: rowsOfTable(table).flatMap(inOurWords) }))
    .filter(({ rows }) => rows.length > 0);
  const known = new Set(knownTables(tables));
  return {
    name: tables.some(isOfEntraIdPage) ? "Entra ID ports" : "Used ports",
    rows: tables.filter((table) => known.has(table)).flatMap(({ rows }) => rows),
    otherTables: tables.filter((table) => !known.has(table)).map(({ title }) => title),
  };
}

interface TitledRows {
  readonly title: string;
  readonly rows: readonly PageRow[];
}

/**
 * The tables of sections that a revision has. Chapters that no deployment
 * needs repeat titles: of tables with one title those count that speak of
 * known ends the most, as many as a page has.
 */
function knownTables(tables: readonly TitledRows[]): TitledRows[] {
  const { counts, ends } = knownSections();
  return [...new Set(tables.map(({ title }) => keyOf(title)))].flatMap((title) => {
    const same = tables.filter((table) => keyOf(table.title) === title);
    if (title === "" || same.some(isOfEntraIdPage)) return same;
    const known = ({ rows }: TitledRows): number =>
      rows.filter((row) => ends.has(endsKeyOf(title, row))).length / rows.length;
    return same.sort((a, b) => known(b) - known(a)).slice(0, counts.get(title) ?? 0);
  });
}

/** The Entra ID page has one table, whatever its title, and no other page names these parties. */
function isOfEntraIdPage({ rows }: TitledRows): boolean {
  return rows.some(({ to }) => partiesNamed(to).includes("AzureResourceManager"));
}

/** How often a page has each title, and between whom rows below it are. */
function knownSections(): { counts: ReadonlyMap<string, number>; ends: ReadonlySet<string> } {
  const counts = new Map<string, number>();
  const ends = new Set<string>();
  for (const { rows } of USED_PORTS_PAGES) {
    const onPage = new Map<string, number>();
    for (const section of new Set(rows.map((row) => row.section))) {
      const title = keyOf(lastTitle(section));
      onPage.set(title, (onPage.get(title) ?? 0) + 1);
    }
    for (const [title, count] of onPage) counts.set(title, Math.max(count, counts.get(title) ?? 0));
    for (const row of rows) ends.add(endsKeyOf(keyOf(lastTitle(row.section)), row));
  }
  return { counts, ends };
}

function endsKeyOf(title: string, { from, to }: Pick<PageRow, "from" | "to">): string {
  return [title, from, to].join(" > ");
}

function lastTitle(section: string): string {
  return section.replace(/^.*?: /, "");
}

function titleOf({ titles }: RawTable): string {
  return titles[titles.length - 1] ?? "";
}

function rowsOfTable(table: RawTable): PageRow[] {
  const grid = gridOf(table.rows);
  const titles = [COLUMNS.from, COLUMNS.to, COLUMNS.protocol, COLUMNS.ports];
  const head = grid.findIndex((cells) => titles.every((title) => cells.some((cell) => title.test(cell))));
  if (head < 0) return [];
  const place = (title: RegExp): number => grid[head].findIndex((cell) => title.test(cell));
  const at = Object.fromEntries(Object.entries(COLUMNS).map(([name, title]) => [name, place(title)]));
  return grid.slice(head + 1).flatMap((cells) => {
    // A cell across the whole table is the title of the rows below it.
    if (cells.every((cell) => cell === cells[0])) return [];
    const cell = (name: keyof typeof COLUMNS): string => cells[at[name]] ?? "";
    return [
      rowOfCells(titleOf(table), {
        from: cell("from"),
        to: cell("to"),
        protocol: cell("protocol"),
        ports: portsOf(cell("ports")),
        note: cell("note"),
      }),
    ];
  });
}

/** Ports without a number are in angle brackets, as in the revisions. */
function portsOf(cell: string): string {
  if (/\d|</.test(cell)) return cell;
  return /_port/.test(cell) ? cell.replace(/\w+_port/g, "<$&>") : `<${cell.toLowerCase()}>`;
}

/** Whether revisions have a row between the two cells: with the ports, or at all. */
function likelihood(from: string, to: string, ports: string): number {
  const row = rowOfCells("", { from, to, protocol: "", ports, note: "" });
  const same = [...ENTRA_ID_PAGES, ...USED_PORTS_PAGES].flatMap((page) =>
    page.rows.filter((known) => keyOf(endsKeyOf("", known)) === keyOf(endsKeyOf("", row))),
  );
  if (same.some((known) => known.ports.join() === row.ports.join())) return 2;
  return same.length > 0 ? 1 : 0;
}

// Names of parties differ in capitals and spaces from copy to copy.
let names: ReadonlyMap<string, string> | undefined;

function knownNames(): ReadonlyMap<string, string> {
  names ??= new Map(
    [...ENTRA_ID_PAGES, ...USED_PORTS_PAGES]
      .flatMap(({ rows }) => rows.flatMap(({ from, to }) => [...partiesOfCell(from), ...partiesOfCell(to)]))
      .map((name) => [keyOf(name), name]),
  );
  return names;
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/\s+/g, "");
}

// Parties that no deployment has, and that share a cell or a table with others.
const OTHERS =
  /vcenter|esxi?\b|vmware|hyper-v|scvmm|smb3|tape server|\bcdp\b|\bvm\b|file server|helper (host|appliance)|sql server (?!hosting)|wan accelerator|log shipping|guest interaction|nas filer|archive|amazon|google cloud|ibm cloud|vault(?! *\))/i;

/** The row with known names only, or undefined if an end has none: other parties are not part of any deployment. */
function inOurWords(row: PageRow): PageRow[] {
  const [from, to] = [row.from, row.to].map((cell) =>
    partiesOfCell(cell.replace(/\/\s*(Instant Recovery to Azure )?helper (host|appliance)/gi, ""))
      .map((name) => (partiesNamed(name).length > 0 ? name : (knownNames().get(keyOf(name)) ?? name)))
      .filter((name) => knownNames().has(keyOf(name)) || !OTHERS.test(name))
      .join(", "),
  );
  return from === "" || to === "" ? [] : [{ ...row, from, to }];
}
