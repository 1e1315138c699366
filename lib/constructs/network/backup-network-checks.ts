import { normalizeLocation } from "../../azure/azure-settings";
import { isOpaque } from "../../base/opaque";
import { BackupVirtualNetwork } from "./virtual-network";
import type { GivenPrefix } from "../../plan/checks/prefixes";
import { type Problem, problemOf, refused } from "../../base/problem";
import { formatIpv4Prefix } from "../../azure/sets/ipv4-prefix";

/** A dedicated subnet has one group, that of one component. */
export function dedicatedTwice(path: string, value: string, owner: string): Problem {
  return problemOf("subnet-taken", path, value, {
    what: `is already the subnet of ${owner}, so its group would be replaced`,
    allowed: "one component per dedicated subnet",
    change: "Let the second share the machine of the first, or give it another subnet",
  });
}

/** Two subnets of one virtual network that share addresses. */
export function overlapping(path: string, given: GivenPrefix, other: GivenPrefix): Problem {
  return problemOf("subnet-overlap", path, formatIpv4Prefix(given.prefix), {
    what: `overlaps ${other.path} (${formatIpv4Prefix(other.prefix)}) in the same virtual network`,
    allowed: "subnets that do not overlap",
    change: "Choose prefixes that do not overlap",
  });
}

/** A resource group that two deployments of a stack make. */
export function madeTwice(value: string, owner: string): Problem {
  return problemOf("name-taken", "resourceGroup", value, {
    what: `is a resource group that ${owner} already creates`,
    allowed: "a resource group that is created once",
    change: "Use BackupResourceGroup.fromResource for the second, or another name",
  });
}

/** Azure attaches only groups of the network's own region to its subnets. */
export function inAnotherRegion(location: string, network: unknown): Problem[] {
  const ofNetwork = regionOf(network);
  if (ofNetwork === undefined || ofNetwork === location) return [];
  return refused("region-of-network", "location", location, {
    what: "is not the region of the virtual network",
    allowed: ofNetwork,
    change: `Write "${ofNetwork}", or give another network`,
  });
}

/** The region of a virtual network that another construct makes, where it is known. */
function regionOf(network: unknown): string | undefined {
  const location = network instanceof BackupVirtualNetwork ? network._location : undefined;
  return location === undefined || isOpaque(location) ? undefined : normalizeLocation(location);
}
