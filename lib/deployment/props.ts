import type { EntraIdBackupProps } from "../entra-id-backup";
import { Egress } from "../network/egress";
import { BackupResourceGroup } from "../network/resource-group";
import { BackupVirtualNetwork } from "../network/virtual-network";
import { Administrators } from "../roles/administrators";
import { DnsNames } from "../roles/dns-names";
import type { Deployment } from "./schema";

/** The props of the construct that a deployment describes. */
export function propsOfDeployment(deployment: Deployment): EntraIdBackupProps {
  const { resourceGroup, virtualNetwork, egress, administrators, dnsNames, ...same } = deployment;
  return {
    ...same,
    resourceGroup:
      typeof resourceGroup === "string"
        ? BackupResourceGroup.create(resourceGroup)
        : BackupResourceGroup.existing(resourceGroup.existing),
    virtualNetwork:
      "existing" in virtualNetwork
        ? BackupVirtualNetwork.existing(virtualNetwork.existing)
        : BackupVirtualNetwork.create(virtualNetwork),
    egress: egress === "existing" ? Egress.existing() : Egress.natGateway(),
    administrators: administrators && administratorsOf(administrators),
    dnsNames: dnsNames && dnsNamesOf(dnsNames),
  };
}

function administratorsOf(given: NonNullable<Deployment["administrators"]>): Administrators {
  return Array.isArray(given) ? Administrators.addresses(given) : Administrators.bastion(given.bastionSubnet);
}

function dnsNamesOf({ firewall, addresses = {} }: NonNullable<Deployment["dnsNames"]>): DnsNames {
  return firewall ? DnsNames.throughFirewall(firewall) : DnsNames.byAddresses(addresses);
}
