import { Command } from "commander";
import type { DiffOptions } from "../actions/diff";
import type { Io } from "../io";
import { actions } from "../lazy-actions";
import { withFileOptions } from "../options";
import { type Conclude, UsageError } from "../exit-code";

/** `veeam-ports diff`: differences between two revisions or two files, or what a change of a deployment does. */
export function diffCommand(io: Io, conclude: Conclude): Command {
  return withFileOptions(new Command("diff"))
    .description("print how two revisions or two FILEs differ, or the effects of a change to a deployment")
    .argument("<before>", "a revision, a FILE, or the changed cdktf.json")
    .argument("[after]", "a revision or a FILE")
    .option(
      "--deployment <file>",
      "cdktf.json; with two revisions: print which connections they add and remove for its deployment; with another cdktf.json: print the effects of the change",
    )
    .option("--json", "print JSON")
    .option("--markdown", "print Markdown for a pull request (only for two cdktf.json)")
    .addHelpText(
      "after",
      `
Exit codes
  0  no difference
  1  a difference
  2  wrong usage or an unreadable input

Examples
  veeam-ports diff 13.0.1.180@2025-12-12 13.0.1.1071@2026-02-12
  veeam-ports diff 13.0.1.1071@2026-02-12 13.1.0.411@2026-08-03 \\
    --deployment cdktf.json
  veeam-ports diff before/cdk.tf.json after/cdk.tf.json
  veeam-ports diff --deployment old.json new.json --markdown`,
    )
    .action((before: string, after: string | undefined, options: DiffOptions) => {
      const { deployment } = options;
      if (after === undefined && deployment === undefined) {
        throw new UsageError("missing required argument 'after'. Run veeam-ports diff --help for usage.");
      }
      conclude(
        after === undefined
          ? actions.diffDeployments().showDeploymentChanges(io, deployment ?? "", before, options)
          : actions.diff().showDifference(io, before, after, options),
      );
    });
}
