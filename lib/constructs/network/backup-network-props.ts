import type { TerraformProvider } from "cdktf";
import type { IResourceNaming } from "../../azure/naming";
import type { Destinations } from "./destinations";
import type { Egress } from "./egress";
import type { BackupResourceGroup } from "./resource-group";
import type { BackupVirtualNetwork } from "./virtual-network";

/** Resource group, virtual network and outbound access of a deployment. */
export interface BackupNetworkProps {
  /**
   * Name of the deployment, from which names of resources are made:
   * `vnet-<name>`, `snet-<name>-<component>`. 1 to 59 letters, digits,
   * periods, underscores and hyphens.
   */
  readonly name: string;
  /** Names of resources. @default - Azure's abbreviation, the deployment's name and the component */
  readonly naming?: IResourceNaming;
  /**
   * Provider of all resources, for a subscription other than the
   * stack's. Azure requires a subnet, its group, its NAT gateway and its network
   * interfaces in the subscription of the virtual network.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
  /** Region of the public Azure cloud: `westeurope`. */
  readonly location: string;
  /** The resource group, new or existing. */
  readonly resourceGroup: BackupResourceGroup;
  /** The virtual network, new or existing. */
  readonly virtualNetwork: BackupVirtualNetwork;
  /**
   * Outbound access of the subnets. With Destinations.azureFirewall() it is
   * the firewall, and a NAT gateway is refused.
   *
   * @default - Egress.natGateway(), or the firewall of the destinations
   */
  readonly egress?: Egress;
  /** How Microsoft's services are named in rules. @default - Destinations.serviceTags() */
  readonly destinations?: Destinations;
  /** Tags of all resources that support tags, 47 at most. @default - none */
  readonly tags?: { [name: string]: string };
}
