import * as z from "zod/mini";
import { DebianRelease } from "../machines/debian-release";
import { DiskType } from "../machines/disk-type";
import { PostgresqlTls } from "../machines/pg-hba";
import { SUPPORTED_POSTGRESQL_VERSIONS } from "../machines/postgresql-version";
import { about, object, optional, optionalObject, text, whole } from "../plan/shape/schema";

// The machines of a deployment as in its file. Their values are
// checked in lib/machines, once for files and for code.

const prefixes = z.array(text('IPv4 prefix, such as "10.0.9.0/28"')).check(z.minLength(1));
const port = whole(1, 65535);
const filled = z.string().check(z.minLength(1));
const SECRET_ID = "Resource id of the secret without a version";
const VAULT = "/subscriptions/…/providers/Microsoft.KeyVault/vaults/kv-veeam";

function flag(what: string, fallback: boolean) {
  return optional(z.boolean(), what, fallback);
}

function machine<T extends z.core.$ZodShape>(shape: T) {
  return object("A virtual machine to create in the subnet. Default: none, it is managed elsewhere", shape);
}

const debian = {
  url: text('Address of a mirror of Debian: "https://mirror.example.com/debian"'),
  securityUrl: text('Address of its security updates: "https://mirror.example.com/debian-security"'),
};

const image = z
  .enum(["image"])
  .check(about("The image (`imageId`) has all packages; no updates are installed"));

const mirror = z.strictObject({
  mirror: object("A mirror that the machine reaches directly", {
    ...debian,
    addresses: prefixes.check(about("Prefixes of the mirror, to which connections are allowed")),
  }),
});

const firewall = z.strictObject({
  firewall: object("The image's own sources, through an existing firewall that allows them", {
    addresses: prefixes.check(about("Prefixes to which connections are allowed")),
    ports: optional(
      z.array(port.check(about("TCP port"))).check(z.minLength(1)),
      "TCP ports there",
      [80, 443],
      "80 and 443",
    ),
  }),
});

const throughProxy = z.strictObject({
  httpProxy: object("A mirror that the machine reaches through the deployment's HTTP proxy", {
    ...debian,
    proxyAddress: optional(
      z.string(),
      "Private IPv4 address of the HTTP proxy. Default: that of httpProxy.machine, or the only one in httpProxy.addresses",
    ),
  }),
});

const PACKAGES = "Source of packages. Required, because every default would be a connection to the Internet";

const where = {
  privateIpAddress: text('IPv4 address of the machine, in its component\'s subnet: "10.20.0.4"'),
  size: filled.check(about('Size of the machine: "Standard_D4s_v5"')),
};

const platform = {
  encryptionAtHost: flag("Whether disks are encrypted on the host too", true),
  zone: optional(z.enum(["1", "2", "3"]), "Availability zone. Default: none"),
  osDiskType: optional(z.enum(DiskType), "Type of the system disk", DiskType.STANDARD_SSD),
  diskEncryptionSetId: optional(
    filled,
    "Id of the disk encryption set for the machine's disks; without one, the platform manages the keys. Default: none",
  ),
  allowExtensions: flag("Whether extensions, which run as root, can be installed", false),
};

const account = {
  ...where,
  adminUsername: text('Name of the administrator\'s account, such as "azureadmin"'),
  sshPublicKey: text('Public key of that account in OpenSSH\'s format: "ssh-ed25519 AAAA…"'),
  release: optional(z.enum(DebianRelease), "Release of Debian", DebianRelease.TRIXIE),
  imageId: optional(filled, "Id of an image to use instead of Debian's own"),
  ...platform,
  ignoreUserDataChanges: flag(
    "Whether an existing machine keeps its user data instead of being replaced",
    false,
  ),
};

const dataDisk = z.strictObject({
  sizeGib: whole(4, 32767, "Size of the disk in GiB, such as 256. It can be increased but not decreased"),
  type: optional(z.enum(DiskType), "Type of the disk", DiskType.PREMIUM_SSD),
  lun: optional(whole(0, 63), "Logical unit number of the disk", 0),
  preventDestroy: flag("Whether Terraform refuses to destroy the disk", false),
});

