import { Construct } from "constructs";
import { componentSlug, NamedResource } from "../azure/naming";
import { formatProblem, refuseProblems } from "../checks/problem";
import type { IConnectable } from "../network/connections";
import { Port } from "../network/port";
import type { BackupServer } from "../roles/backup-server";
import type { PostgresqlServer } from "../roles/postgresql-server";
import { type ComponentMachineProps, machineInPlaceOf } from "./component-machine";
import { type DataDiskOptions, LinuxMachine } from "./linux-machine";
import { DEBIAN, DebianRelease } from "./debian-release";
import { machineFacts } from "./machine-facts";
import { MachineIdentity } from "./machine-identity";
import { allowPackages } from "./package-connections";
import type { PackageSource } from "./package-source";
import type { PostgresqlTls } from "./pg-hba";
import { postgresqlCloudInit } from "./postgresql-cloud-init";

/** The secret of a key vault that holds the superuser's password, and how the machine reaches the vault. */
export interface PasswordInKeyVault {
  /**
   * Resource id of the secret without a version:
   * `/subscriptions/…/vaults/NAME/secrets/NAME` (`resource_versionless_id`).
   * The vault, of the public cloud, and the name of the secret are taken from
   * it. A value known only at apply is welcome: Terraform then takes them from
   * it, and a wrong one fails there and not at synthesis.
   */
  readonly secretId: string;
  /** Where the vault is: `Peer.cidr` of its private endpoint, or `Peer.serviceTag("AzureKeyVault")`. */
  readonly vault: IConnectable;
}

/** A machine for the PostgreSQL server of a deployment. */
export interface PostgresqlMachineProps extends ComponentMachineProps {
  /** The PostgreSQL server, with a subnet of its own. */
  readonly server: PostgresqlServer;
  /** The backup server, from which alone connections are let in. */
  readonly backupServer: BackupServer;
  /** Where packages come from. */
  readonly packageSource: PackageSource;
  /** Where the superuser's password is. It is read by the machine itself, and never passes through code or state. */
  readonly password: PasswordInKeyVault;
  /** The disk for the data, which outlives the machine. */
  readonly dataDisk: DataDiskOptions;
  /**
   * Major version of PostgreSQL: 14, 15 or 17.
   *
   * @default - the version that the release ships, 17 for Debian 13
   */
  readonly version?: number;
  /**
   * Name of the superuser that Veeam connects as.
   *
   * @default "veeam"
   */
  readonly superuser?: string;
  /**
   * Whether connections have to be encrypted.
   *
   * @default PostgresqlTls.OFFERED
   */
  readonly tls?: PostgresqlTls;
}

/**
 * The machine of a deployment's PostgreSQL server: Debian with PostgreSQL,
 * configured at its first boot, behind its group, with its data on a disk of
 * its own. The connections that it needs itself are declared, and so proven.
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
    const { server, backupServer, password, packageSource } = props;
    const place = machineInPlaceOf(server, props);
    refuseProblems(this.node.path, packageSource._problems("packageSource", server));

    this.identity = new MachineIdentity(this, "identity", {
      name: server.network._nameOf(NamedResource.MANAGED_IDENTITY, componentSlug(server.role, server.key)),
      resourceGroupName: place.resourceGroupName,
      location: place.location,
      secretId: password.secretId,
      tags: place.tags,
      provider: place.provider,
    });
    const port = server._member().port;
    this.machine = new LinuxMachine(this, "machine", {
      ...place,
      privateIpAddress: props.privateIpAddress,
      size: props.size,
      adminUsername: props.adminUsername,
      sshPublicKey: props.sshPublicKey,
      release: props.release,
      imageId: props.imageId,
      encryptionAtHost: props.encryptionAtHost,
      zone: props.zone,
      identity: this.identity,
      dataDisk: props.dataDisk,
      userData: postgresqlCloudInit({
        clients: backupServer._endpoint().prefixes,
        listenAddress: props.privateIpAddress,
        passwordSecret: {
          secretId: password.secretId,
          identityClientId: this.identity.identity.clientId,
        },
        packageSource: packageSource._apt(),
        port: port === undefined ? undefined : Number(port),
        release: props.release,
        version: props.version,
        superuser: props.superuser,
        tls: props.tls,
        dataDiskLun: props.dataDisk.lun,
      }),
    });

    server.connections.allowTo(
      password.vault,
      Port.tcp(443),
      "reads the superuser's password from the key vault",
    );
    const packages = packageSource._connection();
    allowPackages(server.connections, packages ? [packages] : []);
    const version = props.version ?? DEBIAN[props.release ?? DebianRelease.TRIXIE].postgresqlVersion;
    // The machine of the HTTP proxy may be made after this one.
    this.node.addValidation({
      validate: () => packageSource._problems("packageSource", server).map(formatProblem),
    });
    server._describeMachine({ ...machineFacts(props), PostgreSQL: String(version) });
  }
}
