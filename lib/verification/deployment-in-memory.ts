import "../peers";
import { TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import { addMachines } from "../app/machines";
import { propsOfDeployment } from "../app/props";
import type { DeploymentFile } from "../app/schema";
import { EntraIdBackup } from "../constructs/entra-id-backup";

/**
 * The constructs that the app creates for a deployment, with the same paths, in
 * a stack that is not synthesized.
 *
 * @throws InvalidInputError with everything that is wrong with the deployment
 */
export function deploymentInMemory(deployment: DeploymentFile): EntraIdBackup {
  const stack = new TerraformStack(new RootConstruct(), deployment.name);
  const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(deployment));
  addMachines(backup, deployment);
  return backup;
}
