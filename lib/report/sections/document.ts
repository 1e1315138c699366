/** A name or an address: code, in formats that have code. */
interface Name {
  readonly name: string;
}

/** A link to a page of the web. */
interface Link {
  readonly text: string;
  readonly address: string;
}

/** Words, names and links. */
export type Phrase = ReadonlyArray<string | Name | Link>;

/** A text, or several with a line each. */
export type Cell = string | Phrase | { readonly lines: ReadonlyArray<string | Phrase> };

/** A table. */
export interface Table {
  readonly kind: "table";
  readonly caption: string;
  readonly heads: readonly string[];
  /** Cells in the order of the heads. The first one names the row. */
  readonly rows: ReadonlyArray<readonly Cell[]>;
}

/** A check, and what it found. */
export interface Check {
  /** Whether it holds; a remark is worth knowing and fails nothing. */
  readonly result: "holds" | "fails" | "remark";
  readonly title: string;
  /** Result in a few words, next to the title. */
  readonly tag: string;
  /** @default "" */
  readonly text?: string;
  /** What was found. @default - nothing */
  readonly found?: Table | List;
}

/** A list. */
interface List {
  readonly kind: "list";
  readonly items: readonly Phrase[];
}

/** A part of a section, without a format. */
export type Block =
  | Table
  | List
  | { readonly kind: "checks"; readonly checks: readonly Check[] }
  | { readonly kind: "heading" | "text"; readonly text: string };

/** A section of the report, as HTML and Markdown show it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** What a reader needs to know first. @default - the title is enough */
  readonly lead?: string;
  readonly blocks: readonly Block[];
}

/** A table, unless it has no rows. */
export function tableOf(caption: string, heads: readonly string[], rows: Table["rows"]): Table[] {
  return rows.length === 0 ? [] : [{ kind: "table", caption, heads, rows }];
}

/** A list, unless it has no items. */
export function listOf(items: readonly string[]): List[] {
  return items.length === 0 ? [] : [{ kind: "list", items: items.map((item) => [item]) }];
}

/** Names in a phrase, separated by commas. */
export function namesIn(names: readonly string[]): Phrase {
  return names.flatMap((name, index) => (index === 0 ? [{ name }] : [", ", { name }]));
}

/** A cell's texts, a line each. */
export function linesOf(cell: Cell): ReadonlyArray<string | Phrase> {
  return typeof cell === "object" && "lines" in cell ? cell.lines : [cell];
}

/** A text as a phrase. */
export function phraseOf(text: string | Phrase): Phrase {
  return typeof text === "string" ? [text] : text;
}
