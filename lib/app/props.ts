import type { EntraIdBackupProps } from "../constructs/entra-id-backup";
import { creationOf } from "../constructs/given-props";
import { deploymentOf } from "./deployment-of-file";
import type { DeploymentFile } from "./schema";

/**
 * The props of the construct that a deployment file describes. Values that have a class in props
 * stay plain objects.
 */
export function propsOfDeployment(file: DeploymentFile): EntraIdBackupProps {
  return partAsProps("", deploymentOf(file)) as EntraIdBackupProps;
}

function partAsProps(path: string, part: unknown): unknown {
  if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, inner]: [string, unknown]) => {
      const isGiven = creationOf(path, key) !== undefined && inner !== undefined;
      return [key, isGiven ? { _given: () => inner } : partAsProps(key, inner)];
    }),
  );
}
