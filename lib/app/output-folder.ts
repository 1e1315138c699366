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

/**
 * What should be known of stacks that an earlier run left under other names: a
 * name that is changed in cdktf.json leaves what the old one deployed.
 */
export function warningsOfOtherStacks(outdir: string, name: string): string[] {
  const stacks = join(outdir, "stacks");
  if (!isFolder(stacks)) return [];
  return readdirSync(stacks)
    .filter((other) => other !== name && isFolder(join(stacks, other)))
    .sort()
    .map(
      (other) =>
        `name: ${join(stacks, other)} is the output of an earlier run under another name. What it deployed stays deployed: destroy it first, or restore the name.`,
    );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
