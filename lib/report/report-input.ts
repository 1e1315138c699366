import type { Flow } from "../azure/flow";
import type { Network } from "../proof/network";
import type { Proof } from "../proof/prove";
import type { SecurityRule } from "../azure/security-rule";
import type { VeeamRole } from "../ports/port-table";

/** The revision of the port table that a deployment follows. */
export interface ReportPortTable {
  /** `build@pageDate`. */
  readonly revision: string;
  /** The page's address. */
  readonly source: string;
  /** The day of the page's text, YYYY-MM-DD. */
  readonly pageDate: string;
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
  /** Prefix of its subnet; several of one that exists are parted by commas. @default - it has no subnet of its own */
  readonly subnet?: string;
  /** Id of its subnet, where that exists already. @default - its subnet is made, or it has none */
  readonly existingSubnetId?: string;
  /** Region of the object storage that it is, reached by the region's service tag. @default - it is none, or has addresses */
  readonly region?: string;
  /** Its addresses elsewhere. @default - it is not elsewhere */
  readonly addresses?: string[];
  /** Label of the component whose machine it shares. @default - it shares none */
  readonly sharesMachineOf?: string;
  /** Facts of its machine, by what they are: `size`, `image`. @default - no machine is made */
  readonly machine?: { [name: string]: string };
}

/** How subnets reach what is public. */
export enum ReportEgress {
  /** A NAT gateway that is made here. */
  NAT_GATEWAY = "natGateway",
  /** A NAT gateway that exists. */
  EXISTING_NAT_GATEWAY = "existingNatGateway",
  /** An Azure Firewall that exists, to which routes from here lead. */
  AZURE_FIREWALL = "azureFirewall",
  /** The platform's own routes. */
  PLATFORM = "platform",
}

/** Where a deployment lives. */
export interface ReportNetwork {
  /** Name of the deployment. */
  readonly name: string;
  /** Region of the public Azure cloud: `westeurope`. */
  readonly location: string;
  /** Name of the resource group of everything that is made. */
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
  /** How subnets reach what is public. */
  readonly egress: ReportEgress;
  /** Ids of the ends whose subnets are made with that way out, because they have flows to what is public. */
  readonly egressOf: string[];
  /** Id of the NAT gateway that exists. @default - none is used */
  readonly natGatewayId?: string;
  /** Private address of the firewall. @default - there is none */
  readonly firewallAddress?: string;
}

/** A section of Veeam's pages that a deployment leaves closed. */
export interface ReportClosedSection {
  /** Title of the section. */
  readonly section: string;
  /** What needs its connections; several are parted by `; `. */
  readonly neededFor: string;
  /** What does not work while it is closed; several are parted by `; `. */
  readonly breaks: string;
  /** The page's address. */
  readonly source: string;
  /** The day of the page's text, YYYY-MM-DD. @default - the page bears no date */
  readonly pageDate?: string;
}

/** A group of others before a subnet that exists, and the rules that are added to it. */
export interface ReportSharedGroup {
  /** Id of the end whose subnet it stands before. */
  readonly endpointId: string;
  /** Its name. */
  readonly name: string;
  /** Name of the resource group that it is in. */
  readonly resourceGroup: string;
  /** The rules that are added; what else is in it is its owner's. */
  readonly rules: ReportAddedRule[];
}

/** A rule that is added to a group of others. */
export interface ReportAddedRule extends SecurityRule {
  /** Its name without whom it is for: that of its flow's rules elsewhere. */
  readonly nameOfFlow: string;
}

/**
 * Endpoints that are reached by DNS name, which no security group can filter
 * by: whoever carries the connections on has to let the names pass.
 */
export interface ReportDnsNames {
  /** Which endpoints: `licenceUpdates`, as in the addresses of DnsNames, or `microsoft`. */
  readonly group: string;
  /** Their DNS names; none where the certificates of object storage name them. */
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

/**
 * What a report is made of. The order of the lists does not matter: the same
 * members give the same bytes.
 */
export interface ReportInput {
  /** Path of the construct that is reported on: `veeam-entra/backup`. Names the report and its files. */
  readonly path: string;
  /** The revision of the port table. */
  readonly portTable: ReportPortTable;
  /** Where the components live. @default - it is not said */
  readonly networks?: ReportNetwork[];
  /** The components. An end of a flow that no component is at is reported as an end of others. */
  readonly components: ReportComponent[];
  /** The flows that are asked for. */
  readonly flows: Flow[];
  /** The endpoints that are made here, and the groups before them. */
  readonly network: Network;
  /** What the groups were found to do. */
  readonly proof: Proof;
  /** What deploys, but should be known; each a sentence. @default - nothing */
  readonly warnings?: string[];
  /** Sections of Veeam's pages that stay closed. @default - none is named */
  readonly closedSections?: ReportClosedSection[];
  /** Groups of others to which rules are added. @default - none is */
  readonly sharedGroups?: ReportSharedGroup[];
  /** What is reached by DNS name. @default - nothing is */
  readonly dnsNames?: ReportDnsNames[];
}
