import { styleText } from "node:util";

/** What a piece of text is for. */
export type Emphasis = "good" | "bad" | "doubtful" | "heading" | "faint";

/** Marks a text by what it is for; leaves it as it is where colours are not wanted. */
export type Style = (emphasis: Emphasis, text: string) => string;

const FORMATS = { good: "green", bad: "red", doubtful: "yellow", heading: "bold", faint: "dim" } as const;

/** Colours, or none. */
export function styleOf(colors: boolean): Style {
  return colors
    ? (emphasis, text) => styleText(FORMATS[emphasis], text, { validateStream: false })
    : (_, text) => text;
}

/** Whether a stream shows colours: a terminal does, unless NO_COLOR is set or the terminal is dumb; a pipe does not. */
export function hasColors(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && stream.hasColors();
}
