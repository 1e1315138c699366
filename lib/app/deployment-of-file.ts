import type { Deployment } from "../plan/deployment";
import { OperatingSystem } from "../ports/component-types";
import type { DeploymentFile } from "./schema";

/** The deployment that a file describes, without what the app creates in addition. */
export function deploymentOf(file: DeploymentFile): Deployment {
  const { backend: _backend, postgresql, httpProxy, backupServer, ...rest } = file;
  const { cacheRepositories, gatewayServers, backupRepositories, ...plain } = rest;
  const { machine, ...server } = backupServer;
  return {
    ...plain,
    // Veeam's offer and images are Windows; what is on a disk is for its owner to say.
    backupServer:
      machine && !("systemDiskId" in machine.source) ? { type: OperatingSystem.WINDOWS, ...server } : server,
    ...(cacheRepositories && { cacheRepositories: withoutMachines(cacheRepositories) }),
    ...(gatewayServers && { gatewayServers: withoutMachines(gatewayServers) }),
    ...(backupRepositories && { backupRepositories: withoutMachines(backupRepositories) }),
    ...(postgresql && { postgresql: withoutMachine(postgresql) }),
    ...(httpProxy && { httpProxy: withoutMachine(httpProxy) }),
  };
}

function withoutMachines<T extends { readonly machine?: unknown; readonly type?: string }>(components: {
  [key: string]: T;
}): { [key: string]: Omit<T, "machine"> } {
  return Object.fromEntries(
    Object.entries(components).map(([key, component]) => [key, withoutMachine(component)]),
  );
}

/** The component without its machine, which the app creates in addition and which runs Debian. */
function withoutMachine<T extends { readonly machine?: unknown; readonly type?: string }>({
  machine,
  ...same
}: T): Omit<T, "machine"> {
  return machine === undefined ? same : { type: OperatingSystem.LINUX, ...same };
}
