import { planOfFile } from "../app/plan-of-file";
import type { DeploymentFile } from "../app/schema";
import type { Flow } from "../azure/flow";
import { mergePrefixes } from "../azure/sets/prefix-list";
import { networkFacts } from "../plan/deployment";
import type { ClosedSection } from "../plan/flows/closed-sections";
import type { PlannedPlace } from "../plan/plan";
import type { Topology } from "../plan/topology";
import type { Network } from "../proof/network";

/** The flows and places of a deployment. */
export interface PlannedDeployment {
  /** Revision of the port table. */
  readonly portTable: string;
  /** The documented flows and the user's own. */
  readonly flows: readonly Flow[];
  readonly places: readonly PlannedPlace[];
  /** Its components and peers. @default - constructs describe the deployment */
  readonly topology?: Topology;
  /** What Veeam documents for its roles and is not enabled. */
  readonly closedSections: readonly ClosedSection[];
  /** The known addresses around its places. */
  readonly surroundings: Pick<Network, "virtualNetworkPrefixes" | "hasDefaultRoute">;
}

/**
 * The flows and places of a deployment in cdktf.json.
 *
 * @throws InvalidInputError with everything that is wrong with the deployment
 */
export function planDeployment(file: DeploymentFile, plan = planOfFile(file)): PlannedDeployment {
  const { documented, flows, places, hasDefaultRoute } = plan;
  const { addressSpace } = networkFacts(file.virtualNetwork);
  return {
    portTable: documented?.portTable.revision ?? "",
    flows,
    places,
    topology: documented?.topology,
    closedSections: documented?.closedSections ?? [],
    surroundings: { virtualNetworkPrefixes: mergePrefixes(addressSpace), hasDefaultRoute },
  };
}

/** The network that a deployment creates; groups managed elsewhere are not in it. */
export function networkOfPlan({ places, surroundings }: PlannedDeployment): Network {
  const made = places.flatMap(({ groupName, isOthers, endpoint, rules }) =>
    groupName === undefined || isOthers ? [] : [{ endpoint, rules, groupName }],
  );
  return {
    ...surroundings,
    endpoints: made.map(({ endpoint, groupName }) => ({ ...endpoint, subnetGroup: groupName })),
    groups: made.map(({ groupName, rules }) => ({ name: groupName, rules: rules.map(({ rule }) => rule) })),
  };
}
