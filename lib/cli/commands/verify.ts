import { Command, Option } from "commander";
import type { VerifyOptions } from "../actions/verify";
import type { Io } from "../io";
import { actions } from "../lazy-actions";
import { withFileOptions } from "../options";
import { type Conclude, UsageError } from "../exit-code";

/** `veeam-ports verify`: compares groups with the flows of a deployment. */
export function verifyCommand(io: Io, conclude: Conclude): Command {
  return withFileOptions(new Command("verify"))
    .description("verify that the groups in FILEs allow exactly the flows of a deployment")
    .argument("<file...>", "FILEs that contain the groups")
    .option("--deployment <file>", "cdktf.json with the deployment")
    .option(
      "--map <component=group>",
      "group of a component, if its tags are missing; can be repeated",
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .addOption(new Option("--json", "print JSON").conflicts("sarif"))
    .option("--sarif", "print SARIF 2.1.0, for code scanning")
    .option("--quiet", "print findings only, without assumptions and connections that are not enabled")
    .addHelpText("after", HELP)
    .action((files: string[], options: VerifyOptions) => {
      // Not a required option: its absence would be reported instead of a misspelled option.
      const { deployment } = options;
      if (deployment === undefined) {
        throw new UsageError("--deployment is missing. Write --deployment cdktf.json.");
      }
      conclude(actions.verify().showVerification(io, files, { ...options, deployment }));
    });
}

const HELP = `
Groups are found by their tags veeam-role and veeam-component.

Exit codes
  0  all flows are allowed, and nothing else is
  1  a difference, a missing group, or files that are not complete
  2  wrong usage or an unreadable input

Examples
  terraform show -json | veeam-ports verify --deployment cdktf.json -
  veeam-ports verify --deployment cdktf.json --subnets vnets.json \\
    --map postgresql=nsg-db nsgs.json routes.json`;
