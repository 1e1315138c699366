import { operatingSystemOf, OperatingSystem } from "../ports/component-types";
import { namesIn, type Phrase } from "../base/phrase";
import type { ReportComponent, ReportNetwork } from "../plan/report-input";
import type { ReportModel } from "./report-model";
import { sentenceList } from "./words";

/** Something that is worth knowing before anything else. */
export interface Fact {
  readonly title: string;
  readonly phrase: Phrase;
}

/** Where a deployment lives, in the order in which a reviewer asks. */
export function networkFacts(network: ReportNetwork, { ends, networks }: ReportModel): Fact[] {
  const { resourceGroup, resourceGroupExists, virtualNetwork, virtualNetworkExists } = network;
  const users = ends.filter(({ id }) => network.egressOf.includes(id)).map(({ label }) => label);
  const elsewhere = network.virtualNetworkResourceGroup !== resourceGroup;
  return [
    ...(networks.length > 1 ? [{ title: "Deployment", phrase: [network.name] }] : []),
    { title: "Region", phrase: [network.location] },
    { title: "Resource group", phrase: [{ name: resourceGroup }, `, ${originText(resourceGroupExists)}`] },
    {
      title: "Virtual network",
      phrase: [
        { name: virtualNetwork },
        `, ${originText(virtualNetworkExists)}`,
        ...(elsewhere ? [" in ", { name: network.virtualNetworkResourceGroup }] : []),
        ": ",
        ...namesIn(network.addressSpace),
      ],
    },
    {
      title: "DNS servers",
      phrase: network.dnsServers.length > 0 ? namesIn(network.dnsServers) : ["Azure-provided DNS"],
    },
    { title: "Outbound access", phrase: egressPhrase(network, users) },
  ];
}

function originText(exists: boolean): string {
  return exists ? "existing" : "new";
}

function egressPhrase({ egress, natGatewayId, firewallAddress }: ReportNetwork, users: string[]): Phrase {
  const whose = users.length > 0 ? `, for ${sentenceList(users)}` : ", not used by this deployment";
  switch (egress) {
    case "natGateway":
      return users.length > 0
        ? [`new NAT gateway${whose}`]
        : ["not needed: no new subnet connects to public addresses"];
    case "existingNatGateway":
      return ["existing NAT gateway ", { name: lastOfId(natGatewayId ?? "") }, whose];
    case "azureFirewall":
      return ["existing Azure Firewall at ", { name: firewallAddress ?? "" }, whose];
    case "platform":
      return ["managed elsewhere"];
  }
}

/** The name at the end of a resource's id; the id itself where it is known only at apply. */
export function lastOfId(id: string): string {
  return /^\/subscriptions\/[^${}]*\/([^/${}]+)$/i.exec(id)?.[1] ?? id;
}

/** How many machines run which operating system; nothing where no component says. */
export function operatingSystemsText(components: readonly ReportComponent[]): string {
  const machines = components.filter(({ sharesMachineOf }) => sharesMachineOf === undefined);
  const systems = machines.map(({ type }) => operatingSystemOf(type));
  const count = (what: OperatingSystem): number => systems.filter((system) => system === what).length;
  const unsaid = machines.filter(({ type }) => type === undefined).length;
  if (unsaid === machines.length) return "";
  return [
    [count(OperatingSystem.WINDOWS), "Windows"] as const,
    [count(OperatingSystem.LINUX), "Linux"] as const,
    [unsaid, "unknown"] as const,
  ]
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(", ");
}
