import type { CacheRepositoryType, GatewayServerType, OperatingSystem } from "../ports/component-types";
import type { BackupNetworkProps } from "./network/backup-network-props";
import type {
  BackupRepositoryOptions,
  ComponentOptions,
  HttpProxyOptions,
  PostgresqlServerOptions,
  RepositoryOptions,
} from "./roles/component-options";
import type { DeploymentOptions } from "./roles/deployment-options";

/** A deployment of Veeam Backup for Microsoft Entra ID. */
export interface EntraIdBackupProps extends BackupNetworkProps, DeploymentOptions {
  /** The backup server. */
  readonly backupServer: ComponentOptions<OperatingSystem>;
  /** The PostgreSQL server of the Entra ID backup repository. @default - the backup server's own instance */
  readonly postgresql?: PostgresqlServerOptions;
  /** The HTTP proxy on the way to Microsoft. @default - the backup server connects directly */
  readonly httpProxy?: HttpProxyOptions;
  /** Cache repositories by name. @default - none */
  readonly cacheRepositories?: { [key: string]: RepositoryOptions<CacheRepositoryType> };
  /** Gateway servers by name. @default - none */
  readonly gatewayServers?: { [key: string]: ComponentOptions<GatewayServerType> };
  /** Backup repositories by name. @default - none */
  readonly backupRepositories?: { [key: string]: BackupRepositoryOptions };
  /**
   * Components that are removed, `gatewayServers.old`: the group of each stays
   * on its subnet until Azure has deleted the subnet, which it refuses while a
   * machine is in it. Needs Terraform 1.7 or newer.
   *
   * @default - none
   */
  readonly removed?: string[];
}
