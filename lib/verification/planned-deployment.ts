import { NetworkSecurityRule } from "@cdktf/provider-azurerm/lib/network-security-rule";
import { SubnetNatGatewayAssociation } from "@cdktf/provider-azurerm/lib/subnet-nat-gateway-association";
import { SubnetRouteTableAssociation } from "@cdktf/provider-azurerm/lib/subnet-route-table-association";
import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { DeploymentFile } from "../app/schema";
import type { FilteredPlace } from "../constructs/network/filtered-place";
import type { ClosedSection } from "../plan/flows/closed-sections";
import { hasWayOut } from "../plan/flows/public-flows";
import type { Flow, FlowEndpoint } from "../azure/flow";
import type { Network } from "../proof/network";
import type { SecurityRule } from "../azure/security-rule";
import { isOpaque } from "../base/opaque";
import { isAzureId, nameInId, namesInSubnetId } from "../azure/azure-id";
import type { SubnetNames } from "../azure/azure-id";
import type { DocumentedFlows } from "../constructs/roles/documented-flows";
import { deploymentInMemory } from "./deployment-in-memory";

/** A place of a deployment whose traffic is filtered. */
export interface PlannedPlace {
  /** The place as an end of flows. */
  readonly endpoint: FlowEndpoint;
  /** Name of its group, made with the deployment or others'. @default - nothing says it */
  readonly groupName?: string;
  /** Whether the group is others', and holds more than the deployment's flows. */
  readonly isOthers: boolean;
  /** The rules that its flows ask for. */
  readonly rules: SecurityRule[];
  /** Names of its subnet, as far as they are known. */
  readonly names: SubnetNames;
  /** Id of its subnet, as a synthesized stack has it: an id of Azure's or a reference. */
  readonly subnetId: string;
}

/** What a deployment asks for. */
export interface PlannedDeployment {
  /** Revision of the port table. */
  readonly portTable: string;
  /** The documented flows and the user's own. */
  readonly flows: Flow[];
  readonly places: PlannedPlace[];
  /** What Veeam documents for its roles and it leaves closed. */
  readonly closedSections: ClosedSection[];
  /** What is known of the addresses around. */
  readonly surroundings: Pick<Network, "virtualNetworkPrefixes" | "hasDefaultRoute">;
}

/**
 * What a deployment of cdktf.json asks for. The constructs themselves are
 * made, in memory, so that it is what the app would deploy.
 *
 * @throws InvalidInputError with everything that is wrong with the deployment
 */
export function planDeployment(deployment: DeploymentFile): PlannedDeployment {
  const plan = planOf(deploymentInMemory(deployment));
  // Where the platform routes, it may route everything to itself.
  const hasDefaultRoute = deployment.egress === "existing" || plan.surroundings.hasDefaultRoute;
  return { ...plan, surroundings: { ...plan.surroundings, hasDefaultRoute } };
}

/** Constructs that say what they ask for: a whole deployment, or flows between components by hand. */
type Planning = Pick<DocumentedFlows, "portTable" | "_places" | "flows" | "closedSections">;

/** What constructs ask for. */
export function planOf({ portTable, _places: places, flows, closedSections }: Planning): PlannedDeployment {
  return {
    portTable,
    flows,
    closedSections,
    places: places.map((place) => ({
      endpoint: place.endpoint,
      groupName: place.networkSecurityGroup?.nameInput ?? groupOfOthers(place),
      isOthers: place.networkSecurityGroup === undefined,
      rules: place.rules(),
      names: namesOf(place),
      subnetId: asSynthesized(place.subnetId, place),
    })),
    surroundings: {
      virtualNetworkPrefixes: [...new Set(places.flatMap((place) => place.network.addressSpace))],
      hasDefaultRoute: places.some(mayHaveDefaultRoute),
    },
  };
}

/** Whether a place may be routed by what others made, or is by a table: neither says here which routes there are. */
function mayHaveDefaultRoute(place: FilteredPlace): boolean {
  const { network, node } = place;
  const isOthers = network.virtualNetwork === undefined || (!place.subnet && !isInside(place));
  const hasTable = node.children.some((child) => child instanceof SubnetRouteTableAssociation);
  const hasNatGateway = node.children.some((child) => child instanceof SubnetNatGatewayAssociation);
  // What leads to the Internet without being made here is the platform's.
  return isOthers || hasTable || (!hasNatGateway && hasWayOut(place.endpoint, place.flows()));
}

/** Whether the subnet of a place stands inside the resource of its virtual network. */
function isInside({ network: { virtualNetwork }, subnetId }: FilteredPlace): boolean {
  return virtualNetwork !== undefined && subnetId.startsWith(`${virtualNetwork.id}/subnets/`);
}

/** A text as it stands in the synthesized stack, where references take the place of their markers. */
function asSynthesized(text: string, scope: FilteredPlace): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(text, { scope, resolver }));
}

/** The names of the subnet of a place; of one that exists, those in its id. */
function namesOf(place: FilteredPlace): SubnetNames {
  const { network, subnet, subnetId } = place;
  const { virtualNetwork } = network;
  if (!subnet && !isInside(place)) return namesInSubnetId(isAzureId(subnetId) ? subnetId : "");
  const names = {
    subnet: subnet?.nameInput ?? nameInId(subnetId),
    virtualNetwork: virtualNetwork?.nameInput ?? network.virtualNetworkName,
    resourceGroup: virtualNetwork
      ? (network.resourceGroup?.nameInput ?? network.resourceGroupName)
      : network.virtualNetworkResourceGroupName,
  };
  return Object.fromEntries(Object.entries(names).filter(([, name]) => !isOpaque(name)));
}

/** The name of the group of others to which a place adds its rules: each of them names it. */
function groupOfOthers(place: FilteredPlace): string | undefined {
  const rules = place.node.children.filter((node) => node instanceof NetworkSecurityRule);
  return rules[0]?.networkSecurityGroupNameInput;
}

/** The network that a deployment makes; groups of others are not in it. */
export function networkOfPlan({ places, surroundings }: PlannedDeployment): Network {
  const made = places.flatMap(({ groupName, isOthers, endpoint, rules }) =>
    groupName === undefined || isOthers ? [] : [{ endpoint, rules, groupName }],
  );
  return {
    ...surroundings,
    endpoints: made.map(({ endpoint, groupName }) => ({ ...endpoint, subnetGroup: groupName })),
    groups: made.map(({ groupName, rules }) => ({ name: groupName, rules })),
  };
}
