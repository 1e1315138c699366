import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

// What the Terraform CDK writes for a stack, in JSON or in HCL, the plan that its
// command leaves there (terraform apply would still deploy it), and the reports.
const OF_A_RUN = /^(cdk\.tf\.json|cdk\.tf|plan|metadata\.json|.*\.report\.(json|md|csv|html))$/;

/**
 * Takes the stacks of an earlier run out of the output folder, so that none
 * is deployed or read by mistake when this run has refused its input. What Terraform
 * keeps beside a stack stays.
 */
export function discardStacks(outdir: string): void {
  if (!isFolder(outdir)) return;
  rmSync(join(outdir, "manifest.json"), { force: true });
  const stacks = join(outdir, "stacks");
  if (!isFolder(stacks)) return;
  for (const stack of readdirSync(stacks).map((name) => join(stacks, name))) {
    if (!isFolder(stack)) continue;
    const files = readdirSync(stack, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
    for (const { name } of files.filter((file) => OF_A_RUN.test(file.name))) rmSync(join(stack, name));
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
