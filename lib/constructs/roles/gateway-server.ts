import type { Construct } from "constructs";
import { Role } from "../../ports/port-table";
import { Component, type MachineProps } from "./component";

/**
 * A gateway server, in front of a repository that cannot run Veeam's services itself.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export class GatewayServer extends Component {
  constructor(scope: Construct, id: string, props: MachineProps) {
    super(scope, id, Role.GATEWAY_SERVER, props);
  }
}
