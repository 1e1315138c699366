/** A kind of resource that gets its name from the deployment's. */
export enum NamedResource {
  /** The virtual network, one a deployment. */
  VIRTUAL_NETWORK = "virtualNetwork",
  /** The subnet of a component. */
  SUBNET = "subnet",
  /** The network security group of a component. */
  NETWORK_SECURITY_GROUP = "networkSecurityGroup",
  /** The NAT gateway, one a deployment. */
  NAT_GATEWAY = "natGateway",
  /** The public address of the NAT gateway, one a deployment. */
  PUBLIC_IP = "publicIp",
  /** The routes to a firewall, one a deployment. */
  ROUTE_TABLE = "routeTable",
  /** The rules on a firewall's policy, one a deployment. */
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

/** A resource that is about to get its name. */
export interface ResourceToName {
  /** What it is. */
  readonly kind: NamedResource;
  /** Name of the deployment. */
  readonly deploymentName: string;
  /**
   * The component that it is made for: `backup-server`, `cache-repository-it`.
   *
   * @default - it is the deployment's own
   */
  readonly component?: string;
}

/** How resources are named, instead of by Azure's abbreviations. */
export interface IResourceNaming {
  /** The name of a resource: always the same for the same resource, and another for every other of its kind. */
  resourceName(resource: ResourceToName): string;
}

/**
 * Azure's abbreviations of the resources that a deployment makes.
 *
 * Source: https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-abbreviations
 */
const ABBREVIATIONS: Record<NamedResource, string> = {
  [NamedResource.VIRTUAL_NETWORK]: "vnet",
  [NamedResource.SUBNET]: "snet",
  [NamedResource.NETWORK_SECURITY_GROUP]: "nsg",
  [NamedResource.NAT_GATEWAY]: "ng",
  [NamedResource.PUBLIC_IP]: "pip",
  [NamedResource.ROUTE_TABLE]: "rt",
  [NamedResource.RULE_COLLECTION_GROUP]: "rcg",
  [NamedResource.VIRTUAL_MACHINE]: "vm",
  [NamedResource.NETWORK_INTERFACE]: "nic-vm",
  [NamedResource.OS_DISK]: "osdisk-vm",
  [NamedResource.DATA_DISK]: "disk-vm",
  [NamedResource.MANAGED_IDENTITY]: "id",
};

/** The longest name that Azure takes. */
export const MAX_NAME_LENGTH: Record<NamedResource, number> = {
  [NamedResource.VIRTUAL_NETWORK]: 64,
  [NamedResource.SUBNET]: 80,
  [NamedResource.NETWORK_SECURITY_GROUP]: 80,
  [NamedResource.NAT_GATEWAY]: 80,
  [NamedResource.PUBLIC_IP]: 80,
  [NamedResource.ROUTE_TABLE]: 80,
  [NamedResource.RULE_COLLECTION_GROUP]: 80,
  [NamedResource.VIRTUAL_MACHINE]: 64,
  [NamedResource.NETWORK_INTERFACE]: 80,
  [NamedResource.OS_DISK]: 80,
  [NamedResource.DATA_DISK]: 80,
  [NamedResource.MANAGED_IDENTITY]: 128,
};

/** The longest name that Azure takes for a resource group. */
export const MAX_RESOURCE_GROUP_NAME_LENGTH = 90;

/** Names by Azure's abbreviations: `snet-veeam-backup-server`. */
export const AZURE_ABBREVIATIONS: IResourceNaming = {
  resourceName: ({ kind, deploymentName, component }) =>
    [
      ABBREVIATIONS[kind],
      deploymentName,
      ...(component === undefined ? [] : [component]),
      ...(kind === NamedResource.DATA_DISK ? ["data"] : []),
    ].join("-"),
};
