import type { EntraIdBackup } from "../constructs/entra-id-backup";
import { Peer } from "../constructs/network/peer";
import type { HttpProxy } from "../constructs/roles/roles";
import { BackupServerMachine } from "../machines/backup-server-machine";
import { BackupServerSource } from "../machines/backup-server-source";
import { HttpProxyMachine } from "../machines/http-proxy-machine";
import { LinuxServerMachine } from "../machines/linux-server-machine";
import { machineOf } from "../machines/made-machines";
import { PackageSource } from "../machines/package-source";
import { PostgresqlMachine } from "../machines/postgresql-machine";
import { VeeamRole } from "../ports/port-table";
import type { BackupServerMachineInput, PackagesInput } from "./machine-schema";
import { machinesOf, mirrorsOf, packagesOf, proxiedMachines } from "./machines-of-file";
import type { DeploymentFile } from "./schema";

/** Creates the machines of a deployment that has passed its checks. */
export function makeMachines(backup: EntraIdBackup, file: DeploymentFile): void {
  for (const given of machinesOf(file)) makeMachine(backup, given, file);
}

function makeMachine(
  { node, backupServer, postgresql, httpProxy, components }: EntraIdBackup,
  { role, path, slug, machine }: ReturnType<typeof machinesOf>[number],
  file: DeploymentFile,
): void {
  const component = components.find((one) => one._input().path === path);
  const { scope } = node;
  if (!scope || !component) return;
  const id = `${slug}-machine`;
  switch (role) {
    case VeeamRole.HTTP_PROXY: {
      const packageSource = packageSourceOf(machine.packages, httpProxy);
      const proxied = proxiedMachines(file);
      const clients = components.filter((one) =>
        proxied.some((machine) => machine.path === one._input().path),
      );
      const mirrors = clients.length > 0 ? { urls: mirrorsOf(proxied), clients } : undefined;
      const props = { ...machine, httpProxy: component, backupServer, packageSource, mirrors };
      new HttpProxyMachine(scope, id, props);
      return;
    }
    case VeeamRole.POSTGRESQL: {
      const packageSource = packageSourceOf(machine.packages, httpProxy);
      const { vault } = machine.password;
      const peer = typeof vault === "string" ? Peer.serviceTag(vault) : Peer.cidr(...vault);
      const password = { ...machine.password, vault: peer };
      const props = { ...machine, postgresql: component, backupServer, packageSource, password };
      new PostgresqlMachine(scope, id, props);
      return;
    }
    case VeeamRole.BACKUP_SERVER: {
      const startAfter = [postgresql, httpProxy].flatMap((one) => (one && machineOf(one) ? [one] : []));
      const source = backupServerSourceOf(machine.source);
      new BackupServerMachine(scope, id, { ...machine, backupServer, source, startAfter });
      return;
    }
    default: {
      const packageSource = packageSourceOf(machine.packages, httpProxy);
      new LinuxServerMachine(scope, id, { ...machine, component, backupServer, packageSource });
    }
  }
}

/** The source of packages, as the constructs of machines take it. */
function packageSourceOf(packages: PackagesInput, httpProxy: HttpProxy | undefined): PackageSource {
  const source = packagesOf(packages);
  if (source.kind === "image") return PackageSource.image();
  // The checks refuse packages through a proxy that is missing.
  if (source.kind === "http-proxy") return PackageSource.httpProxy(httpProxy as HttpProxy, source);
  const peer = Peer.cidr(...source.addresses);
  return source.kind === "mirror"
    ? PackageSource.mirror({ ...source, peer })
    : PackageSource.firewall({ ...source, peer });
}

/** The source of the backup server's machine, as its construct takes it. */
export function backupServerSourceOf(source: BackupServerMachineInput["source"]): BackupServerSource {
  if ("marketplace" in source) return BackupServerSource.marketplace(source.marketplace);
  if ("imageId" in source) return BackupServerSource.image(source.imageId);
  return BackupServerSource.systemDisk(source.systemDiskId);
}
