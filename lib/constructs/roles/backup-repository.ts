import type { Construct } from "constructs";
import type { BackupRepositoryType } from "../../ports/component-types";
import { VeeamRole } from "../../ports/port-table";
import { BackupComponent, type BackupComponentProps } from "./component";

/** Where a backup repository lives, and what it is. Object storage has exactly one of `region` and `addresses`. */
export interface BackupRepositoryProps extends BackupComponentProps {
  /** What it is. @default - that of the machine it shares, or unknown: refused where what opens depends on it */
  readonly type?: BackupRepositoryType;
  /**
   * For object storage: the region whose service tag opens, `westeurope` for
   * `Storage.WestEurope`. In place of it, `addresses` are those of a private
   * endpoint.
   *
   * @default - it is reached by addresses, or is not object storage
   */
  readonly region?: string;
  /**
   * The gateway servers, or the backup server, that speak to a repository
   * which cannot run Veeam's services itself (NFS, SMB, object storage, Data Domain, StoreOnce).
   *
   * @default - all of them, because Veeam chooses one by itself
   */
  readonly gateways?: BackupComponent[];
}

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
