import type { Construct } from "constructs";
import { VeeamRole } from "../../ports/port-table";
import type { GatewayServerType } from "../../ports/component-types";
import { BackupComponent, type BackupComponentProps } from "./component";

/** Properties of a gateway server. */
export interface GatewayServerProps extends BackupComponentProps {
  /**
   * What the gateway server runs on.
   *
   * @default - that of the machine it shares, or unknown: refused where what opens depends on it
   */
  readonly type?: GatewayServerType;
}

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
