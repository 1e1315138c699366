import { readFileSync } from "node:fs";
import { ExitCode } from "./exit-code";
import { endOnFailedWrites } from "./failed-writes";
import { hasColors, type Style, styleOf } from "./style";

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
    style: styleOf(hasColors(process.stdout)),
  };
}

/** Prints each note about the inputs once, on standard error. */
export function printNotes(io: Io, notes: readonly string[]): void {
  for (const note of new Set(notes)) io.err(`note: ${note}\n`);
}

/** A value as indented JSON with a final line break. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
