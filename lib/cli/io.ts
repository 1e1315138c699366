import { readFileSync } from "node:fs";
import { ExitCode } from "./exit-code";
import { endOnFailedWrites } from "./failed-writes";
import { hasColors, type Style, styleOf } from "./style";

/** What a command reads from and writes to. */
export interface Io {
  /** Writes what was asked for. */
  readonly out: (text: string) => void;
  /** Writes what a person should know beside it. */
  readonly err: (text: string) => void;
  /** Reads a file; `-` is the standard input. */
  readonly read: (file: string) => Uint8Array;
  /** Emphasis in what `out` writes. */
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
