import type { FailoverRange, VeeamFeature } from "../../ports/features";
import type { Administrators } from "./administrators";
import type { DnsNames } from "./dns-names";

/** A move from one cache repository to another. */
export interface CacheMigration {
  /** Key of the cache repository that the cache moves from. */
  readonly from: string;
  /** Key of the cache repository that the cache moves to. */
  readonly to: string;
}

/** Backups that are copied from one backup repository to another. */
export interface BackupCopy {
  /** Key of the backup repository that is copied from. */
  readonly from: string;
  /** Key of the backup repository that is copied to. */
  readonly to: string;
}

/** A scale-out backup repository. */
export interface ScaleOutRepository {
  /** Keys of the backup repositories that are its extents, two or more. */
  readonly extents: string[];
}

/**
 * The ports of data channels, if Veeam is configured to use fewer. Each
 * connection uses one. Veeam stores the range on each server: set it there too.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-02-12)
 */
export interface TransmissionPorts {
  /** The first port, 2500 to 3300. */
  readonly from: number;
  /** The last port, 2500 to 3300. */
  readonly to: number;
  /** Maximum number of concurrent connections; more than there are ports is a warning. @default - unknown */
  readonly concurrentConnections?: number;
}

/**
 * IPv4 prefixes of servers that the backup server uses; private and /8 or
 * longer, or public and /24 or longer, outside the deployment's subnets. DNS
 * servers are those of the virtual network.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-02-12)
 */
export interface ServiceServers {
  /** NTP servers of the Linux appliance: 123 UDP. @default - none */
  readonly ntp?: string[];
  /** NTP servers that secure time with NTS, for the Linux appliance: 4460 TCP, 123 UDP. @default - none */
  readonly nts?: string[];
  /**
   * Domain controllers of Active Directory: 389, 636, 3268, 3269, 445, 139
   * and 88 TCP; from gateways of SMB shares 389 and 88.
   *
   * @default - none
   */
  readonly directory?: string[];
  /** Mail servers: 25 and 587 TCP. @default - none */
  readonly mail?: string[];
  /** KMIP servers for keys: 5696 TCP. @default - none */
  readonly kms?: string[];
  /** Syslog servers: 514 TCP and UDP. @default - none */
  readonly syslog?: string[];
  /** Syslog servers over TLS: 6514 TCP. @default - none */
  readonly syslogTls?: string[];
  /** Servers of Veeam ONE: 2741, 2805 and 1239 TCP. @default - none */
  readonly veeamOne?: string[];
  /** Local mirrors of Veeam's update repository, for Linux appliances: 443 and 80 TCP. @default - none */
  readonly updateMirror?: string[];
  /**
   * PostgreSQL server that holds the configuration database of a backup server with Windows: 5432 TCP.
   *
   * @default - the database is on the backup server
   */
  readonly configurationPostgresql?: string[];
  /**
   * Microsoft SQL Server that holds the configuration database of a backup server with Windows: 1433 TCP.
   *
   * @default - the database is on the backup server
   */
  readonly configurationSqlServer?: string[];
}

/** What a deployment does in addition to backing up tenants. Its connections are allowed only if it is enabled. */
export interface DeploymentFeatures {
  /**
   * Revision of Veeam's pages on ports, `build@date`: every day on which the
   * page of Microsoft Entra ID or the page "Used Ports" changed, as
   * `veeam-ports tables` lists them. It takes from each page the newest text
   * of that day. Roles without a row in it are refused, and so are features
   * before 2026-02-12.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/userguide/entra_id_ports.html
   * and https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html
   *
   * @default - the newest
   */
  readonly portTable?: string;
  /**
   * IPv4 prefixes from which consoles are opened; outside the subnets of the
   * components, private and /8 or longer, or public and /24 or longer.
   *
   * @default - no console connects
   */
  readonly consoles?: string[];
  /**
   * Features of the deployment. Each enables its rows of Veeam's page
   * "Used Ports" between the components that exist.
   *
   * @default - only the rows of the page for Microsoft Entra ID
   */
  readonly features?: VeeamFeature[];
  /** Addresses from which administrators log on to the operating systems. @default - nobody can log on */
  readonly administrators?: Administrators;
  /**
   * IPv4 prefixes of programs that use the backup server's REST API (9419
   * TCP), beside consoles; private and /8 or longer, or public and /24 or
   * longer, outside the deployment's subnets.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-02-12)
   *
   * @default - none
   */
  readonly restClients?: string[];
  /**
   * IPv4 prefixes of mount servers (9401, 6162 and 443 TCP to the backup
   * server); private and /8 or longer, or public and /24 or longer, outside
   * the deployment's subnets.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-02-12)
   *
   * @default - none
   */
  readonly mountServers?: string[];
  /**
   * IPv4 prefixes of PCs that open the web UI (443 and 10443 TCP, and 80
   * with VeeamFeature.WEB_UI_REDIRECT).
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-08-03)
   *
   * @default - those of the administrators
   */
  readonly webUi?: string[];
  /**
   * IPv4 prefixes of the other members of the backup server's
   * high-availability cluster (5432, 8008 and 8500 TCP). Before 13.1 the
   * backup server is the primary one, and connects to the standby server.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-08-03)
   *
   * @default - none
   */
  readonly clusterMembers?: string[];
  /** Servers that the backup server uses. @default - none */
  readonly services?: ServiceServers;
  /**
   * How endpoints that have no service tag are reached.
   *
   * @default - through the HTTP proxy; refused where that is not enough for a feature
   */
  readonly dnsNames?: DnsNames;
  /**
   * Copies from backup repositories to others: 2500-3300 and 6162 TCP.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-02-12)
   *
   * @default - none
   */
  readonly backupCopies?: BackupCopy[];
  /**
   * Scale-out backup repositories by name, between whose extents backups move
   * (2500-3300 and 6162 TCP).
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-02-12)
   *
   * @default - none
   */
  readonly scaleOutRepositories?: { [key: string]: ScaleOutRepository };
  /** The range that Veeam is configured to use for data channels, within 2500 to 3300. @default - 2500 to 3300 */
  readonly transmissionPorts?: TransmissionPorts;
  /**
   * Whether the range for data channels is allowed where Veeam's page "Used
   * Ports" has it as failover for port 6162 only.
   *
   * @default FailoverRange.OPEN
   */
  readonly failoverRange?: FailoverRange;
  /** Allows the connections for moving a cache repository to another. @default - no cache moves */
  readonly cacheMigration?: CacheMigration;
}
