// Characters that a reader does not see, or that reorder what a reader sees.
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * The text on one line, with every character that would be unseen, or would
 * reorder its neighbours, spelled out as `\u{202e}`. Names are user input: a
 * report must not show another name than the one used.
 */
export function visibleText(text: string): string {
  return text
    .replace(/\s*[\r\n\t]\s*/g, " ")
    .replace(UNSEEN, (character) => `\\u{${character.charCodeAt(0).toString(16).padStart(4, "0")}}`);
}
