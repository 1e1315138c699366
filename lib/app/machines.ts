import type { EntraIdBackup } from "../constructs/entra-id-backup";
import type { DeploymentFile } from "./schema";

/**
 * Makes the machines that a deployment describes, beside its constructs and
 * behind their groups. What makes them is only loaded where there are some: an
 * app without machines starts without it.
 */
export function addMachines(backup: EntraIdBackup, deployment: DeploymentFile): void {
  if (!deployment.postgresql?.machine && !deployment.httpProxy?.machine) return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { makeMachines } = require("./make-machines") as typeof import("./make-machines");
  makeMachines(backup, deployment);
}
