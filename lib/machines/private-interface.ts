import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

/** Where a machine's network interface is. */
interface PrivateInterfaceOptions {
  readonly name: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly subnetId: string;
  readonly privateIpAddress: string;
  /** Resources that must exist first: the association of the subnet with a security group. */
  readonly dependsOn: ITerraformDependable[];
  readonly tags?: { [name: string]: string };
  readonly provider?: TerraformProvider;
}

/** An interface with a fixed private address and no public one. */
export function privateInterface(scope: Construct, options: PrivateInterfaceOptions): NetworkInterface {
  const { subnetId, privateIpAddress, ...same } = options;
  return new NetworkInterface(scope, "network-interface", {
    ...same,
    ipConfiguration: [
      {
        name: "internal",
        subnetId,
        privateIpAddressAllocation: "Static",
        privateIpAddress,
        primary: true,
      },
    ],
  });
}
