import { componentPath } from "../../plan/deployment";
import { componentSlug } from "../../ports/port-table";
import type { NamedEnd } from "../../proof/question";
import type { PlacedNetwork } from "../../terraform/joined/network-of-files";
import { networkOfPlan, planDeployment, type PlannedDeployment } from "../../verification/planned-deployment";
import type { Io } from "../io";
import { readDeploymentFile } from "../read-deployment-file";

/** The network that a deployment in a cdktf.json asks for, and the names of its ends. */
export function networkOfDeploymentFile(
  io: Io,
  file: string,
): { readonly network: PlacedNetwork; readonly named: readonly NamedEnd[] } {
  const deployment = readDeploymentFile(io, file);
  const plan = planDeployment(deployment);
  return { network: networkOfPlan(plan), named: namedEndsOf(plan, deployment.name) };
}

/** The names of ends in the report and in cdktf.json, with the deployment's name too, and the subnets of components. */
function namedEndsOf({ flows, places, topology }: PlannedDeployment, deployment: string): NamedEnd[] {
  const { components = [], peers = {} } = topology ?? {};
  return [
    ...components.map(({ role, key, endpoint }) => {
      const slug = componentSlug(role, key);
      return { names: [slug, componentPath(role, key), `${deployment}/${slug}`], endpoint };
    }),
    ...Object.entries(peers).map(([name, endpoint]) => ({ names: [endpoint.label, name], endpoint })),
    ...flows.flatMap(({ from, to }) => [from, to]).map((endpoint) => ({ names: [endpoint.label], endpoint })),
    ...places.map(({ endpoint, names: { subnet = endpoint.id } }) => ({
      names: [endpoint.label, subnet],
      endpoint,
    })),
  ];
}
