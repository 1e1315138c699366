import { type NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetNatGatewayAssociation } from "@cdktf/provider-azurerm/lib/subnet-nat-gateway-association";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { Construct } from "constructs";
import { checkSubnet } from "../checks/components";
import { checkComposedName, checkSimpleName } from "../checks/names";
import { refuseProblems } from "../checks/problem";
import { dnsFlows } from "../policy/dns-flows";
import type { Flow, FlowEndpoint } from "../policy/flow";
import { hasWayOut } from "../policy/public-flows";
import { rulesOfEndpoint } from "../policy/rules-of-endpoint";
import type { SecurityRule } from "../policy/security-rule";
import type { BackupNetwork } from "./backup-network";
import { emittedWhen } from "./emitted-when";
import { FlowSecurityGroup } from "./flow-security-group";
import { MAX_NAME_LENGTH, resourceName } from "../azure/naming";

/** A subnet of a network, and what it is for. */
export interface FilteredSubnetProps {
  /** The network that the subnet is made in. */
  readonly network: BackupNetwork;
  /** IPv4 prefix of the subnet, /29 or wider, in the network's address space. */
  readonly addressPrefix: string;
  /** What the subnet is called in names and reports: `cache-repository-cache`. */
  readonly component: string;
  /** Path by which errors name the prefix: `cacheRepositories.cache.subnet`. */
  readonly path: string;
  /** Tags of the group, beside the network's. */
  readonly tags: { [name: string]: string };
}

/**
 * A subnet with a network security group of its own, which holds what the
 * flows that begin or end there ask for and denies the rest.
 */
export class FilteredSubnet extends Construct {
  /** The subnet. */
  public readonly subnet: Subnet;
  /** Its group. */
  public readonly networkSecurityGroup: NetworkSecurityGroup;
  /** What ties the two together; machines depend on it, so that none boots unfiltered. */
  public readonly association: SubnetNetworkSecurityGroupAssociation;
  /** The subnet as an end of flows. */
  public readonly endpoint: FlowEndpoint;

  private readonly network: BackupNetwork;
  private readonly subnetId: string;
  private wayOut?: SubnetNatGatewayAssociation;
  private readonly flowSources = new Set<() => readonly Flow[]>();

  constructor(scope: Construct, id: string, props: FilteredSubnetProps) {
    super(scope, id);
    const { network, addressPrefix, component } = props;
    const { subnet: given, problems } = checkSubnet(props.path, addressPrefix, network.addressSpace);
    refuseProblems(this.node.path, [
      ...problems,
      ...checkSimpleName("component", component, MAX_NAME_LENGTH.subnet),
      ...checkComposedName(
        "component",
        component,
        "subnet",
        resourceName("subnet", network.deploymentName, component),
      ),
    ]);
    this.endpoint = { id: this.node.path, label: component, prefixes: [addressPrefix] };
    network._addSubnet(this, props.path, given);

    this.subnet = new Subnet(this, "subnet", {
      name: resourceName("subnet", network.deploymentName, component),
      resourceGroupName: network.virtualNetworkResourceGroupName,
      virtualNetworkName: network.virtualNetworkName,
      addressPrefixes: [addressPrefix],
      defaultOutboundAccessEnabled: false,
    });
    this.networkSecurityGroup = new FlowSecurityGroup(
      this,
      "group",
      {
        name: resourceName("networkSecurityGroup", network.deploymentName, component),
        location: network.location,
        resourceGroupName: network.resourceGroupName,
        tags: { ...network.tags, ...props.tags },
      },
      () => this.rules(),
    );
    // Each read of an id makes a token, which costs as much as a small resource.
    this.subnetId = this.subnet.id;
    this.association = new SubnetNetworkSecurityGroupAssociation(this, "association", {
      subnetId: this.subnetId,
      networkSecurityGroupId: this.networkSecurityGroup.id,
    });
    this.network = network;
    const dnsServers = network._dnsEndpoint();
    if (dnsServers) this._addFlows(() => dnsFlows(this.endpoint, dnsServers));
  }

  /** The flows that begin or end here. */
  public flows(): Flow[] {
    const { id } = this.endpoint;
    return [...this.flowSources]
      .flatMap((source) => source())
      .filter((flow) => flow.from.id === id || flow.to.id === id);
  }

  /** The rules of the group, as the flows ask for them. */
  public rules(): SecurityRule[] {
    return rulesOfEndpoint(this.endpoint, this.flows());
  }

  /**
   * Adds flows that are read whenever the rules are made.
   *
   * @internal
   */
  public _addFlows(source: () => readonly Flow[]): void {
    this.flowSources.add(source);
    this._flowsChanged();
  }

  /**
   * Gives the subnet its way out once it has a flow to what is public. Flows
   * that are declared later can take the need away again, so it is asked
   * once more at synthesis.
   *
   * @internal
   */
  public _flowsChanged(): void {
    if (this.wayOut || !this.hasWayOut()) return;
    const natGatewayId = this.network._natGatewayId();
    if (natGatewayId === undefined) return;
    this.wayOut = emittedWhen(
      new SubnetNatGatewayAssociation(this, "nat-gateway", {
        subnetId: this.subnetId,
        natGatewayId,
        // A subnet gets its way out only once it is filtered.
        dependsOn: [this.association],
      }),
      () => this.hasWayOut(),
    );
  }

  private hasWayOut(): boolean {
    return hasWayOut(this.endpoint, this.flows());
  }
}
