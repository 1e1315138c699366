import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetNatGatewayAssociation } from "@cdktf/provider-azurerm/lib/subnet-nat-gateway-association";
import { SubnetRouteTableAssociation } from "@cdktf/provider-azurerm/lib/subnet-route-table-association";
import { type ITerraformDependable, Lazy, type TerraformElement, type TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import { inAzureCasing } from "../../azure/azure-id";
import { NamedResource } from "../../azure/naming";
import { checkSubnet } from "../../plan/checks/components";
import { refuseProblems } from "../../base/problem";
import type { SubnetSettingsInput } from "../../plan/deployment";
import { hasWayOut } from "../../plan/flows/public-flows";
import { emittedWhen } from "./emitted-when";
import { FilteredPlace, type FilteredPlaceProps } from "./filtered-place";
import { forgetResources } from "./forgotten-resources";
import { inlineSubnet } from "./inline-subnets";

/** A subnet to create. */
interface FilteredSubnetProps extends FilteredPlaceProps {
  /** IPv4 prefix of the subnet, /29 or wider, in the network's address space. */
  readonly addressPrefix: string;
  /** Settings of a subnet in addition to its prefix and its group. @default - nothing */
  readonly settings?: SubnetSettingsInput;
}

/**
 * A subnet with its own network security group, which allows the flows that
 * begin or end there and denies the rest.
 */
export class FilteredSubnet extends FilteredPlace {
  public readonly subnetId: string;

  /** Id of the subnet's own route table. @default - none */
  public readonly ownRouteTableId?: string;

  private wayOut?: TerraformElement;

  constructor(scope: Construct, id: string, props: FilteredSubnetProps) {
    super(scope, id, props, [props.addressPrefix]);
    const { network, addressPrefix, component, settings = {} } = props;
    const { routeTableId, serviceEndpoints, privateEndpointNetworkPolicies } = settings;
    this.ownRouteTableId = routeTableId === undefined ? undefined : inAzureCasing(routeTableId);
    const { prefixes, problems } = checkSubnet(props.path, addressPrefix, network.addressSpace);
    refuseProblems(this.node.path, problems);
    network._addPlace(this, props.path, prefixes, true);
    const name = network._nameOf(NamedResource.SUBNET, component);
    const isInline = network._hasInlineSubnets();

    // Terraform takes a subnet out of the network before it deletes the group that the subnet had.
    const group = this.makeGroup(isInline ? { createBeforeDestroy: true } : undefined);
    // Each read of an id makes a token, which costs as much as a small resource.
    const networkSecurityGroupId = group.id;

    if (isInline) {
      // The state of a network with separate subnets has the same subnets.
      forgetResources(this, {
        subnet: "azurerm_subnet",
        association: "azurerm_subnet_network_security_group_association",
        "route-table": "azurerm_subnet_route_table_association",
        "firewall-route": "azurerm_subnet_route_table_association",
      });
      const withRoutes = { ...settings, routeTableId: this.inlineRouteTableId() };
      this.subnetId = network._addInlineSubnet(
        inlineSubnet(name, addressPrefix, networkSecurityGroupId, withRoutes),
      );
    } else {
      this.subnet = new Subnet(this, "subnet", {
        name,
        resourceGroupName: network.virtualNetworkResourceGroupName,
        virtualNetworkName: network.virtualNetworkName,
        addressPrefixes: [addressPrefix],
        defaultOutboundAccessEnabled: false,
        serviceEndpoints: serviceEndpoints && [...serviceEndpoints],
        privateEndpointNetworkPolicies,
        provider: network.provider,
        // Of the two, Terraform deletes the subnet first.
        dependsOn: [inSameStack(group)],
      });
      this.subnetId = this.subnet.id;
      this.associate(networkSecurityGroupId);
      if (this.ownRouteTableId !== undefined) {
        const ownRoutes = { ...this.afterTheFilter(), routeTableId: this.ownRouteTableId };
        new SubnetRouteTableAssociation(this, "route-table", ownRoutes);
      }
    }
    this._flowsChanged();
  }

  /** What is attached to the subnet is created after its group is associated. */
  private afterTheFilter() {
    return {
      subnetId: this.subnetId,
      dependsOn: this.association && [inSameStack(this.association)],
      provider: this.network.provider,
    };
  }

  /**
   * Creates the subnet's outbound access once it has a flow to public addresses.
   * Later flows can remove the need, so synthesis asks again.
   *
   * @internal
   */
  public override _flowsChanged(): void {
    super._flowsChanged();
    if (this.wayOut || !this.hasWayOut()) return;
    this.wayOut = this.makeWayOut();
    if (this.wayOut) emittedWhen(this.wayOut, () => this.hasWayOut());
  }

  private makeWayOut(): TerraformElement | undefined {
    const common = this.afterTheFilter();
    const routeTableId = this.network._firewallRouteTableId();
    if (routeTableId !== undefined) {
      // A subnet has one route table; that of an inline subnet is set in the network.
      if (this.ownRouteTableId !== undefined || this.network._hasInlineSubnets()) return undefined;
      return new SubnetRouteTableAssociation(this, "firewall-route", { ...common, routeTableId });
    }
    const natGatewayId = this.network._natGatewayId();
    return natGatewayId === undefined
      ? undefined
      : new SubnetNatGatewayAssociation(this, "nat-gateway", { ...common, natGatewayId });
  }

  /** The subnet's own route table, or that to the firewall, which only later flows may need. */
  private inlineRouteTableId(): string {
    const produce = (): unknown =>
      this.ownRouteTableId ??
      (this.hasWayOut() ? this.network._firewallRouteTableId() : undefined) ??
      Token.nullValue();
    return Token.asString(Lazy.anyValue({ produce }));
  }

  private hasWayOut(): boolean {
    return hasWayOut(this.endpoint, this.flows());
  }
}

/** What a resource of the same stack depends on. The resource itself makes a token at each resolution. */
function inSameStack(resource: TerraformResource): ITerraformDependable {
  return {
    get fqn() {
      return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
    },
  };
}
