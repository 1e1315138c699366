import { type Problem, problemOf, refused, refuseProblems } from "../base/problem";
import { isOpaque } from "../base/opaque";
import { checkAptSource } from "./apt-files";
import type { AptSource } from "./apt-source";
import { asset } from "../base/package-files";
import { checkAddress, checkClients, checkKnownPort, checkWholeNumber } from "./checks";
import { plainFile } from "./cloud-config";
import { DEBIAN, DebianRelease } from "./debian-release";
import { pgHba, PostgresqlTls } from "./pg-hba";
import { postgresqlConf } from "./postgresql-conf";
import { checkPostgresqlVersion } from "./postgresql-version";
import { checkSecretId, secretPlaceOf } from "./secret-id";
import { homeOf, serviceCloudInit } from "./service-cloud-init";

/** Which secret of which key vault holds the superuser's password. */
interface PasswordSecret {
  /** Resource id of the secret without a version; the latest is read at every boot. */
  readonly secretId: string;
  /**
   * Client id of the user-assigned identity that may read the secret.
   *
   * @default - the machine's system-assigned identity, or its only user-assigned one
   */
  readonly identityClientId?: string;
}

/** Options of a PostgreSQL server for the Entra ID repository. */
export interface PostgresqlMachineOptions {
  /** IPv4 prefixes from which the backup server connects; at least one. */
  readonly clients: string[];
  /** Private IPv4 address on which PostgreSQL listens. */
  readonly listenAddress: string;
  /** Where the superuser's password is read from, by the machine itself. */
  readonly passwordSecret: PasswordSecret;
  /** Where packages come from. */
  readonly packageSource: AptSource;
  /** Port on which PostgreSQL listens, 1 to 65535. @default 5432 */
  readonly port?: number;
  /** Release of Debian that the machine runs. @default DebianRelease.TRIXIE */
  readonly release?: DebianRelease;
  /** Major version of PostgreSQL: 14, 15 or 17. @default - the version that the release ships */
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
  /**
   * Whether PL/Perl is installed, which Veeam's Linux appliance wants beside
   * the contributed modules (those are always there).
   *
   * @default true
   */
  readonly plPerl?: boolean;
  /** Maximum number of concurrent connections, 20 to 5000. @default 100, as PostgreSQL has it */
  readonly maxConnections?: number;
  /** Logical unit number of the data disk, 0 to 63. @default 0 */
  readonly dataDiskLun?: number;
}

const NAME = "veeam-postgresql";

/** Folder of the scripts and what they read. */
export const POSTGRESQL_HOME = homeOf(NAME);

/** Where the data disk is mounted. */
const POSTGRESQL_DATA_MOUNT = "/srv/postgresql";

/**
 * User data that makes a machine the PostgreSQL server of the Entra ID
 * repository.
 *
 * @throws InvalidInputError if an option is not allowed
 */
export function postgresqlCloudInit(options: PostgresqlMachineOptions): string {
  const complete = withDefaults(options);
  refuseProblems("the PostgreSQL machine", problemsOf(complete));
  const { release, version } = complete;
  return serviceCloudInit({
    name: NAME,
    description: "Makes this machine the PostgreSQL server of the Entra ID repository",
    configure: asset("machines", "postgresql.sh"),
    scripts: {
      "set-password.py": asset("machines", "postgresql-password.py"),
      "release-disk.sh": asset("machines", "release-disk.sh"),
    },
    sourced: {
      "data-disk.sh": asset("machines", "data-disk.sh"),
      "sizing.sh": asset("machines", "postgresql-sizing.sh"),
    },
    settings: settingsOf(complete),
    configuration: {
      "server.conf": postgresqlConf({
        port: complete.port,
        listenAddress: complete.listenAddress,
        certificateDirectory: `${POSTGRESQL_DATA_MOUNT}/tls`,
      }),
      "pg_hba.conf": pgHba(complete.superuser, complete.clients, complete.tls),
    },
    files: [
      // The package makes no cluster of its own on the system disk.
      plainFile("/etc/postgresql-common/createcluster.d/veeam.conf", "create_main_cluster = false\n"),
      plainFile(
        `/etc/systemd/system/postgresql@${version}-veeam.service.d/data-disk.conf`,
        `[Unit]\nRequiresMountsFor=${POSTGRESQL_DATA_MOUNT}\n`,
      ),
    ],
    packages: packagesOf(complete),
    packageSource: complete.packageSource,
    // An update restarts the server.
    heldBack: ["postgresql"],
    release,
  });
}

/** Problems of the options of a PostgreSQL server. */
export function checkPostgresqlOptions(options: PostgresqlMachineOptions): Problem[] {
  return problemsOf(withDefaults(options));
}

