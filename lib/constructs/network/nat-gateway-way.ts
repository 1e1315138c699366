import { NatGateway } from "@cdktf/provider-azurerm/lib/nat-gateway";
import { NatGatewayPublicIpAssociation } from "@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { emittedWhen } from "./emitted-when";

/** The NAT gateway that subnets share. */
export interface NatGatewayWay {
  readonly natGateway: NatGateway;
  readonly natGatewayId: string;
  readonly publicIp: PublicIp;
}

/** What every resource of the way has in common. */
interface Common {
  readonly location: string;
  readonly resourceGroupName: string;
  readonly tags: { readonly [name: string]: string };
  readonly provider?: TerraformProvider;
}

/** A NAT gateway with a public address, emitted while it is needed. */
export function makeNatGateway(
  scope: Construct,
  names: { readonly natGateway: string; readonly publicIp: string },
  common: Common,
  needed: () => boolean,
): NatGatewayWay {
  const natGateway = new NatGateway(scope, "nat-gateway", {
    name: names.natGateway,
    skuName: "Standard",
    ...common,
  });
  const publicIp = new PublicIp(scope, "public-ip", {
    name: names.publicIp,
    allocationMethod: "Static",
    sku: "Standard",
    ...common,
  });
  const natGatewayId = natGateway.id;
  const association = new NatGatewayPublicIpAssociation(scope, "nat-gateway-public-ip", {
    natGatewayId,
    publicIpAddressId: publicIp.id,
    provider: common.provider,
  });
  for (const element of [natGateway, publicIp, association]) emittedWhen(element, needed);
  return { natGateway, natGatewayId, publicIp };
}
