import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { MarketplaceAgreement } from "@cdktf/provider-azurerm/lib/marketplace-agreement";
import { WindowsVirtualMachine } from "@cdktf/provider-azurerm/lib/windows-virtual-machine";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { NamedResource } from "../azure/naming";
import { isOpaque } from "../base/opaque";
import { type Problem, problemOf, problemUnless, refused, refuseProblems } from "../base/problem";
import { COMPONENT, listOfComponents, refuseTypes, type ArgumentType } from "../constructs/argument-types";
import type { BackupServer } from "../constructs/roles/roles";
import type { BackupComponent } from "../constructs/roles/component";
import { OperatingSystem, operatingSystemOf } from "../ports/component-types";
import { type BackupServerSource, VEEAM_OFFER } from "./backup-server-source";
import { checkPlace, placeOf } from "./component-machine";
import { attachDataDisk } from "./data-disk";
import { DiskType } from "./disk-type";
import type { DataDiskOptions, VirtualMachineProps } from "./machine-props";
import { machineOf, rememberMachine } from "./made-machines";
import { checkDiskOptions, checkMachineFacts } from "./linux-machine-checks";
import { checkBackupServerSize } from "./machine-size";
import { privateInterface } from "./private-interface";
import { checkSecretId } from "./secret-id";
import { WindowsMachine } from "./windows-machine";

/** The administrator's account of a Windows machine that is created from an image. */
export interface WindowsAdministrator {
  /** Name of the account. */
  readonly username: string;
  /**
   * Resource id, without a version, of the secret that holds its password. The
   * vault has to allow template deployments. The password passes through
   * neither code nor state.
   */
  readonly passwordSecretId: string;
}

/** A machine for the backup server of a deployment. */
export interface BackupServerMachineProps extends VirtualMachineProps {
  /** The backup server, with a `subnet` that is created here. It has one machine. */
  readonly backupServer: BackupServer;
  /** The source of the machine: an offer, an image or a disk. */
  readonly source: BackupServerSource;
  /** The administrator's account. @default - that of the system disk; an image or an offer needs one */
  readonly administrator?: WindowsAdministrator;
  /** Name of the computer in Windows: 1 to 15 letters, digits and hyphens. @default "backup-server" */
  readonly computerName?: string;
  /**
   * Whether the machine uses trusted launch, which needs an image or a disk of generation 2.
   *
   * @default true
   */
  readonly trustedLaunch?: boolean;
  /**
   * A disk for data, for a machine from a system disk. Veeam's Linux appliance
   * needs one of at least 240 GiB in addition to its system disk.
   *
   * @default - none
   */
  readonly dataDisk?: DataDiskOptions;
  /**
   * Components whose machines Terraform creates before this one, such as the
   * PostgreSQL server and the HTTP proxy. Create those constructs first.
   *
   * @default - none
   */
  readonly startAfter?: BackupComponent[];
}

const ADMINISTRATOR: Readonly<Record<string, ArgumentType>> = {
  "administrator.username": "string",
  "administrator.passwordSecretId": "string",
};

/**
 * The machine of a deployment's backup server: from Veeam's offer in the marketplace, your
 * image or your system disk.
 *
 * @throws InvalidInputError with everything that is wrong with the props
 */
export class BackupServerMachine extends Construct {
  constructor(scope: Construct, id: string, props: BackupServerMachineProps) {
    super(scope, id);
    refuseTypes(
      this.node.path,
      props,
      {
        backupServer: COMPONENT,
        privateIpAddress: "string",
        size: "string",
        source: ["_kind", "a BackupServerSource", "Write BackupServerSource.image(imageId)"],
        ...(props?.administrator && ADMINISTRATOR),
        ...(props?.startAfter !== undefined && listOfComponents("startAfter", props.startAfter)),
      },
      { zone: "string", computerName: "string" },
    );
    const { backupServer, source, administrator, startAfter = [] } = props;
    const place = placeOf(backupServer);
    const computerName = props.computerName ?? "backup-server";
    const kind = source._kind;
    refuseProblems(this.node.path, [
      ...checkPlace("backupServer", backupServer, props.privateIpAddress),
      ...checkBackupServerMachine(props, backupServer._type()),
      ...startAfter.flatMap((component, index) =>
        machineOf(component) ? [] : [withoutMachine(index, component)],
      ),
    ]);
    const encryptionAtHost = props.encryptionAtHost ?? true;
    const trustedLaunch = props.trustedLaunch ?? true;
    const { name, networkInterfaceName, osDiskName, subnetId, ...common } = place;
    const earlier = startAfter.flatMap((component) => machineOf(component)?.last ?? []);
    const dependsOn = [...place.dependsOn, ...earlier];
    let last: ITerraformDependable;

    if (kind.kind === "disk") {
      const nic = privateInterface(this, {
        name: networkInterfaceName,
        subnetId,
        privateIpAddress: props.privateIpAddress,
        ...common,
      });
      const isLinux = operatingSystemOf(backupServer._type()) === OperatingSystem.LINUX;
      const Specialized = isLinux ? LinuxVirtualMachine : WindowsVirtualMachine;
      const machine = new Specialized(this, "virtual-machine", {
        ...common,
        name,
        size: props.size,
        zone: props.zone,
        networkInterfaceIds: [nic.id],
        osManagedDiskId: kind.osManagedDiskId,
        osDisk: { caching: "ReadWrite" },
        secureBootEnabled: trustedLaunch,
        vtpmEnabled: trustedLaunch,
        encryptionAtHostEnabled: encryptionAtHost,
        bootDiagnostics: {},
        allowExtensionOperations: props.allowExtensions ?? false,
        dependsOn,
      });
      const diskName = backupServer.network._nameOf(NamedResource.DATA_DISK, backupServer.label);
      last = props.dataDisk
        ? attachDataDisk(this, machine, props.dataDisk, { ...props, ...common, name: diskName }).attachment
        : machine;
    } else {
      const {
        plan = "",
        version = "latest",
        acceptTerms = false,
      } = kind.kind === "marketplace" ? kind.offer : {};
      const terms = acceptTerms
        ? [new MarketplaceAgreement(this, "terms", { ...VEEAM_OFFER, plan, provider: place.provider })]
        : [];
      const { deployment } = new WindowsMachine(this, "machine", {
        ...common,
        name,
        networkInterfaceName,
        osDiskName,
        subnetId,
        privateIpAddress: props.privateIpAddress,
        computerName,
        size: props.size,
        adminUsername: administrator?.username ?? "",
        passwordSecretId: administrator?.passwordSecretId ?? "",
        osDiskType: props.osDiskType ?? DiskType.PREMIUM_SSD,
        diskEncryptionSetId: props.diskEncryptionSetId,
        zone: props.zone,
        encryptionAtHost,
        trustedLaunch,
        allowExtensions: props.allowExtensions ?? false,
        image: kind.kind === "image" ? { id: kind.imageId } : { ...VEEAM_OFFER, plan, version },
        dependsOn: [...dependsOn, ...terms],
      });
      last = deployment;
    }
    const image = {
      marketplace: VEEAM_OFFER.offer,
      image: "your image",
      disk: "your system disk",
    };
    backupServer._machineFacts = {
      address: props.privateIpAddress,
      image: image[kind.kind],
      size: props.size,
    };
    rememberMachine(backupServer, {
      path: this.node.path,
      last,
      privateIpAddress: props.privateIpAddress,
      facts: administrator && {
        account: administrator.username,
        passwordSecretId: administrator.passwordSecretId,
      },
    });
  }
}

