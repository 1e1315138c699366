import { inAzureCasing } from "../azure/azure-id";
import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import type { ManagedDisk } from "@cdktf/provider-azurerm/lib/managed-disk";
import type { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkEngine } from "../constructs/engine";
import { refuseTypes } from "../constructs/argument-types";
import { refuseProblems } from "../base/problem";
import { customData } from "./custom-data";
import { attachDataDisk } from "./data-disk";
import { DEBIAN, DebianRelease } from "./debian-release";
import { DiskType } from "./disk-type";
import { checkLinuxMachine } from "./linux-machine-checks";
import type { ComponentMachineProps, DataDiskOptions } from "./machine-props";
import type { MachineIdentity } from "./machine-identity";
import { privateInterface } from "./private-interface";

/** A Linux machine in a subnet. */
export interface LinuxMachineProps extends ComponentMachineProps {
  /** Name of the machine, 1 to 64 letters, digits, dots and hyphens; its host name too. */
  readonly name: string;
  /** Resource group of the machine. */
  readonly resourceGroupName: string;
  /** Region of the machine. */
  readonly location: string;
  /** Id of the subnet that it is in. */
  readonly subnetId: string;
  /** Resources that must exist before the machine boots: the association of its subnet with a security group. */
  readonly dependsOn: ITerraformDependable[];
  /**
   * User data for cloud-init. No secret belongs in it: it is readable in the
   * state and on the machine. When it changes, the machine is replaced; a data
   * disk and the address stay.
   *
   * @default - none
   */
  readonly userData?: string;
  /** Identity that reads the machine's secret. @default - none */
  readonly identity?: MachineIdentity;
  /** A disk for data. @default - none */
  readonly dataDisk?: DataDiskOptions;
  /** Tags of all resources that support tags. @default - none */
  readonly tags?: { [name: string]: string };
  /** Name of the network interface. @default - `nic-` and the machine's name */
  readonly networkInterfaceName?: string;
  /** Name of the system disk. @default - `osdisk-` and the machine's name */
  readonly osDiskName?: string;
  /** Name of the data disk. @default - `disk-`, the machine's name and `-data` */
  readonly dataDiskName?: string;
  /** Provider of all resources of the machine, for a subscription other than the stack's. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

const TYPES = {
  name: "string",
  resourceGroupName: "string or token",
  location: "string or token",
  subnetId: "string or token",
  privateIpAddress: "string",
  size: "string",
  adminUsername: "string",
  sshPublicKey: "string",
  dependsOn: ["map", "a list of resources", "Give the association of the machine's subnet in a list"],
} as const;

/**
 * A Linux machine with a fixed private address, without a public one, with trusted launch
 * and sign-in by key only. It is created after the resources in `dependsOn`. cloud-init
 * has to set up updates: Azure installs none, because it would restart the services.
 */
export class LinuxMachine extends Construct {
  /** The network interface. */
  public readonly networkInterface: NetworkInterface;
  /** The virtual machine. */
  public readonly virtualMachine: LinuxVirtualMachine;
  /** The disk for data. */
  public readonly dataDisk?: ManagedDisk;
  /**
   * The resource that exists when the machine is complete.
   *
   * @internal
   */
  public readonly _last: ITerraformDependable;

  /** @throws InvalidInputError if a property is not allowed */
  constructor(scope: Construct, id: string, props: LinuxMachineProps) {
    super(scope, id);
    checkEngine(this);
    refuseTypes(this.node.path, props, TYPES, { zone: "string", imageId: "string", userData: "string" });
    refuseProblems(this.node.path, checkLinuxMachine(props));
    const { name, resourceGroupName, location, tags, zone, identity, provider } = props;

    this.networkInterface = privateInterface(this, {
      name: props.networkInterfaceName ?? `nic-${name}`,
      resourceGroupName,
      location,
      subnetId: props.subnetId,
      privateIpAddress: props.privateIpAddress,
      tags,
      provider,
      dependsOn: props.dependsOn,
    });

    const image = DEBIAN[props.release ?? DebianRelease.TRIXIE];
    this.virtualMachine = new LinuxVirtualMachine(this, "virtual-machine", {
      name,
      resourceGroupName,
      location,
      size: props.size,
      zone,
      networkInterfaceIds: [this.networkInterface.id],
      adminUsername: props.adminUsername,
      adminSshKey: [{ username: props.adminUsername, publicKey: props.sshPublicKey }],
      disablePasswordAuthentication: true,
      customData: props.userData === undefined ? undefined : customData(props.userData),
      osDisk: {
        name: props.osDiskName ?? `osdisk-${name}`,
        caching: "ReadWrite",
        storageAccountType: props.osDiskType ?? DiskType.STANDARD_SSD,
        diskEncryptionSetId: props.diskEncryptionSetId,
      },
      ...(props.imageId === undefined
        ? {
            sourceImageReference: {
              publisher: "Debian",
              offer: image.imageOffer,
              sku: image.imageSku,
              version: "latest",
            },
          }
        : { sourceImageId: inAzureCasing(props.imageId) }),
      secureBootEnabled: true,
      vtpmEnabled: true,
      encryptionAtHostEnabled: props.encryptionAtHost ?? true,
      identity: identity && { type: "UserAssigned", identityIds: [identity.identity.id] },
      // An empty block: Azure keeps the console's log in storage of its own.
      bootDiagnostics: {},
      provisionVmAgent: true,
      allowExtensionOperations: props.allowExtensions ?? false,
      patchMode: "ImageDefault",
      patchAssessmentMode: "ImageDefault",
      tags,
      provider,
      dependsOn: [...props.dependsOn, ...(identity ? [identity.secretAccess] : [])],
      lifecycle: props.ignoreUserDataChanges ? { ignoreChanges: ["custom_data"] } : undefined,
    });

    this._last = this.virtualMachine;
    if (props.dataDisk) {
      const attached = attachDataDisk(this, this.virtualMachine, props.dataDisk, {
        ...props,
        name: props.dataDiskName ?? `disk-${name}-data`,
      });
      this.dataDisk = attached.managedDisk;
      this._last = attached.attachment;
    }
  }
}
