import type { SecurityRule } from "../azure/security-rule";
import type { ServiceTags } from "../azure/sets/service-tags";

/** The result for a connection. */
export enum Verdict {
  /** It is allowed, whatever unknown sets contain. */
  ALLOW = "allow",
  /** It is denied, whatever unknown sets contain. */
  DENY = "deny",
  /** It is allowed or denied, depending on something unknown. */
  DEPENDS = "depends",
}

/** An end of a connection. */
export enum ConnectionEnd {
  /** The end that opens the connection: its outbound rules apply. */
  SOURCE = "source",
  /** The end that accepts the connection: its inbound rules apply. */
  DESTINATION = "destination",
}

/** Where a group is attached. */
export enum Attachment {
  /** To a subnet. */
  SUBNET = "subnet",
  /** To a network interface. */
  NETWORK_INTERFACE = "network interface",
  /** A group that may exist, or whose attachment is unknown. */
  NOT_KNOWN = "not known",
  /** Not a group: the peering between two virtual networks, which may be missing. */
  VIRTUAL_NETWORK = "virtual network",
}

/**
 * Names of unknown facts, such as "whether rule web exists". Each is evaluated
 * both as true and as false: if the results differ, they depend on it by this
 * name. Several names are a conjunction: all of them must be true.
 */
export type Doubts = readonly string[];

/** A rule of a group. */
export interface GroupRule extends SecurityRule {
  /** The rule exists if these are true. @default - the rule exists */
  readonly existsIf?: Doubts;
}

/** A network security group. */
export interface SecurityGroup {
  /** Name that endpoints use for it. */
  readonly name: string;
  /** Its own rules, in any order, without Azure's default rules. */
  readonly rules: GroupRule[];
  /** Names of what is unknown about its rules: each may allow or deny any connection. @default - the rules are known */
  readonly unknownRules?: Doubts;
}

/**
 * An endpoint: machines in the virtual network, and the groups attached to
 * them. If both groups are given, both must allow a connection. An endpoint
 * without a group is open, and so is a private endpoint that groups do not
 * filter.
 */
export interface GuardedEndpoint {
  /** Identity, unique in the network. */
  readonly id: string;
  /** Name for readers. */
  readonly label: string;
  /** Its prefixes or addresses (IPv4 or IPv6), or values known only at apply. */
  readonly prefixes: string[];
  /** Ids of application security groups that every interface of it is in. @default - none */
  readonly applicationSecurityGroupIds?: string[];
  /** Name of the group of its subnet. @default - none */
  readonly subnetGroup?: string;
  /** Name of the group of its network interfaces. @default - none */
  readonly interfaceGroup?: string;
  /** The group of the subnet does not filter if these are true. @default - it filters */
  readonly noSubnetGroupIf?: Doubts;
  /** The group of the interfaces does not filter if these are true. @default - it filters */
  readonly noInterfaceGroupIf?: Doubts;
  /** Another group with unknown rules may deny any connection if these are true. @default - no such group exists */
  readonly refusedIf?: Doubts;
  /** Its virtual network, by a name in `Network.peerings`. @default - unknown: it reaches every endpoint */
  readonly virtualNetwork?: string;
}

/** A peering of two virtual networks, for connections in both directions. */
export interface Peering {
  /** The two virtual networks, by the names that endpoints use. */
  readonly between: readonly [string, string];
  /** The peering exists if these are true. @default - it exists */
  readonly existsIf?: Doubts;
}

/** A network interface within an endpoint, with its application security groups. */
export type NetworkInterface = Pick<
  GuardedEndpoint,
  "id" | "label" | "prefixes" | "applicationSecurityGroupIds"
>;

/** Network security groups, the endpoints that they are attached to, and the known addresses around them. */
export interface Network {
  /** The endpoints. */
  readonly endpoints: GuardedEndpoint[];
  /** Network interfaces within the endpoints. @default - unknown */
  readonly interfaces?: readonly NetworkInterface[];
  /** Groups that the endpoints name; other groups are not evaluated. */
  readonly groups: SecurityGroup[];
  /** Prefixes of the virtual network, which the service tag `VirtualNetwork` contains. @default - those of the endpoints */
  readonly virtualNetworkPrefixes?: string[];
  /** Prefixes of peered networks, of networks behind a gateway and of routes, which `VirtualNetwork` contains too. @default - unknown */
  readonly connectedPrefixes?: string[];
  /**
   * Whether a route for 0.0.0.0/0 may exist: with it, `VirtualNetwork` may
   * contain public addresses.
   * @default false
   */
  readonly hasDefaultRoute?: boolean;
  /**
   * Peerings. Endpoints in two virtual networks without a peering do not reach
   * each other.
   *
   * @default - unknown: all virtual networks reach each other
   */
  readonly peerings?: readonly Peering[];
  /** The addresses of service tags. @default - a service tag contains unknown public addresses */
  readonly serviceTags?: ServiceTags;
}
