import { Command } from "commander";
import type { ReportOptions } from "../actions/report";
import type { Io } from "../io";
import { actions } from "../lazy-actions";

/** `veeam-ports report`: the report on a deployment, in all its formats. */
export function reportCommand(io: Io): Command {
  return new Command("report")
    .description("write the report on a deployment as HTML, Markdown, CSV and JSON")
    .option("--deployment <file>", "cdktf.json with the deployment", "cdktf.json")
    .option("--out <folder>", "output folder (created if missing)", ".")
    .addHelpText(
      "after",
      `
Exit codes
  0  written
  2  wrong usage or an unreadable input

Examples
  veeam-ports report
  veeam-ports report --deployment cdktf.json --out report`,
    )
    .action((options: ReportOptions) => actions.report().writeReport(io, options));
}
