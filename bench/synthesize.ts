import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { propsOfDeployment } from "../lib/app/props";
import { readDeployment } from "../lib/app/read-deployment";
import { EntraIdBackup } from "../lib/constructs/entra-id-backup";
import { deploymentByHand } from "./by-hand";

// `synthesize.ts library|by-hand|proven DEPLOYMENTS`: one process measures one way once, in processor
// time, which other work on the machine changes least. The proof is a validation, which only `proven`
// runs, so that it is measured by itself. It warms up with sixty stacks, since a first synthesis mostly
// measures the compiler of the engine.

// As in main.ts: mapping stack traces to TypeScript would be most of what is measured.
process.setSourceMapsEnabled(false);

const [way, count] = [process.argv[2], Number(process.argv[3])];
const context: unknown = JSON.parse(readFileSync(join(__dirname, "deployment.json"), "utf8"));

const props = propsOfDeployment(readDeployment(context, "bench/deployment.json"));

function synthesize(deployments: number): void {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  const app = new App({ outdir, skipValidation: way !== "proven" });
  for (let index = 0; index < deployments; index++) {
    const stack = new TerraformStack(app, `deployment-${index}`);
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    if (way === "by-hand") deploymentByHand(stack);
    else new EntraIdBackup(stack, "backup", props);
  }
  app.synth();
  rmSync(outdir, { recursive: true });
}

synthesize(60);
const before = process.cpuUsage();
synthesize(count);
const { user, system } = process.cpuUsage(before);
const milliseconds = (user + system) / 1000;
console.log(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
