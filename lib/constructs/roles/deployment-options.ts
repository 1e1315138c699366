import type { FailoverRange, VeeamFeature } from "../../ports/features";
import type { Administrators } from "./administrators";
import type { DnsNames } from "./dns-names";

/** Two repositories, by key: the source and the destination of a copy or a migration. */
export interface FromToOptions {
  /** Key of the repository that is copied or moved from. */
  readonly from: string;
  /** Key of the repository that is copied or moved to. */
  readonly to: string;
}

/**
 * The ports of data channels, if Veeam is configured to use fewer. Each
 * connection uses one. Veeam stores the range on each server: set it there too.
 */
export interface TransmissionPortOptions {
  /** The first port, 2500 to 3300. */
  readonly from: number;
  /** The last port, 2500 to 3300. */
  readonly to: number;
  /** Maximum number of concurrent connections; more than there are ports is a warning. @default - unknown */
  readonly concurrentConnections?: number;
}

/**
 * Prefixes of servers that the backup server uses. docs/features.md lists the
 * ports. DNS servers are those of the virtual network.
 */
export interface ServiceOptions {
  /** NTP servers of the Linux appliance. @default - none */
  readonly ntp?: string[];
  /** NTP servers that secure time with NTS, for the Linux appliance. @default - none */
  readonly nts?: string[];
  /** Domain controllers of Active Directory; gateways of SMB shares use them too. @default - none */
  readonly directory?: string[];
  /** Mail servers. @default - none */
  readonly mail?: string[];
  /** KMIP servers for keys. @default - none */
  readonly kms?: string[];
  /** Syslog servers. @default - none */
  readonly syslog?: string[];
  /** Syslog servers over TLS. @default - none */
  readonly syslogTls?: string[];
  /** Servers of Veeam ONE. @default - none */
  readonly veeamOne?: string[];
  /** Local mirrors of Veeam's update repository, for Linux appliances. @default - none */
  readonly updateMirror?: string[];
  /** PostgreSQL server with the configuration database of a Windows backup server. @default - the backup server's own */
  readonly configurationPostgresql?: string[];
  /** Microsoft SQL Server with the configuration database of a Windows backup server. @default - the backup server's own */
  readonly configurationSqlServer?: string[];
}

/**
 * Options of a deployment in addition to tenant backup. The connections of an option are
 * allowed only if it is set.
 *
 * Lists of prefixes are IPv4 prefixes outside the subnets of the components,
 * private and /8 or longer, or public and /24 or longer. docs/features.md lists
 * the ports that each option allows, from Veeam's page "Used Ports".
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (pages of 2026-02-12 and 2026-08-03)
 */
export interface DeploymentOptions {
  /**
   * Revision of Veeam's pages on ports, `build@date`, as `veeam-ports tables`
   * lists them: every day on which the page of Microsoft Entra ID or the page
   * "Used Ports" changed. Roles without a row in it are refused, and so are
   * features before 2026-02-12.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/userguide/entra_id_ports.html
   * and https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (pages
   * of 2025-12-12 to 2026-08-03)
   *
   * @default - the newest
   */
  readonly portTable?: string;
  /** Prefixes of Veeam consoles. @default - no console connects */
  readonly consoles?: string[];
  /** Features of the deployment. Each enables its rows of "Used Ports" between the components that exist. @default - none */
  readonly features?: VeeamFeature[];
  /** Addresses from which administrators log on to the operating systems. @default - nobody can log on */
  readonly administrators?: Administrators;
  /** Prefixes of programs other than consoles that use the backup server's REST API. @default - none */
  readonly restClients?: string[];
  /** Prefixes of mount servers. @default - none */
  readonly mountServers?: string[];
  /**
   * Prefixes of PCs that open the web UI and the host management console.
   *
   * @default - those of the administrators
   */
  readonly webUi?: string[];
  /**
   * Prefixes of the other members of the backup server's high-availability
   * cluster. Before 13.1 the backup server is the primary one, and connects to
   * the standby server.
   *
   * @default - none
   */
  readonly clusterMembers?: string[];
  /** Servers that the backup server uses. @default - none */
  readonly services?: ServiceOptions;
  /**
   * How endpoints that have no service tag are reached.
   *
   * @default - through the HTTP proxy; refused where that is not enough for a feature
   */
  readonly dnsNames?: DnsNames;
  /** Copies between backup repositories. @default - none */
  readonly backupCopies?: FromToOptions[];
  /**
   * Scale-out backup repositories by name, each with the keys of two or more
   * backup repositories, between which backups move.
   *
   * @default - none
   */
  readonly scaleOutRepositories?: { [key: string]: { readonly extents: string[] } };
  /** The range that Veeam is configured to use for data channels, within 2500 to 3300. @default - 2500 to 3300 */
  readonly transmissionPorts?: TransmissionPortOptions;
  /** Whether the range for data channels is allowed where "Used Ports" has it only as failover for port 6162. @default FailoverRange.OPEN */
  readonly failoverRange?: FailoverRange;
  /** Allows the connections for moving a cache repository to another. @default - no cache moves */
  readonly cacheMigration?: FromToOptions;
}
