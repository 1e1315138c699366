import { Command } from "commander";
import type { Io } from "../io";
import { actions } from "../lazy-actions";
import { type FileOptions, withFileOptions } from "../options";
import type { Conclude } from "../program";

/** Options of `veeam-ports diff`. */
export interface DiffOptions extends FileOptions {
  readonly deployment?: string;
  readonly json?: boolean;
}

/** `veeam-ports diff`: differences between two revisions or two files. */
export function diffCommand(io: Io, conclude: Conclude): Command {
  return withFileOptions(new Command("diff"))
    .description(
      "print the rows in which two revisions differ, or the connections that two FILEs allow differently",
    )
    .argument("<before>", "a revision, or a FILE")
    .argument("<after>", "a revision, or a FILE")
    .option(
      "--deployment <file>",
      "cdktf.json; with two revisions: what they open and close for its deployment",
    )
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Exit codes
  0  no difference
  1  a difference
  2  wrong usage or an unreadable input

Examples
  veeam-ports diff 13.0.1.180@2025-12-12 13.0.1.1071@2026-02-12
  veeam-ports diff 13.0.1.1071@2026-02-12 13.1.0.411@2026-08-03 --deployment cdktf.json
  veeam-ports diff before/cdk.tf.json after/cdk.tf.json`,
    )
    .action((before: string, after: string, options: DiffOptions) => {
      conclude(actions.diff().showDifference(io, before, after, options));
    });
}
