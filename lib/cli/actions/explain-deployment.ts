import { namedEnds } from "../../plan/topology";
import type { NamedEnd } from "../../proof/question";
import type { PlacedNetwork } from "../../terraform/joined/network-of-files";
import { networkOfPlan, planDeployment, type PlannedDeployment } from "../../verification/planned-deployment";
import type { Io } from "../io";
import { readDeploymentFile } from "../read-deployment-file";

/** The network of the deployment in a cdktf.json, and the names of its ends. */
export function networkOfDeploymentFile(
  io: Io,
  file: string,
): { readonly network: PlacedNetwork; readonly named: readonly NamedEnd[] } {
  const deployment = readDeploymentFile(io, file);
  const plan = planDeployment(deployment);
  return { network: networkOfPlan(plan), named: namedEndsOf(plan, deployment.name) };
}

/** The names of ends in the report and in cdktf.json, and the subnets of components. */
function namedEndsOf({ flows, places, topology }: PlannedDeployment, deployment: string): NamedEnd[] {
  return [
    ...(topology ? namedEnds(topology, flows, () => deployment) : []),
    ...places.map(({ endpoint, names: { subnet = endpoint.id } }) => ({
      names: [endpoint.label, subnet],
      endpoint,
    })),
  ];
}
