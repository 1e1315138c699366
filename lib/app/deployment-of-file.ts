import type { Deployment } from "../plan/deployment";
import { OperatingSystem } from "../ports/component-types";
import type { DeploymentFile } from "./schema";

/** The deployment that a file describes, without what the app creates in addition. */
export function deploymentOf({ backend: _backend, ...file }: DeploymentFile): Deployment {
  const { postgresql, httpProxy, cacheRepositories, gatewayServers, backupRepositories } = file;
  const { machine, ...server } = file.backupServer;
  return {
    ...file,
    // Veeam's offer and images are Windows; the owner of a disk gives its type.
    backupServer:
      machine && !("systemDiskId" in machine.source) ? { type: OperatingSystem.WINDOWS, ...server } : server,
    postgresql: postgresql && withoutMachine(postgresql),
    httpProxy: httpProxy && withoutMachine(httpProxy),
    cacheRepositories: cacheRepositories && withoutMachines(cacheRepositories),
    gatewayServers: gatewayServers && withoutMachines(gatewayServers),
    backupRepositories: backupRepositories && withoutMachines(backupRepositories),
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
