import type { Flow } from "../azure/flow";
import type { Network } from "../proof/network";
import type { Proof } from "../proof/prove";
import type { WayOut } from "./deployment";
import type { PlannedRule } from "./rules/rule-placement";
import type { FailoverUse, FollowedDisagreement } from "../plan/flows/page-notes";
import type { VeeamRole } from "../ports/port-table";

/** A page of Veeam's documentation, as it was on one day. */
export interface ReportPage {
  /** The page's address. */
  readonly source: string;
  /** The date of the page, YYYY-MM-DD. */
  readonly pageDate: string;
}

/** The revision of the port table that a deployment follows, with the page "Entra ID ports". */
export interface ReportPortTable extends ReportPage {
  /** `build@date`. */
  readonly revision: string;
  /** The page "Used ports". @default - the revision does not have it yet */
  readonly usedPorts?: ReportPage;
}

/** One component of a deployment: what it does and where it lives. */
export interface ReportComponent {
  /** What it does. */
  readonly role: VeeamRole;
  /** Name among the components of its role. */
  readonly key: string;
  /** What the flows call it: `cache-repository-cache`. */
  readonly label: string;
  /** Id of the end of flows that it is: its own, or that of the machine it shares. */
  readonly endpointId: string;
  /** What it is: `windows`, `objectStorage`; of one that shares a machine, the operating system. @default - it is not said */
  readonly type?: string;
  /** Prefix of its subnet; several prefixes of an existing subnet are separated by commas. @default - it has no subnet of its own */
  readonly subnet?: string;
  /** Id of its subnet, if that is an existing one. @default - its subnet is new, or it has none */
  readonly existingSubnetId?: string;
  /** Region of the object storage that it is, reached by the region's service tag. @default - it is not object storage, or has addresses */
  readonly region?: string;
  /** Its addresses, if it is not part of this deployment. @default - it has a subnet or shares a machine */
  readonly addresses?: string[];
  /** Label of the component whose machine it shares. @default - it shares none */
  readonly sharesMachineOf?: string;
  /** Facts of its machine, by what they are: `size`, `image`. @default - it has no machine of this app */
  readonly machine?: { [name: string]: string };
}

/** Where a deployment lives. */
export interface ReportNetwork {
  /** Name of the deployment. */
  readonly name: string;
  /** Region of the public Azure cloud: `westeurope`. */
  readonly location: string;
  /** Name of the resource group of all new resources. */
  readonly resourceGroup: string;
  /** Whether the resource group exists already. */
  readonly resourceGroupExists: boolean;
  /** Name of the virtual network. */
  readonly virtualNetwork: string;
  /** Whether the virtual network exists already. */
  readonly virtualNetworkExists: boolean;
  /** Name of the resource group that the virtual network is in. */
  readonly virtualNetworkResourceGroup: string;
  /** IPv4 prefixes of the virtual network. */
  readonly addressSpace: string[];
  /** Addresses of its own DNS servers; none for Azure's own. */
  readonly dnsServers: string[];
  /** Outbound access of the subnets. */
  readonly egress: WayOut["kind"];
  /** Ids of the ends whose new subnets use that way out, because they have flows to public addresses. */
  readonly egressOf: string[];
  /** Id of the NAT gateway that exists. @default - none is used */
  readonly natGatewayId?: string;
  /** Private address of the firewall. @default - no firewall is used */
  readonly firewallAddress?: string;
}

/** A section of Veeam's pages with connections that a deployment does not enable. */
export interface ReportClosedSection {
  /** Title of the section. */
  readonly section: string;
  /** Its connections, separated by `; `. */
  readonly neededFor: string;
  /** What does not work without them, separated by `; `. */
  readonly breaks: string;
  /** The page's address. */
  readonly source: string;
  /** The day of the page's text, YYYY-MM-DD. @default - the page has no date */
  readonly pageDate?: string;
}

/** A group that is managed elsewhere, and the rules that are added to it. */
export interface ReportSharedGroup {
  /** Id of the end whose subnet it is associated with. */
  readonly endpointId: string;
  /** Its name. */
  readonly name: string;
  /** Name of the resource group that it is in. */
  readonly resourceGroup: string;
  /** The rules that are added; what else is in it is its owner's. */
  readonly rules: PlannedRule[];
}

/** The rules that were made for the flows of an end. */
export interface RulesOfEnd {
  readonly endpointId: string;
  /** Each with its flows, by the name that it has in the group. */
  readonly rules: readonly PlannedRule[];
}

/**
 * Endpoints that are reached by DNS name. Network security groups cannot filter
 * by name: the HTTP proxy or firewall has to allow the names.
 */
export interface ReportDnsNames {
  /** Which endpoints: `licenceUpdates`, as in the addresses of DnsNames, or `microsoft`. */
  readonly group: string;
  /** Their DNS names; empty if the certificates of object storage name them. */
  readonly names: string[];
  /** TCP ports connected to. */
  readonly ports: string[];
  /** Ids of the ends that connect. */
  readonly from: string[];
  /** Id of the HTTP proxy or firewall that carries the connections on. @default - they go straight to addresses that the deployment gives */
  readonly through?: string;
  /** What the connections are for. */
  readonly reason: string;
  /** What asks for them. */
  readonly origin: string;
  /** The page's address. @default - no page asks for them */
  readonly source?: string;
  /** The day of the page's text, YYYY-MM-DD. @default - no page asks for them */
  readonly pageDate?: string;
}

/** The content of a report. The order of the lists does not matter: the same members give the same bytes. */
export interface ReportInput {
  /** Path of the construct that is reported on: `veeam-entra/backup`. Names the report and its files. */
  readonly path: string;
  /** The revision of the port table. */
  readonly portTable: ReportPortTable;
  /** Networks of the components. @default [] */
  readonly networks?: ReportNetwork[];
  /** The components. An end of a flow without a component is not part of the deployment. */
  readonly components: ReportComponent[];
  /** The flows of the deployment. */
  readonly flows: Flow[];
  /** The endpoints of the deployment, and their groups. */
  readonly network: Network;
  /** The rules that were made for the flows at each of these endpoints. @default [] */
  readonly rulesOfEnds?: readonly RulesOfEnd[];
  /** The result of the verification. */
  readonly proof: Proof;
  /** Warnings; each is a sentence. @default [] */
  readonly warnings?: string[];
  /** Sections of Veeam's pages that are not fully enabled. @default [] */
  readonly closedSections?: ReportClosedSection[];
  /** Where Veeam's two pages disagree on connections of the deployment. @default [] */
  readonly disagreements?: FollowedDisagreement[];
  /** The failover range, and what closing it saves. @default - closing it saves nothing */
  readonly failover?: FailoverUse;
  /** Ids of ends outside the deployment that the same app opens, in another deployment. @default [] */
  readonly openedBySameApp?: string[];
  /** Groups managed elsewhere to which rules are added. @default [] */
  readonly sharedGroups?: ReportSharedGroup[];
  /** DNS names that the deployment connects to. @default [] */
  readonly dnsNames?: ReportDnsNames[];
}

/** What a report is made of: an EntraIdBackup, or DocumentedFlows. */
export interface IReported {
  /** Every flow that begins or ends in a subnet of a component. */
  readonly flows: Flow[];
  /** @internal */
  _reportInput(): ReportInput;
}
