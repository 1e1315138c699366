import { Command } from "commander";
import type { Io } from "../io";
import { actions } from "../lazy-actions";

/** `veeam-ports tables`: the revisions of Veeam's port table, or the rows of one. */
export function tablesCommand(io: Io): Command {
  return new Command("tables")
    .description("print the revisions of Veeam's port table, or the rows of one")
    .argument("[revision]", "revision whose rows to print")
    .option("--json", "print JSON")
    .action((revision: string | undefined, options: { json?: boolean }) => {
      actions.tables().showTables(io, revision, options);
    });
}