/** The machine of the HTTP proxy. */
export const httpProxyMachine = machine({
  ...account,
  packages: z.union([image, mirror, firewall]).check(about(PACKAGES)),
  certificateRevocation: optional(
    z.array(text("DNS name of a host")).check(z.minLength(1)),
    "Hosts of the revocation lists of object storage's certificates; required with object storage. Default: none",
  ),
});

/** The machine of the PostgreSQL server. */
export const postgresqlMachine = machine({
  ...account,
  packages: z.union([image, mirror, firewall, throughProxy]).check(about(PACKAGES)),
  password: object("The key vault secret with the superuser's password; only the machine reads it", {
    secretId: text(`${SECRET_ID}: "${VAULT}/secrets/postgresql"`),
    vault: z
      .union([
        prefixes.check(about("Prefixes of the vault's private endpoint")),
        text('Service tag of key vaults, also of a region: "AzureKeyVault.WestEurope"'),
      ])
      .check(about('Prefixes of the vault\'s private endpoint, or its service tag "AzureKeyVault"')),
  }),
  dataDisk: dataDisk.check(about("The disk for the data, which outlives the machine")),
  version: optional(
    z.int().check(z.minimum(1), z.maximum(99), z.meta({ enum: [...SUPPORTED_POSTGRESQL_VERSIONS] })),
    "Major version of PostgreSQL. Default: the release's own",
  ),
  superuser: optional(z.string(), "Name of the superuser for Veeam", "veeam"),
  plPerl: flag("Whether PL/Perl is installed, which Veeam's Linux appliance wants", true),
  maxConnections: optional(whole(20, 5000), "Maximum number of connections", 100),
  tls: optional(z.enum(PostgresqlTls), "Whether connections have to be encrypted", PostgresqlTls.OFFERED),
});

/** The machine of a cache repository, a gateway server or a backup repository that runs Linux. */
export const linuxServerMachine = machine({
  ...account,
  packages: z.union([image, mirror, firewall, throughProxy]).check(about(PACKAGES)),
  veeamAccount: object("The account for adding the server in Veeam; single-use on a hardened repository", {
    username: optional(z.string(), "Name of the account", "veeamrepo"),
    publicKey: text("Its public key; enter the private key in Veeam"),
  }),
  dataDisk: optional(dataDisk, "The disk for backups; required for a repository. Default: none"),
});

/** The machine of the backup server. */
export const backupServerMachine = machine({
  ...where,
  ...platform,
  source: z
    .union([
      z.strictObject({
        marketplace: object("Veeam's offer for Windows in the marketplace", {
          plan: text("Plan of the offer, as `az vm image list --publisher veeam --all` shows it"),
          version: optional(z.string(), "Version of the image", "latest"),
          acceptTerms: flag("Whether the offer's terms are accepted for the subscription", false),
        }),
      }),
      z.strictObject({ imageId: text("Id of a generalized image with Windows") }),
      z.strictObject({ systemDiskId: text("Id of a system disk with Windows or Veeam's Linux appliance") }),
    ])
    .check(about("Source of the machine")),
  administrator: optionalObject(
    "The administrator's account; not with a system disk, which has its own. Default: none",
    {
      username: text("Name of the account"),
      passwordSecretId: text(`${SECRET_ID}: "${VAULT}/secrets/administrator"`),
    },
  ),
  computerName: optional(
    z.string(),
    "Name of the computer in Windows, at most 15 characters",
    "backup-server",
  ),
  trustedLaunch: flag("Whether the machine uses trusted launch, which needs generation 2", true),
  dataDisk: optional(
    dataDisk,
    "A disk for data, in addition to your system disk. Veeam's Linux appliance needs one of at least 240 GiB. Default: none",
  ),
});

/** The machine of a Linux server in the file. */
export type LinuxServerMachineInput = z.infer<typeof linuxServerMachine>;

/** The machine of the backup server in the file. */
export type BackupServerMachineInput = z.infer<typeof backupServerMachine>;

/** The machine of the HTTP proxy in the file. */
export type HttpProxyMachineInput = z.infer<typeof httpProxyMachine>;

/** The machine of the PostgreSQL server in the file. */
export type PostgresqlMachineInput = z.infer<typeof postgresqlMachine>;

/** Where the packages of a machine come from in the file. */
export type PackagesInput = PostgresqlMachineInput["packages"];
