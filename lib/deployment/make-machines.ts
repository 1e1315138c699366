import type { EntraIdBackup } from "../entra-id-backup";
import type { ComponentMachineProps } from "../machines/component-machine";
import { HttpProxyMachine, type ProxiedMirrors } from "../machines/http-proxy-machine";
import type { PackageWay } from "../machines/package-way";
import { PostgresqlMachine } from "../machines/postgresql-machine";
import { Peer } from "../network/peer";
import { Port } from "../network/port";
import { hostsOf, type MirrorUrls, packageSourceOf, portsOf, proxiedMirror } from "./machine-packages";
import type { HttpProxyMachineInput, PackagesInput, PostgresqlMachineInput } from "./machine-schema";
import type { Deployment } from "./schema";

/** Makes the machines of a deployment that was read, and so has passed its checks. */
export function makeMachines(backup: EntraIdBackup, { postgresql, httpProxy }: Deployment): void {
  const proxied = proxiedMirror(postgresql?.machine?.packages);
  if (httpProxy?.machine) makeHttpProxy(backup, httpProxy.machine, proxied);
  if (postgresql?.machine) makePostgresql(backup, postgresql.machine, httpProxy);
}

function makeHttpProxy(
  { node, backupServer, httpProxy, postgresql }: EntraIdBackup,
  machine: HttpProxyMachineInput,
  proxied: MirrorUrls | undefined,
): void {
  if (!node.scope || !httpProxy) return;
  const mirrors: ProxiedMirrors | undefined =
    proxied && postgresql ? { hosts: hostsOf(proxied), clients: [postgresql] } : undefined;
  new HttpProxyMachine(node.scope, "http-proxy-machine", {
    ...accountOf(machine),
    ...directWay(machine.packages, proxied),
    proxy: httpProxy,
    backupServer,
    mirrors,
  });
}

function makePostgresql(
  { node, backupServer, postgresql, httpProxy }: EntraIdBackup,
  machine: PostgresqlMachineInput,
  proxy: Deployment["httpProxy"],
): void {
  if (!node.scope || !postgresql) return;
  const { packages, password, dataDiskGib, version, superuser, tls } = machine;
  const place = proxy && { address: proxy.machine?.privateIpAddress ?? "", port: proxy.port };
  const way: PackageWay =
    proxy && proxiedMirror(packages)
      ? {
          packageSource: packageSourceOf(packages, place),
          packagesFrom: httpProxy,
          packagePorts: Port.tcp(proxy.port),
        }
      : directWay(packages, undefined);
  new PostgresqlMachine(node.scope, "postgresql-machine", {
    ...accountOf(machine),
    ...way,
    server: postgresql,
    backupServer,
    password: { ...password, vault: peerOf(password.vault) },
    dataDiskGib,
    version,
    superuser,
    tls,
  });
}

/** Packages that do not come through the proxy; its own machine's connections lead to `proxied` as well. */
function directWay(packages: PackagesInput, proxied: MirrorUrls | undefined): PackageWay {
  const packageSource = packageSourceOf(packages, undefined);
  if (packages === "image" || "httpProxy" in packages) return { packageSource };
  if ("firewall" in packages) {
    const { addresses, ports = [80, 443] } = packages.firewall;
    return { packageSource, packagesFrom: Peer.cidr(...addresses), packagePorts: Port.tcpPorts(...ports) };
  }
  const ports = [packages.mirror, ...(proxied ? [proxied] : [])].flatMap(portsOf);
  return {
    packageSource,
    packagesFrom: Peer.cidr(...packages.mirror.addresses),
    packagePorts: Port.tcpPorts(...ports),
  };
}

function peerOf(vault: string | readonly string[]): Peer {
  return typeof vault === "string" ? Peer.serviceTag(vault) : Peer.cidr(...vault);
}

function accountOf(machine: Omit<HttpProxyMachineInput, "packages">): ComponentMachineProps {
  const { privateIpAddress, size, adminUsername, sshPublicKey, release, imageId, encryptionAtHost, zone } =
    machine;
  return { privateIpAddress, size, adminUsername, sshPublicKey, release, imageId, encryptionAtHost, zone };
}
