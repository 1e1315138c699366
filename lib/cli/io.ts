import { readFileSync } from "node:fs";
import { styleText } from "node:util";
import { ExitCode } from "./exit-code";

/** The input and output of a command. */
export interface Io {
  /** Writes the result. */
  readonly out: (text: string) => void;
  /** Writes messages. */
  readonly err: (text: string) => void;
  /** Reads a file; `-` is standard input. */
  readonly read: (file: string) => Uint8Array;
  /** Colors of the result. */
  readonly style: Style;
}

/** The process itself. */
export function processIo(): Io {
  endOnFailedWrites(ExitCode.UNUSABLE);
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    read: (file) => readFileSync(file === "-" ? 0 : file),
    // A terminal has colors, unless NO_COLOR is set or it is dumb; a pipe does not.
    style: styleOf(process.stdout.isTTY && process.stdout.hasColors()),
  };
}

/** What a piece of text is for. */
type Emphasis = "good" | "bad" | "doubtful" | "heading" | "faint";

/** Marks a text by what it is for; leaves it as it is where colours are not wanted. */
export type Style = (emphasis: Emphasis, text: string) => string;

const FORMATS = { good: "green", bad: "red", doubtful: "yellow", heading: "bold", faint: "dim" } as const;

/** Colours, or none. */
export function styleOf(colors: boolean): Style {
  return colors
    ? (emphasis, text) => styleText(FORMATS[emphasis], text, { validateStream: false })
    : (_, text) => text;
}

/**
 * Ends the process with a message if its output cannot be written, so that the
 * exit code is not taken for an answer. A reader that stops early, like `head`,
 * is not an error.
 */
export function endOnFailedWrites(exitCode: number): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") return;
      if (stream === process.stdout) {
        process.stderr.write(
          `The output cannot be written: ${error.message}. Check the free space and permissions.\n`,
        );
      }
      process.exit(exitCode);
    });
  }
}

/** Prints each note about the inputs once, on standard error. */
export function printNotes(io: Io, notes: readonly string[]): void {
  for (const note of new Set(notes)) io.err(`note: ${note}\n`);
}

/** A value as indented JSON with a final line break. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Prints a result, as JSON if asked, and says whether it holds. */
export function answer(
  io: Io,
  holds: boolean,
  { json }: { readonly json?: boolean },
  value: object,
  text: () => string,
): ExitCode {
  io.out(json ? toJson(value) : `${text()}\n`);
  return holds ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD;
}
