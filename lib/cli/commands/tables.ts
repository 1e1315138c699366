import { Command } from "commander";
import type { Io } from "../io";
import { actions } from "../lazy-actions";

/** `veeam-ports tables`: the revisions of Veeam's port table, or the rows of one. */
export function tablesCommand(io: Io): Command {
  return new Command("tables")
    .description("the revisions of Veeam's port table, or the rows of one")
    .argument("[revision]", "a revision, for its rows")
    .option("--json", "for machines")
    .action((revision: string | undefined, options: { json?: boolean }) => {
      actions.tables().showTables(io, revision, options);
    });
}
