import type { Deployment } from "../plan/deployment";
import { OperatingSystem } from "../ports/component-types";
import type { DeploymentFile } from "./schema";

/** The deployment that a file describes, without what the app makes beside it. */
export function deploymentOf(file: DeploymentFile): Deployment {
  const { backend: _backend, postgresql, httpProxy, ...rest } = file;
  return {
    ...rest,
    ...(postgresql && { postgresql: withoutMachine(postgresql) }),
    ...(httpProxy && { httpProxy: withoutMachine(httpProxy) }),
  };
}

/** The component alone: the machine in it is made beside the deployment, and runs Debian. */
function withoutMachine<T extends { readonly machine?: unknown; readonly type?: string }>({
  machine,
  ...same
}: T): Omit<T, "machine"> {
  return machine === undefined ? same : { type: OperatingSystem.LINUX, ...same };
}
