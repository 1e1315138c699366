import { visibleText } from "./visible-text";

// Characters that cannot end a code span or a table cell.
const SAFE_AS_CODE = /^[^`|\\]*$/;

/** Text that Markdown shows as it is, in a table too: no markup, no link, no mention of anybody. */
export function markdownText(text: string): string {
  return visibleText(text)
    .replace(/[&<>|`\\*_[\]~#$]/g, entity)
    .replace(/^([-+]|\d+[.)])(?=\s|$)/, (start) => [...start].map(entity).join(""))
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, entity)
    .replace(/(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])/g, "&#64;<!-- -->");
}

/** A name, address or port as code; as an element where backticks could be broken out of. */
export function markdownCode(text: string): string {
  const visible = visibleText(text);
  if (visible === "") return "";
  if (SAFE_AS_CODE.test(visible) && visible.trim() === visible) return `\`${visible}\``;
  return `<code>${[...visible].map((character) => (/[A-Za-z0-9 ]/.test(character) ? character : entity(character))).join("")}</code>`;
}

/** A link to the web; an address of anything else leads nowhere. */
export function markdownLink(text: string, address: string): string {
  const target = !/^https?:\/\//i.test(address)
    ? "#"
    : visibleText(address).replace(/[^A-Za-z0-9:/?#@!$&*+,;=._~%-]/gu, (character) =>
        "()'".includes(character)
          ? `%${character.charCodeAt(0).toString(16)}`
          : encodeURIComponent(character),
      );
  return `[${markdownText(text)}](${target})`;
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
