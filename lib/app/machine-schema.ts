import * as z from "zod/mini";
import { DebianRelease } from "../machines/debian-release";
import { DiskType } from "../machines/disk-type";
import { PostgresqlTls } from "../machines/pg-hba";
import { SUPPORTED_POSTGRESQL_VERSIONS } from "../machines/postgresql-version";
import { about } from "../plan/shape/about";

// The machines of a deployment as they stand in its file. What their values
// have to be is checked in lib/machines, once for files and for code.

const prefixes = z.array(z.string().check(about('IPv4 prefix, such as "10.0.9.0/28"'))).check(z.minLength(1));
const port = z.int().check(z.minimum(1), z.maximum(65535));

const debian = {
  url: z.string().check(about('Address of a mirror of Debian: "https://mirror.example.com/debian"')),
  securityUrl: z
    .string()
    .check(about('Address of its security updates: "https://mirror.example.com/debian-security"')),
};

const image = z
  .enum(["image"])
  .check(about("The image (`imageId`) has all packages; no updates are installed"));

const mirror = z.strictObject({
  mirror: z
    .strictObject({
      ...debian,
      addresses: prefixes.check(about("Prefixes of the mirror, to which connections are allowed")),
    })
    .check(about("A mirror that the machine reaches directly")),
});

const firewall = z.strictObject({
  firewall: z
    .strictObject({
      addresses: prefixes.check(about("Prefixes to which connections are allowed")),
      ports: z
        .optional(z.array(port.check(about("TCP port"))).check(z.minLength(1)))
        .check(about("TCP ports there", [80, 443], "80 and 443")),
    })
    .check(about("The image's own sources, through an existing firewall that allows them")),
});

const throughProxy = z.strictObject({
  httpProxy: z
    .strictObject({
      ...debian,
      proxyAddress: z
        .optional(z.string())
        .check(
          about(
            "Private IPv4 address of the HTTP proxy. Default: that of httpProxy.machine, or the only one in httpProxy.addresses",
          ),
        ),
    })
    .check(about("A mirror that the machine reaches through the deployment's HTTP proxy")),
});

const PACKAGES =
  "Source of packages. There is no default, because every default would be a connection to the Internet";

const where = {
  privateIpAddress: z.string().check(about("IPv4 address of the machine, in its component's subnet")),
  size: z.string().check(z.minLength(1)).check(about('Size of the machine: "Standard_D4s_v5"')),
};

const platform = {
  encryptionAtHost: z.optional(z.boolean()).check(about("Whether disks are encrypted on the host too", true)),
  zone: z.optional(z.enum(["1", "2", "3"])).check(about("Availability zone. Default: none")),
  osDiskType: z.optional(z.enum(DiskType)).check(about("Type of the system disk", DiskType.STANDARD_SSD)),
  diskEncryptionSetId: z
    .optional(z.string().check(z.minLength(1)))
    .check(
      about(
        "Id of the disk encryption set for the machine's disks; without one, the platform manages the keys. Default: none",
      ),
    ),
  allowExtensions: z
    .optional(z.boolean())
    .check(about("Whether extensions, which run as root, can be installed", false)),
};

const account = {
  ...where,
  adminUsername: z.string().check(about("Name of the administrator's account")),
  sshPublicKey: z.string().check(about("Public key of that account in OpenSSH's format")),
  release: z.optional(z.enum(DebianRelease)).check(about("Release of Debian", DebianRelease.TRIXIE)),
  imageId: z
    .optional(z.string().check(z.minLength(1)))
    .check(about("Id of an image to use instead of Debian's own")),
  ...platform,
  ignoreUserDataChanges: z
    .optional(z.boolean())
    .check(about("Whether an existing machine keeps its user data instead of being replaced", false)),
};

const password = z.strictObject({
  secretId: z
    .string()
    .check(
      about(
        'Resource id of the secret without a version: "/subscriptions/…/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets/postgresql"',
      ),
    ),
  vault: z
    .union([
      prefixes.check(about("Prefixes of the vault's private endpoint")),
      z.string().check(about('Service tag of key vaults, also of a region: "AzureKeyVault.WestEurope"')),
    ])
    .check(about('Prefixes of the vault\'s private endpoint, or its service tag "AzureKeyVault"')),
});

const dataDisk = z.strictObject({
  sizeGib: z
    .int()
    .check(z.minimum(4), z.maximum(32767))
    .check(about("Size of the disk in GiB. It can be increased but not decreased")),
  type: z.optional(z.enum(DiskType)).check(about("Type of the disk", DiskType.PREMIUM_SSD)),
  lun: z
    .optional(z.int().check(z.minimum(0), z.maximum(63)))
    .check(about("Logical unit number of the disk", 0)),
  preventDestroy: z
    .optional(z.boolean())
    .check(about("Whether Terraform refuses to destroy the disk", false)),
});

