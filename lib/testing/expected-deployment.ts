import { TerraformStack } from "cdktf";
import { CONTEXT_KEY } from "../app/context-key";
import { readDeployment } from "../app/read-deployment";
import type { DeploymentFile } from "../app/schema";
import { DocumentedFlows } from "../constructs/roles/documented-flows";
import { type PlannedDeployment, planDeployment, planOf } from "../verification/planned-deployment";

/**
 * What a stack has to match: a deployment as it stands in cdktf.json, or what
 * the constructs in the stack ask for.
 *
 * @param expected the deployment; the revision of the port table that the constructs are to follow; or neither
 * @throws Error that says what to hand over where nothing says what is asked for
 */
export function expectedDeployment(
  received: unknown,
  expected: string | DeploymentFile | undefined,
): PlannedDeployment {
  if (typeof expected === "object") {
    return planDeployment(readDeployment({ [CONTEXT_KEY]: expected }, "the deployment expected"));
  }
  const constructs = TerraformStack.isStack(received)
    ? (received as TerraformStack).node.findAll().filter((node) => node instanceof DocumentedFlows)
    : [];
  if (constructs.length !== 1) {
    throw new Error(
      `toMatchPortTable: ${constructs.length === 0 ? "nothing here says" : "several constructs say"} which flows are asked for. ` +
        "Hand the deployment over: toMatchPortTable({ name, location, … }), as it stands in cdktf.json.",
    );
  }
  return planOf(constructs[0]);
}
