import type { FlowEndpoint } from "../azure/flow";
import { Protocol } from "../azure/security-rule";
import { portsOfUrls } from "../machines/apt-source";
import { endpointOfPrefixes, endpointOfTag } from "../plan/flows/peer-endpoints";
import type { UserFlow } from "../plan/flows/user-flow";
import { mirrorsOf, packagesOf, proxiedMachines } from "./machine-packages";
import type { PackagesInput } from "./machine-schema";
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
  const { postgresql, httpProxy } = file;
  const [database, proxy] = [endpointOf("postgresql"), endpointOf("httpProxy")];
  const flows: UserFlow[] = [];
  const proxied = proxiedMachines(file);
  if (httpProxy?.machine && proxy) {
    const own = wantedFor(httpProxy.machine.packages, undefined);
    const mirrors = own && proxied.length > 0 ? [{ to: own.to, ports: portsOfUrls(mirrorsOf(proxied)) }] : [];
    flows.push(...packageFlows(proxy, [...(own ? [own] : []), ...mirrors]));
  }
  if (postgresql?.machine && database) {
    const { vault } = postgresql.machine.password;
    flows.push({
      from: database,
      to: typeof vault === "string" ? endpointOfTag(vault) : endpointOfPrefixes(vault),
      protocol: Protocol.TCP,
      ports: ["443"],
      reason: "reads the superuser's password from the key vault",
    });
  }
  for (const { component, packages } of packagesOf(file)) {
    const from = endpointOf(component);
    const wanted = wantedFor(packages, proxy && httpProxy && { to: proxy, ports: [httpProxy.port] });
    if (from && wanted) flows.push(...packageFlows(from, [wanted]));
  }
  return flows;
}

function wantedFor(packages: PackagesInput, throughProxy: Wanted | undefined): Wanted | undefined {
  if (packages === "image") return undefined;
  if ("mirror" in packages) {
    const { addresses, url, securityUrl } = packages.mirror;
    return { to: endpointOfPrefixes(addresses), ports: portsOfUrls([url, securityUrl]) };
  }
  if ("firewall" in packages) {
    const { addresses, ports = [80, 443] } = packages.firewall;
    return { to: endpointOfPrefixes(addresses), ports };
  }
  return throughProxy;
}

/** Connections to one endpoint are one rule. */
function packageFlows(from: FlowEndpoint, wanted: readonly Wanted[]): UserFlow[] {
  return [...new Set(wanted.map(({ to }) => to.id))].map((id) => {
    const same = wanted.filter(({ to }) => to.id === id);
    const ports = [...new Set(same.flatMap((one) => one.ports))].sort((a, b) => a - b);
    const reason = "packages and security updates";
    return { from, to: same[0].to, protocol: Protocol.TCP, ports: ports.map(String), reason };
  });
}
