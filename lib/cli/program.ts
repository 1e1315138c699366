import { Command } from "commander";
import { commandsFor } from "./commands";
import type { Conclude } from "./exit-code";
import type { Io } from "./io";
import { packageManifest } from "../base/package-files";

/** The command with the subcommand that the arguments begin with, or with all subcommands. */
export function programOf(args: readonly string[], io: Io, conclude: Conclude): Command {
  const program = new Command("veeam-ports")
    .description("Veeam's ports for Microsoft Entra ID backup, compared with Azure network security groups.")
    .version(packageManifest().version, "-V, --version", "print the version")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", HELP);
  for (const command of commandsFor(args[0], io, conclude)) program.addCommand(command);
  for (const command of [program, ...program.commands]) {
    command.helpOption("-h, --help", "print this help");
    command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
    const path = command === program ? "veeam-ports" : `veeam-ports ${command.name()}`;
    command.showHelpAfterError(`Run ${path} --help for usage.`);
  }
  return program;
}

const HELP = `
FILE is one of
  cdk.tf.json, as the Terraform CDK synthesizes it
  terraform show -json, of a plan or a state
  az network nsg list -o json, with --subnets for the prefixes that it lacks
  az network route-table list -o json, with a list of groups
  - for standard input

Exit codes
  0  verified, allowed or no difference
  1  not verified, not allowed or a difference
  2  wrong usage, an unreadable input or an unwritable output

NO_COLOR turns colors off. Output that is not a terminal has no colors.

Documentation: https://github.com/cdktf-veeam-entra-id/cdktf-veeam-entra-id/tree/main/docs`;