/** Problems of the backup server's machine. */
export function checkBackupServerMachine(
  props: Omit<BackupServerMachineProps, "backupServer">,
  type: string | undefined,
): Problem[] {
  const kind = props.source._kind.kind;
  return [
    ...checkMachineFacts(props),
    ...checkBackupServerSize("size", props.size),
    ...props.source._problems("source"),
    ...checkComputerName("computerName", props.computerName ?? "backup-server"),
    ...checkAdministrator("administrator", kind, props.administrator),
    ...checkSystem(kind, type),
    ...checkDataDisk("dataDisk", kind, props.dataDisk),
  ];
}

// Windows refuses names that consist of digits or have a hyphen at an end.
function checkComputerName(path: string, name: string): Problem[] {
  if (isOpaque(name) || (/^[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$/.test(name) && !/^\d+$/.test(name)))
    return [];
  const allowed =
    "1 to 15 letters, digits and hyphens, not digits alone, with a letter or digit at both ends";
  return refused("name-invalid", path, name, {
    what: "is not a name that Windows accepts",
    allowed,
    change: "Shorten or rename it",
  });
}

function checkAdministrator(path: string, kind: string, given: WindowsAdministrator | undefined): Problem[] {
  if (kind === "disk") {
    if (!given) return [];
    return refused("account-refused", path, {
      what: "is set, but a system disk already has its accounts",
      allowed: "no administrator with a system disk",
      change: "Leave it out",
    });
  }
  if (!given) {
    const what = "is missing, but a machine from an image needs an account";
    return refused("missing", path, {
      what,
      allowed: "{ username, passwordSecretId }",
      change: "Add it",
    });
  }
  const taken = /^(administrator|admin|user|guest|root|test|backup|owner|sys|support|john|david|a)\d?$/i;
  const isName = isOpaque(given.username) || /^[^\\/"[\]:|<>+=;,?*@\s]{1,20}$/.test(given.username);
  return [
    ...problemUnless(isName && !taken.test(given.username), {
      code: "name-invalid",
      path: `${path}.username`,
      what: "is a name that Azure refuses",
      value: given.username,
      allowed: "1 to 20 characters without spaces or special characters, and not a common name such as admin",
      change: "Choose another",
    }),
    ...checkSecretId(`${path}.passwordSecretId`, given.passwordSecretId),
  ];
}

/** The offer and images are Windows; Veeam has no image of its Linux appliance for Azure. */
function checkSystem(kind: string, type: string | undefined): Problem[] {
  if (kind === "disk" || operatingSystemOf(type) !== OperatingSystem.LINUX) return [];
  return refused("type-unsupported", "backupServer.type", type, {
    what: "is Veeam's Linux appliance, for which Veeam does not publish an Azure image",
    allowed: 'BackupServerSource.systemDisk with your disk, or the type "windows"',
    change: "Choose one of the two",
  });
}

function checkDataDisk(path: string, kind: string, disk: DataDiskOptions | undefined): Problem[] {
  if (!disk) return [];
  if (kind === "disk") return checkDiskOptions(path, disk);
  return refused("disk-refused", path, {
    what: "is only possible with your own system disk",
    allowed: "no data disk with an offer or an image",
    change: "Leave it out, and add data disks to the machine after the deployment",
  });
}

function withoutMachine(index: number, component: BackupComponent): Problem {
  return problemOf("missing", `startAfter[${index}]`, {
    what: `is ${component.node.path}, which has no machine yet`,
    allowed: "components whose machines were created before this one",
    change: "Create its machine first, or leave it out",
  });
}
