import { Command, Option } from "commander";
import { type Direction, Protocol } from "../../azure/security-rule";
import type { Io } from "../io";
import { actions } from "../lazy-actions";
import { type FileOptions, parseDirection, parsePort, parseProtocol, withFileOptions } from "../options";
import type { Conclude } from "../program";

/** Options of `veeam-ports explain`. */
export interface ExplainOptions extends FileOptions {
  readonly from?: string;
  readonly to?: string;
  readonly port?: number;
  readonly sourcePort?: number;
  readonly protocol: Protocol;
  readonly direction?: Direction;
  readonly local?: string;
  readonly remote?: string;
  readonly deployment?: string;
  readonly json?: boolean;
}

/** `veeam-ports explain`: what becomes of one connection, and which rule decides. */
export function explainCommand(io: Io, conclude: Conclude): Command {
  return withFileOptions(new Command("explain"))
    .description("what becomes of a connection, and which rule decides at each end")
    .argument("[file...]", "FILEs that hold the groups")
    .option("--from <who>", "who opens it: a subnet, a component, an address, a prefix, a service tag, *")
    .option("--to <who>", "who is connected to, in the same words")
    .option("--port <number>", "port that is connected to (default: every port)", parsePort)
    .option("--source-port <number>", "port from which it is opened (default: every port)", parsePort)
    .addOption(
      new Option("--protocol <name>", "Tcp, Udp, Icmp, Esp, Ah or *")
        .argParser(parseProtocol)
        .default(Protocol.TCP, "Tcp"),
    )
    .option("--direction <name>", "Inbound or Outbound: judge one end only", parseDirection)
    .option("--local <address:port>", "the machine looked at, as az network watcher test-ip-flow has it")
    .option("--remote <address:port>", "the other end, in the same words")
    .option("--deployment <file>", "ask about the groups that a cdktf.json asks for, in place of FILEs")
    .option("--json", "for machines")
    .addHelpText("after", HELP)
    .action((files: string[], options: ExplainOptions) => {
      conclude(actions.explain().showExplanation(io, files, options));
    });
}

const HELP = `
Exit codes: 0 allowed, 1 denied or depends on what is not known, 2 wrong usage
or an input that cannot be read

Examples
  veeam-ports explain --from backup-server --to postgresql --port 5432 plan.json
  veeam-ports explain --direction Inbound --local 10.20.0.36:5432 \\
    --remote 10.20.0.4:* --subnets vnets.json nsgs.json`;
