import { TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import { propsOfDeployment } from "../deployment/props";
import type { Deployment } from "../deployment/schema";
import { EntraIdBackup } from "../entra-id-backup";

/**
 * The constructs that the app makes of a deployment, with the same paths, in
 * a stack that nothing synthesizes and no folder is made for.
 *
 * @throws InvalidInputError with everything that is wrong with the deployment
 */
export function deploymentInMemory(deployment: Deployment): EntraIdBackup {
  const stack = new TerraformStack(new RootConstruct(), deployment.name);
  return new EntraIdBackup(stack, "backup", propsOfDeployment(deployment));
}
