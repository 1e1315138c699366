/**
 * Kinds of managed disks.
 *
 * Source: https://learn.microsoft.com/azure/virtual-machines/disks-types (page of 2026-08-11)
 */
export enum DiskType {
  /** Premium SSD; needs a machine size that supports premium disks. */
  PREMIUM_SSD = "Premium_LRS",
  /** Standard SSD. */
  STANDARD_SSD = "StandardSSD_LRS",
}
