import { visibleText } from "../visible-text";

/** Markup. Only `html` and `markup` make it, so that no text gets into a page unescaped. */
export class Html {
  /** @param text The markup itself */
  constructor(public readonly text: string) {}
}

/** What may stand in a template: texts are escaped, lists are joined, what is not there is left out. */
export type HtmlValue = string | number | Html | undefined | false | readonly HtmlValue[];

/**
 * Markup from a template, whose values are escaped unless they are markup.
 * The indentation of a template is the source's, and left out.
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  const parts = strings.map((text, index) => {
    const own = text.replace(/\s*\n\s*/g, "\n");
    return index === 0 ? own : render(values[index - 1]) + own;
  });
  return new Html(parts.join(""));
}

/** Trusted markup: this package's styles and scripts, never user input. */
export function markup(text: string): Html {
  return new Html(text);
}

function render(value: HtmlValue): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(render).join("");
  return escapeText(String(value));
}

const ENTITIES: { [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
