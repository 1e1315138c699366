import { readFileSync, writeFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { describeDisagreement } from "./connections";
import { detected, FAULTS } from "./faults";
import { matrixSvg } from "./matrix";
import { runScenario, type RunResults, runStack, whatIsMissing } from "./run";
import { type Deployment, SCENARIOS } from "./scenarios";
import { checkServers, missingForServers } from "./servers";

enum ExitCode {
  /** The three verdicts agree, and every fault was detected. */
  AGREED = 0,
  /** Verdicts differ, or a fault was not detected. */
  DISAGREED = 1,
  /** Wrong usage, or a stack that cannot be read. */
  USAGE = 2,
  /** This machine cannot run it. */
  NOT_HERE = 3,
  /** Ended by Ctrl-C or another signal. */
  INTERRUPTED = 130,
}

interface Options {
  readonly stack?: string;
  readonly deployment?: string;
  readonly faults?: boolean;
  readonly servers?: boolean;
  readonly picture?: string;
}

// The rest is only counted.
const SHOWN = 20;
let passed = 0;
let failed = 0;
let skipped = 0;

function count(name: string, fault?: string): void {
  if (fault === undefined) passed += 1;
  else failed += 1;
  console.log(`${fault === undefined ? "ok  " : "FAIL"} ${name}${fault === undefined ? "" : `: ${fault}`}`);
}

const progress =
  (name: string) =>
  (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${name}: ${text}`);
  };

function show(name: string, { tried, disagreements, checks, seconds }: RunResults): void {
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  const open = tried.filter(({ isOpen }) => isOpen).length;
  const summary = `${name}: ${tried.length} connections, ${open} open, in ${seconds.toFixed(0)} s`;
  count(summary, disagreements.length === 0 ? undefined : `${disagreements.length} disagreements`);
  for (const one of disagreements.slice(0, SHOWN)) console.log(`     ${describeDisagreement(one)}`);
  if (disagreements.length > SHOWN) console.log(`     and ${disagreements.length - SHOWN} more`);
  for (const check of checks) count(`${name}: ${check.name}`, check.fault);
}

async function main(names: readonly string[], options: Options): Promise<ExitCode> {
  const missing = whatIsMissing();
  if (missing !== undefined) {
    console.error(`Tests with real packets need ${missing}. Nothing was run.`);
    return ExitCode.NOT_HERE;
  }
  if (options.stack !== undefined) {
    if (options.deployment === undefined) {
      console.error("--stack needs --deployment, the cdktf.json that the stack was synthesized from.");
      return ExitCode.USAGE;
    }
    const results = await runStack(options.stack, deploymentIn(options.deployment), progress("stack"));
    show(options.stack, results);
    if (options.picture !== undefined)
      writeFileSync(options.picture, matrixSvg(options.stack, results.tried));
  } else {
    const unknown = names.filter((name) => !(name in SCENARIOS));
    if (unknown.length > 0) {
      console.error(
        `Not a scenario: ${unknown.join(", ")}. Scenarios: ${Object.keys(SCENARIOS).join(", ")}.`,
      );
      return ExitCode.USAGE;
    }
    const chosen = names.length > 0 ? names : Object.keys(SCENARIOS);
    for (const [index, name] of chosen.entries()) {
      const picture = index === 0 ? options.picture : undefined;
      show(name, await runScenario(name, { progress: progress(name), picture }));
    }
    if (options.servers) await useServers();
    if (options.faults) await detectFaults();
  }
  // .ci/run adds up the counts of all its steps.
  const { TEST_COUNTS } = process.env;
  if (TEST_COUNTS !== undefined) writeFileSync(TEST_COUNTS, JSON.stringify({ passed, failed, skipped }));
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 ? ExitCode.AGREED : ExitCode.DISAGREED;
}

function deploymentIn(file: string): Deployment {
  const { context } = JSON.parse(readFileSync(file, "utf8")) as { context?: { entraIdBackup?: Deployment } };
  if (!context?.entraIdBackup) throw new Error(`${file}: context.entraIdBackup is missing.`);
  return context.entraIdBackup;
}

/** Starts the servers of a deployment and connects to them; skipped if a tool is missing. */
async function useServers(): Promise<void> {
  const missing = missingForServers();
  if (missing !== undefined) {
    skipped += 1;
    console.log(`skip the servers: they need ${missing}`);
    return;
  }
  for (const { name, fault } of await checkServers()) count(`servers: ${name}`, fault);
}

/** Runs the smallest network that has both ends of a connection with each fault. */
async function detectFaults(): Promise<void> {
  for (const [name, fault] of Object.entries(FAULTS)) {
    const { disagreements } = await runScenario("before-cache-change", { progress: progress(name), fault });
    const found = detected(fault, disagreements);
    count(
      `the fault ${name} is detected`,
      found ? undefined : `no connection shows it; ${disagreements.length} disagreements`,
    );
    if (found) console.log(`     ${describeDisagreement(found)}`);
  }
}

// The namespaces are removed when the process exits, which a signal alone would prevent.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.once(signal, () => process.exit(ExitCode.INTERRUPTED));

new Command("npm run e2e --")
  .description(
    "Runs the network of synthesized deployments on this machine, opens real connections, and compares the verdicts of the kernel, the proof and the rows of Veeam's pages.",
  )
  .exitOverride()
  .argument("[scenario...]", `deployments to run: ${Object.keys(SCENARIOS).join(", ")} (default: all)`)
  .option("--stack <file>", "run this cdk.tf.json instead")
  .option("--deployment <file>", "the cdktf.json of --stack")
  .option("--servers", "also start PostgreSQL and squid as the machines configure them, and connect to them")
  .option("--faults", "also break the network on purpose, and check that each fault is detected")
  .option("--picture <file>", "write the picture of the connections in the first run (SVG)")
  .addHelpText(
    "after",
    "\nExit codes: 0 all agree, 1 a disagreement or a fault that was not detected, 2 wrong usage, 3 this machine cannot run it, 130 interrupted.",
  )
  .action(async (names: string[], options: Options) => {
    process.exit(await main(names, options));
  })
  .parseAsync()
  .catch((error: Error) => {
    // Commander has already printed its own errors, and its help.
    const isPrinted = error instanceof CommanderError;
    if (!isPrinted) console.error(error.message);
    process.exit(isPrinted && error.exitCode === 0 ? ExitCode.AGREED : ExitCode.USAGE);
  });
