/* eslint-disable @typescript-eslint/no-require-imports -- each action is loaded on first use, so that --help is fast */
import { Argument, Command, Option } from "commander";
import { Protocol } from "../azure/security-rule";
import type * as comparePage from "./actions/compare-page";
import type * as diff from "./actions/diff";
import type * as diffDeployments from "./actions/diff-deployments";
import type * as explain from "./actions/explain";
import type * as report from "./actions/report";
import type * as tables from "./actions/tables";
import type * as verify from "./actions/verify";
import { completionScript } from "./completion";
import { type Conclude, UsageError } from "./exit-code";
import type { Io } from "./io";
import { parseDirection, parsePort, parseProtocol, severalTimes, withFileOptions } from "./options";

/** The actions of the commands. */
export const actions = {
  comparePage: () => require("./actions/compare-page") as typeof comparePage,
  tables: () => require("./actions/tables") as typeof tables,
  diff: () => require("./actions/diff") as typeof diff,
  diffDeployments: () => require("./actions/diff-deployments") as typeof diffDeployments,
  explain: () => require("./actions/explain") as typeof explain,
  report: () => require("./actions/report") as typeof report,
  verify: () => require("./actions/verify") as typeof verify,
};

const COMMANDS: ReadonlyMap<string, (io: Io, conclude: Conclude) => Command> = new Map([
  ["tables", tablesCommand],
  ["diff", diffCommand],
  ["explain", explainCommand],
  ["verify", verifyCommand],
  ["report", reportCommand],
  ["completion", completionCommand],
]);

/** The subcommand of this name, because one is created faster than all; without such a name all of them, in the order of the help. */
export function commandsFor(asked: string | undefined, io: Io, conclude: Conclude): readonly Command[] {
  const command = COMMANDS.get(asked ?? "");
  return (command ? [command] : [...COMMANDS.values()]).map((create) => create(io, conclude));
}

/** The end of a command's help: its exit codes, and examples. */
function helpOf(exitCodes: readonly string[], ...examples: string[]): string {
  return ["", "Exit codes", ...exitCodes.map(indented), "", "Examples", ...examples.map(indented)].join("\n");
}

function indented(text: string): string {
  return `  ${text}`;
}

const UNUSABLE = "2  wrong usage or an unreadable input";

/** `veeam-ports tables`: the revisions of Veeam's pages, the rows of one, or a saved page against one. */
function tablesCommand(io: Io, conclude: Conclude): Command {
  return new Command("tables")
    .description(
      "print the revisions of Veeam's pages, the rows of one revision, or its differences from a saved page",
    )
    .argument(
      "[revision]",
      "revision whose rows to print; with --compare the one to compare with (default: the newest)",
    )
    .option("--compare <file>", "page saved as HTML, or text copied from it; - for the standard input")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      helpOf(
        [
          "0  printed; with --compare: no difference",
          "1  with --compare: a row is new, gone or changed",
          UNUSABLE,
        ],
        "veeam-ports tables",
        "veeam-ports tables 13.1.0.411@2026-08-03 --json",
        "veeam-ports tables --compare used_ports.html",
      ),
    )
    .action(
      (revision: string | undefined, options: { readonly compare?: string; readonly json?: boolean }) => {
        if (options.compare === undefined) actions.tables().showTables(io, revision, options);
        else conclude(actions.comparePage().comparePage(io, options.compare, revision, options));
      },
    );
}

/** `veeam-ports diff`: differences between two revisions or two files, or what a change of a deployment does. */
function diffCommand(io: Io, conclude: Conclude): Command {
  return withFileOptions(new Command("diff"))
    .description(
      "print the differences between two revisions or two FILEs, or the effects of a change to a deployment",
    )
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
      helpOf(
        ["0  no difference", "1  a difference", UNUSABLE],
        "veeam-ports diff 13.0.1.180@2025-12-12 13.0.1.1071@2026-02-12",
        "veeam-ports diff 13.0.1.1071@2026-02-12 13.1.0.411@2026-08-03 \\",
        "  --deployment cdktf.json",
        "veeam-ports diff before/cdk.tf.json after/cdk.tf.json",
        "veeam-ports diff --deployment old.json new.json --markdown",
      ),
    )
    .action((before: string, after: string | undefined, options: diff.DiffOptions) => {
      const { deployment } = options;
      if (after !== undefined) conclude(actions.diff().showDifference(io, before, after, options));
      else if (deployment !== undefined) {
        conclude(actions.diffDeployments().showDeploymentChanges(io, deployment, before, options));
      } else
        throw new UsageError("missing required argument 'after'. Run veeam-ports diff --help for usage.");
    });
}

