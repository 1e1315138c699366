import type { AptSource } from "./apt-source";
import { packageSourceFiles, securityUpdateFiles } from "./apt-files";
import { type CloudFile, cloudConfig, plainFile, privateFile, scriptFile } from "./cloud-config";
import type { DebianRelease } from "./debian-release";
import { COMMON_SH } from "./scripts/common-sh";
import { PACKAGES_SH } from "./scripts/packages-sh";
import { shellSettings } from "./shell";

/** A service that makes a machine what it is, at its first boot and again at every other. */
export interface MachineService {
  /** Name of its unit, its folder and its log: `veeam-postgresql`. */
  readonly name: string;
  /** What it makes of the machine, as it stands in its unit: `Makes this machine …`. */
  readonly description: string;
  /** Units that it starts after. */
  readonly after?: readonly string[];
  /** The script that configures the machine. */
  readonly configure: string;
  /** Scripts that run by themselves, by name. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** Scripts that are sourced, by name. */
  readonly sourced?: Readonly<Record<string, string>>;
  /** Settings that the scripts read, beside those of packages. */
  readonly settings: Readonly<Record<string, string | number>>;
  /** Configuration that the scripts put in place, by name. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Files of other services. */
  readonly files: readonly CloudFile[];
  /** Logs of other services that are rotated, as logrotate reads them. */
  readonly rotated?: string;
  /** Packages that have to be there. */
  readonly packages: readonly string[];
  /** Where packages come from. */
  readonly packageSource: AptSource;
  /** Beginnings of the names of packages that are updated by hand. */
  readonly heldBack: readonly string[];
  /** Release of Debian. */
  readonly release: DebianRelease;
}

/** Folder of a service's scripts and of what they read. */
export function homeOf(name: string): string {
  return `/usr/local/lib/${name}`;
}

/** User data that installs the service and starts it. */
export function serviceCloudInit(service: MachineService): string {
  const { name, packageSource, release } = service;
  const home = homeOf(name);
  const unit = `${name}.service`;
  // Updates come from where packages come from; an image that has all of them is updated as a whole.
  const updates = packageSource.kind !== "image";
  const each = (
    file: (path: string, content: string) => CloudFile,
    contents: Readonly<Record<string, string>> = {},
  ): CloudFile[] => Object.entries(contents).map(([key, content]) => file(`${home}/${key}`, content));
  return cloudConfig(
    [
      ...each(scriptFile, { "configure.sh": service.configure, ...service.scripts }),
      ...each(privateFile, { "common.sh": COMMON_SH, "packages.sh": PACKAGES_SH, ...service.sourced }),
      privateFile(
        `${home}/settings`,
        shellSettings({
          PACKAGE_SOURCE: packageSource.kind,
          PACKAGE_ATTEMPTS: 10,
          PACKAGES: [...service.packages, ...(updates ? ["unattended-upgrades"] : [])].join(" "),
          ...service.settings,
        }),
      ),
      ...each(privateFile, service.configuration),
      ...service.files,
      plainFile(`/etc/systemd/system/${unit}`, unitFile(service)),
      plainFile(`/etc/logrotate.d/${name}`, `${service.rotated ?? ""}${ownRotation(name)}`),
      ...packageSourceFiles(packageSource, release),
      ...(updates ? securityUpdateFiles(release, service.heldBack) : []),
    ],
    [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", unit],
      // Not waited for: a data disk, for one, may be attached long after the first boot.
      ["systemctl", "start", "--no-block", unit],
    ],
  );
}

function unitFile({ name, description, after = [] }: MachineService): string {
  return [
    "[Unit]",
    `Description=${description}`,
    "Wants=network-online.target",
    `After=${["network-online.target", ...after].join(" ")}`,
    "",
    "[Service]",
    "Type=oneshot",
    "RemainAfterExit=yes",
    `ExecStart=${homeOf(name)}/configure.sh`,
    "Restart=on-failure",
    "RestartSec=120",
    "# What a person has to decide is not tried again.",
    "RestartPreventExitStatus=78",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");
}

function ownRotation(name: string): string {
  return [
    `/var/log/${name}.log {`,
    "  monthly",
    "  rotate 12",
    "  maxsize 10M",
    "  compress",
    "  missingok",
    "  notifempty",
    "}",
    "",
  ].join("\n");
}
