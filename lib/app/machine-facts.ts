import { VEEAM_OFFER } from "../machines/backup-server-source";
import { DEBIAN, DebianRelease } from "../machines/debian-release";
import { VEEAM_ACCOUNT } from "../machines/linux-server-cloud-init";
import { machineFacts } from "../machines/machine-facts";
import { VeeamRole } from "../ports/port-table";
import type { BackupServerMachineInput } from "./machine-schema";
import { machinesOf } from "./machines-of-file";
import type { DeploymentFile } from "./schema";

type Facts = { readonly [name: string]: string };

/** Facts of the machines of a deployment file for the report, by the paths of their components. */
export function factsOfMachines(file: DeploymentFile): ReadonlyMap<string, Facts> {
  return new Map(machinesOf(file).map((given) => [given.path, factsOf(given)]));
}

function factsOf({ role, machine }: ReturnType<typeof machinesOf>[number]): Facts {
  switch (role) {
    case VeeamRole.BACKUP_SERVER:
      return { address: machine.privateIpAddress, image: imageOf(machine.source), size: machine.size };
    case VeeamRole.HTTP_PROXY:
      return machineFacts(machine);
    case VeeamRole.POSTGRESQL: {
      const { version = DEBIAN[machine.release ?? DebianRelease.TRIXIE].postgresqlVersion } = machine;
      return { ...machineFacts(machine), PostgreSQL: String(version) };
    }
    default:
      return { ...machineFacts(machine), "Veeam's account": machine.veeamAccount.username ?? VEEAM_ACCOUNT };
  }
}

function imageOf(source: BackupServerMachineInput["source"]): string {
  if ("marketplace" in source) return VEEAM_OFFER.offer;
  return "imageId" in source ? "your image" : "your system disk";
}
