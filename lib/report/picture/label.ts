import type { Arrow } from "./graph";
import { textWidth, wrapped } from "./text-size";

/** Font size of an arrow's label. */
export const LABEL_FONT_SIZE = 12;

/** Height of a line of an arrow's label. */
export const LABEL_LINE = 15;

/** Room for two ranges: a picture that is narrow has larger letters on paper. */
const LONGEST_LINE = 16;

/** Width of an arrow's label. */
export function labelWidth(arrow: Arrow): number {
  return Math.max(...labelLines(arrow).map((line) => textWidth(line, LABEL_FONT_SIZE))) + 12;
}

/** Height of an arrow's label. */
export function labelHeight(arrow: Arrow): number {
  return labelLines(arrow).length * LABEL_LINE + 6;
}

/** The label of an arrow in words. */
export function labelText({ label, missing }: Arrow): string {
  return missing ? `✕ blocked: ${label}` : label;
}

/** The lines of a label. Every port is listed, because a picture in a document has nothing to click on. */
export function labelLines({ label, missing }: Arrow): string[] {
  const words = label
    .split(/(?<=,) /)
    .flatMap((port) => (port.length > LONGEST_LINE ? port.split(" ") : [port]));
  return [...(missing ? ["✕ blocked:"] : []), ...wrapped(words, LONGEST_LINE)];
}
