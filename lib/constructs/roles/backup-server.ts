import type { Construct } from "constructs";
import { VeeamRole } from "../../ports/port-table";
import { BackupComponent, type MachineProps } from "./component";

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
