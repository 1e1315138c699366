import type { SecurityRule } from "../azure/security-rule";
import type { ServiceTags } from "../azure/sets/service-tags";

/** What becomes of a connection. */
export enum Verdict {
  /** It passes, whatever the sets hold that are not known. */
  ALLOW = "allow",
  /** It is refused, whatever the sets hold that are not known. */
  DENY = "deny",
  /** It passes or not, by what a set holds that is not known. */
  DEPENDS = "depends",
}

/** An end of a connection. */
export enum ConnectionEnd {
  /** The end that opens it: its outbound rules judge. */
  SOURCE = "source",
  /** The end that is connected to: its inbound rules judge. */
  DESTINATION = "destination",
}

/** Where a group stands. */
export enum Attachment {
  /** Before a subnet. */
  SUBNET = "subnet",
  /** Before a network interface. */
  NETWORK_INTERFACE = "network interface",
}

/** A network security group. */
export interface SecurityGroup {
  /** Name by which endpoints refer to it. */
  readonly name: string;
  /** Its own rules, in any order, without Azure's default rules. */
  readonly rules: SecurityRule[];
}

/**
 * An endpoint of ours: machines in the virtual network, and the groups before
 * them. Where both groups are given, both must allow. An endpoint without a
 * group is open as far as this network goes.
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
}

/** Groups, the endpoints that they stand before, and what is known of the addresses around. */
export interface Network {
  /** Endpoints of ours. */
  readonly endpoints: GuardedEndpoint[];
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
  /** The addresses behind service tags. @default - a service tag is a set of public addresses that are not known */
  readonly serviceTags?: ServiceTags;
}
