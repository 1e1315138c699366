import type { Construct } from "constructs";
import { VeeamRole } from "../../ports/port-table";
import { BackupComponent, type MachineProps } from "./component";

/**
 * A gateway server, in front of a repository that cannot run Veeam's services itself.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export class GatewayServer extends BackupComponent {
  constructor(scope: Construct, id: string, props: MachineProps) {
    super(scope, id, VeeamRole.GATEWAY_SERVER, props);
  }
}
