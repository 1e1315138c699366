import { normalizeLocation } from "../../azure/azure-settings";
import { isOpaque } from "../../base/opaque";
import { BackupVirtualNetwork } from "./virtual-network";
import type { GivenPrefix } from "../../plan/checks/prefixes";
import type { Problem } from "../../base/problem";
import { formatIpv4Prefix } from "../../azure/sets/ipv4-prefix";

/** A dedicated subnet has one group, that of one component. */
export function dedicatedTwice(path: string, value: string, owner: string): Problem {
  return {
    code: "subnet-taken",
    path,
    what: `is the subnet of ${owner} already, and its group would be exchanged for another`,
    value,
    allowed: "a dedicated subnet for one component",
    change: "Put the second on the machine of the first, or give it a subnet of its own",
  };
}

/** Two subnets of one virtual network that share addresses. */
export function overlapping(path: string, given: GivenPrefix, other: GivenPrefix): Problem {
  return {
    code: "subnet-overlap",
    path,
    what: `overlaps ${other.path} (${formatIpv4Prefix(other.prefix)}) in the same virtual network`,
    value: formatIpv4Prefix(given.prefix),
    allowed: "subnets that share no address",
    change: "Give the two prefixes that share no address",
  };
}

/** A resource group that two deployments of a stack make. */
export function madeTwice(value: string, owner: string): Problem {
  return {
    code: "name-taken",
    path: "resourceGroup",
    what: `is a resource group that ${owner} creates already`,
    value,
    allowed: "a resource group that is created once",
    change: "Give the second BackupResourceGroup.fromResource of the first, or another name",
  };
}

/** Azure attaches only groups of the network's own region to its subnets. */
export function inAnotherRegion(location: string, network: unknown): Problem[] {
  const ofNetwork = regionOf(network);
  if (ofNetwork === undefined || ofNetwork === location) return [];
  return [
    {
      code: "region-of-network",
      path: "location",
      what: "is not the region of the virtual network",
      value: location,
      allowed: ofNetwork,
      change: `Write "${ofNetwork}", or give another network`,
    },
  ];
}

/** The region of a virtual network that another construct makes, where it is known. */
function regionOf(network: unknown): string | undefined {
  const location = network instanceof BackupVirtualNetwork ? network._location : undefined;
  return location === undefined || isOpaque(location) ? undefined : normalizeLocation(location);
}
