import { visibleText } from "../words";

/** Markup. Only `h`, `fragment` and `markup` make it, so that no text gets into a page unescaped. */
export class Html {
  /** @param text The markup itself */
  constructor(public readonly text: string) {}
}

/** Content of an element: texts are escaped, lists are joined, what is undefined or false is left out. */
export type HtmlValue = string | number | Html | undefined | false | readonly HtmlValue[];

type Attributes = { readonly [name: string]: string | number | boolean | undefined };

const WITHOUT_CONTENT = new Set(["br", "link", "meta", "wbr"]);
/** Elements that end a line, for a reader of the file and for tools that compare two. */
const BLOCKS = new Set(
  "body div dl figure footer g h1 h2 h3 head header li link main meta nav p rect section svg table td th title tr ul".split(
    " ",
  ),
);

/**
 * An element with its classes, attributes and content: `h("p.lead", { id: "top" }, "text")`.
 * An attribute that is true has no value, one that is undefined or false is left out.
 */
export function h(selector: string, ...rest: Array<Attributes | HtmlValue>): Html {
  const [name, ...classes] = selector.split(".");
  const [first, ...others] = rest;
  const attributes = isAttributes(first) ? first : {};
  const content = (isAttributes(first) ? others : rest) as HtmlValue[];
  const given = Object.entries<string | number | boolean | undefined>({
    class: classes.length > 0 && classes.join(" "),
    ...attributes,
  }).map(([key, value]) =>
    value === undefined || value === false
      ? ""
      : ` ${key}${value === true ? "" : `="${escapeText(String(value))}"`}`,
  );
  const opening = `<${name}${given.join("")}>`;
  const whole = WITHOUT_CONTENT.has(name) ? opening : `${opening}${render(content)}</${name}>`;
  return new Html(BLOCKS.has(name) ? `${whole}\n` : whole);
}

function isAttributes(value: Attributes | HtmlValue): value is Attributes {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Html);
}

/** Content without an element. */
export function fragment(...content: HtmlValue[]): Html {
  return new Html(render(content));
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