/** The machine of the HTTP proxy. */
export const httpProxyMachine = z
  .strictObject({
    ...account,
    packages: z.union([image, mirror, firewall]).check(about(PACKAGES)),
    certificateRevocation: z
      .optional(z.array(z.string().check(about("DNS name of a host"))).check(z.minLength(1)))
      .check(
        about(
          "Hosts of the revocation lists of object storage's certificates; required with object storage. Default: none",
        ),
      ),
  })
  .check(about("A virtual machine to create in the subnet. Default: none, it is managed elsewhere"));

/** The machine of the PostgreSQL server. */
export const postgresqlMachine = z
  .strictObject({
    ...account,
    packages: z.union([image, mirror, firewall, throughProxy]).check(about(PACKAGES)),
    password: password.check(
      about("The key vault secret with the superuser's password; only the machine reads it"),
    ),
    dataDisk: dataDisk.check(about("The disk for the data, which outlives the machine")),
    version: z
      .optional(
        z.int().check(z.minimum(1), z.maximum(99), z.meta({ enum: [...SUPPORTED_POSTGRESQL_VERSIONS] })),
      )
      .check(about("Major version of PostgreSQL. Default: the release's own")),
    superuser: z.optional(z.string()).check(about("Name of the superuser for Veeam", "veeam")),
    plPerl: z
      .optional(z.boolean())
      .check(about("Whether PL/Perl is installed, which Veeam's Linux appliance wants", true)),
    maxConnections: z
      .optional(z.int().check(z.minimum(20), z.maximum(5000)))
      .check(about("Maximum number of connections", 100)),
    tls: z
      .optional(z.enum(PostgresqlTls))
      .check(about("Whether connections have to be encrypted", PostgresqlTls.OFFERED)),
  })
  .check(about("A virtual machine to create in the subnet. Default: none, it is managed elsewhere"));

const secretId = z
  .string()
  .check(
    about(
      'Resource id of the secret without a version: "/subscriptions/…/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets/administrator"',
    ),
  );

/** The machine of a cache repository, a gateway server or a backup repository that runs Linux. */
export const linuxServerMachine = z
  .strictObject({
    ...account,
    packages: z.union([image, mirror, firewall, throughProxy]).check(about(PACKAGES)),
    veeamAccount: z
      .strictObject({
        username: z.optional(z.string()).check(about("Name of the account", "veeamrepo")),
        publicKey: z.string().check(about("Its public key; enter the private key in Veeam")),
      })
      .check(about("The account for adding the server in Veeam; single-use on a hardened repository")),
    dataDisk: z
      .optional(dataDisk)
      .check(about("The disk for backups; required for a repository. Default: none")),
  })
  .check(about("A virtual machine to create in the subnet. Default: none, it is managed elsewhere"));

/** The machine of the backup server. */
export const backupServerMachine = z
  .strictObject({
    ...where,
    ...platform,
    source: z
      .union([
        z.strictObject({
          marketplace: z
            .strictObject({
              plan: z
                .string()
                .check(about("Plan of the offer, as `az vm image list --publisher veeam --all` shows it")),
              version: z.optional(z.string()).check(about("Version of the image", "latest")),
              acceptTerms: z
                .optional(z.boolean())
                .check(about("Whether the offer's terms are accepted for the subscription", false)),
            })
            .check(about("Veeam's offer for Windows in the marketplace")),
        }),
        z.strictObject({ imageId: z.string().check(about("Id of a generalized image with Windows")) }),
        z.strictObject({
          systemDiskId: z
            .string()
            .check(about("Id of a system disk with Windows or Veeam's Linux appliance")),
        }),
      ])
      .check(about("Source of the machine")),
    administrator: z
      .optional(
        z.strictObject({
          username: z.string().check(about("Name of the account")),
          passwordSecretId: secretId,
        }),
      )
      .check(about("The administrator's account; not with a system disk, which has its own. Default: none")),
    computerName: z
      .optional(z.string())
      .check(about("Name of the computer in Windows, at most 15 characters", "backup-server")),
    trustedLaunch: z
      .optional(z.boolean())
      .check(about("Whether the machine uses trusted launch, which needs generation 2", true)),
    dataDisk: z
      .optional(dataDisk)
      .check(
        about(
          "A disk for data, beside a system disk of your own. Veeam's Linux appliance needs one of at least 240 GiB. Default: none",
        ),
      ),
  })
  .check(about("A virtual machine to create in the subnet. Default: none, it is managed elsewhere"));

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
