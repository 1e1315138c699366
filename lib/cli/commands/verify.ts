import { Command, Option } from "commander";
import type { Io } from "../io";
import { actions } from "../lazy-actions";
import { type FileOptions, withFileOptions } from "../options";
import type { Conclude } from "../program";
import { UsageError } from "../usage-error";

/** Options of `veeam-ports verify`. */
export interface VerifyOptions extends FileOptions {
  readonly deployment?: string;
  readonly map?: readonly string[];
  readonly json?: boolean;
  readonly sarif?: boolean;
}

/** `veeam-ports verify`: whether the groups that are there hold what a deployment asks for. */
export function verifyCommand(io: Io, conclude: Conclude): Command {
  return withFileOptions(new Command("verify"))
    .description("whether the groups in FILEs hold exactly what a deployment asks for")
    .argument("<file...>", "FILEs that hold the groups")
    .option("--deployment <file>", "cdktf.json, whose deployment says which flows there are to be")
    .option(
      "--map <component=group>",
      "the group of a component, where tags do not say it; may be repeated",
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .addOption(new Option("--json", "for machines").conflicts("sarif"))
    .option("--sarif", "SARIF 2.1.0, for code scanning")
    .addHelpText("after", HELP)
    .action((files: string[], options: VerifyOptions) => {
      // Not a required option: its absence would be said in place of a misspelling.
      const { deployment } = options;
      if (deployment === undefined) {
        throw new UsageError("Say which flows there are to be: --deployment cdktf.json.");
      }
      conclude(actions.verify().showVerification(io, files, { ...options, deployment }));
    });
}

const HELP = `
A group is found by its tags veeam-role and veeam-component.

Exit codes: 0 every flow is open and nothing else is, 1 not so, a group is not
found or the files do not say enough, 2 wrong usage or an input that cannot
be read

Examples
  terraform show -json | veeam-ports verify --deployment cdktf.json -
  veeam-ports verify --deployment cdktf.json --subnets vnets.json \\
    --map postgresql=nsg-db nsgs.json routes.json`;
