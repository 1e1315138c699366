import { Command } from "commander";
import type { Io } from "../io";
import { actions } from "../lazy-actions";

/** `veeam-ports tables`: the revisions of Veeam's port table, or the rows of one. */
export function tablesCommand(io: Io): Command {
  return new Command("tables")
    .description("print the revisions of Veeam's port table, or the rows of one")
    .argument("[revision]", "revision whose rows to print")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Exit codes
  0  printed
  2  wrong usage

Examples
  veeam-ports tables
  veeam-ports tables 13.0.1.1071@2026-02-12 --json`,
    )
    .action((revision: string | undefined, options: { json?: boolean }) => {
      actions.tables().showTables(io, revision, options);
    });
}
