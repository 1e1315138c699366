import { Command, Option } from "commander";
import { Protocol } from "../../azure/security-rule";
import type { ExplainOptions } from "../actions/explain";
import type { Io } from "../io";
import { actions } from "../lazy-actions";
import { parseDirection, parsePort, parseProtocol, withFileOptions } from "../options";
import type { Conclude } from "../exit-code";

/** `veeam-ports explain`: whether a connection is allowed, and by which rule. */
export function explainCommand(io: Io, conclude: Conclude): Command {
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
    .addHelpText("after", HELP)
    .action((files: string[], options: ExplainOptions) => {
      conclude(actions.explain().showExplanation(io, files, options));
    });
}

const HELP = `
Exit codes
  0  allowed
  1  denied, or depends on an unknown value
  2  wrong usage or an unreadable input

Examples
  veeam-ports explain --from backup-server --to postgresql --port 5432 plan.json
  veeam-ports explain --direction Inbound --local 10.20.0.36:5432 \\
    --remote 10.20.0.4:* --subnets vnets.json nsgs.json`;
