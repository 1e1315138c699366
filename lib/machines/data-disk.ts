import type { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { ManagedDisk } from "@cdktf/provider-azurerm/lib/managed-disk";
import { VirtualMachineDataDiskAttachment } from "@cdktf/provider-azurerm/lib/virtual-machine-data-disk-attachment";
import type { WindowsVirtualMachine } from "@cdktf/provider-azurerm/lib/windows-virtual-machine";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { DiskType } from "./disk-type";
import type { DataDiskOptions } from "./machine-props";

/** Name and place of a data disk. */
interface DataDiskPlace {
  readonly name: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly zone?: string;
  readonly diskEncryptionSetId?: string;
  readonly tags?: { [name: string]: string };
  readonly provider?: TerraformProvider;
}

/** A data disk on a machine. */
interface AttachedDisk {
  readonly managedDisk: ManagedDisk;
  readonly attachment: VirtualMachineDataDiskAttachment;
}

/** Creates a data disk and attaches it to a machine. The disk outlives the machine. */
export function attachDataDisk(
  scope: Construct,
  machine: LinuxVirtualMachine | WindowsVirtualMachine,
  disk: DataDiskOptions,
  place: DataDiskPlace,
): AttachedDisk {
  const managedDisk = new ManagedDisk(scope, "data-disk", {
    name: place.name,
    resourceGroupName: place.resourceGroupName,
    location: place.location,
    zone: place.zone,
    storageAccountType: disk.type ?? DiskType.PREMIUM_SSD,
    createOption: "Empty",
    diskSizeGb: disk.sizeGib,
    diskEncryptionSetId: place.diskEncryptionSetId,
    publicNetworkAccessEnabled: false,
    networkAccessPolicy: "DenyAll",
    tags: place.tags,
    provider: place.provider,
    lifecycle: disk.preventDestroy ? { preventDestroy: true } : undefined,
  });
  const attachment = new VirtualMachineDataDiskAttachment(scope, "data-disk-attachment", {
    managedDiskId: managedDisk.id,
    virtualMachineId: machine.id,
    lun: disk.lun ?? 0,
    // The server has a cache of its own, and must know what is written.
    caching: "None",
    provider: place.provider,
  });
  return { managedDisk, attachment };
}
