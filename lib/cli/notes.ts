import type { Io } from "./io";

/** Prints each note about the inputs once, on standard error. */
export function printNotes(io: Io, notes: readonly string[]): void {
  for (const note of new Set(notes)) io.err(`note: ${note}\n`);
}
