import type { EntraIdBackupProps } from "../constructs/entra-id-backup-props";
import { Destinations } from "../constructs/network/destinations";
import { Egress } from "../constructs/network/egress";
import { ExistingSubnet } from "../constructs/network/existing-subnet";
import { BackupResourceGroup } from "../constructs/network/resource-group";
import { BackupVirtualNetwork } from "../constructs/network/virtual-network";
import { Administrators } from "../constructs/roles/administrators";
import { DnsNames } from "../constructs/roles/dns-names";
import { deploymentOf } from "./deployment-of-file";
import type { DeploymentFile } from "./schema";

/** The props of the construct that a deployment file describes. */
export function propsOfDeployment(file: DeploymentFile): EntraIdBackupProps {
  const deployment = deploymentOf(file) as DeploymentFile;
  const { resourceGroup, virtualNetwork, egress, destinations, administrators, dnsNames, ...same } =
    deployment;
  const { backupServer, postgresql, httpProxy, ...rest } = same;
  const { cacheRepositories, gatewayServers, backupRepositories, ...plain } = rest;
  return {
    ...plain,
    backupServer: placementOf(backupServer),
    postgresql: postgresql && placementOf(postgresql),
    httpProxy: httpProxy && placementOf(httpProxy),
    cacheRepositories: placementsOf(cacheRepositories),
    gatewayServers: placementsOf(gatewayServers),
    backupRepositories: placementsOf(backupRepositories),
    resourceGroup:
      typeof resourceGroup === "string"
        ? BackupResourceGroup.create(resourceGroup)
        : BackupResourceGroup.fromName(resourceGroup.existing),
    virtualNetwork:
      "existing" in virtualNetwork
        ? BackupVirtualNetwork.fromName(virtualNetwork.existing)
        : BackupVirtualNetwork.create(virtualNetwork),
    egress: egress && egressOf(egress),
    destinations: destinationsOf(destinations),
    administrators: administrators && administratorsOf(administrators),
    dnsNames: dnsNames && dnsNamesOf(dnsNames),
  };
}

function administratorsOf(given: NonNullable<DeploymentFile["administrators"]>): Administrators {
  return Array.isArray(given) ? Administrators.addresses(given) : Administrators.bastion(given.bastionSubnet);
}

function dnsNamesOf({ firewall, addresses = {} }: NonNullable<DeploymentFile["dnsNames"]>): DnsNames {
  return firewall ? DnsNames.throughFirewall(firewall) : DnsNames.byAddresses(addresses);
}

function egressOf(given: NonNullable<DeploymentFile["egress"]>): Egress {
  if (given === "existing") return Egress.managedElsewhere();
  return typeof given === "object" ? Egress.existingNatGateway(given.natGateway) : Egress.natGateway();
}

function destinationsOf(given: DeploymentFile["destinations"]): Destinations {
  if (given === undefined || given === "serviceTags") return Destinations.serviceTags();
  return "ipRanges" in given
    ? Destinations.ipRanges(given.ipRanges)
    : Destinations.azureFirewall(given.azureFirewall);
}

type GivenPlacement = Omit<DeploymentFile["backupServer"], "machine">;

/** A placement whose existing subnet is what the constructs take for one. */
type PlacementOf<T> = Omit<T, "existingSubnet"> & { readonly existingSubnet?: ExistingSubnet };

function placementOf<T extends GivenPlacement>({ existingSubnet, ...same }: T): PlacementOf<T> {
  return { ...same, ...(existingSubnet && { existingSubnet: existingSubnetOf(existingSubnet) }) };
}

function placementsOf<T extends Omit<GivenPlacement, "type">>(
  placements: { [key: string]: T } | undefined,
): { [key: string]: PlacementOf<T> } | undefined {
  return (
    placements &&
    Object.fromEntries(Object.entries(placements).map(([key, given]) => [key, placementOf(given)]))
  );
}

function existingSubnetOf({
  id,
  addressPrefixes,
  group,
}: NonNullable<GivenPlacement["existingSubnet"]>): ExistingSubnet {
  return group
    ? ExistingSubnet.shared(id, group, ...addressPrefixes)
    : ExistingSubnet.dedicated(id, ...addressPrefixes);
}
