import type { VirtualNetworkSubnet } from "@cdktf/provider-azurerm/lib/virtual-network";
import type { TerraformResourceLifecycle } from "cdktf";
import type { SubnetSettingsInput } from "../../plan/deployment";

// Subnets inside the virtual network's resource, for policies that refuse a subnet without a group.

/**
 * Groups of inline subnets are created before others are deleted, so in
 * another region each would have the name of one that is still there. The
 * network keeps the region that it has, and the plan says so, before
 * anything is changed.
 */
export function staysInRegion(location: string): TerraformResourceLifecycle {
  return {
    ignoreChanges: ["location"],
    postcondition: [
      {
        condition: `\${replace(lower(self.location), " ", "") == replace(lower("${location}"), " ", "")}`,
        errorMessage:
          "A virtual network with inline subnets cannot move to another region. Deploy it there under another name, or destroy it first.",
      },
    ],
  };
}

/** A subnet inside the virtual network's resource, where every key has to be set. */
export function inlineSubnet(
  name: string,
  addressPrefix: string,
  securityGroup: string,
  settings: SubnetSettingsInput & { readonly routeTableId: string },
): VirtualNetworkSubnet & { readonly name: string } {
  return {
    name,
    addressPrefixes: [addressPrefix],
    securityGroup,
    defaultOutboundAccessEnabled: false,
    delegation: [],
    privateEndpointNetworkPolicies: settings.privateEndpointNetworkPolicies ?? "Disabled",
    privateLinkServiceNetworkPoliciesEnabled: true,
    // No route table is null; an empty text is refused.
    routeTableId: settings.routeTableId,
    serviceEndpointPolicyIds: [],
    serviceEndpoints: [...(settings.serviceEndpoints ?? [])],
  };
}
