import * as z from "zod/mini";
import { DebianRelease } from "../machines/debian-release";
import { DiskType } from "../machines/disk-type";
import { PostgresqlTls } from "../machines/pg-hba";

// The machines of a deployment as they stand in its file. What their values
// have to be is checked in lib/machines, once for files and for code.

const prefixes = z
  .array(z.string().check(z.describe('IPv4 prefix, such as "10.0.9.0/28"')))
  .check(z.minLength(1));

const debian = {
  url: z.string().check(z.describe('Address of a mirror of Debian: "https://mirror.example.com/debian"')),
  securityUrl: z
    .string()
    .check(z.describe('Address of its security updates: "https://mirror.example.com/debian-security"')),
};

const image = z
  .enum(["image"])
  .check(z.describe("The image has every package already, and no updates are installed"));

const mirror = z.strictObject({
  mirror: z
    .strictObject({
      ...debian,
      addresses: prefixes.check(z.describe("Prefixes of the mirror, to which connections are opened")),
    })
    .check(z.describe("A mirror that the machine reaches directly")),
});

const firewall = z.strictObject({
  firewall: z
    .strictObject({
      addresses: prefixes.check(z.describe("Prefixes to which connections are opened")),
      ports: z
        .optional(z.array(z.int().check(z.minimum(1), z.maximum(65535))).check(z.minLength(1)))
        .check(z.describe("TCP ports there. Default: 80 and 443")),
    })
    .check(z.describe("The image's own sources, through a firewall that exists and lets them pass")),
});

const throughProxy = z.strictObject({
  httpProxy: z
    .strictObject({
      ...debian,
      proxyAddress: z
        .optional(z.string())
        .check(
          z.describe(
            "Private IPv4 address of the HTTP proxy. Default: that of httpProxy.machine, or the only one in httpProxy.addresses",
          ),
        ),
    })
    .check(z.describe("A mirror that the machine reaches through the deployment's HTTP proxy")),
});

const PACKAGES =
  "Where packages come from, one of them; there is no default, since every default would be a way to the Internet";

const account = {
  privateIpAddress: z.string().check(z.describe("IPv4 address of the machine, in its component's subnet")),
  size: z.string().check(z.minLength(1)).check(z.describe('Size of the machine: "Standard_D4s_v5"')),
  adminUsername: z.string().check(z.describe("Name of the account that administers the machine")),
  sshPublicKey: z.string().check(z.describe("Public key of that account, as OpenSSH writes it")),
  release: z.optional(z.enum(DebianRelease)).check(z.describe("Release of Debian. Default: trixie")),
  imageId: z
    .optional(z.string().check(z.minLength(1)))
    .check(z.describe("Id of an image in the place of Debian's own")),
  encryptionAtHost: z
    .optional(z.boolean())
    .check(z.describe("Whether disks are encrypted on the host too. Default: true")),
  zone: z.optional(z.enum(["1", "2", "3"])).check(z.describe("Availability zone. Default: none")),
};

const password = z.strictObject({
  secretId: z
    .string()
    .check(
      z.describe(
        'Resource id of the secret without a version: "/subscriptions/…/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets/postgresql"',
      ),
    ),
  vault: z
    .union([prefixes, z.string()])
    .check(z.describe('Prefixes of the vault\'s private endpoint, or its service tag "AzureKeyVault"')),
});

const dataDisk = z.strictObject({
  sizeGib: z
    .int()
    .check(z.minimum(4), z.maximum(32767))
    .check(z.describe("Size of the disk in GiB. It can grow, and never shrinks")),
  type: z.optional(z.enum(DiskType)).check(z.describe("Kind of the disk. Default: Premium_LRS")),
  lun: z
    .optional(z.int().check(z.minimum(0), z.maximum(63)))
    .check(z.describe("Logical unit number of the disk. Default: 0")),
  preventDestroy: z
    .optional(z.boolean())
    .check(
      z.describe("Whether Terraform refuses to destroy the disk, whatever else it destroys. Default: false"),
    ),
});

/** The machine of the HTTP proxy. */
export const httpProxyMachine = z
  .strictObject({ ...account, packages: z.union([image, mirror, firewall]).check(z.describe(PACKAGES)) })
  .check(z.describe("The machine that is made in the subnet. Default: none; it is yours to bring"));

/** The machine of the PostgreSQL server. */
export const postgresqlMachine = z
  .strictObject({
    ...account,
    packages: z.union([image, mirror, firewall, throughProxy]).check(z.describe(PACKAGES)),
    password: password.check(
      z.describe("Which secret of a key vault is the superuser's password; the machine itself reads it"),
    ),
    dataDisk: dataDisk.check(z.describe("The disk for the data, which outlives the machine")),
    version: z
      .optional(z.int().check(z.minimum(14), z.maximum(17)))
      .check(z.describe("Major version of PostgreSQL: 14, 15 or 17. Default: the release's own")),
    superuser: z
      .optional(z.string())
      .check(z.describe('Name of the superuser that Veeam connects as. Default: "veeam"')),
    tls: z
      .optional(z.enum(PostgresqlTls))
      .check(z.describe("Whether connections have to be encrypted. Default: offered")),
  })
  .check(z.describe("The machine that is made in the subnet. Default: none; it is yours to bring"));

/** The machine of the HTTP proxy as it stands in the file. */
export type HttpProxyMachineInput = z.infer<typeof httpProxyMachine>;

/** The machine of the PostgreSQL server as it stands in the file. */
export type PostgresqlMachineInput = z.infer<typeof postgresqlMachine>;

/** Where the packages of a machine come from, as it stands in the file. */
export type PackagesInput = PostgresqlMachineInput["packages"];
