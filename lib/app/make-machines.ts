import type { EntraIdBackup } from "../constructs/entra-id-backup";
import type { BackupComponent } from "../constructs/roles/component";
import { BackupServerMachine } from "../machines/backup-server-machine";
import { BackupServerSource } from "../machines/backup-server-source";
import { LinuxServerMachine } from "../machines/linux-server-machine";
import { machineOf } from "../machines/made-machines";
import { HttpProxyMachine } from "../machines/http-proxy-machine";
import { PackageSource } from "../machines/package-source";
import { PostgresqlMachine } from "../machines/postgresql-machine";
import { Peer } from "../constructs/network/peer";
import type { HttpProxy } from "../constructs/roles/roles";
import { mirrorsOf, type ProxiedMachine, proxiedMachines } from "./machine-packages";
import type {
  BackupServerMachineInput,
  HttpProxyMachineInput,
  LinuxServerMachineInput,
  PackagesInput,
  PostgresqlMachineInput,
} from "./machine-schema";
import type { DeploymentFile } from "./schema";

/** Creates the machines of a deployment that has passed its checks. */
export function makeMachines(backup: EntraIdBackup, file: DeploymentFile): void {
  const { backupServer, postgresql, httpProxy } = file;
  if (httpProxy?.machine) makeHttpProxy(backup, httpProxy.machine, proxiedMachines(file));
  if (postgresql?.machine) makePostgresql(backup, postgresql.machine);
  for (const { machine, component } of linuxServersOf(backup, file))
    makeLinuxServer(backup, component, machine);
  if (backupServer.machine) makeBackupServer(backup, backupServer.machine);
}

interface GivenServer {
  readonly machine: LinuxServerMachineInput;
  readonly component: BackupComponent;
}

function linuxServersOf(
  backup: EntraIdBackup,
  { cacheRepositories = {}, gatewayServers = {}, backupRepositories = {} }: DeploymentFile,
): GivenServer[] {
  const given = <T extends { readonly machine?: LinuxServerMachineInput }>(
    all: { readonly [key: string]: T },
    find: (key: string) => BackupComponent,
  ): GivenServer[] =>
    Object.entries(all).flatMap(([key, { machine }]) => (machine ? [{ machine, component: find(key) }] : []));
  return [
    ...given(cacheRepositories, (key) => backup.cacheRepository(key)),
    ...given(gatewayServers, (key) => backup.gatewayServer(key)),
    ...given(backupRepositories, (key) => backup.backupRepository(key)),
  ];
}

function makeLinuxServer(
  { node, backupServer, httpProxy }: EntraIdBackup,
  component: BackupComponent,
  machine: LinuxServerMachineInput,
): void {
  if (!node.scope) return;
  new LinuxServerMachine(node.scope, `${component.label}-machine`, {
    ...machine,
    component,
    backupServer,
    packageSource: packageSourceOf(machine.packages, httpProxy),
  });
}

function makeBackupServer(
  { node, backupServer, postgresql, httpProxy }: EntraIdBackup,
  machine: BackupServerMachineInput,
): void {
  if (!node.scope) return;
  const startAfter = [postgresql, httpProxy].flatMap((component) =>
    component && machineOf(component) ? [component] : [],
  );
  new BackupServerMachine(node.scope, "backup-server-machine", {
    ...machine,
    backupServer,
    source: backupServerSourceOf(machine.source),
    startAfter,
  });
}

/** What the backup server's machine is made from, as the constructs take it. */
export function backupServerSourceOf(source: BackupServerMachineInput["source"]): BackupServerSource {
  if ("marketplace" in source) return BackupServerSource.marketplace(source.marketplace);
  if ("imageId" in source) return BackupServerSource.image(source.imageId);
  return BackupServerSource.systemDisk(source.systemDiskId);
}

function makeHttpProxy(
  { node, backupServer, httpProxy, components }: EntraIdBackup,
  machine: HttpProxyMachineInput,
  proxied: readonly ProxiedMachine[],
): void {
  if (!node.scope || !httpProxy) return;
  const paths = proxied.map(({ component }) => component);
  const clients = components.filter((component) => paths.includes(component._input().path));
  new HttpProxyMachine(node.scope, "http-proxy-machine", {
    ...machine,
    httpProxy,
    backupServer,
    packageSource: packageSourceOf(machine.packages, httpProxy),
    mirrors: clients.length > 0 ? { urls: mirrorsOf(proxied), clients } : undefined,
  });
}

function makePostgresql(
  { node, backupServer, postgresql, httpProxy }: EntraIdBackup,
  machine: PostgresqlMachineInput,
): void {
  if (!node.scope || !postgresql) return;
  const { packages, password } = machine;
  new PostgresqlMachine(node.scope, "postgresql-machine", {
    ...machine,
    postgresql,
    backupServer,
    packageSource: packageSourceOf(packages, httpProxy),
    password: { ...password, vault: peerOf(password.vault) },
  });
}

function packageSourceOf(packages: PackagesInput, proxy: HttpProxy | undefined): PackageSource {
  if (packages === "image") return PackageSource.image();
  if ("mirror" in packages) {
    const { addresses, ...urls } = packages.mirror;
    return PackageSource.mirror({ ...urls, peer: Peer.cidr(...addresses) });
  }
  if ("firewall" in packages) {
    const { addresses, ports } = packages.firewall;
    return PackageSource.firewall({ peer: Peer.cidr(...addresses), ports });
  }
  if (!proxy) throw new Error("packages come through an HTTP proxy, which is missing");
  return PackageSource.httpProxy(proxy, packages.httpProxy);
}

function peerOf(vault: string | readonly string[]): Peer {
  return typeof vault === "string" ? Peer.serviceTag(vault) : Peer.cidr(...vault);
}
