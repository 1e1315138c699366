import type { Arrow } from "./graph";
import { textWidth, wrapped } from "./text-size";

/** Size of the letters of an arrow's label. */
export const LABEL_FONT_SIZE = 12;

/** Height of a line of an arrow's label. */
export const LABEL_LINE = 15;

const PADDING_X = 6;
const PADDING_Y = 3;

/** Room for two ranges: a picture that is narrow has larger letters on paper. */
const LONGEST_LINE = 16;

/** Width of an arrow's label. */
export function labelWidthOf(arrow: Arrow): number {
  return Math.max(...labelLines(arrow).map((line) => textWidth(line, LABEL_FONT_SIZE))) + 2 * PADDING_X;
}

/** Height of an arrow's label. */
export function labelHeightOf(arrow: Arrow): number {
  return labelLines(arrow).length * LABEL_LINE + 2 * PADDING_Y;
}

/** The label of an arrow in words, as it is drawn and said. */
export function labelText({ label, missing }: Arrow): string {
  return missing ? `✕ closed: ${label}` : label;
}

/** The label of an arrow line by line: every port is there, because a picture in a document has nothing to click on. */
export function labelLines({ label, missing }: Arrow): string[] {
  return [...(missing ? ["✕ closed:"] : []), ...wrapped(wordsOf(label), LONGEST_LINE)];
}

/** Ports, the first with its protocol. */
function wordsOf(label: string): string[] {
  return label.split(/(?<=,) /).flatMap((port) => (port.length > LONGEST_LINE ? port.split(" ") : [port]));
}
