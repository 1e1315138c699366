import { TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import { propsOfDeployment } from "../deployment/props";
import type { Deployment } from "../deployment/schema";
import { EntraIdBackup } from "../entra-id-backup";
import { flowsOfPlaces } from "../network/proof-of-places";
import type { Flow, FlowEndpoint } from "../policy/flow";
import type { Network } from "../policy/network";
import type { SecurityRule } from "../policy/security-rule";
import type { DocumentedFlows } from "../roles/documented-flows";

/** A place of a deployment whose traffic is filtered. */
export interface PlannedPlace {
  /** The place as an end of flows. */
  readonly endpoint: FlowEndpoint;
  /** Name of the group that the deployment makes for it. @default - the group is others' */
  readonly groupName?: string;
  /** The rules that its flows ask for. */
  readonly rules: SecurityRule[];
}

/** What a deployment asks for. */
export interface PlannedDeployment {
  /** Revision of the port table. */
  readonly portTable: string;
  /** The documented flows and the user's own. */
  readonly flows: Flow[];
  readonly places: PlannedPlace[];
  /** What is known of the addresses around. */
  readonly surroundings: Pick<Network, "virtualNetworkPrefixes" | "hasDefaultRoute">;
}

/**
 * What a deployment of cdktf.json asks for. The constructs themselves are
 * made, in memory, so that it is what the app would deploy.
 *
 * @throws InvalidInputError with everything that is wrong with the deployment
 */
export function planDeployment(deployment: Deployment): PlannedDeployment {
  const stack = new TerraformStack(new RootConstruct(), deployment.name);
  const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(deployment));
  const plan = planOf(backup.documentedFlows);
  // Where the platform routes, it may route everything to itself.
  const hasDefaultRoute = deployment.egress === "existing";
  return { ...plan, surroundings: { ...plan.surroundings, hasDefaultRoute } };
}

/** What constructs ask for. */
export function planOf({ portTable, places }: DocumentedFlows): PlannedDeployment {
  return {
    portTable,
    flows: flowsOfPlaces(places),
    places: places.map((place) => ({
      endpoint: place.endpoint,
      groupName: place.networkSecurityGroup?.nameInput,
      rules: place.rules(),
    })),
    surroundings: {
      virtualNetworkPrefixes: [...new Set(places.flatMap((place) => place.network.addressSpace))],
    },
  };
}

/** The network that a deployment makes; groups of others are not in it. */
export function networkOfPlan({ places, surroundings }: PlannedDeployment): Network {
  const made = places.flatMap(({ groupName, ...place }) =>
    groupName === undefined ? [] : [{ ...place, groupName }],
  );
  return {
    ...surroundings,
    endpoints: made.map(({ endpoint, groupName }) => ({ ...endpoint, subnetGroup: groupName })),
    groups: made.map(({ groupName, rules }) => ({ name: groupName, rules })),
  };
}
