import type { Io } from "./io";

/** Prints what the inputs leave open, beside what was asked for. */
export function printNotes(io: Io, notes: readonly string[]): void {
  for (const note of new Set(notes)) io.err(`note: ${note}\n`);
}
