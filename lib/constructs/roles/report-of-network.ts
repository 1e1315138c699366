import type { BackupNetwork } from "../network/backup-network";
import { hasWayOut } from "../../plan/flows/public-flows";
import { textIn, textsIn } from "../../terraform/terraform-text";
import { wayOutOf } from "../../plan/deployment";
import type { ReportNetwork } from "../../plan/report-input";
import type { BackupComponent } from "./component";

/** The networks of components as a report tells of them, each once. */
export function reportNetworks(components: readonly BackupComponent[]): ReportNetwork[] {
  const networks = [...new Set(components.map(({ network }) => network))];
  return networks.map((network) => {
    const { resourceGroup, virtualNetwork } = network;
    const group = textIn(network, resourceGroup?.nameInput ?? network.resourceGroupName);
    return {
      name: network.deploymentName,
      location: network.location,
      resourceGroup: group,
      resourceGroupExists: resourceGroup === undefined,
      virtualNetwork: textIn(network, virtualNetwork?.nameInput ?? network.virtualNetworkName),
      virtualNetworkExists: virtualNetwork === undefined,
      virtualNetworkResourceGroup: virtualNetwork
        ? group
        : textIn(network, network.virtualNetworkResourceGroupName),
      addressSpace: textsIn(network, network.addressSpace),
      dnsServers: textsIn(network, network.dnsServers),
      ...egressOf(network),
      egressOf: idsWithWayOut(components.filter((component) => component.network === network)),
    };
  });
}

function egressOf(
  network: BackupNetwork,
): Pick<ReportNetwork, "egress" | "natGatewayId" | "firewallAddress"> {
  const { kind, ...more } = wayOutOf(network._part);
  return {
    egress: kind,
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, textIn(network, value)])),
  };
}

/** Outbound access is created for new subnets that need it. */
function idsWithWayOut(components: readonly BackupComponent[]): string[] {
  const places = components
    .filter((component) => component._input().subnet !== undefined)
    .flatMap((component) => component._place() ?? []);
  return places
    .filter((place) => hasWayOut(place.endpoint, place.flows()))
    .map(({ endpoint }) => endpoint.id);
}
