import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import type { Construct } from "constructs";
import { NamedResource } from "../../azure/naming";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import type { ExistingSubnetInput } from "../../plan/deployment";
import { inAzureCasing } from "../../azure/azure-id";
import { FilteredPlace, type FilteredPlaceProps } from "./filtered-place";
import { FlowSecurityGroup } from "./flow-security-group";

/** An existing subnet in which nothing else lives. */
export interface DedicatedSubnetProps extends FilteredPlaceProps {
  /** The subnet. */
  readonly existing: ExistingSubnetInput;
}

/** An existing subnet with this deployment's group, which denies everything without a flow. Its routes are managed elsewhere. */
export class DedicatedSubnet extends FilteredPlace {
  public readonly subnetId: string;

  constructor(scope: Construct, id: string, props: DedicatedSubnetProps) {
    super(scope, id, props.network, props.component, mergePrefixes(props.existing.addressPrefixes));
    const { network, component, existing } = props;
    network._addExistingPlace(this, props.path, existing);
    this.subnetId = inAzureCasing(existing.id);
    const group = new FlowSecurityGroup(
      this,
      "group",
      {
        name: network._nameOf(NamedResource.NETWORK_SECURITY_GROUP, component),
        location: network.location,
        resourceGroupName: network.resourceGroupName,
        tags: { ...network.tags, ...props.tags },
        provider: network.provider,
      },
      () => this._plannedRules(),
    );
    this.networkSecurityGroup = group;
    this.association = new SubnetNetworkSecurityGroupAssociation(this, "association", {
      subnetId: this.subnetId,
      networkSecurityGroupId: group.id,
      provider: network.provider,
    });
  }
}
