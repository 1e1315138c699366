import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { buildSync } from "esbuild";

// Each figure is a ratio of two ways of doing the same in the same run, taken
// in turn and in processes of their own: absolute times say more about the
// machine than about the library.

interface Sample {
  readonly milliseconds: number;
  /** The part of the time in which proofs ran, 0 to 1. */
  readonly partOfProofs: number;
  readonly megabytes: number;
}

const top = join(__dirname, "..");
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

// In one file, as npm start runs the app and the package has the library.
const synthesize = join(top, "node_modules", ".cache", "bench", "synthesize.js");
buildSync({
  entryPoints: [join(__dirname, "synthesize.ts")],
  outfile: synthesize,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
});

function synthesis(way: string, deployments: number): Sample {
  const printed = execFileSync(process.execPath, [synthesize, way, String(deployments)], {
    cwd: top,
    encoding: "utf8",
  });
  return JSON.parse(printed) as Sample;
}

/** Milliseconds from the start of an app until it has synthesized and says so. */
function startUp(...app: string[]): Promise<number> {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  const before = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, app, {
      cwd: top,
      env: { ...process.env, CDKTF_OUTDIR: outdir },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let milliseconds: number | undefined;
    child.stdout.on("data", () => (milliseconds ??= Number(process.hrtime.bigint() - before) / 1e6));
    child.on("exit", () => {
      rmSync(outdir, { recursive: true });
      if (milliseconds === undefined) reject(new Error(`${app.join(" ")} synthesized nothing`));
      else resolve(milliseconds);
    });
  });
}

/** Takes both ways in turn, so that a slow minute of the machine meets both. */
function inTurn<T>(runs: number, a: () => T, b: () => T): { a: T[]; b: T[] } {
  const samples = { a: [] as T[], b: [] as T[] };
  for (let run = 0; run < runs; run++) {
    samples.a.push(a());
    samples.b.push(b());
  }
  return samples;
}

const SIZES: ReadonlyArray<readonly [deployments: number, runs: number]> = [
  [1, 15],
  [10, 9],
  [100, 5],
  [1000, 3],
];

const table = new Table({
  head: ["deployments", "ms each", "by hand", "ratio", "allowed", "MB each", "by hand"],
  style: { head: [], border: [], compact: true },
});
const perDeployment = new Map<number, number>();
for (const [deployments, runs] of SIZES) {
  const { a, b } = inTurn(
    runs,
    () => synthesis("library", deployments),
    () => synthesis("by-hand", deployments),
  );
  const each = (samples: readonly Sample[], of: keyof Sample): number =>
    median(samples.map((sample) => sample[of])) / deployments;
  perDeployment.set(deployments, each(a, "milliseconds"));
  table.push([
    deployments,
    each(a, "milliseconds").toFixed(1),
    each(b, "milliseconds").toFixed(1),
    median(a.map((sample, run) => sample.milliseconds / b[run].milliseconds)).toFixed(2),
    "1.15",
    each(a, "megabytes").toFixed(2),
    each(b, "megabytes").toFixed(2),
  ]);
}
console.log(
  "Synthesis of bench/deployment.json, against the same resources written with the provider's classes",
);
console.log(table.toString());
const growth = (perDeployment.get(1000) ?? NaN) / (perDeployment.get(100) ?? NaN);
console.log(`Time a deployment at 1,000 against 100: ${growth.toFixed(2)} (allowed 1.20)\n`);

const parts = SIZES.map(([deployments, runs]) => {
  const samples = Array.from({ length: runs }, () => synthesis("proven", deployments).partOfProofs);
  return `${(100 * median(samples)).toFixed(0)} % of ${deployments}`;
});
console.log(`The proof in the synthesis of deployments: ${parts.join(", ")} (allowed 20 %)\n`);

async function compareStartUp(): Promise<void> {
  // What users run: the app compiled as it is at every start after the first, and an app as the Terraform
  // CDK's users write it. Then both by the same loader, which says what the app itself costs.
  const least = join("bench", "one-resource-group.ts");
  const loaded = ["--import", "tsx"];
  const times = { started: [] as number[], loaded: [] as number[], least: [] as number[] };
  await startUp(join("scripts", "start.js"));
  for (let run = 0; run < 11; run++) {
    times.started.push(await startUp(join("scripts", "start.js")));
    times.loaded.push(await startUp(...loaded, "main.ts"));
    times.least.push(await startUp(...loaded, least));
  }
  const ratio = (samples: readonly number[]): string =>
    median(samples.map((milliseconds, run) => milliseconds / times.least[run])).toFixed(2);
  console.log(
    `Start-up until the app has synthesized: ${median(times.started).toFixed(0)} ms, of an app with one resource group: ${median(times.least).toFixed(0)} ms, ratio ${ratio(times.started)} (allowed 1.35); both loaded by tsx: ratio ${ratio(times.loaded)}`,
  );
}

/** Milliseconds of a whole process. */
function wholeProcess(expected: number, ...args: string[]): number {
  const before = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, args, { cwd: top, stdio: "ignore" });
  if (status !== expected) throw new Error(`node ${args.join(" ")} ended with ${status}`);
  return Number(process.hrtime.bigint() - before) / 1e6;
}

/** The built command on the shipped deployment, against Node.js alone: up to the reading of the file, and whole. */
function compareExplain(): void {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  execFileSync(process.execPath, [join("scripts", "start.js")], {
    cwd: top,
    env: { ...process.env, CDKTF_OUTDIR: outdir },
    stdio: "ignore",
  });
  const query = ["--from", "10.1.0.5", "--to", "backup-server", "--port", "443"];
  const explain = [join("dist", "js", "cli-veeam-ports.js"), "explain", ...query];
  const file = join(outdir, "stacks", "veeam-entra", "cdk.tf.json");
  const times = { start: [] as number[], whole: [] as number[], node: [] as number[] };
  for (let run = 0; run < 21; run++) {
    times.node.push(wholeProcess(0, "-e", "0"));
    // A file that is not there ends the command where it would read it.
    times.start.push(wholeProcess(2, ...explain, join(outdir, "missing.json")));
    times.whole.push(wholeProcess(0, ...explain, file));
  }
  rmSync(outdir, { recursive: true });
  const [node, start, whole] = [median(times.node), median(times.start), median(times.whole)];
  console.log(
    `veeam-ports explain: ${start.toFixed(0)} ms until it reads the file, ${(start / node).toFixed(2)} times node -e 0 (allowed 1.50); with the file and its answer ${whole.toFixed(0)} ms, ${(whole / node).toFixed(2)} times`,
  );
}

void compareStartUp().then(compareExplain);
