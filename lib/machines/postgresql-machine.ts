import { Construct } from "constructs";
import { NamedResource } from "../azure/naming";
import { formatProblem, refuseProblems } from "../base/problem";
import type { IConnectable } from "../constructs/network/connections";
import { Port } from "../constructs/network/port";
import type { BackupServer, PostgresqlServer } from "../constructs/roles/roles";
import {
  checkBackupServer,
  checkComponentMachine,
  machineInPlaceOf,
  refuseDebianTypes,
} from "./component-machine";
import { LinuxMachine } from "./linux-machine";
import { DEBIAN, DebianRelease } from "./debian-release";
import type { ComponentMachineProps, DataDiskOptions } from "./machine-props";
import { rememberMachine } from "./made-machines";
import { machineFacts } from "./machine-facts";
import { MachineIdentity } from "./machine-identity";
import { allowPackages } from "./package-connections";
import { type PackageSource, warnOfImage } from "./package-source";
import type { PostgresqlTls } from "./pg-hba";
import {
  checkPostgresqlOptions,
  postgresqlCloudInit,
  type PostgresqlMachineOptions,
} from "./postgresql-cloud-init";
import { oncePerPath, underPaths } from "./problem-paths";

/** The secret of a key vault that holds the superuser's password, and how the machine reaches the vault. */
export interface PasswordInKeyVault {
  /**
   * Resource id of the secret without a version:
   * `/subscriptions/…/vaults/NAME/secrets/NAME` (`resource_versionless_id`).
   * The vault, of the public cloud, and the name of the secret are taken from
   * it. A value known only at apply is accepted: Terraform then takes them from
   * it, and a wrong one fails there and not at synthesis.
   */
  readonly secretId: string;
  /** Where the vault is: `Peer.cidr` of its private endpoint, or `Peer.serviceTag("AzureKeyVault")`. */
  readonly vault: IConnectable;
}

/** A machine for the PostgreSQL server of a deployment. */
export interface PostgresqlMachineProps extends ComponentMachineProps {
  /**
   * The PostgreSQL server, with a `subnet` that is created here: not with
   * `existingSubnet`, and not in a virtual network with inline subnets. It has
   * one machine.
   */
  readonly postgresql: PostgresqlServer;
  /** The backup server of the same deployment. Only it can connect. */
  readonly backupServer: BackupServer;
  /** Where packages come from. */
  readonly packageSource: PackageSource;
  /** The secret with the superuser's password. Only the machine reads it; it is in neither code nor state. */
  readonly password: PasswordInKeyVault;
  /** The disk for the data, which outlives the machine. */
  readonly dataDisk: DataDiskOptions;
  /**
   * Major version of PostgreSQL: 14, 15 or 17. With a backup server that is
   * Veeam's Linux appliance, Veeam asks for 17.6 or later.
   *
   * Sources: https://helpcenter.veeam.com/docs/vbr/userguide/entra_id_sys_req.html
   * (page of 2026-03-31) and
   * https://helpcenter.veeam.com/docs/vbr/userguide/system_requirements_backup_server.html
   * (page of 2026-02-24)
   *
   * @default - the version that the release ships, 17 for Debian 13
   */
  readonly version?: number;
  /**
   * Name of the superuser that Veeam connects as: a lower-case letter or
   * underscore, then up to 62 lower-case letters, digits and underscores.
   *
   * @default "veeam"
   */
  readonly superuser?: string;
  /** Whether connections have to be encrypted. @default PostgresqlTls.OFFERED */
  readonly tls?: PostgresqlTls;
  /** Whether PL/Perl is installed, which Veeam's Linux appliance needs. @default true */
  readonly plPerl?: boolean;
  /** Maximum number of concurrent connections, 20 to 5000. @default 100 */
  readonly maxConnections?: number;
}

/**
 * The machine of a deployment's PostgreSQL server: Debian with PostgreSQL, configured at
 * its first boot, with its data on a separate disk. The connections that the machine
 * itself needs are declared, and therefore verified.
 *
 * @throws InvalidInputError with everything that is wrong with the props
 */
export class PostgresqlMachine extends Construct {
  /** The machine. */
  public readonly machine: LinuxMachine;
  /** The identity that may read the password's secret, and nothing else. */
  public readonly identity: MachineIdentity;

  constructor(scope: Construct, id: string, props: PostgresqlMachineProps) {
    super(scope, id);
    refuseDebianTypes(this.node.path, props, ["postgresql", "backupServer"], {
      "password.secretId": "string",
      "password.vault": ["connections", "a Peer", "Write Peer.cidr(...)"],
      "dataDisk.sizeGib": "number",
    });
    const { postgresql, backupServer, password, packageSource, dataDisk } = props;
    const place = machineInPlaceOf(postgresql, props);
    const options: PostgresqlMachineOptions = {
      clients: backupServer._endpoint().prefixes,
      listenAddress: props.privateIpAddress,
      passwordSecret: { secretId: password.secretId },
      packageSource: packageSource._apt(),
      port: postgresql._port(),
      release: props.release,
      version: props.version,
      superuser: props.superuser,
      tls: props.tls,
      plPerl: props.plPerl,
      maxConnections: props.maxConnections,
      dataDiskLun: dataDisk.lun,
    };
    refuseProblems(
      this.node.path,
      oncePerPath([
        ...checkComponentMachine("postgresql", postgresql, { ...place, dataDisk }),
        ...packageSource._problems("packageSource", postgresql),
        ...underPaths(
          checkPostgresqlOptions(options).filter(({ path }) => !path.startsWith("packageSource")),
          {
            clients: "backupServer",
            listenAddress: "privateIpAddress",
            passwordSecret: "password",
            port: "postgresql.port",
            dataDiskLun: "dataDisk.lun",
          },
        ),
      ]),
    );
    warnOfImage(this, packageSource, props.imageId);
    // Flows, and the machine of the HTTP proxy, may be declared after this one.
    this.node.addValidation({
      validate: () =>
        [
          ...checkBackupServer(postgresql, backupServer),
          ...packageSource._problems("packageSource", postgresql),
        ].map(formatProblem),
    });

    this.identity = new MachineIdentity(this, "identity", {
      ...postgresql.network._resource(NamedResource.MANAGED_IDENTITY, postgresql.label),
      secretId: password.secretId,
    });
    this.machine = new LinuxMachine(this, "machine", {
      ...place,
      identity: this.identity,
      dataDisk,
      userData: postgresqlCloudInit({
        ...options,
        passwordSecret: {
          secretId: password.secretId,
          identityClientId: this.identity.identity.clientId,
        },
      }),
    });

    postgresql.connections.allowTo(
      password.vault,
      Port.tcp(443),
      "reads the superuser's password from the key vault",
    );
    const packages = packageSource._connection();
    allowPackages(postgresql.connections, packages ? [packages] : []);
    const version = props.version ?? DEBIAN[props.release ?? DebianRelease.TRIXIE].postgresqlVersion;
    postgresql._machineFacts = { ...machineFacts(props), PostgreSQL: String(version) };
    rememberMachine(postgresql, {
      path: this.node.path,
      last: this.machine._last,
      privateIpAddress: props.privateIpAddress,
      facts: {
        account: props.superuser ?? "veeam",
        passwordSecretId: password.secretId,
        version: String(version),
      },
    });
  }
}
