import { Command } from "commander";
import type { Io } from "../io";
import { actions } from "../lazy-actions";
import { type FileOptions, withFileOptions } from "../options";
import type { Conclude } from "../program";

/** Options of `veeam-ports diff`. */
export interface DiffOptions extends FileOptions {
  readonly json?: boolean;
}

/** `veeam-ports diff`: connections opened and closed between two revisions or two files. */
export function diffCommand(io: Io, conclude: Conclude): Command {
  return withFileOptions(new Command("diff"))
    .description("connections opened and closed between two revisions of the port table, or two FILEs")
    .argument("<before>", "a revision, or a FILE")
    .argument("<after>", "a revision, or a FILE")
    .option("--json", "for machines")
    .addHelpText(
      "after",
      "\nExit codes: 0 no difference, 1 a difference, 2 wrong usage or an input that\ncannot be read",
    )
    .action((before: string, after: string, options: DiffOptions) => {
      conclude(actions.diff().showDifference(io, before, after, options));
    });
}
