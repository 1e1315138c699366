import { isOpaque } from "../../base/opaque";
import { type Problem, refused } from "../../base/problem";

// Kinds of network resources that are named by id, and what a reader calls one.
const KINDS = {
  applicationSecurityGroups: "an application security group",
  firewallPolicies: "a firewall policy",
  natGateways: "a NAT gateway",
  routeTables: "a route table",
  virtualNetworks: "a virtual network",
} as const;

/** The id of a network resource that exists; one known only at apply passes. */
export function checkNetworkId(path: string, id: string, kind: keyof typeof KINDS): Problem[] {
  const provider = `Microsoft.Network/${kind}`;
  const pattern = new RegExp(
    String.raw`^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${provider.replace(".", String.raw`\.`)}/[^/]+$`,
    "i",
  );
  if (isOpaque(id) || pattern.test(id)) return [];
  return refused("id-invalid", path, id, {
    what: `is not the id of ${KINDS[kind]}`,
    allowed: `/subscriptions/.../resourceGroups/.../providers/${provider}/...`,
    change: "Copy the resource id",
  });
}

const RESOURCE_GROUP_ID = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i;

/** The id of a resource group that exists, not of something in one; an id known only at apply passes. */
export function checkResourceGroupId(path: string, id: string): Problem[] {
  if (isOpaque(id) || RESOURCE_GROUP_ID.test(id)) return [];
  return refused("id-invalid", path, id, {
    what: "is not the id of a resource group",
    allowed: "/subscriptions/.../resourceGroups/...",
    change: "Copy the id of the resource group, or give its name to BackupResourceGroup.fromName",
  });
}
