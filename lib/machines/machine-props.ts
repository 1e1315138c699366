import type { DebianRelease } from "./debian-release";
import type { DiskType } from "./disk-type";

/** Properties of every machine, Linux or Windows. */
export interface VirtualMachineProps {
  /** Private IPv4 address of the machine in its subnet. Azure reserves the first four addresses and the last. */
  readonly privateIpAddress: string;
  /** Size of the machine: `Standard_D4s_v5`. */
  readonly size: string;
  /**
   * Whether the host encrypts disks and caches. The subscription must be registered once:
   * `az feature register --namespace Microsoft.Compute --name EncryptionAtHost`.
   *
   * @default true
   */
  readonly encryptionAtHost?: boolean;
  /** Availability zone of the machine and its disks: "1", "2" or "3". @default - Azure chooses */
  readonly zone?: string;
  /** Type of the system disk. @default DiskType.STANDARD_SSD, which every size supports */
  readonly osDiskType?: DiskType;
  /** Id of the disk encryption set that encrypts the disks with your own keys. @default - keys managed by the platform */
  readonly diskEncryptionSetId?: string;
  /** Whether extensions can be installed, for example for monitoring. An extension runs as root. @default false */
  readonly allowExtensions?: boolean;
}

/** Properties of every Linux machine of a component. */
export interface ComponentMachineProps extends VirtualMachineProps {
  /** Name of the administrator's account. */
  readonly adminUsername: string;
  /** Public key of that account in OpenSSH's format: Ed25519, or RSA of 2048 bits or more. The account has no password. */
  readonly sshPublicKey: string;
  /** Debian release of the machine. @default DebianRelease.TRIXIE */
  readonly release?: DebianRelease;
  /**
   * Id of an image to use instead of Debian's own: generation 2, with
   * cloud-init and the Azure agent.
   *
   * @default - Debian's image of the release in Azure Marketplace
   */
  readonly imageId?: string;
  /**
   * Whether an existing machine keeps its user data. Otherwise a change of the
   * user data, also by a newer version of this library, replaces the machine;
   * the data disk and the address stay.
   *
   * @default false
   */
  readonly ignoreUserDataChanges?: boolean;
}

/** A disk for data, which outlives the machine. */
export interface DataDiskOptions {
  /**
   * Size in GiB, 4 to 32767. It can be increased but not decreased.
   *
   * Source: https://learn.microsoft.com/azure/virtual-machines/disks-types (page of 2026-08-11)
   */
  readonly sizeGib: number;
  /** Type of the disk. @default DiskType.PREMIUM_SSD */
  readonly type?: DiskType;
  /** Logical unit number, 0 to 63. @default 0 */
  readonly lun?: number;
  /**
   * Whether Terraform refuses to destroy the disk. `terraform destroy` then fails until it
   * is set to false. A replaced machine keeps its disk in both cases.
   *
   * @default false
   */
  readonly preventDestroy?: boolean;
}
