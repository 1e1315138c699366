import {
  type Block,
  type Cell,
  type Check,
  linesOf,
  type Phrase,
  phraseOf,
  type Section,
} from "../sections/document";
import { h, fragment, type Html, type HtmlValue } from "./html";

/** A section of the page. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly markup: Html;
}

/** A section with its heading and what a reader needs to know first. */
export function pageSection(
  { id, title, lead, classes }: Pick<Section, "id" | "title" | "lead"> & { readonly classes?: string },
  ...content: HtmlValue[]
): PageSection {
  const heading = h("h2", { id: `${id}-h` }, title);
  const attributes = { class: classes, id, "aria-labelledby": `${id}-h` };
  const markup = h("section", attributes, heading, lead !== undefined && h("p.lead", lead), ...content);
  return { id, title, markup };
}

/** A section that other formats have too. */
export function sharedSection(section: Section): PageSection {
  return pageSection(section, section.blocks.map(block));
}

function block(one: Block): Html {
  switch (one.kind) {
    case "table":
      return table(
        one.caption,
        one.heads,
        one.rows.map((cells) => cells.map(cellMarkup)),
      );
    case "list":
      return bullets(one.items.map(phrase), "ul.plain");
    case "checks":
      return h("ul.checks", one.checks.map(checkItem));
    case "heading":
      return h("h3", one.text);
    case "text":
      return h("p", one.text);
  }
}

const TAG_CLASSES = { holds: "tag good", fails: "tag bad", remark: "tag" } as const;

function checkItem({ result, title, tag, text, found }: Check): Html {
  return h(
    "li",
    h("h3", `${title} `, h("span", { class: TAG_CLASSES[result] }, tag)),
    text !== undefined && h("p.muted", text),
    found && block(found),
  );
}

function cellMarkup(cell: Cell): HtmlValue {
  const lines = linesOf(cell).map((line) => (typeof line === "string" ? line : phrase(line)));
  return lines.length === 1 ? lines[0] : lines.length > 0 && bullets(lines);
}

/** Several texts as a list. */
export function bullets(items: readonly HtmlValue[], selector = "ul", id?: string): Html {
  return h(
    selector,
    { id },
    items.map((item) => h("li", item)),
  );
}

/**
 * A table that is a list of cards on a narrow screen, where each cell says its column
 * itself. The styles for cards remove the roles that a browser gives to rows and cells, so
 * the roles are written out for screen readers.
 *
 * @param naming The column that names a row
 */
export function table(
  caption: string,
  heads: readonly string[],
  rows: ReadonlyArray<readonly HtmlValue[]>,
  naming = 0,
): Html {
  const cell = (value: HtmlValue, index: number): Html => {
    if (index === naming) return h("th", { scope: "row", role: "rowheader" }, value);
    if (value === "") return h("td", { role: "cell", class: "none" });
    const column = h("span.column", { "aria-hidden": "true" }, heads[index]);
    return h("td", { role: "cell" }, column, h("div", value));
  };
  const row = (cells: readonly Html[]): Html => h("tr", { role: "row" }, cells);
  return sideways(
    caption,
    h(
      "table.cards",
      { role: "table" },
      h("caption.unseen", caption),
      h(
        "thead",
        { role: "rowgroup" },
        row(heads.map((head) => h("th", { scope: "col", role: "columnheader" }, head))),
      ),
      h(
        "tbody",
        { role: "rowgroup" },
        rows.map((cells) => row(cells.map(cell))),
      ),
    ),
  );
}

/** Content that scrolls sideways on a narrow screen. */
export function sideways(label: string, content: Html): Html {
  const attributes = {
    class: "scroll",
    role: "region",
    "aria-label": `${label}, scrolls sideways`,
    tabindex: 0,
  };
  return h("div", attributes, content);
}

/** Longer ones are references to what is known only at apply. */
const LONGEST_NAME = 48;

function code(name: string, after = ""): Html {
  const classes = `whole${name.length > LONGEST_NAME ? " long" : ""}`;
  return h("span", { class: classes }, h("code", name), after);
}

/** Names or addresses as code: a line breaks between them, neither within one nor before a comma. */
export function codes(names: readonly string[]): Html {
  return fragment(
    names.map((name, index) => (index < names.length - 1 ? [code(name, ","), " "] : code(name))),
  );
}

/** A phrase, its names as code. A comma belongs to the name before it. */
export function phrase(parts: Phrase | string): Html {
  return fragment(
    phraseOf(parts).map((part, index, all) => {
      const [before, after] = [all[index - 1], all[index + 1]];
      if (typeof part === "string") {
        return typeof before === "object" && "name" in before ? part.replace(/^,/, "") : part;
      }
      if ("address" in part) return webLink(part.address, part.text);
      return code(part.name, typeof after === "string" && after.startsWith(",") ? "," : "");
    }),
  );
}

/** A link leads to the web or nowhere: an address may be a text that a user wrote. */
function webLink(address: string, text: string): Html {
  const href = /^https?:\/\//i.test(address) ? address : "#";
  return h("a", { href, rel: "noreferrer" }, text);
}
