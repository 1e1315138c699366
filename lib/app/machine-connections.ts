import type { FlowEndpoint } from "../azure/flow";
import { Protocol } from "../azure/security-rule";
import { groupBy } from "../base/collections";
import { portsOfUrls } from "../machines/apt-source";
import { endpointOfPrefixes, endpointOfTag, type UserFlow } from "../plan/flows/user-flow";
import { VeeamRole } from "../ports/port-table";
import type { PackagesInput } from "./machine-schema";
import { machinesOf, mirrorsOf, packagesOf, proxiedMachines } from "./machines-of-file";
import type { DeploymentFile } from "./schema";

/** An endpoint that a machine connects to, and the ports. */
interface Wanted {
  readonly to: FlowEndpoint;
  readonly ports: readonly number[];
}

/** The connections that the machines of a file declare, as their constructs do. */
export function machineConnections(
  file: DeploymentFile,
  endpointOf: (path: string) => FlowEndpoint | undefined,
): UserFlow[] {
  const proxied = proxiedMachines(file);
  const proxy = endpointOf("httpProxy");
  const throughProxy = proxy && file.httpProxy && { to: proxy, ports: [file.httpProxy.port] };
  return machinesOf(file).flatMap((given): UserFlow[] => {
    const from = endpointOf(given.path);
    if (!from || given.role === VeeamRole.BACKUP_SERVER) return [];
    const own = wantedFor(given.machine.packages, throughProxy);
    const forOthers =
      given.role === VeeamRole.HTTP_PROXY && own && proxied.length > 0
        ? [{ to: own.to, ports: portsOfUrls(mirrorsOf(proxied)) }]
        : [];
    return [
      ...(given.role === VeeamRole.POSTGRESQL ? [vaultFlow(from, given.machine.password.vault)] : []),
      ...packageFlows(from, [...(own ? [own] : []), ...forOthers]),
    ];
  });
}

function vaultFlow(from: FlowEndpoint, vault: string | readonly string[]): UserFlow {
  const to = typeof vault === "string" ? endpointOfTag(vault) : endpointOfPrefixes(vault);
  const reason = "reads the superuser's password from the key vault";
  return { from, to, protocol: Protocol.TCP, ports: ["443"], reason };
}

function wantedFor(packages: PackagesInput, throughProxy: Wanted | undefined): Wanted | undefined {
  const source = packagesOf(packages);
  if (source.kind === "image") return undefined;
  if (source.kind === "http-proxy") return throughProxy;
  const { addresses, ports = [80, 443] } =
    source.kind === "firewall" ? source : { ...source, ports: portsOfUrls([source.url, source.securityUrl]) };
  return { to: endpointOfPrefixes(addresses), ports };
}

/** Connections to one endpoint are one rule. */
function packageFlows(from: FlowEndpoint, wanted: readonly Wanted[]): UserFlow[] {
  return [...groupBy(wanted, ({ to }) => to.id).values()].map((same) => {
    const ports = [...new Set(same.flatMap((one) => one.ports))].sort((a, b) => a - b);
    const reason = "packages and security updates";
    return { from, to: same[0].to, protocol: Protocol.TCP, ports: ports.map(String), reason };
  });
}
