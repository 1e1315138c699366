import { TerraformStack } from "cdktf";
import type { PlaceInStack } from "./place-in-stack";
import type { EmittedResources } from "./emitted-resources";
import type { EmittedSubnet } from "./emitted-subnets";

/** What brings the routes of other networks into one. */
const GATEWAYS = [
  "azurerm_virtual_network_gateway",
  "azurerm_virtual_network_peering",
  "azurerm_virtual_hub_connection",
];

/**
 * Whether a route for 0.0.0.0/0 may be there: only where network and way out
 * are made here, and nothing else routes, is there surely none.
 */
export function mayHaveDefaultRoute(
  place: PlaceInStack,
  subnet: EmittedSubnet,
  resources: EmittedResources,
): boolean {
  if (!place.network._routesItself() || !subnet.isMade || subnet.hasRouteTable) return true;
  const stack = resources.in(TerraformStack.of(place));
  return GATEWAYS.some((type) => stack.ofType(type).length > 0);
}
