import { parseAddresses } from "../../azure/sets/address-set";
import { InvalidInputError } from "../../base/problem";
import { explainKnown, type NamedEnd } from "../../proof/question";
import { Direction, type Protocol } from "../../azure/security-rule";
import type { ConnectionQuery, Explanation } from "../../proof/explain";
import { Verdict } from "../../proof/network";
import type { PlacedNetwork } from "../../terraform/joined/network-of-files";
import { describeExplanation } from "../../proof/describe";
import { type ExitCode, UsageError } from "../exit-code";
import { readNetwork, readServiceTags } from "../inputs";
import { answer, type Io, printNotes } from "../io";
import { type FileOptions, parsePort } from "../options";
import { assumptionsOfExplanation } from "../../proof/assumptions";
import { section } from "../../verification/describe-verification";
import { explainPlatform } from "../../verification/platform-addresses";
import { whatSettles } from "../../verification/what-settles";
import { explainPlaces } from "../../verification/explain-places";
import { namesInFiles } from "../../verification/end-candidates";

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

/** Prints what becomes of a connection, and why. */
export function showExplanation(io: Io, files: readonly string[], options: ExplainOptions): ExitCode {
  const query = queryOf(options);
  const { network, named, notes } = networkAskedAbout(io, files, options);
  printNotes(io, notes);
  const platform = explainPlatform(query, network);
  const explanation = platform ?? explained(query, network, named);
  const settledBy = whatSettles(explanation.dependsOn);
  const assumptions = platform ? [] : assumptionsOfExplanation(explanation, network);
  const value = { ...explanation, settledBy, assumptions };
  return answer(io, explanation.verdict === Verdict.ALLOW, options, value, () => {
    const [headline, ...lines] = describeExplanation(explanation).split("\n");
    return [
      io.style(EMPHASIS[explanation.verdict], headline),
      ...lines,
      ...(platform ? [`  ${platform.platform}`] : []),
      ...section("To be sure, give", settledBy),
      ...section("Assumptions", assumptions),
    ].join("\n");
  });
}

const EMPHASIS = { [Verdict.ALLOW]: "good", [Verdict.DENY]: "bad", [Verdict.DEPENDS]: "doubtful" } as const;

function queryOf(options: ExplainOptions): ConnectionQuery {
  const { from, to, port, sourcePort, protocol, direction, local, remote } = options;
  const asFlow = local !== undefined || remote !== undefined;
  const asConnection = from !== undefined || to !== undefined;
  if (asFlow && asConnection)
    throw new UsageError("Give --from and --to, or --local and --remote, not both.");
  if (asFlow) {
    if (local === undefined || remote === undefined || direction === undefined) {
      throw new UsageError("--local and --remote go together, with --direction. Add what is missing.");
    }
    if (port !== undefined || sourcePort !== undefined) {
      throw new UsageError("With --local and --remote, ports are written there: --local 10.20.0.36:5432.");
    }
    const ends = [packetEnd("--local", local), packetEnd("--remote", remote)];
    const [source, target] = direction === Direction.OUTBOUND ? ends : ends.reverse();
    return {
      from: source.address,
      sourcePort: source.port,
      to: target.address,
      port: target.port,
      protocol,
      direction,
    };
  }
  if (from === undefined || to === undefined) {
    throw new UsageError(
      "The connection is missing. Give --from and --to, or --direction, --local and --remote.",
    );
  }
  return { from, to, protocol, port, sourcePort, direction };
}

/** `10.0.0.4:443`, `10.0.0.4:*`, `10.0.0.4` or `[fd00::4]:443`. */
function packetEnd(option: string, text: string): { address: string; port?: number } {
  const match = /^\[(.+)\](?::(\*|\d+))?$/.exec(text) ?? /^([^:]+)(?::(\*|\d+))?$/.exec(text);
  const address = match?.[1] ?? text;
  if (!parseAddresses(address)) {
    throw new UsageError(
      `${option} is not an address with a port (got "${text}"). Write it as 10.20.0.36:5432.`,
    );
  }
  const port = match?.[2];
  return { address, port: port === undefined || port === "*" ? undefined : checkedPort(option, port) };
}

function checkedPort(option: string, text: string): number {
  try {
    return parsePort(text);
  } catch (error) {
    throw new UsageError(`${option}: "${text}" is not a port. ${(error as Error).message}`);
  }
}

function networkAskedAbout(
  io: Io,
  files: readonly string[],
  options: ExplainOptions,
): { network: PlacedNetwork; named: readonly NamedEnd[]; notes: readonly string[] } {
  if (options.deployment === undefined) {
    if (files.length === 0)
      throw new UsageError("The groups are missing. Give FILEs, or --deployment cdktf.json.");
    const { network, notes } = readNetwork(io, files, options);
    return { network, named: namesInFiles(network), notes };
  }
  if (files.length > 0) {
    throw new UsageError(
      "Give FILEs or --deployment, not both. To compare the two, use veeam-ports verify --deployment.",
    );
  }
  const serviceTags = readServiceTags(io, options);
  // Files of groups are read without the half of the library that plans.
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const planned = require("./explain-deployment") as typeof import("./explain-deployment");
  const { network, named } = planned.networkOfDeploymentFile(io, options.deployment);
  return { network: { ...network, serviceTags }, named, notes: [] };
}

function explained(query: ConnectionQuery, network: PlacedNetwork, named: readonly NamedEnd[]): Explanation {
  try {
    return explainKnown(query, network, named, (asked) => explainPlaces(asked, network));
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    throw new UsageError((error as Error).message);
  }
}
