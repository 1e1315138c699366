import { Command } from "commander";
import type { Io } from "../io";
import { actions } from "../lazy-actions";

/** Options of `veeam-ports report`. */
export interface ReportOptions {
  readonly deployment: string;
  readonly out: string;
}

/** `veeam-ports report`: the report on a deployment, in all its formats. */
export function reportCommand(io: Io): Command {
  return new Command("report")
    .description("writes the report on a deployment: a page, Markdown, CSV and JSON")
    .option("--deployment <file>", "cdktf.json with the deployment", "cdktf.json")
    .option("--out <folder>", "where to; it is made where it is not there", ".")
    .addHelpText("after", "\nExit codes: 0 written, 2 wrong usage or an input that cannot be read")
    .action((options: ReportOptions) => actions.report().writeReport(io, options));
}
