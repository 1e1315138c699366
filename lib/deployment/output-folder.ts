import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Takes the stacks of an earlier run out of the output folder, so that none
 * is deployed by mistake when this run has refused its input. What Terraform
 * keeps beside a stack stays.
 */
export function discardStacks(outdir: string): void {
  rmSync(join(outdir, "manifest.json"), { force: true });
  const stacks = join(outdir, "stacks");
  if (!existsSync(stacks)) return;
  for (const stack of readdirSync(stacks)) rmSync(join(stacks, stack, "cdk.tf.json"), { force: true });
}
