import type { Construct } from "constructs";
import type { CacheRepositoryType, GatewayServerType, OperatingSystem } from "../../ports/component-types";
import { VeeamRole } from "../../ports/port-table";
import { BackupComponent, type BackupComponentProps } from "./component";
import type {
  BackupRepositoryOptions,
  ComponentOptions,
  HttpProxyOptions,
  PostgresqlServerOptions,
  RepositoryOptions,
} from "./component-options";

/** The backup server, on which Veeam Backup & Replication runs. It is also the only backup proxy. */
export class BackupServer extends BackupComponent {
  constructor(scope: Construct, id: string, props: BackupComponentProps<ComponentOptions<OperatingSystem>>) {
    super(scope, id, VeeamRole.BACKUP_SERVER, props);
  }
}

/** The remote PostgreSQL server that holds the Entra ID backup repository. */
export class PostgresqlServer extends BackupComponent {
  constructor(scope: Construct, id: string, props: BackupComponentProps<PostgresqlServerOptions>) {
    super(scope, id, VeeamRole.POSTGRESQL, props);
  }
}

/** The HTTP proxy on the backup server's way to Microsoft. */
export class HttpProxy extends BackupComponent {
  constructor(scope: Construct, id: string, props: BackupComponentProps<HttpProxyOptions>) {
    super(scope, id, VeeamRole.HTTP_PROXY, props);
  }
}

/** A cache repository, which log backup compares new data with. */
export class CacheRepository extends BackupComponent {
  constructor(
    scope: Construct,
    id: string,
    props: BackupComponentProps<RepositoryOptions<CacheRepositoryType>>,
  ) {
    super(scope, id, VeeamRole.CACHE_REPOSITORY, props);
  }
}

/** A gateway server, in front of a repository that cannot run Veeam's services itself. */
export class GatewayServer extends BackupComponent {
  constructor(
    scope: Construct,
    id: string,
    props: BackupComponentProps<ComponentOptions<GatewayServerType>>,
  ) {
    super(scope, id, VeeamRole.GATEWAY_SERVER, props);
  }
}

/** A primary or secondary backup repository. */
export class BackupRepository extends BackupComponent {
  constructor(scope: Construct, id: string, props: BackupComponentProps<BackupRepositoryOptions>) {
    super(scope, id, VeeamRole.BACKUP_REPOSITORY, props);
  }
}
