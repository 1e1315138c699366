import type { Construct } from "constructs";
import { VeeamRole } from "../../ports/port-table";
import { BackupComponent, type BackupComponentProps } from "./component";
import type {
  BackupRepositoryPlacement,
  CacheRepositoryPlacement,
  GatewayServerPlacement,
  HttpProxyPlacement,
  MachinePlacement,
  PostgresqlPlacement,
} from "./placements";

/** Properties of a component that is a machine. */
export interface MachineProps extends BackupComponentProps, MachinePlacement {}

/**
 * The backup server, on which Veeam Backup & Replication runs. It is also the only backup proxy.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export class BackupServer extends BackupComponent {
  constructor(scope: Construct, id: string, props: MachineProps) {
    super(scope, id, VeeamRole.BACKUP_SERVER, props);
  }
}

/** Properties of PostgresqlServer. */
export interface PostgresqlServerProps extends MachineProps, PostgresqlPlacement {}

/**
 * The remote PostgreSQL server that holds the Entra ID backup repository.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export class PostgresqlServer extends BackupComponent {
  constructor(scope: Construct, id: string, props: PostgresqlServerProps) {
    super(scope, id, VeeamRole.POSTGRESQL, props);
  }
}

/** Properties of HttpProxy. */
export interface HttpProxyProps extends MachineProps, HttpProxyPlacement {}

/**
 * The HTTP proxy on the backup server's way to Microsoft.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export class HttpProxy extends BackupComponent {
  constructor(scope: Construct, id: string, props: HttpProxyProps) {
    super(scope, id, VeeamRole.HTTP_PROXY, props);
  }
}

/** Properties of CacheRepository. */
export interface CacheRepositoryProps extends BackupComponentProps, CacheRepositoryPlacement {}

/**
 * A cache repository, where log backup keeps what it compares with.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export class CacheRepository extends BackupComponent {
  constructor(scope: Construct, id: string, props: CacheRepositoryProps) {
    super(scope, id, VeeamRole.CACHE_REPOSITORY, props);
  }
}

/** Properties of GatewayServer. */
export interface GatewayServerProps extends BackupComponentProps, GatewayServerPlacement {}

/**
 * A gateway server, in front of a repository that cannot run Veeam's services itself.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export class GatewayServer extends BackupComponent {
  constructor(scope: Construct, id: string, props: GatewayServerProps) {
    super(scope, id, VeeamRole.GATEWAY_SERVER, props);
  }
}

/** Properties of BackupRepository. */
export interface BackupRepositoryProps extends BackupComponentProps, BackupRepositoryPlacement {}

/**
 * A primary or secondary backup repository.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export class BackupRepository extends BackupComponent {
  constructor(scope: Construct, id: string, props: BackupRepositoryProps) {
    super(scope, id, VeeamRole.BACKUP_REPOSITORY, props);
  }
}
