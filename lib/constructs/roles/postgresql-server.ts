import type { Construct } from "constructs";
import { VeeamRole } from "../../ports/port-table";
import { BackupComponent, type MachineProps } from "./component";

/** Where the PostgreSQL server lives and on which port it listens. */
export interface PostgresqlServerProps extends MachineProps {
  /**
   * Port on which PostgreSQL listens, 1 to 65535.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html (page of 2026-02-12)
   *
   * @default - the port of the port table, 5432
   */
  readonly port?: number;
}

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
