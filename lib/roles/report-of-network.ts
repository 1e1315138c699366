import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { BackupNetwork } from "../network/backup-network";
import { hasWayOut } from "../policy/flows/public-flows";
import { isOpaque } from "../policy/sets/opaque";
import { ReportEgress, type ReportNetwork } from "../report/report-input";
import type { Component } from "./component";

/** The networks of components as a report tells of them, each once. */
export function reportNetworks(components: readonly Component[]): ReportNetwork[] {
  const networks = [...new Set(components.map(({ network }) => network))];
  return networks.map((network) => {
    const { resourceGroup, virtualNetwork } = network;
    const group = textOf(resourceGroup?.nameInput ?? network.resourceGroupName, network);
    return {
      name: network.deploymentName,
      location: network.location,
      resourceGroup: group,
      resourceGroupExists: resourceGroup === undefined,
      virtualNetwork: textOf(virtualNetwork?.nameInput ?? network.virtualNetworkName, network),
      virtualNetworkExists: virtualNetwork === undefined,
      virtualNetworkResourceGroup: virtualNetwork
        ? group
        : textOf(network.virtualNetworkResourceGroupName, network),
      addressSpace: [...network.addressSpace],
      dnsServers: [...network.dnsServers],
      ...egressOf(network),
      egressOf: idsWithWayOut(components.filter((component) => component.network === network)),
    };
  });
}

function egressOf(
  network: BackupNetwork,
): Pick<ReportNetwork, "egress" | "natGatewayId" | "firewallAddress"> {
  const { _egress: egress, destinations } = network;
  if (destinations.firewall) {
    const firewallAddress = textOf(destinations.firewall.privateIpAddress, network);
    return { egress: ReportEgress.AZURE_FIREWALL, firewallAddress };
  }
  if (egress.makesNatGateway) return { egress: ReportEgress.NAT_GATEWAY };
  if (egress.existingNatGatewayId === undefined) return { egress: ReportEgress.PLATFORM };
  const natGatewayId = textOf(egress.existingNatGatewayId, network);
  return { egress: ReportEgress.EXISTING_NAT_GATEWAY, natGatewayId };
}

/** A way out is made for the subnets that are made, and only for those that need one. */
function idsWithWayOut(components: readonly Component[]): string[] {
  const places = components
    .filter((component) => component._input().subnet !== undefined)
    .flatMap((component) => component._place() ?? []);
  return places
    .filter((place) => hasWayOut(place.endpoint, place.flows()))
    .map(({ endpoint }) => endpoint.id);
}

/**
 * A text, with a reference to what is known only at apply in Terraform's own
 * words: the marker that stands for it until synthesis is another each time.
 */
export function textOf(text: string, scope: BackupNetwork): string {
  if (!isOpaque(text)) return text;
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(text, { scope, resolver }) as unknown);
}
