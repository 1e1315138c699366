import { type Problem, refuseProblems } from "../base/problem";
import { checkAptSource } from "./apt-files";
import type { AptSource } from "./apt-source";
import { asset } from "../base/package-files";
import { checkWholeNumber } from "./checks";
import type { DebianRelease } from "./debian-release";
import { checkAccount, checkPublicKey } from "./linux-machine-checks";
import { homeOf, serviceCloudInit } from "./service-cloud-init";

/** Options of a Linux server that is added in Veeam. */
export interface LinuxServerOptions {
  /** Name of the account that Veeam adds the server with. */
  readonly account: string;
  /** Public key of that account. */
  readonly publicKey: string;
  /** Whether the account loses its key and sudo, and SSH is off, once Veeam's services run. */
  readonly singleUse: boolean;
  /** Logical unit number of the data disk, which has the folder of backups. @default - it has no data disk */
  readonly dataDiskLun?: number;
  /** Where packages come from. */
  readonly packageSource: AptSource;
  /** Packages of the role, in addition to those of every server. */
  readonly packages: readonly string[];
  /** Release of Debian that the machine runs. */
  readonly release: DebianRelease;
}

/** The account that Veeam adds a Linux server with, where no other is named. */
export const VEEAM_ACCOUNT = "veeamrepo";

const NAME = "veeam-linux-server";

/** Folder of the scripts and what they read. */
export const LINUX_SERVER_HOME = homeOf(NAME);

/** Where the data disk is mounted. */
const MOUNT = "/srv/veeam";

/** The folder for backups in Veeam. */
export const REPOSITORY_FOLDER = `${MOUNT}/backups`;

/**
 * User data that makes a machine a Linux server for Veeam.
 *
 * @throws InvalidInputError if an option is not allowed
 */
export function linuxServerCloudInit(options: LinuxServerOptions): string {
  refuseProblems("the Linux server", checkLinuxServerOptions(options));
  const hasDisk = options.dataDiskLun !== undefined;
  return serviceCloudInit({
    name: NAME,
    description: "Makes this machine a Linux server for Veeam",
    configure: asset("machines", "linux-server.sh"),
    sourced: { "data-disk.sh": asset("machines", "data-disk.sh") },
    settings: {
      ACCOUNT: options.account,
      SINGLE_USE: options.singleUse ? "yes" : "no",
      FOLDER: hasDisk ? REPOSITORY_FOLDER : "",
      DATA_DISK_LUN: options.dataDiskLun ?? 0,
      DATA_DISK_FILE_SYSTEM: "xfs",
      DATA_DISK_LABEL: "veeam-repo",
      DATA_DISK_MOUNT: MOUNT,
      DATA_DISK_WAIT_SECONDS: 3600,
      DATA_DISK_LEAST_FREE_MIB: 64,
    },
    configuration: { authorized_keys: `${options.publicKey.trim()}\n` },
    files: [],
    packages: ["openssh-server", "perl", "sudo", ...(hasDisk ? ["xfsprogs"] : []), ...options.packages],
    packageSource: options.packageSource,
    heldBack: [],
    release: options.release,
  });
}

/** Problems of the options of a Linux server. */
export function checkLinuxServerOptions(options: LinuxServerOptions): Problem[] {
  return [
    ...checkAccount("account", options.account),
    ...checkPublicKey("publicKey", options.publicKey),
    ...(options.dataDiskLun === undefined ? [] : checkWholeNumber("dataDiskLun", options.dataDiskLun, 0, 63)),
    ...checkAptSource("packageSource", options.packageSource),
  ];
}
