import { isSingle, type Role } from "../ports/port-table";

/**
 * Azure's abbreviations of the resources that a deployment makes.
 *
 * Source: https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-abbreviations
 */
export const ABBREVIATIONS = {
  virtualNetwork: "vnet",
  subnet: "snet",
  networkSecurityGroup: "nsg",
  natGateway: "ng",
  publicIp: "pip",
  routeTable: "rt",
  ruleCollectionGroup: "rcg",
} as const;

/** A kind of resource that gets its name from the deployment's. */
export type NamedResource = keyof typeof ABBREVIATIONS;

/** The longest name that Azure takes. */
export const MAX_NAME_LENGTH: Record<NamedResource | "resourceGroup", number> = {
  resourceGroup: 90,
  virtualNetwork: 64,
  subnet: 80,
  networkSecurityGroup: 80,
  natGateway: 80,
  publicIp: 80,
  routeTable: 80,
  ruleCollectionGroup: 80,
};

/** What a component is called in names of resources: its role, and its key where the role can have several. */
export function componentSlug(role: Role, key: string): string {
  return isSingle(role) ? role : `${role}-${key}`;
}

/** The name of a resource of a deployment, or of one of its components. */
export function resourceName(resource: NamedResource, deployment: string, component?: string): string {
  return [ABBREVIATIONS[resource], deployment, ...(component === undefined ? [] : [component])].join("-");
}