function withDefaults(options: PostgresqlMachineOptions): Required<PostgresqlMachineOptions> {
  const release = options.release ?? DebianRelease.TRIXIE;
  return {
    ...options,
    release,
    version: options.version ?? DEBIAN[release]?.postgresqlVersion,
    port: options.port ?? 5432,
    superuser: options.superuser ?? "veeam",
    tls: options.tls ?? PostgresqlTls.OFFERED,
    plPerl: options.plPerl ?? true,
    maxConnections: options.maxConnections ?? 100,
    dataDiskLun: options.dataDiskLun ?? 0,
  };
}

function packagesOf({ version, plPerl }: Required<PostgresqlMachineOptions>): string[] {
  return [
    `postgresql-${version}`,
    ...(plPerl ? [`postgresql-plperl-${version}`] : []),
    "ca-certificates",
    "e2fsprogs",
    "openssl",
    "python3",
  ];
}

function settingsOf(options: Required<PostgresqlMachineOptions>): Record<string, string | number> {
  const { listenAddress, passwordSecret } = options;
  const { vaultUri, secretName } = secretPlaceOf(passwordSecret.secretId);
  return {
    DATA_DISK_LUN: options.dataDiskLun,
    DATA_DISK_FILE_SYSTEM: "ext4",
    DATA_DISK_LABEL: "veeam-pgdata",
    DATA_DISK_MOUNT: POSTGRESQL_DATA_MOUNT,
    DATA_DISK_WAIT_SECONDS: 3600,
    DATA_DISK_LEAST_FREE_MIB: 64,
    POSTGRESQL_VERSION: options.version,
    POSTGRESQL_PORT: options.port,
    MAX_CONNECTIONS: options.maxConnections,
    SUPERUSER: options.superuser,
    TLS_NAME: listenAddress,
    TLS_ALTERNATIVE_NAMES: `IP:${listenAddress}`,
    IMDS_URL: "http://169.254.169.254",
    VAULT_URL: vaultUri,
    SECRET_NAME: secretName,
    SECRET_PATIENCE_SECONDS: 1200,
    IDENTITY_CLIENT_ID: passwordSecret.identityClientId ?? "",
  };
}

function problemsOf(options: Required<PostgresqlMachineOptions>): Problem[] {
  return [
    ...checkRelease("release", options.release),
    ...(options.release in DEBIAN
      ? checkPostgresqlVersion("version", options.version, options.release, options.packageSource)
      : []),
    ...checkClients("clients", options.clients),
    ...checkAddress("listenAddress", options.listenAddress),
    ...checkKnownPort("port", options.port),
    ...checkSuperuser("superuser", options.superuser),
    ...checkTls("tls", options.tls),
    ...checkWholeNumber("maxConnections", options.maxConnections, 20, 5000),
    ...checkWholeNumber("dataDiskLun", options.dataDiskLun, 0, 63),
    ...checkPasswordSecret("passwordSecret", options.passwordSecret),
    ...checkAptSource("packageSource", options.packageSource),
  ];
}

function checkRelease(path: string, release: DebianRelease): Problem[] {
  if (release in DEBIAN) return [];
  return refused("release-unknown", path, release, {
    what: "is not a supported Debian release",
    allowed: Object.keys(DEBIAN).join(", "),
    change: "Choose one of them",
  });
}

function checkTls(path: string, tls: PostgresqlTls): Problem[] {
  const known = Object.values(PostgresqlTls);
  if (known.includes(tls)) return [];
  return refused("tls-unknown", path, tls, {
    what: "is unknown",
    allowed: known.join(", "),
    change: "Choose one of them",
  });
}

// Roles that PostgreSQL keeps for itself, and words that pg_hba.conf reads as more than a name.
const TAKEN_NAMES = ["postgres", "public", "none", "all", "replication", "sameuser", "samerole", "samegroup"];

function checkSuperuser(path: string, name: string): Problem[] {
  const allowed =
    "a lower-case letter or underscore, then up to 62 lower-case letters, digits and underscores";
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) {
    return refused("name-invalid", path, name, {
      what: "is not a valid role name",
      allowed,
      change: "Rename the account",
    });
  }
  if (!TAKEN_NAMES.includes(name) && !name.startsWith("pg_")) return [];
  return refused("name-taken", path, name, {
    what: "is a name that PostgreSQL or its administrator already uses",
    allowed: `${allowed}; not ${TAKEN_NAMES.join(", ")}, and not pg_ at the start`,
    change: "Rename the account",
  });
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function checkPasswordSecret(
  path: string,
  { secretId, identityClientId: client }: PasswordSecret,
): Problem[] {
  const problems = checkSecretId(`${path}.secretId`, secretId);
  if (client === undefined || isOpaque(client) || GUID.test(client)) return problems;
  return [
    ...problems,
    problemOf("id-invalid", `${path}.identityClientId`, client, {
      what: "is not a client id",
      allowed: "a GUID",
      change: "Write the identity's client id, not its name or resource id",
    }),
  ];
}
