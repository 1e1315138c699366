import type { FlowEndpoint } from "../azure/flow";
import { Protocol } from "../azure/security-rule";
import { portsOfUrls } from "../machines/apt-source";
import { endpointOfPrefixes, endpointOfTag } from "../plan/flows/peer-endpoints";
import type { UserFlow } from "../plan/flows/user-flow";
import { proxiedMirror } from "./machine-packages";
import type { PackagesInput } from "./machine-schema";
import type { DeploymentFile } from "./schema";

/** Whom a machine connects to, and on which ports. */
interface Wanted {
  readonly to: FlowEndpoint;
  readonly ports: readonly number[];
}

/** The connections that the machines of a file declare, as their constructs do. */
export function machineConnections(
  { postgresql, httpProxy }: DeploymentFile,
  endpointOf: (path: string) => FlowEndpoint | undefined,
): UserFlow[] {
  const [database, proxy] = [endpointOf("postgresql"), endpointOf("httpProxy")];
  const flows: UserFlow[] = [];
  const proxied = proxiedMirror(postgresql?.machine?.packages);
  if (httpProxy?.machine && proxy) {
    const own = packagesOf(httpProxy.machine.packages, undefined);
    const mirrors =
      own && proxied ? [{ to: own.to, ports: portsOfUrls([proxied.url, proxied.securityUrl]) }] : [];
    flows.push(...packageFlows(proxy, [...(own ? [own] : []), ...mirrors]));
  }
  if (postgresql?.machine && database) {
    const { packages, password } = postgresql.machine;
    flows.push({
      from: database,
      to:
        typeof password.vault === "string"
          ? endpointOfTag(password.vault)
          : endpointOfPrefixes(password.vault),
      protocol: Protocol.TCP,
      ports: ["443"],
      reason: "reads the superuser's password from the key vault",
    });
    const wanted = packagesOf(packages, proxy && httpProxy && { to: proxy, ports: [httpProxy.port] });
    flows.push(...packageFlows(database, wanted ? [wanted] : []));
  }
  return flows;
}

function packagesOf(packages: PackagesInput, throughProxy: Wanted | undefined): Wanted | undefined {
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

/** Those to one end together, so that they are one rule. */
function packageFlows(from: FlowEndpoint, wanted: readonly Wanted[]): UserFlow[] {
  return [...new Set(wanted.map(({ to }) => to.id))].map((id) => {
    const same = wanted.filter(({ to }) => to.id === id);
    const ports = [...new Set(same.flatMap((one) => one.ports))].sort((a, b) => a - b);
    const reason = "packages and security updates";
    return { from, to: same[0].to, protocol: Protocol.TCP, ports: ports.map(String), reason };
  });
}
