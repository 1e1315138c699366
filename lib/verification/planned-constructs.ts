import { SubnetNatGatewayAssociation } from "@cdktf/provider-azurerm/lib/subnet-nat-gateway-association";
import { SubnetRouteTableAssociation } from "@cdktf/provider-azurerm/lib/subnet-route-table-association";
import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { isAzureId, nameInId, namesInSubnetId, type SubnetNames } from "../azure/azure-id";
import { isOpaque } from "../base/opaque";
import type { FilteredPlace } from "../constructs/network/filtered-place";
import type { DocumentedFlows } from "../constructs/roles/documented-flows";
import { hasWayOut } from "../plan/flows/public-flows";
import type { PlannedDeployment } from "./planned-deployment";

/** Constructs with flows: a whole deployment, or roles composed by hand. */
type Planning = Pick<DocumentedFlows, "portTable" | "_places" | "flows" | "closedSections">;

/** The flows and places of constructs. */
export function planOf({ portTable, _places: places, flows, closedSections }: Planning): PlannedDeployment {
  return {
    portTable,
    flows,
    closedSections,
    places: places.map((place) => ({
      path: place.node.path,
      endpoint: place.endpoint,
      flows: place.flows(),
      groupName: place.networkSecurityGroup?.nameInput ?? place._addedToGroup()?.group.name,
      isOthers: place.networkSecurityGroup === undefined,
      rules: place._plannedRules(),
      names: namesOf(place),
      subnetId: asSynthesized(place.subnetId, place),
    })),
    surroundings: {
      virtualNetworkPrefixes: [...new Set(places.flatMap((place) => place.network.addressSpace))],
      hasDefaultRoute: places.some(mayHaveDefaultRoute),
    },
  };
}

/** Whether the routes of a place are unknown: its network exists already, or a route table applies. */
function mayHaveDefaultRoute(place: FilteredPlace): boolean {
  const { network, node } = place;
  const isOthers = network.virtualNetwork === undefined || (!place.subnet && !isInside(place));
  const hasTable = node.children.some((child) => child instanceof SubnetRouteTableAssociation);
  const hasNatGateway = node.children.some((child) => child instanceof SubnetNatGatewayAssociation);
  // A way to the Internet that is not created here belongs to the platform.
  return isOthers || hasTable || (!hasNatGateway && hasWayOut(place.endpoint, place.flows()));
}

/** Whether the subnet of a place is inside the resource of its virtual network. */
function isInside({ network: { virtualNetwork }, subnetId }: FilteredPlace): boolean {
  return virtualNetwork !== undefined && subnetId.startsWith(`${virtualNetwork.id}/subnets/`);
}

/** A text as it is in the synthesized stack, with references instead of tokens. */
function asSynthesized(text: string, scope: FilteredPlace): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(text, { scope, resolver }));
}

/** The names of the subnet of a place; for an existing subnet, those in its id. */
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
