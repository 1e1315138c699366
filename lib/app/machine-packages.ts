import type { AptSource, DebianUrls } from "../machines/apt-source";
import type { PackagesInput } from "./machine-schema";
import type { DeploymentFile } from "./schema";

/** Where an HTTP proxy of the file listens. */
export interface ProxyPlace {
  readonly address: string;
  readonly port: number;
}

/** The source of packages in the file, as the checks of a machine expect it. */
export function aptSourceOf(packages: PackagesInput, proxy: ProxyPlace): AptSource {
  if (packages === "image") return { kind: "image" };
  if ("mirror" in packages) return { kind: "mirror", ...urlsOf(packages.mirror) };
  if ("firewall" in packages) return { kind: "firewall" };
  return {
    kind: "http-proxy",
    ...urlsOf(packages.httpProxy),
    proxyAddress: proxy.address,
    proxyPort: proxy.port,
  };
}

/** The packages of one machine of the file. */
export interface MachinePackages {
  /** Path of its component: `backupRepositories.primary`. */
  readonly component: string;
  readonly packages: PackagesInput;
}

/** The packages of all machines of the file that can use the HTTP proxy: all but its own. */
export function packagesOf(file: DeploymentFile): MachinePackages[] {
  const { postgresql, cacheRepositories = {}, gatewayServers = {}, backupRepositories = {} } = file;
  const servers = Object.entries({ cacheRepositories, gatewayServers, backupRepositories });
  const components: [string, { readonly machine?: { readonly packages: PackagesInput } }][] = [
    ["postgresql", postgresql ?? {}],
    ...servers.flatMap(([property, all]) =>
      Object.entries(all).map(([key, one]): [string, typeof one] => [`${property}.${key}`, one]),
    ),
  ];
  return components.flatMap(([component, { machine }]) =>
    machine ? [{ component, packages: machine.packages }] : [],
  );
}

/** A machine that fetches packages through the HTTP proxy. */
export interface ProxiedMachine extends DebianUrls {
  readonly component: string;
  readonly proxyAddress?: string;
}

/** The machines that fetch packages through the HTTP proxy. */
export function proxiedMachines(file: DeploymentFile): ProxiedMachine[] {
  return packagesOf(file).flatMap(({ component, packages }) =>
    typeof packages === "object" && "httpProxy" in packages ? [{ component, ...packages.httpProxy }] : [],
  );
}

/** Addresses of the mirrors of these machines, each once. */
export function mirrorsOf(machines: readonly DebianUrls[]): string[] {
  return [...new Set(machines.flatMap(({ url, securityUrl }) => [url, securityUrl]))];
}

function urlsOf({ url, securityUrl }: DebianUrls): DebianUrls {
  return { url, securityUrl };
}
