import { Command } from "commander";
import type { Io } from "../io";
import { actions } from "../lazy-actions";
import { type FileOptions, withFileOptions } from "../options";
import type { Conclude } from "../program";

/** Options of `veeam-ports diff`. */
export interface DiffOptions extends FileOptions {
  readonly json?: boolean;
}

/** `veeam-ports diff`: differences between two revisions or two files. */
export function diffCommand(io: Io, conclude: Conclude): Command {
  return withFileOptions(new Command("diff"))
    .description(
      "print the connections that two revisions of the port table, or two FILEs, allow differently",
    )
    .argument("<before>", "a revision, or a FILE")
    .argument("<after>", "a revision, or a FILE")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExit codes\n  0  no difference\n  1  a difference\n  2  wrong usage or an unreadable input",
    )
    .action((before: string, after: string, options: DiffOptions) => {
      conclude(actions.diff().showDifference(io, before, after, options));
    });
}
