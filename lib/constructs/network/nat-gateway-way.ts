import { NatGateway, type NatGatewayConfig } from "@cdktf/provider-azurerm/lib/nat-gateway";
import { NatGatewayPublicIpAssociation } from "@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association";
import { PublicIp, type PublicIpConfig } from "@cdktf/provider-azurerm/lib/public-ip";
import type { Construct } from "constructs";
import { emittedWhen } from "./emitted-when";

/** The NAT gateway that subnets share. */
export type NatGatewayWay = ReturnType<typeof makeNatGateway>;

/** A NAT gateway with a public address, emitted while it is needed. */
export function makeNatGateway(
  scope: Construct,
  gateway: NatGatewayConfig,
  address: Omit<PublicIpConfig, "allocationMethod">,
  needed: () => boolean,
) {
  const natGateway = new NatGateway(scope, "nat-gateway", { ...gateway, skuName: "Standard" });
  const publicIp = new PublicIp(scope, "public-ip", {
    ...address,
    allocationMethod: "Static",
    sku: "Standard",
  });
  const natGatewayId = natGateway.id;
  const association = new NatGatewayPublicIpAssociation(scope, "nat-gateway-public-ip", {
    natGatewayId,
    publicIpAddressId: publicIp.id,
    provider: gateway.provider,
  });
  for (const element of [natGateway, publicIp, association]) emittedWhen(element, needed);
  return { natGateway, natGatewayId, publicIp };
}