/** `veeam-ports explain`: whether a connection is allowed, and by which rule. */
function explainCommand(io: Io, conclude: Conclude): Command {
  return withFileOptions(new Command("explain"))
    .description("print whether a connection is allowed, and the deciding rule at each end")
    .argument("[file...]", "FILEs that contain the groups")
    .option("--from <who>", "source: a component, subnet, group, address, prefix, service tag or *")
    .option("--to <who>", "destination, like --from")
    .option("--port <number>", "destination port (default: all ports)", parsePort)
    .option("--source-port <number>", "source port (default: all ports)", parsePort)
    .addOption(
      new Option("--protocol <name>", "Tcp, Udp, Icmp, Esp, Ah or *")
        .argParser(parseProtocol)
        .default(Protocol.TCP, "Tcp"),
    )
    .option("--direction <name>", "Inbound or Outbound: evaluate one end only", parseDirection)
    .option("--local <address:port>", "local end, as in az network watcher test-ip-flow")
    .option("--remote <address:port>", "remote end, like --local")
    .option("--deployment <file>", "evaluate the groups of the deployment in a cdktf.json instead of FILEs")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      helpOf(
        ["0  allowed", "1  denied, or depends on an unknown value", UNUSABLE],
        "veeam-ports explain --from backup-server --to postgresql --port 5432 plan.json",
        "veeam-ports explain --direction Inbound --local 10.20.0.36:5432 \\",
        "  --remote 10.20.0.4:* --subnets vnets.json nsgs.json",
      ),
    )
    .action((files: string[], options: explain.ExplainOptions) => {
      conclude(actions.explain().showExplanation(io, files, options));
    });
}

/** `veeam-ports verify`: compares groups with the flows of a deployment. */
function verifyCommand(io: Io, conclude: Conclude): Command {
  return withFileOptions(new Command("verify"))
    .description("verify that the groups in FILEs allow exactly the flows of a deployment")
    .argument("<file...>", "FILEs that contain the groups")
    .option("--deployment <file>", "cdktf.json with the deployment")
    .option(
      "--map <component=group>",
      "group of a component, if its tags are missing; may be given several times",
      severalTimes,
    )
    .addOption(new Option("--json", "print JSON").conflicts("sarif"))
    .option("--sarif", "print SARIF 2.1.0, for code scanning")
    .option("--quiet", "print findings only, without assumptions and connections that are not enabled")
    .addHelpText("after", "\nGroups are found by their tags veeam-role and veeam-component.")
    .addHelpText(
      "after",
      helpOf(
        [
          "0  all flows are allowed, and nothing else is",
          "1  a difference, a missing group, or files that are not complete",
          UNUSABLE,
        ],
        "terraform show -json | veeam-ports verify --deployment cdktf.json -",
        "veeam-ports verify --deployment cdktf.json --subnets vnets.json \\",
        "  --map postgresql=nsg-db nsgs.json routes.json",
      ),
    )
    .action((files: string[], options: verify.VerifyOptions) => {
      // Not a required option: its absence would be reported instead of a misspelled option.
      const { deployment } = options;
      if (deployment === undefined) {
        throw new UsageError("--deployment is missing. Write --deployment cdktf.json.");
      }
      conclude(actions.verify().showVerification(io, files, { ...options, deployment }));
    });
}

/** `veeam-ports report`: the report on a deployment, in all its formats. */
function reportCommand(io: Io): Command {
  return new Command("report")
    .description("write the report on a deployment as HTML, Markdown, CSV and JSON")
    .option("--deployment <file>", "cdktf.json with the deployment", "cdktf.json")
    .option("--out <folder>", "output folder (created if missing)", ".")
    .addHelpText(
      "after",
      helpOf(
        ["0  written", "2  wrong usage, an unreadable input or an unwritable output"],
        "veeam-ports report",
        "veeam-ports report --deployment cdktf.json --out report",
      ),
    )
    .action((options: report.ReportOptions) => actions.report().writeReport(io, options));
}

/** `veeam-ports completion`: a script that makes a shell complete the command. */
function completionCommand(io: Io, conclude: Conclude): Command {
  return new Command("completion")
    .description("print a script that completes commands, options and files")
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh"]))
    .addHelpText(
      "after",
      helpOf(
        ["0  printed", "2  wrong usage"],
        "source <(veeam-ports completion bash)",
        'veeam-ports completion zsh > "${fpath[1]}/_veeam-ports"',
      ),
    )
    .action((shell: "bash" | "zsh") => {
      io.out(completionScript(shell, commandsFor(undefined, io, conclude)));
    });
}
