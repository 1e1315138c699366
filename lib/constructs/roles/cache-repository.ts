import type { Construct } from "constructs";
import type { CacheRepositoryType } from "../../ports/component-types";
import { VeeamRole } from "../../ports/port-table";
import { BackupComponent, type BackupComponentProps } from "./component";

/** Where a cache repository lives, and what it is. */
export interface CacheRepositoryProps extends BackupComponentProps {
  /** What it is. @default - that of the machine it shares, or unknown: refused where what opens depends on it */
  readonly type?: CacheRepositoryType;
  /**
   * The gateway servers, or the backup server, that speak to a repository
   * which cannot run Veeam's services itself (NFS, SMB).
   *
   * @default - all of them, because Veeam chooses one by itself
   */
  readonly gateways?: BackupComponent[];
}

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
