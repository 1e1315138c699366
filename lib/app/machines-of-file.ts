import type { DebianUrls } from "../machines/apt-source";
import { componentPath } from "../plan/deployment";
import { componentSlug, VeeamRole } from "../ports/port-table";
import type {
  BackupServerMachineInput,
  HttpProxyMachineInput,
  LinuxServerMachineInput,
  PackagesInput,
  PostgresqlMachineInput,
} from "./machine-schema";
import type { DeploymentFile } from "./schema";

/** A machine of a deployment file, and its component. */
interface GivenMachine<R extends VeeamRole, M> {
  readonly role: R;
  /** Path of the component: `cacheRepositories.cache`. */
  readonly path: string;
  /** Name of the component in names of resources: `cache-repository-cache`. */
  readonly slug: string;
  readonly component: GivenComponent<M>;
  readonly machine: M;
}

interface GivenComponent<M> {
  readonly subnet?: string;
  readonly type?: string;
  readonly machine?: M;
}

/** A machine that can only be the backup server's. */
export type GivenBackupServer = GivenMachine<VeeamRole.BACKUP_SERVER, BackupServerMachineInput>;

/** A machine of a server that runs Linux. */
type GivenLinuxServer = GivenMachine<
  VeeamRole.CACHE_REPOSITORY | VeeamRole.GATEWAY_SERVER | VeeamRole.BACKUP_REPOSITORY,
  LinuxServerMachineInput
>;

/** A machine that runs Debian. */
export type GivenDebian =
  | GivenMachine<VeeamRole.HTTP_PROXY, HttpProxyMachineInput>
  | GivenMachine<VeeamRole.POSTGRESQL, PostgresqlMachineInput>
  | GivenLinuxServer;

/** The machines of a deployment file, in the order in which they are created. */
export function machinesOf(file: DeploymentFile): Array<GivenDebian | GivenBackupServer> {
  const { httpProxy, postgresql, cacheRepositories, gatewayServers, backupRepositories, backupServer } = file;
  return [
    ...given(VeeamRole.HTTP_PROXY, { [VeeamRole.HTTP_PROXY]: httpProxy }),
    ...given(VeeamRole.POSTGRESQL, { [VeeamRole.POSTGRESQL]: postgresql }),
    ...given(VeeamRole.CACHE_REPOSITORY, cacheRepositories),
    ...given(VeeamRole.GATEWAY_SERVER, gatewayServers),
    ...given(VeeamRole.BACKUP_REPOSITORY, backupRepositories),
    ...given(VeeamRole.BACKUP_SERVER, { [VeeamRole.BACKUP_SERVER]: backupServer }),
  ];
}

function given<R extends VeeamRole, M>(
  role: R,
  components: { readonly [key: string]: GivenComponent<M> | undefined } = {},
): Array<GivenMachine<R, M>> {
  return Object.entries(components).flatMap(([key, component]) => {
    const machine = component?.machine;
    if (!component || !machine) return [];
    return [{ role, path: componentPath(role, key), slug: componentSlug(role, key), component, machine }];
  });
}

/** Whether the file describes a machine. */
export function hasMachines(file: DeploymentFile): boolean {
  return machinesOf(file).length > 0;
}

/** A machine that fetches packages through the HTTP proxy. */
export interface ProxiedMachine extends DebianUrls {
  /** Path of its component. */
  readonly path: string;
  readonly proxyAddress?: string;
}

/** The machines that fetch packages through the HTTP proxy. */
export function proxiedMachines(file: DeploymentFile): ProxiedMachine[] {
  return machinesOf(file).flatMap(({ path, machine }) => {
    const source = packagesOf("packages" in machine ? machine.packages : "image");
    return source.kind === "http-proxy" ? [{ path, ...source }] : [];
  });
}

/** A source of packages in the file, with its kind as machines call it. */
export function packagesOf(packages: PackagesInput) {
  if (packages === "image") return { kind: "image" } as const;
  if ("mirror" in packages) return { kind: "mirror", ...packages.mirror } as const;
  if ("firewall" in packages) return { kind: "firewall", ...packages.firewall } as const;
  return { kind: "http-proxy", ...packages.httpProxy } as const;
}

/** Addresses of the mirrors of these machines, each once. */
export function mirrorsOf(machines: readonly DebianUrls[]): string[] {
  return [...new Set(machines.flatMap(({ url, securityUrl }) => [url, securityUrl]))];
}
