import type { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { ResourceId } from "../../terraform/resource-id";
import { checkNetworkId } from "../../plan/checks/network";
import type { VirtualNetworkInput } from "../../plan/deployment";
import { refuseProblems } from "../../base/problem";
import { RESOURCE, refuseTypes } from "../argument-types";

/** A new virtual network. */
export interface NewVirtualNetworkOptions {
  /** IPv4 prefixes of the network, which share no address: `["10.20.0.0/24"]`. */
  readonly addressSpace: string[];
  /**
   * IPv4 addresses of the network's own DNS servers, outside the subnets made
   * here. Every group allows 53 TCP and UDP to them.
   *
   * @default [] - Azure's own name resolution
   */
  readonly dnsServers?: string[];
  /**
   * Creates the subnets inside the virtual network resource, each with its group, for
   * landing zones whose policies refuse a subnet without one. Terraform then deletes every
   * subnet of the network that this deployment does not create.
   *
   * @default false - a resource each
   */
  readonly inlineSubnets?: boolean;
}

/** An existing virtual network. */
export interface VirtualNetworkAttributes {
  /** Its name. */
  readonly name: string;
  /** Name of the resource group that it is in. */
  readonly resourceGroup: string;
  /** Its IPv4 prefixes, in which the subnets have to be. */
  readonly addressSpace: string[];
  /**
   * Addresses of its DNS servers, `[]` for Azure-provided DNS. They are required, because
   * synthesis cannot read them.
   */
  readonly dnsServers: string[];
}

/** The virtual network of a deployment: a new or an existing one. */
export class BackupVirtualNetwork {
  /** A new virtual network. */
  public static create(network: NewVirtualNetworkOptions): BackupVirtualNetwork {
    return new BackupVirtualNetwork(network);
  }

  /** An existing virtual network. */
  public static fromName(network: VirtualNetworkAttributes): BackupVirtualNetwork {
    return new BackupVirtualNetwork({ existing: network });
  }

  /**
   * An existing virtual network, by its id.
   *
   * @param network Its id, which may be known only at apply, its address space and its DNS servers
   * @throws Error whose name is InvalidInputError, if it is not the id of a virtual network
   */
  public static fromId(
    network: Pick<VirtualNetworkAttributes, "addressSpace" | "dnsServers"> & { readonly id: string },
  ): BackupVirtualNetwork {
    refuseTypes("the virtual network", network, { id: "string" });
    const { id, addressSpace, dnsServers } = network;
    refuseProblems("the virtual network", checkNetworkId("virtualNetwork.id", id, "virtualNetworks"));
    const { name, resourceGroupName: resourceGroup } = ResourceId.of(id);
    return BackupVirtualNetwork.fromName({ name, resourceGroup, addressSpace, dnsServers });
  }

  /**
   * A virtual network that another construct creates. Its address space and its
   * DNS servers are read from that construct as it is now: set them before.
   *
   * @param network The provider's own construct
   * @throws Error whose name is InvalidInputError, if it is not a construct
   */
  public static fromResource(network: VirtualNetwork): BackupVirtualNetwork {
    refuseTypes("the virtual network", { network }, { network: RESOURCE });
    const { name, resourceGroupName: resourceGroup, addressSpaceInput, dnsServersInput } = network;
    return new BackupVirtualNetwork(
      {
        existing: {
          name,
          resourceGroup,
          addressSpace: addressSpaceInput ?? [],
          dnsServers: dnsServersInput ?? [],
        },
      },
      network.locationInput,
    );
  }

  /** Its region, where another construct makes it. @internal */
  public readonly _location?: string;

  private constructor(
    private readonly given: VirtualNetworkInput,
    location?: string,
  ) {
    this._location = location;
  }

  /** As a deployment has it. @internal */
  public _given(): VirtualNetworkInput {
    return this.given;
  }
}
