import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { propsOfDeployment } from "../lib/app/props";
import { readDeployment } from "../lib/app/read-deployment";
import { EntraIdBackup } from "../lib/constructs/entra-id-backup";
import { deploymentByHand } from "./by-hand";
import deployment from "./deployment.json";

// `synthesize.ts library|by-hand|proven DEPLOYMENTS`: one process measures one way. It synthesizes in
// rounds, the first ones to warm up, since a first synthesis mostly measures the compiler of the engine,
// and takes the median of the others. What counts is the processor time of the main thread, for which a
// user waits, and which other work on the machine changes least. Validations run in `proven` only. The
// proof is one of them: its part of the synthesis is measured within each round, since the difference
// of two rounds is mostly noise.

// As in main.ts: mapping stack traces to TypeScript would be most of what is measured.
process.setSourceMapsEnabled(false);

const [way, count] = [process.argv[2], Number(process.argv[3])];

const props = propsOfDeployment(readDeployment(deployment, "bench/deployment.json"));

let proofs = 0;

/** Adds up the milliseconds of the proofs, which are the only validations of a stack or an app as a whole. */
function timeProofs({ node }: IConstruct): void {
  const add = node.addValidation.bind(node);
  node.addValidation = (validation) =>
    add({
      validate: () => {
        const before = performance.now();
        const refusals = validation.validate();
        proofs += performance.now() - before;
        return refusals;
      },
    });
}

function synthesize(deployments: number): void {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  const app = new App({ outdir, skipValidation: way !== "proven" });
  timeProofs(app);
  for (let index = 0; index < deployments; index++) {
    const stack = new TerraformStack(app, `deployment-${index}`);
    timeProofs(stack);
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    if (way === "by-hand") deploymentByHand(stack);
    else new EntraIdBackup(stack, "backup", props);
  }
  app.synth();
  rmSync(outdir, { recursive: true });
}

/** Milliseconds that the main thread has run; where the system does not say so, milliseconds. */
function now(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

const rounds = Math.max(3, Math.round(150 / count));
for (let done = 0; done < 60; done += count) synthesize(count);
proofs = 0;
const start = performance.now();
const samples = Array.from({ length: rounds }, () => {
  const before = now();
  synthesize(count);
  return now() - before;
}).sort((a, b) => a - b);
const partOfProofs = proofs / (performance.now() - start);
console.log(
  JSON.stringify({
    milliseconds: samples[Math.floor(samples.length / 2)],
    partOfProofs,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
