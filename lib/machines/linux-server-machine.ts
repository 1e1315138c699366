import { Construct } from "constructs";
import { formatProblem, type Problem, problemUnless, refused, refuseProblems } from "../base/problem";
import type { BackupServer } from "../constructs/roles/roles";
import type { BackupComponent } from "../constructs/roles/component";
import { VeeamRole } from "../ports/port-table";
import { checkComponentMachine, machineInPlaceOf, refuseDebianTypes } from "./component-machine";
import { DebianRelease } from "./debian-release";
import { LinuxMachine } from "./linux-machine";
import {
  checkLinuxServerOptions,
  linuxServerCloudInit,
  type LinuxServerOptions,
  REPOSITORY_FOLDER,
  VEEAM_ACCOUNT,
} from "./linux-server-cloud-init";
import type { ComponentMachineProps, DataDiskOptions } from "./machine-props";
import { rememberMachine } from "./made-machines";
import { machineFacts } from "./machine-facts";
import { allowPackages } from "./package-connections";
import { type PackageSource, warnOfImage } from "./package-source";
import { oncePerPath, underPaths } from "./problem-paths";

/** The account that Veeam adds a Linux server with. */
export interface VeeamAccount {
  /** Name of the account; not that of the machine's administrator. @default "veeamrepo" */
  readonly username?: string;
  /** Public key of the account in OpenSSH's format. Give the private key only to Veeam. */
  readonly publicKey: string;
}

/** A machine for a cache repository, a gateway server or a backup repository that runs Linux. */
export interface LinuxServerMachineProps extends ComponentMachineProps {
  /**
   * The component: a cache repository, a gateway server or a backup repository
   * of the type `linux` or `hardened`, with a `subnet` that is created here. It
   * has one machine.
   */
  readonly component: BackupComponent;
  /** The backup server of the same deployment, which installs Veeam's services on the machine. */
  readonly backupServer: BackupServer;
  /** Where packages come from. */
  readonly packageSource: PackageSource;
  /**
   * The account that Veeam adds the server with, with sudo and without a password. On a
   * hardened repository it is for single use: when Veeam's data mover runs, the account
   * loses its key and sudo, and SSH is turned off.
   */
  readonly veeamAccount: VeeamAccount;
  /**
   * The disk for backups, with XFS for Veeam's block cloning. A repository needs one; a
   * gateway server can have one.
   *
   * @default - none
   */
  readonly dataDisk?: DataDiskOptions;
}

/**
 * The machine of a cache repository, a gateway server or a backup repository: Debian,
 * ready to be added in Veeam, with backups on a separate disk.
 *
 * @throws InvalidInputError with everything that is wrong with the props
 */
export class LinuxServerMachine extends Construct {
  /** The machine. */
  public readonly machine: LinuxMachine;

  constructor(scope: Construct, id: string, props: LinuxServerMachineProps) {
    super(scope, id);
    refuseDebianTypes(
      this.node.path,
      props,
      ["component", "backupServer"],
      {
        "veeamAccount.publicKey": "string",
        ...(props?.dataDisk !== undefined && { "dataDisk.sizeGib": "number" }),
      },
      { "veeamAccount.username": "string" },
    );
    const { component, backupServer, packageSource, veeamAccount, dataDisk } = props;
    const place = machineInPlaceOf(component, props);
    const options: LinuxServerOptions = {
      account: veeamAccount.username ?? VEEAM_ACCOUNT,
      publicKey: veeamAccount.publicKey,
      singleUse: component._type() === "hardened",
      dataDiskLun: dataDisk && (dataDisk.lun ?? 0),
      packageSource: packageSource._apt(),
      packages: component.role === VeeamRole.GATEWAY_SERVER ? ["nfs-common"] : [],
      release: props.release ?? DebianRelease.TRIXIE,
    };
    refuseProblems(
      this.node.path,
      oncePerPath([
        ...checkComponentMachine("component", component, { ...place, dataDisk }),
        ...checkLinuxServer(component.role, props),
        ...packageSource._problems("packageSource", component),
        ...underPaths(
          checkLinuxServerOptions(options).filter(({ path }) => !path.startsWith("packageSource")),
          {
            account: "veeamAccount.username",
            publicKey: "veeamAccount.publicKey",
            dataDiskLun: "dataDisk.lun",
          },
        ),
      ]),
    );
    warnOfImage(this, packageSource, props.imageId);
    // Flows, and the machine of the HTTP proxy, may be declared after this one.
    this.node.addValidation({
      validate: () =>
        [
          ...packageSource._problems("packageSource", component),
          ...(props.imageId === undefined ? checkInstallation(component, backupServer) : []),
        ].map(formatProblem),
    });

    this.machine = new LinuxMachine(this, "machine", {
      ...place,
      dataDisk,
      userData: linuxServerCloudInit(options),
    });
    const packages = packageSource._connection();
    allowPackages(component.connections, packages ? [packages] : []);
    component._machineFacts = { ...machineFacts(props), "Veeam's account": options.account };
    rememberMachine(component, {
      path: this.node.path,
      last: this.machine._last,
      privateIpAddress: props.privateIpAddress,
      facts: {
        account: options.account,
        publicKey: veeamAccount.publicKey.trim(),
        singleUse: String(options.singleUse),
        ...(dataDisk && { folder: REPOSITORY_FOLDER }),
      },
    });
  }
}

const ROLES: readonly VeeamRole[] = [
  VeeamRole.CACHE_REPOSITORY,
  VeeamRole.GATEWAY_SERVER,
  VeeamRole.BACKUP_REPOSITORY,
];

/** Problems of a machine as the Linux server of a role. */
export function checkLinuxServer(
  role: VeeamRole,
  {
    dataDisk,
    adminUsername,
    veeamAccount,
  }: Pick<LinuxServerMachineProps, "dataDisk" | "adminUsername" | "veeamAccount">,
): Problem[] {
  return [
    ...problemUnless(ROLES.includes(role), "type-unsupported", "component", role, {
      what: "is not the role of a Linux server that is added in Veeam",
      allowed: ROLES.join(", "),
      change: "Use the machine of its role",
    }),
    ...problemUnless(role === VeeamRole.GATEWAY_SERVER || dataDisk !== undefined, "missing", "dataDisk", {
      what: "is missing, but a repository keeps its backups on a data disk",
      allowed: "{ sizeGib }, 4 to 32767",
      change: "Add it",
    }),
    ...problemUnless((veeamAccount.username ?? VEEAM_ACCOUNT) !== adminUsername, {
      code: "account-shared",
      path: "veeamAccount.username",
      what: "is the administrator's account, which Veeam must not use",
      value: adminUsername,
      allowed: "an account of its own",
      change: "Choose another name for one of the two",
    }),
  ];
}

/** Veeam installs its services over SSH, unless the image has them. */
function checkInstallation(component: BackupComponent, backupServer: BackupServer): Problem[] {
  const [from, to] = [backupServer._endpoint().id, component._endpoint().id];
  const flows = component._place()?.flows() ?? [];
  if (flows.some((flow) => flow.from.id === from && flow.to.id === to && flow.ports.includes("22")))
    return [];
  return refused("installation-blocked", "component", {
    what: `is ${component.node.path}, on which Veeam cannot install its services: ${backupServer.node.path} does not reach it by SSH`,
    allowed:
      'the feature "componentDeployment" in the deployment, or an imageId of an image that has the services',
    change: "Add the feature, or name such an image",
  });
}
