import type { Construct } from "constructs";
import { Role } from "../../ports/port-table";
import { Component, type MachineProps } from "./component";

/**
 * The backup server, on which Veeam Backup & Replication runs. It is also the only backup proxy.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export class BackupServer extends Component {
  constructor(scope: Construct, id: string, props: MachineProps) {
    super(scope, id, Role.BACKUP_SERVER, props);
  }
}
