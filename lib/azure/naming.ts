/** A kind of resource whose name contains that of the deployment. */
export enum NamedResource {
  /** The virtual network, one per deployment. */
  VIRTUAL_NETWORK = "virtualNetwork",
  /** The subnet of a component. */
  SUBNET = "subnet",
  /** The network security group of a component. */
  NETWORK_SECURITY_GROUP = "networkSecurityGroup",
  /** The NAT gateway, one per deployment. */
  NAT_GATEWAY = "natGateway",
  /** The public address of the NAT gateway, one per deployment. */
  PUBLIC_IP = "publicIp",
  /** The route table to a firewall, one per deployment. */
  ROUTE_TABLE = "routeTable",
  /** The rules in a firewall policy, one group per deployment. */
  RULE_COLLECTION_GROUP = "ruleCollectionGroup",
  /** The machine of a component; also its host name. */
  VIRTUAL_MACHINE = "virtualMachine",
  /** The network interface of a component's machine. */
  NETWORK_INTERFACE = "networkInterface",
  /** The system disk of a component's machine. */
  OS_DISK = "osDisk",
  /** The data disk of a component's machine. */
  DATA_DISK = "dataDisk",
  /** The identity of a component's machine. */
  MANAGED_IDENTITY = "managedIdentity",
}

/** A resource to name. */
export interface ResourceToName {
  /** Kind of the resource. */
  readonly kind: NamedResource;
  /** Name of the deployment. */
  readonly deploymentName: string;
  /**
   * The component that it belongs to: `backup-server`, `cache-repository-it`.
   *
   * @default - it belongs to the deployment
   */
  readonly component?: string;
}

/** Names of resources, instead of those with Azure's abbreviations. */
export interface IResourceNaming {
  /**
   * The name of a resource: always the same for the same resource, and unique among resources of
   * its kind.
   */
  resourceName(resource: ResourceToName): string;
}

/**
 * Azure's abbreviations of the resources that a deployment creates, and the longest names that Azure accepts.
 *
 * Source: https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-abbreviations
 */
const NAMES: Readonly<Record<NamedResource, readonly [abbreviation: string, maxLength: number]>> = {
  [NamedResource.VIRTUAL_NETWORK]: ["vnet", 64],
  [NamedResource.SUBNET]: ["snet", 80],
  [NamedResource.NETWORK_SECURITY_GROUP]: ["nsg", 80],
  [NamedResource.NAT_GATEWAY]: ["ng", 80],
  [NamedResource.PUBLIC_IP]: ["pip", 80],
  [NamedResource.ROUTE_TABLE]: ["rt", 80],
  [NamedResource.RULE_COLLECTION_GROUP]: ["rcg", 80],
  [NamedResource.VIRTUAL_MACHINE]: ["vm", 64],
  [NamedResource.NETWORK_INTERFACE]: ["nic-vm", 80],
  [NamedResource.OS_DISK]: ["osdisk-vm", 80],
  [NamedResource.DATA_DISK]: ["disk-vm", 80],
  [NamedResource.MANAGED_IDENTITY]: ["id", 128],
};

/** The longest name that Azure accepts for a kind of resource. */
export function maxNameLength(kind: NamedResource): number {
  return NAMES[kind][1];
}

/** Names by Azure's abbreviations: `snet-veeam-backup-server`. */
export const AZURE_ABBREVIATIONS: IResourceNaming = {
  resourceName: ({ kind, deploymentName, component }) =>
    [
      NAMES[kind][0],
      deploymentName,
      ...(component === undefined ? [] : [component]),
      ...(kind === NamedResource.DATA_DISK ? ["data"] : []),
    ].join("-"),
};
