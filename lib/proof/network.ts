import type { SecurityRule } from "../azure/security-rule";
import type { ServiceTags } from "../azure/sets/service-tags";

/** What becomes of a connection. */
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
  /** The end that opens it: its outbound rules judge. */
  SOURCE = "source",
  /** The end that is connected to: its inbound rules judge. */
  DESTINATION = "destination",
}

/** Where a group is attached. */
export enum Attachment {
  /** To a subnet. */
  SUBNET = "subnet",
  /** To a network interface. */
  NETWORK_INTERFACE = "network interface",
  /** A group that may exist, or of which it is not known where it is attached. */
  NOT_KNOWN = "not known",
  /** Between two virtual networks: no group, but the peering that may be missing. */
  VIRTUAL_NETWORK = "virtual network",
}

/**
 * Names of facts that are not known, such as "whether rule web exists". Each is
 * judged both as true and as false: where the results differ, they depend on
 * it by this name. Several names hold together: all of them have to be true.
 */
export type Doubts = readonly string[];

/** A rule of a group. */
export interface GroupRule extends SecurityRule {
  /** The rule exists where these are true. @default - it surely exists */
  readonly existsIf?: Doubts;
}

/** A network security group. */
export interface SecurityGroup {
  /** Name by which endpoints refer to it. */
  readonly name: string;
  /** Its own rules, in any order, without Azure's default rules. */
  readonly rules: GroupRule[];
  /** Names of what is unknown about its rules: each may allow or deny any connection. @default - the rules are known */
  readonly unknownRules?: Doubts;
}

/**
 * An endpoint: machines in the virtual network, and the groups before
 * them. Where both groups are given, both must allow. An endpoint without a
 * group is open as far as this network goes; so is a private endpoint, to
 * which groups do not apply.
 */
export interface GuardedEndpoint {
  /** Identity, unique in the network. */
  readonly id: string;
  /** What a reader calls it. */
  readonly label: string;
  /** Its prefixes or addresses (IPv4 or IPv6), or values known only at apply. */
  readonly prefixes: string[];
  /** Ids of application security groups that every interface of it is in. @default - none */
  readonly applicationSecurityGroupIds?: string[];
  /** Name of the group before its subnet. @default - none */
  readonly subnetGroup?: string;
  /** Name of the group before its network interfaces. @default - none */
  readonly interfaceGroup?: string;
  /** The group of the subnet does not filter where these are true. @default - it surely filters */
  readonly noSubnetGroupIf?: Doubts;
  /** The group of the interfaces does not filter where these are true. @default - it surely filters */
  readonly noInterfaceGroupIf?: Doubts;
  /** A further group with unknown rules may deny any connection where these are true. @default - there is no such group */
  readonly refusedIf?: Doubts;
  /** Virtual network that it is in, by a name of `Network.peerings`. @default - not known: it reaches every endpoint */
  readonly virtualNetwork?: string;
}

/** A way between two virtual networks, for connections that either opens. */
export interface Peering {
  /** The two virtual networks, by the names that endpoints use. */
  readonly between: readonly [string, string];
  /** The way exists where these are true. @default - it surely exists */
  readonly existsIf?: Doubts;
}

/** A network interface within an endpoint, of which it is known which application security groups it is in. */
export type NetworkInterface = Pick<
  GuardedEndpoint,
  "id" | "label" | "prefixes" | "applicationSecurityGroupIds"
>;

/** Network security groups, the endpoints that they are attached to, and what is known of the addresses around. */
export interface Network {
  /** The endpoints. */
  readonly endpoints: GuardedEndpoint[];
  /** Network interfaces within the endpoints. @default - none is known */
  readonly interfaces?: readonly NetworkInterface[];
  /** Groups that the endpoints name; others are not judged. */
  readonly groups: SecurityGroup[];
  /** Prefixes of the virtual network, surely in the service tag `VirtualNetwork`. @default - those of the endpoints */
  readonly virtualNetworkPrefixes?: string[];
  /** Prefixes of peered networks, of networks behind a gateway and of routes, surely in `VirtualNetwork` too. @default - none is known */
  readonly connectedPrefixes?: string[];
  /**
   * Whether a route for 0.0.0.0/0 may be there: it makes `VirtualNetwork` hold
   * about every address, so that public ones are perhaps in it.
   * @default false
   */
  readonly hasDefaultRoute?: boolean;
  /**
   * Ways between virtual networks. Endpoints in two virtual networks without
   * one do not reach each other.
   *
   * @default - not known: all virtual networks reach each other
   */
  readonly peerings?: readonly Peering[];
  /** The addresses behind service tags. @default - a service tag is a set of public addresses that are not known */
  readonly serviceTags?: ServiceTags;
}
