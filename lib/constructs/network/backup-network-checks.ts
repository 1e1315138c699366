import { checkLocation, checkTags } from "../../azure/azure-settings";
import { natGatewayBesideFirewall } from "../../plan/checks/egress";
import { checkVirtualNetwork } from "../../plan/checks/virtual-network";
import { checkDeploymentName, checkResourceGroupName } from "../../azure/names";
import type { GivenPrefix } from "../../plan/checks/prefixes";
import type { Problem } from "../../base/problem";
import { formatIpv4Prefix } from "../../azure/sets/ipv4-prefix";
import type { BackupNetworkProps } from "./backup-network-props";
import type { BackupVirtualNetwork } from "./virtual-network";

/** How errors call the virtual network. */
export function pathOf(virtualNetwork: BackupVirtualNetwork): string {
  return virtualNetwork.existingName === undefined ? "virtualNetwork" : "virtualNetwork.existing";
}

/** Everything that is wrong with the props by themselves. */
export function checkNetworkProps(props: BackupNetworkProps): Problem[] {
  const { resourceGroup, virtualNetwork } = props;
  return [
    ...checkDeploymentName("name", props.name, props.naming),
    ...checkLocation("location", props.location),
    ...checkResourceGroupName("resourceGroup", resourceGroup.name),
    ...checkVirtualNetwork(
      {
        path: pathOf(virtualNetwork),
        existing:
          virtualNetwork.existingName === undefined
            ? undefined
            : {
                name: virtualNetwork.existingName,
                resourceGroup: virtualNetwork.existingResourceGroup ?? "",
              },
        addressSpace: virtualNetwork.addressSpace,
        dnsServers: virtualNetwork.dnsServers,
      },
      [],
    ),
    ...checkTags("tags", props.tags ?? {}),
    ...checkEgress(props),
  ];
}

/** A firewall is the way out, and a NAT gateway beside it would stand idle. */
function checkEgress({ egress, destinations }: BackupNetworkProps): Problem[] {
  const value = egress?.makesNatGateway ? "natGateway" : egress?.existingNatGatewayId;
  if (value === undefined || !destinations?.firewall) return [];
  return [natGatewayBesideFirewall(value)];
}

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
