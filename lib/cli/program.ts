import { Command } from "commander";
import { diffCommand } from "./commands/diff";
import { explainCommand } from "./commands/explain";
import { reportCommand } from "./commands/report";
import { tablesCommand } from "./commands/tables";
import { verifyCommand } from "./commands/verify";
import type { ExitCode } from "./exit-code";
import type { Io } from "./io";
import { packageVersion } from "../base/package-version";

/** Says how the command ends. */
export type Conclude = (exitCode: ExitCode) => void;

/** The command and its subcommands. */
export function programOf(io: Io, conclude: Conclude): Command {
  const program = new Command("veeam-ports")
    .description(
      "Veeam's ports for Microsoft Entra ID backup, and what network security groups make of them.",
    )
    .version(packageVersion(), "-V, --version", "the version of the package")
    .helpCommand(false)
    .addHelpText("after", HELP);
  const commands = [tablesCommand, diffCommand, explainCommand, verifyCommand, reportCommand];
  for (const command of commands) program.addCommand(command(io, conclude));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
    const path = command === program ? "veeam-ports" : `veeam-ports ${command.name()}`;
    command.showHelpAfterError(`Run ${path} --help for what is allowed.`);
  }
  return program;
}

const HELP = `
FILE is one of
  a synthesized cdk.tf.json
  terraform show -json, of a plan or of a state
  az network nsg list -o json, with --subnets for the prefixes that it lacks
  az network route-table list -o json, beside a list of groups
  - for the standard input

Exit codes
  0  it holds: verified, allowed, no difference
  1  it does not
  2  wrong usage, an input that cannot be read, or an output that cannot be written

NO_COLOR is honoured; what is piped carries no colour.`;
