import { DEBIAN, DebianRelease } from "../machines/debian-release";
import { machineFacts } from "../machines/machine-facts";
import { VEEAM_OFFER } from "../machines/backup-server-source";
import { VEEAM_ACCOUNT } from "../machines/linux-server-cloud-init";
import type { BackupServerMachineInput, LinuxServerMachineInput } from "./machine-schema";
import type { DeploymentFile } from "./schema";

type Facts = { readonly [name: string]: string };

/** What a report says of the machines of a deployment file, by the paths of their components. */
export function factsOfMachines(file: DeploymentFile): ReadonlyMap<string, Facts> {
  const { backupServer, postgresql, httpProxy } = file;
  const { cacheRepositories = {}, gatewayServers = {}, backupRepositories = {} } = file;
  const facts = new Map<string, Facts>();
  if (backupServer.machine) facts.set("backupServer", factsOfBackupServer(backupServer.machine));
  if (postgresql?.machine) {
    const { version, release = DebianRelease.TRIXIE } = postgresql.machine;
    const postgresqlVersion = String(version ?? DEBIAN[release].postgresqlVersion);
    facts.set("postgresql", { ...machineFacts(postgresql.machine), PostgreSQL: postgresqlVersion });
  }
  if (httpProxy?.machine) facts.set("httpProxy", machineFacts(httpProxy.machine));
  for (const [property, servers] of Object.entries({
    cacheRepositories,
    gatewayServers,
    backupRepositories,
  })) {
    const byKey: { readonly [key: string]: { readonly machine?: LinuxServerMachineInput } } = servers;
    for (const [key, { machine }] of Object.entries(byKey)) {
      if (machine) facts.set(`${property}.${key}`, factsOfServer(machine));
    }
  }
  return facts;
}

function factsOfServer(machine: LinuxServerMachineInput): Facts {
  return { ...machineFacts(machine), "Veeam's account": machine.veeamAccount.username ?? VEEAM_ACCOUNT };
}

function factsOfBackupServer({ privateIpAddress, size, source }: BackupServerMachineInput): Facts {
  const image =
    "marketplace" in source
      ? VEEAM_OFFER.offer
      : "imageId" in source
        ? "an image of yours"
        : "a system disk of yours";
  return { address: privateIpAddress, image, size };
}
