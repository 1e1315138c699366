import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { type ConnectionResults, tryConnections } from "./connections";
import type { Fault } from "./faults";
import { hostsOf } from "./hosts";
import { type Host, Lab } from "./lab";
import { matrixSvg, type Tried } from "./matrix";
import { portsOf, probesOf, probesOfRanges } from "./probes";
import { proofOf } from "./proof-verdict";
import { rowsOf } from "./rows-verdict";
import { Filters } from "./filters";
import { type Deployment, SCENARIOS } from "./scenarios";
import { readStack } from "./stack";
import { synthesize, workFolder } from "./synthesize";
import { type Check, checkStateful, checkStreams } from "./stateful";

/** The results of a run with one stack. */
export interface RunResults extends ConnectionResults {
  readonly checks: readonly Check[];
  readonly seconds: number;
}

/** Runs the network of a stack, opens every connection and compares the verdicts. */
export async function runStack(
  stackFile: string,
  deployment: Deployment,
  progress: (text: string) => void,
): Promise<RunResults> {
  const begun = Date.now();
  const network = readStack(stackFile);
  const plans = hostsOf(deployment, network);
  const ports = portsOf(network);
  const inRanges = probesOfRanges(plans, network, ports);
  const probes = [...probesOf(plans, ports), ...inRanges];
  const lab = Lab.create();
  try {
    const hosts = new Map(plans.map(({ name, address }) => [name, lab.addHost(name, address)]));
    const filters = new Filters(network, plans);
    for (const plan of plans) filters.apply(plan, hosts.get(plan.name) as Host);
    const tcp = [...new Set([...ports, ...inRanges.flatMap(({ port = 0 }) => port), ...STREAMED])];
    await Promise.all([...hosts.values()].map((host) => host.listen(tcp, ports)));
    const judges = { proof: proofOf(stackFile), rows: rowsOf(deployment) };
    const results = await tryConnections(hosts, probes, judges, (done) =>
      progress(`${done} of ${probes.length} connections`),
    );
    const checks = await checkOpen(hosts, results.tried, filters);
    return { ...results, checks, seconds: (Date.now() - begun) / 1000 };
  } finally {
    lab.destroy();
  }
}

// Some of Veeam's data channels, and its Data Mover.
const STREAMED = Array.from({ length: 41 }, (_, index) => 2500 + 20 * index);
const DATA_MOVER = Array.from({ length: 20 }, () => 6162);

/** Streams over the connections that are open between subnets, one of them while its rule is removed. */
async function checkOpen(
  hosts: ReadonlyMap<string, Host>,
  tried: readonly Tried[],
  filters: Filters,
): Promise<Check[]> {
  const open = tried.filter(({ isOpen, protocol, to }) => isOpen && protocol === "Tcp" && to.subnet);
  // A neighbour in a subnet has the same rules.
  const between = open.filter(({ from }) => from.subnet !== undefined && from.isNeighbour !== true);
  const [first] = [...between, ...open];
  const checks = first ? await checkStateful(hosts, first, filters) : [];
  for (const { from, to, port } of between) {
    if (port === 2501) checks.push(await checkStreams(hosts, from.name, to.name, STREAMED));
    if (port === DATA_MOVER[0]) checks.push(await checkStreams(hosts, from.name, to.name, DATA_MOVER));
  }
  return checks;
}

/** The requirement that this machine does not meet. @default - it meets all of them */
export function whatIsMissing(): string | undefined {
  if (process.platform !== "linux") return "Linux";
  if (process.getuid?.() !== 0) return "root (network namespaces and nftables)";
  const missing = ["ip", "nft", "ping", "sysctl", "nsenter"].filter(
    (command) => spawnSync("which", [command]).status !== 0,
  );
  if (missing.length > 0) return `${missing.join(", ")} (Debian: iproute2, nftables, iputils-ping, procps)`;
  try {
    execFileSync("ip", ["netns", "add", "veeam-e2e-try"], { stdio: "pipe" });
    execFileSync("ip", ["netns", "del", "veeam-e2e-try"], { stdio: "pipe" });
  } catch (error) {
    return `the right to make network namespaces (${(error as Error).message.trim()})`;
  }
  return undefined;
}

/** Runs a scenario; with a fault, with the stack that the fault changed. */
export async function runScenario(
  name: string,
  options: { readonly progress: (text: string) => void; readonly fault?: Fault; readonly picture?: string },
): Promise<RunResults> {
  const outdir = workFolder();
  try {
    const deployment = SCENARIOS[name];
    const stackFile = synthesize(deployment, outdir);
    if (options.fault !== undefined) {
      const stack = JSON.parse(readFileSync(stackFile, "utf8"));
      options.fault.change(stack);
      writeFileSync(stackFile, JSON.stringify(stack));
    }
    const results = await runStack(stackFile, deployment, options.progress);
    if (options.picture !== undefined)
      writeFileSync(options.picture, matrixSvg(`Connections tested: ${name}`, results.tried));
    return results;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
