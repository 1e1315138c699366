import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyPlanEmptyAndDestroy, describeWithTerraform, terraform } from "../support/tools/terraform";
import { temporaryFolder } from "../support/tools/temporary-folder";

const EXAMPLES = join(__dirname, "..", "..", "examples");

describeWithTerraform("the examples", () => {
  const folder = temporaryFolder("veeam-examples-");
  afterAll(folder.remove);

  /** Runs an example as its README says, and gives the folders of its stacks. */
  function synthesized(example: string): string[] {
    const outdir = join(folder.path, example);
    execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
      cwd: join(EXAMPLES, example),
      env: { ...process.env, CDKTF_OUTDIR: outdir },
    });
    const stacks = join(outdir, "stacks");
    return readdirSync(stacks).map((stack) => join(stacks, stack));
  }

  test.each([
    // Resource group, four subnets of three resources each; the network is the network team's.
    ["hub-and-spoke", 13],
    // A subnet of three resources, a group and its association for the dedicated one, two rules in the others' group.
    ["brownfield", 7],
    // Group, network, two subnets of three resources, the way out of four; a lock and logs for each group, a reader, a flow log.
    ["guarded", 18],
  ])("%s applies, plans empty after, and is destroyed", (example, resources) => {
    const [stack] = synthesized(example);
    expect(applyPlanEmptyAndDestroy(stack)).toBe(resources);
  });

  test("two-stacks applies one after the other, and both plan empty after", () => {
    const [core, data] = synthesized("two-stacks");
    for (const stack of [core, data]) {
      terraform(stack, "init", "-input=false", "-no-color");
      terraform(stack, "apply", "-auto-approve", "-input=false", "-no-color");
    }
    for (const stack of [core, data])
      terraform(stack, "plan", "-detailed-exitcode", "-input=false", "-no-color");
    for (const stack of [data, core])
      terraform(stack, "destroy", "-auto-approve", "-input=false", "-no-color");
  });

  test("fifty-deployments makes fifty stacks, each with a state of its own, and the first and the last apply", () => {
    const stacks = synthesized("fifty-deployments");
    expect(stacks).toHaveLength(50);
    for (const stack of [stacks[0], stacks[49]]) {
      // There is no storage account here: an override file puts the state beside the stack.
      writeFileSync(
        join(stack, "backend_override.tf.json"),
        JSON.stringify({ terraform: { backend: { local: { path: "terraform.tfstate" } } } }),
      );
      expect(applyPlanEmptyAndDestroy(stack)).toBeGreaterThan(10);
    }
  });
});
