import { TerraformStack } from "cdktf";
import { CONTEXT_KEY } from "../app/schema";
import { readDeployment } from "../app/read-deployment";
import type { DeploymentFile } from "../app/schema";
import { DocumentedFlows } from "../constructs/roles/documented-flows";
import { planOf } from "../verification/planned-constructs";
import { type PlannedDeployment, planDeployment } from "../verification/planned-deployment";

/**
 * The deployment that a stack has to match: the given one, or that of the
 * constructs in the stack.
 *
 * @param expected a deployment, as in cdktf.json; a revision; or neither
 * @throws Error if the stack does not contain exactly one deployment and none is given
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
      `toMatchPortTable: the stack contains ${constructs.length === 0 ? "no deployment" : "several deployments"}. ` +
        "Give the expected one: toMatchPortTable({ name, location, … }), as in cdktf.json.",
    );
  }
  return planOf(constructs[0]);
}
