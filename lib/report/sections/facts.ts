import { packageManifest } from "../../base/package-files";
import { OperatingSystem, operatingSystemOf } from "../../ports/component-types";
import type { ReportComponent, ReportNetwork } from "../components-and-networks";
import type { ReportModel } from "../report-model";
import { plural, sentenceList } from "../words";
import { namesIn, type Phrase } from "./document";

/** A fact that a reader looks for first. */
export interface Fact {
  readonly title: string;
  readonly phrase: Phrase;
}

/** How much there is. */
export function countFacts({ portTable, components, flows, groups }: ReportModel): Fact[] {
  const rules = groups.reduce((count, group) => count + group.rules.length, 0);
  const systems = operatingSystemsText(components);
  return [
    { title: "Port table", phrase: [portTable.revision] },
    { title: "Components", phrase: [String(components.length)] },
    ...(systems === "" ? [] : [{ title: "Operating systems", phrase: [systems] }]),
    { title: "Flows", phrase: [String(flows.length)] },
    { title: "Groups", phrase: [String(groups.length)] },
    { title: "Rules", phrase: [String(rules)] },
  ];
}

/** Where a deployment lives, in the order in which a reviewer asks. */
export function networkFacts(network: ReportNetwork, { ends, networks }: ReportModel): Fact[] {
  const { resourceGroup, virtualNetwork, egress } = network;
  const users = ends.filter(({ id }) => egress.ends.includes(id)).map(({ label }) => label);
  const origin = (exists: boolean): string => (exists ? ", existing" : ", new");
  return [
    ...(networks.length > 1 ? [{ title: "Deployment", phrase: [network.name] }] : []),
    { title: "Region", phrase: [network.location] },
    { title: "Resource group", phrase: [{ name: resourceGroup.name }, origin(resourceGroup.exists)] },
    {
      title: "Virtual network",
      phrase: [
        { name: virtualNetwork.name },
        origin(virtualNetwork.exists),
        ...(virtualNetwork.resourceGroup === resourceGroup.name
          ? []
          : [" in ", { name: virtualNetwork.resourceGroup }]),
        ": ",
        ...namesIn(virtualNetwork.addressSpace),
      ],
    },
    {
      title: "DNS servers",
      phrase:
        virtualNetwork.dnsServers.length > 0 ? namesIn(virtualNetwork.dnsServers) : ["Azure-provided DNS"],
    },
    { title: "Outbound access", phrase: egressPhrase(egress, users) },
  ];
}

function egressPhrase(egress: ReportNetwork["egress"], users: string[]): Phrase {
  const whose = users.length > 0 ? `, for ${sentenceList(users)}` : ", not used by this deployment";
  switch (egress.kind) {
    case "natGateway":
      return users.length > 0
        ? [`new NAT gateway${whose}`]
        : ["not needed: no new subnet connects to public addresses"];
    case "existingNatGateway":
      return ["existing NAT gateway ", { name: lastOfId(egress.natGatewayId) }, whose];
    case "azureFirewall":
      return ["existing Azure Firewall at ", { name: egress.firewallAddress }, whose];
    case "platform":
      return ["managed elsewhere"];
  }
}

/** The name at the end of a resource id; the id itself if it is known only at apply. */
export function lastOfId(id: string): string {
  return /^\/subscriptions\/[^${}]*\/([^/${}]+)$/i.exec(id)?.[1] ?? id;
}

/** How many machines run which operating system; empty if no component says. */
export function operatingSystemsText(components: readonly ReportComponent[]): string {
  const machines = components.filter(({ sharesMachineOf }) => sharesMachineOf === undefined);
  const systems = machines.map(({ type }) => (type === undefined ? "unknown" : operatingSystemOf(type)));
  if (systems.every((system) => system === "unknown")) return "";
  return Object.entries({
    [OperatingSystem.WINDOWS]: "Windows",
    [OperatingSystem.LINUX]: "Linux",
    unknown: "unknown",
  })
    .map(([system, name]) => ({ count: systems.filter((one) => one === system).length, name }))
    .flatMap(({ count, name }) => (count > 0 ? [`${count} ${name}`] : []))
    .join(", ");
}

/** The pages behind the report, and the version that wrote it. */
export function sourcePhrase({ portTable: { revision, entraId, usedPorts } }: ReportModel): Phrase {
  return [
    `Port table ${revision}: Entra ID ports, `,
    pageLink(entraId.source, entraId.pageDate),
    ...(usedPorts ? ["; Used ports, ", pageLink(usedPorts.source, usedPorts.pageDate)] : []),
    `. Written by cdktf-veeam-entra-id ${packageManifest().version}.`,
  ];
}

/** A link to a page of Veeam's. */
export function pageLink(source: string, pageDate: string | undefined): { text: string; address: string } {
  return { text: pageDate === undefined ? "page" : `page of ${pageDate}`, address: source };
}

/** What the proof verified, and which groups it could not. */
export function verdictText(model: ReportModel): string {
  return [foundText(model), ...notVerifiedText(model)].join(" ");
}

/** Only the owner of a group knows what else it allows. */
function notVerifiedText({ ends }: ReportModel): string[] {
  const groups = ends.flatMap(({ label, sharedGroup }) =>
    sharedGroup ? [`${sharedGroup.name} on ${label}`] : [],
  );
  if (groups.length === 0) return [];
  const [noun, are] = groups.length === 1 ? ["group", "is"] : ["groups", "are"];
  return [`Not verified: ${noun} ${sentenceList(groups)} ${are} managed elsewhere.`];
}

function foundText(model: ReportModel): string {
  const { holds, missing, excess } = model.proof;
  const flows = model.flows.length;
  if (holds) {
    return flows === 0
      ? "Verified: the deployment has no flows, and nothing is allowed."
      : `Verified: ${flows === 1 ? "the flow is" : `all ${flows} flows are`} allowed, and nothing else is.`;
  }
  const blocked = model.flows.filter((flow) => flow.missing).length || missing.length;
  const parts = [
    ...(missing.length > 0
      ? [`${blocked} of ${plural(flows, "flow")} ${blocked === 1 ? "is" : "are"} blocked`]
      : []),
    ...(excess.length > 0
      ? [`${plural(excess.length, "end")} ${excess.length === 1 ? "allows" : "allow"} more than the flows`]
      : []),
  ];
  const unsure = model.proof.dependsOn.length > 0 && isAllUnsure(model) ? "perhaps " : "";
  return `Verification failed: ${unsure}${sentenceList(parts)}.`;
}

/** Whether every finding depends on an unknown value. */
function isAllUnsure({ proof }: ReportModel): boolean {
  return [...proof.missing, ...proof.excess].every(({ dependsOn }) => dependsOn.length > 0);
}
