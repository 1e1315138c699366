import type { EntraIdBackup } from "../constructs/entra-id-backup";
import { Peer } from "../constructs/network/peer";
import { BackupServerMachine } from "../machines/backup-server-machine";
import { BackupServerSource } from "../machines/backup-server-source";
import { HttpProxyMachine } from "../machines/http-proxy-machine";
import { LinuxServerMachine } from "../machines/linux-server-machine";
import { machineOf } from "../machines/made-machines";
import { PackageSource } from "../machines/package-source";
import { PostgresqlMachine } from "../machines/postgresql-machine";
import { VeeamRole } from "../ports/port-table";
import type { BackupServerMachineInput, PackagesInput } from "./machine-schema";
import { machinesOf, mirrorsOf, proxiedMachines } from "./machines-of-file";
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
  const scope = node.scope;
  const component = components.find((one) => one._input().path === path);
  if (!scope || !component) return;
  const id = `${slug}-machine`;
  const packagesOf = (packages: PackagesInput): PackageSource => {
    if (packages === "image") return PackageSource.image();
    if ("mirror" in packages) {
      const { addresses, ...urls } = packages.mirror;
      return PackageSource.mirror({ ...urls, peer: Peer.cidr(...addresses) });
    }
    if ("firewall" in packages) {
      const { addresses, ports } = packages.firewall;
      return PackageSource.firewall({ peer: Peer.cidr(...addresses), ports });
    }
    if (!httpProxy) throw new Error("packages come through an HTTP proxy, which is missing");
    return PackageSource.httpProxy(httpProxy, packages.httpProxy);
  };
  switch (role) {
    case VeeamRole.HTTP_PROXY: {
      const proxied = proxiedMachines(file);
      const paths = proxied.map((one) => one.path);
      const clients = components.filter((one) => paths.includes(one._input().path));
      const mirrors = clients.length > 0 ? { urls: mirrorsOf(proxied), clients } : undefined;
      const packageSource = packagesOf(machine.packages);
      if (httpProxy)
        new HttpProxyMachine(scope, id, { ...machine, httpProxy, backupServer, packageSource, mirrors });
      return;
    }
    case VeeamRole.POSTGRESQL: {
      const { vault } = machine.password;
      const peer = typeof vault === "string" ? Peer.serviceTag(vault) : Peer.cidr(...vault);
      const password = { ...machine.password, vault: peer };
      const packageSource = packagesOf(machine.packages);
      if (postgresql)
        new PostgresqlMachine(scope, id, { ...machine, postgresql, backupServer, packageSource, password });
      return;
    }
    case VeeamRole.BACKUP_SERVER: {
      const startAfter = [postgresql, httpProxy].flatMap((one) => (one && machineOf(one) ? [one] : []));
      const source = backupServerSourceOf(machine.source);
      new BackupServerMachine(scope, id, { ...machine, backupServer, source, startAfter });
      return;
    }
    default: {
      const packageSource = packagesOf(machine.packages);
      new LinuxServerMachine(scope, id, { ...machine, component, backupServer, packageSource });
    }
  }
}

/** The source of the backup server's machine, as its construct takes it. */
export function backupServerSourceOf(source: BackupServerMachineInput["source"]): BackupServerSource {
  if ("marketplace" in source) return BackupServerSource.marketplace(source.marketplace);
  if ("imageId" in source) return BackupServerSource.image(source.imageId);
  return BackupServerSource.systemDisk(source.systemDiskId);
}
