/**
 * Protocol of a security rule, in Azure's words.
 *
 * Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
 */
export enum Protocol {
  /** Transmission Control Protocol. */
  TCP = "Tcp",
  /** User Datagram Protocol. */
  UDP = "Udp",
  /** Internet Control Message Protocol; has no ports. */
  ICMP = "Icmp",
  /** IPsec Encapsulating Security Payload; has no ports. */
  ESP = "Esp",
  /** IPsec Authentication Header; has no ports. */
  AH = "Ah",
  /** Every protocol. */
  ANY = "*",
}

/** Direction of a security rule, seen from the machine behind the group. */
export enum Direction {
  /** Connections opened towards the machine. */
  INBOUND = "Inbound",
  /** Connections that the machine opens. */
  OUTBOUND = "Outbound",
}

/** What a security rule does with the connections that it matches. */
export enum Access {
  /** Lets the connection pass. */
  ALLOW = "Allow",
  /** Refuses the connection. */
  DENY = "Deny",
}

/**
 * One rule of a network security group. Lists are never empty: `["*"]` is any.
 *
 * A prefix is an IPv4 or IPv6 prefix, an address, a service tag, `*`, or a
 * value that is known only at apply; a port is `*`, `443`, `2500-3300`, or a
 * value that is known only at apply.
 */
export interface SecurityRule {
  /** Name, unique in its group ignoring case; 1 to 80 characters. */
  readonly name: string;
  /** 100 to 4096 (65000 and up for Azure's default rules); the lowest number that matches decides. */
  readonly priority: number;
  /** Direction in which the rule applies. */
  readonly direction: Direction;
  /** Whether the rule allows or denies. */
  readonly access: Access;
  /** Protocol that the rule matches. */
  readonly protocol: Protocol;
  /** Prefixes of the end that opens the connection. */
  readonly sourceAddressPrefixes: string[];
  /** Ports from which the connection is opened. */
  readonly sourcePortRanges: string[];
  /** Prefixes of the end that is connected to. */
  readonly destinationAddressPrefixes: string[];
  /** Ports that are connected to. */
  readonly destinationPortRanges: string[];
  /** Ids of application security groups at the opening end, in place of its prefixes. @default - none */
  readonly sourceApplicationSecurityGroupIds?: string[];
  /** Ids of application security groups at the other end, in place of its prefixes. @default - none */
  readonly destinationApplicationSecurityGroupIds?: string[];
  /** Why the rule is there; up to 140 characters. @default - none */
  readonly description?: string;
}
