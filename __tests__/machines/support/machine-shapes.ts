import type { TerraformStack } from "cdktf";
import { DebianRelease } from "../../../lib/machines/debian-release";
import { DiskType } from "../../../lib/machines/disk-type";
import { LinuxMachine, type LinuxMachineProps } from "../../../lib/machines/linux-machine";
import { MachineIdentity } from "../../../lib/machines/machine-identity";
import { VAULT } from "../../support/tools/resources";

const SSH_KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"B".repeat(43)} admin@example`;

/** What is required of a machine. */
export const PROPS: LinuxMachineProps = {
  name: "postgresql",
  resourceGroupName: "rg",
  location: "westeurope",
  subnetId:
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet",
  privateIpAddress: "10.20.0.36",
  size: "Standard_D2s_v5",
  adminUsername: "azureadmin",
  sshPublicKey: SSH_KEY,
  dependsOn: [],
};

/** A machine with what is required, and the properties. */
export function machineIn(
  stack: TerraformStack,
  props: Partial<LinuxMachineProps> = {},
  id = "machine",
): LinuxMachine {
  return new LinuxMachine(stack, id, { ...PROPS, ...props });
}

/** Machines of different kinds. */
export const SHAPES: Record<string, (stack: TerraformStack) => void> = {
  "with nothing but what is required": (stack) => machineIn(stack),
  "with everything": (stack) =>
    machineIn(stack, {
      userData: "#cloud-config\n",
      identity: new MachineIdentity(stack, "identity", {
        name: "id-postgresql",
        resourceGroupName: "rg",
        location: "westeurope",
        secretId: `${VAULT}/secrets/password`,
      }),
      dataDisk: { sizeGib: 128, lun: 3, type: DiskType.STANDARD_SSD, preventDestroy: true },
      diskEncryptionSetId: `${VAULT.replace(/providers.*/, "providers/Microsoft.Compute/diskEncryptionSets/des")}`,
      zone: "2",
      tags: { a: "b" },
      allowExtensions: true,
      osDiskType: DiskType.PREMIUM_SSD,
      release: DebianRelease.BOOKWORM,
    }),
  "from an image": (stack) =>
    machineIn(stack, {
      imageId:
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Compute/images/image",
      dataDisk: { sizeGib: 4 },
      encryptionAtHost: false,
      ignoreUserDataChanges: true,
    }),
};
