import { Command } from "commander";
import type { Io } from "../io";
import { actions } from "../lazy-actions";
import type { Conclude } from "../exit-code";

interface TablesOptions {
  readonly compare?: string;
  readonly json?: boolean;
}

/** `veeam-ports tables`: the revisions of Veeam's pages, the rows of one, or a saved page against one. */
export function tablesCommand(io: Io, conclude: Conclude): Command {
  return new Command("tables")
    .description("print the revisions of Veeam's pages, the rows of one, or a saved page against one")
    .argument(
      "[revision]",
      "revision whose rows to print; with --compare the one to compare with (default: the newest)",
    )
    .option("--compare <file>", "page saved as HTML, or text copied from it; - for the standard input")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Exit codes
  0  printed; with --compare: no difference
  1  with --compare: a row is new, gone or changed
  2  wrong usage, or a file that cannot be read

Examples
  veeam-ports tables
  veeam-ports tables 13.1.0.411@2026-08-03 --json
  veeam-ports tables --compare used_ports.html`,
    )
    .action((revision: string | undefined, options: TablesOptions) => {
      if (options.compare === undefined) actions.tables().showTables(io, revision, options);
      else conclude(actions.comparePage().comparePage(io, options.compare, revision, options));
    });
}
