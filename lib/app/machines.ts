import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EntraIdBackup } from "../constructs/entra-id-backup";
import { hasMachines } from "./machines-of-file";
import type { DeploymentFile } from "./schema";

/**
 * Creates the machines that a deployment describes. Their code is loaded only if there are
 * any, so that an app without machines starts faster.
 */
export function addMachines(backup: EntraIdBackup, deployment: DeploymentFile): void {
  if (!hasMachines(deployment)) return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { makeMachines } = require("./make-machines") as typeof import("./make-machines");
  makeMachines(backup, deployment);
}

/**
 * Writes veeam-register.json, for adding the servers in Veeam: their
 * addresses, ports, accounts and ids of secrets.
 *
 * @returns the file; none without machines
 */
export function writeRegister(backup: EntraIdBackup, deployment: DeploymentFile, folder: string): string[] {
  if (!hasMachines(deployment)) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { registeredServers } = require("../machines/register") as typeof import("../machines/register");
  const servers = registeredServers(backup.backupServer, backup.components);
  const file = join(folder, "veeam-register.json");
  writeFileSync(file, `${JSON.stringify({ servers }, null, 2)}\n`);
  return [file];
}
