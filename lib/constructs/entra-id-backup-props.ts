import type { BackupNetworkProps } from "./network/backup-network-props";
import type { DeploymentFeatures } from "./roles/deployment-features";
import type {
  BackupRepositoryPlacement,
  CacheRepositoryPlacement,
  GatewayServerPlacement,
  HttpProxyPlacement,
  MachinePlacement,
  PostgresqlPlacement,
} from "./roles/placements";

/** A deployment of Veeam Backup for Microsoft Entra ID. */
export interface EntraIdBackupProps extends BackupNetworkProps, DeploymentFeatures {
  /** The backup server. */
  readonly backupServer: MachinePlacement;
  /** The PostgreSQL server of the Entra ID backup repository. @default - the backup server's own instance */
  readonly postgresql?: PostgresqlPlacement;
  /** The HTTP proxy on the way to Microsoft. @default - the backup server connects directly */
  readonly httpProxy?: HttpProxyPlacement;
  /** Cache repositories by name. @default - none */
  readonly cacheRepositories?: { [key: string]: CacheRepositoryPlacement };
  /** Gateway servers by name. @default - none */
  readonly gatewayServers?: { [key: string]: GatewayServerPlacement };
  /** Backup repositories by name. @default - none */
  readonly backupRepositories?: { [key: string]: BackupRepositoryPlacement };
  /**
   * Components that are removed, `gatewayServers.old`: the group of each stays
   * on its subnet until Azure has deleted the subnet, which it refuses while a
   * machine is in it. Needs Terraform 1.7 or newer.
   *
   * @default - none
   */
  readonly removed?: string[];
}
