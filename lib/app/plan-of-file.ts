import { readServiceTags } from "../azure/service-tags-file";
import type { FlowEndpoint } from "../azure/flow";
import { refuseProblems } from "../base/problem";
import type { UserFlow } from "../plan/flows/user-flow";
import { type Plan, plan } from "../plan/plan";
import { hasMachines } from "./machines-of-file";
import { deploymentOf } from "./deployment-of-file";
import type { DeploymentFile } from "./schema";

/**
 * The plan of a deployment file: what its deployment asks for, and what its
 * machines connect to.
 *
 * @throws InvalidInputError with everything that is wrong with it
 */
export function planOfFile(file: DeploymentFile): Plan {
  const { name, destinations } = file;
  const isByAddress = typeof destinations === "object" && "ipRanges" in destinations;
  const planned = plan(deploymentOf(file), {
    serviceTags: isByAddress ? readServiceTags(destinations.ipRanges) : undefined,
    connections: (endpointOf) => connectionsOfMachines(file, endpointOf),
  });
  refuseProblems(name, planned.problems);
  return planned;
}

/** The module is loaded only for a file with machines: an app without them starts faster. */
function connectionsOfMachines(
  file: DeploymentFile,
  endpointOf: (path: string) => FlowEndpoint | undefined,
): UserFlow[] {
  if (!hasMachines(file)) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { machineConnections } = require("./machine-connections") as typeof import("./machine-connections");
  return machineConnections(file, endpointOf);
}
