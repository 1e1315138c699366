import type { Phrase } from "../../base/phrase";
import { html, type Html, type HtmlValue } from "./html";

/** A table of a page. */
export interface Table {
  /** What it shows; for those who do not see it, its name. */
  readonly caption: string;
  readonly heads: readonly string[];
  /** The column that names a row. @default 0 */
  readonly naming?: number;
  /** Cells in the order of the heads. */
  readonly rows: ReadonlyArray<readonly HtmlValue[]>;
}

/**
 * A table that is a list of cards on a narrow screen, where each cell says its
 * column itself. Styles that make cards of rows take from them what a browser
 * tells screen readers, so the roles are written out.
 */
export function table({ caption, heads, naming = 0, rows }: Table): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}, scrolls sideways" tabindex="0">
    <table class="cards" role="table">
      <caption class="unseen">
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (cells) =>
            html`<tr role="row">
              ${cells.map((cell, index) =>
                index === naming
                  ? html`<th scope="row" role="rowheader">${cell}</th>`
                  : cellOf(cell, heads[index]),
              )}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function cellOf(cell: HtmlValue, head: string): Html {
  if (cell === "") return html`<td role="cell" class="none"></td>`;
  return html`<td role="cell">
    <span class="column" aria-hidden="true">${head}</span>
    <div>${cell}</div>
  </td>`;
}

/** Longer ones are references to what is known only at apply. */
const LONGEST_NAME = 48;

/** Addresses or names as code: a line breaks between them, neither within one nor before a comma. */
export function codes(texts: readonly string[]): Html {
  return html`${texts.map((text, index) => {
    const isLast = index === texts.length - 1;
    const one = html`<span class="whole${text.length > LONGEST_NAME && " long"}"
      ><code>${text}</code>${!isLast && ","}</span
    >`;
    return isLast ? one : html`${one} `;
  })}`;
}

/** A phrase, its names as code. */
export function phraseMarkup(phrase: Phrase): Html {
  return html`${phrase.map((part) => (typeof part === "string" ? part : codes([part.name])))}`;
}
