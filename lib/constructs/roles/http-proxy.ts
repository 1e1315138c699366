import type { Construct } from "constructs";
import { VeeamRole } from "../../ports/port-table";
import { BackupComponent, type MachineProps } from "./component";

/** Where the HTTP proxy lives and on which port it listens. */
export interface HttpProxyProps extends MachineProps {
  /**
   * Port on which the proxy listens, 1 to 65535. Veeam's table prints none
   * that holds for every proxy.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html (page of 2026-02-12)
   */
  readonly port: number;
  /**
   * Whether the backup server keeps its direct flows to Microsoft, for a
   * cutover.
   *
   * @default false - the proxy's flows replace them
   */
  readonly directAccess?: boolean;
}

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
