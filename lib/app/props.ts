import type { EntraIdBackupProps } from "../constructs/entra-id-backup-props";
import { asProps } from "../constructs/given-props";
import { deploymentOf } from "./deployment-of-file";
import type { DeploymentFile } from "./schema";

/** The props of the construct that a deployment file describes: the same data, since both are a deployment. */
export function propsOfDeployment(file: DeploymentFile): EntraIdBackupProps {
  return asProps(deploymentOf(file)) as EntraIdBackupProps;
}
