import type { EntraIdBackup } from "../constructs/entra-id-backup";
import type { DebianUrls } from "../machines/apt-source";
import type { ComponentMachineProps } from "../machines/component-machine";
import { HttpProxyMachine } from "../machines/http-proxy-machine";
import { PackageSource } from "../machines/package-source";
import { PostgresqlMachine } from "../machines/postgresql-machine";
import { Peer } from "../constructs/network/peer";
import type { HttpProxy } from "../constructs/roles/http-proxy";
import { proxiedMirror } from "./machine-packages";
import type { HttpProxyMachineInput, PackagesInput, PostgresqlMachineInput } from "./machine-schema";
import type { DeploymentFile } from "./schema";

/** Makes the machines of a deployment that was read, and so has passed its checks. */
export function makeMachines(backup: EntraIdBackup, { postgresql, httpProxy }: DeploymentFile): void {
  const proxied = proxiedMirror(postgresql?.machine?.packages);
  if (httpProxy?.machine) makeHttpProxy(backup, httpProxy.machine, proxied);
  if (postgresql?.machine) makePostgresql(backup, postgresql.machine);
}

function makeHttpProxy(
  { node, backupServer, httpProxy, postgresql }: EntraIdBackup,
  machine: HttpProxyMachineInput,
  proxied: DebianUrls | undefined,
): void {
  if (!node.scope || !httpProxy) return;
  new HttpProxyMachine(node.scope, "http-proxy-machine", {
    ...accountOf(machine),
    httpProxy,
    backupServer,
    packageSource: packageSourceOf(machine.packages, httpProxy),
    certificateRevocation: machine.certificateRevocation,
    mirrors:
      proxied && postgresql ? { urls: [proxied.url, proxied.securityUrl], clients: [postgresql] } : undefined,
  });
}

function makePostgresql(
  { node, backupServer, postgresql, httpProxy }: EntraIdBackup,
  machine: PostgresqlMachineInput,
): void {
  if (!node.scope || !postgresql) return;
  const { packages, password, dataDisk, version, superuser, tls, plPerl, maxConnections } = machine;
  new PostgresqlMachine(node.scope, "postgresql-machine", {
    ...accountOf(machine),
    postgresql,
    backupServer,
    packageSource: packageSourceOf(packages, httpProxy),
    password: { ...password, vault: peerOf(password.vault) },
    dataDisk,
    version,
    superuser,
    tls,
    plPerl,
    maxConnections,
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
  if (!proxy) throw new Error("packages come through an HTTP proxy, and there is none");
  return PackageSource.httpProxy(proxy, packages.httpProxy);
}

function peerOf(vault: string | readonly string[]): Peer {
  return typeof vault === "string" ? Peer.serviceTag(vault) : Peer.cidr(...vault);
}

function accountOf(
  machine: Omit<HttpProxyMachineInput, "packages" | "certificateRevocation">,
): ComponentMachineProps {
  const { privateIpAddress, size, adminUsername, sshPublicKey, release, imageId, encryptionAtHost, zone } =
    machine;
  const { osDiskType, diskEncryptionSetId, allowExtensions, ignoreUserDataChanges } = machine;
  const disks = { osDiskType, diskEncryptionSetId, encryptionAtHost };
  const life = { allowExtensions, ignoreUserDataChanges, release, imageId, zone };
  return { privateIpAddress, size, adminUsername, sshPublicKey, ...disks, ...life };
}
