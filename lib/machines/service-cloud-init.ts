import type { AptSource } from "./apt-source";
import { asset } from "../base/package-files";
import { packageSourceFiles, securityUpdateFiles } from "./apt-files";
import { type CloudFile, cloudConfig, plainFile, privateFile, scriptFile } from "./cloud-config";
import type { DebianRelease } from "./debian-release";

/** A service that configures a machine at every boot. */
interface MachineService {
  /** Name of its unit, its folder and its log: `veeam-postgresql`. */
  readonly name: string;
  /** Description of its unit: `Makes this machine …`. */
  readonly description: string;
  /** The script that configures the machine. */
  readonly configure: string;
  /** Scripts that are run, by name. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** Scripts that are sourced, by name. */
  readonly sourced?: Readonly<Record<string, string>>;
  /** Settings that the scripts read, in addition to those of packages. */
  readonly settings: Readonly<Record<string, string | number>>;
  /** Configuration that the scripts put in place, by name. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Files of other services. */
  readonly files: readonly CloudFile[];
  /** Logs of other services that are rotated, as logrotate reads them. */
  readonly rotated?: string;
  /** Packages that must be installed. */
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
  // Updates have the same source as packages. With packages in the image, the image is
  // updated as a whole.
  const updates = packageSource.kind !== "image";
  const each = (
    file: (path: string, content: string) => CloudFile,
    contents: Readonly<Record<string, string>> = {},
  ): CloudFile[] => Object.entries(contents).map(([key, content]) => file(`${home}/${key}`, content));
  return cloudConfig(
    [
      ...each(scriptFile, {
        "configure.sh": service.configure,
        "wait-until-ready.sh": asset("machines", "wait-until-ready.sh"),
        ...service.scripts,
      }),
      ...each(privateFile, {
        "common.sh": asset("machines", "common.sh"),
        "packages.sh": asset("machines", "packages.sh"),
        "metadata.nft": asset("machines", "metadata.nft"),
        ...service.sourced,
      }),
      privateFile(
        `${home}/settings`,
        shellSettings({
          SERVICE: name,
          READY_PATIENCE_SECONDS: 900,
          PACKAGE_SOURCE: packageSource.kind,
          PACKAGE_ATTEMPTS: 10,
          PACKAGES: [
            ...service.packages,
            "nftables",
            ...(updates ? ["unattended-upgrades", "needrestart"] : []),
          ].join(" "),
          HELD_BACK: service.heldBack.join("|"),
          ...service.settings,
        }),
      ),
      ...each(privateFile, service.configuration),
      ...service.files,
      plainFile(`/etc/systemd/system/${name}.service`, unitFile(service)),
      plainFile(`/etc/systemd/system/${name}.timer`, timerFile(name)),
      plainFile(`/etc/systemd/system/${METADATA_UNIT}`, metadataUnitFile(home)),
      plainFile(`/etc/logrotate.d/${name}`, `${service.rotated ?? ""}${ownRotation(name)}`),
      ...packageSourceFiles(packageSource, release),
      ...(updates ? securityUpdateFiles(release, service.heldBack) : []),
    ],
    [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", METADATA_UNIT],
      ["systemctl", "enable", "--now", `${name}.timer`],
      // For as long as a first boot takes; the timer goes on whatever this says.
      [`${home}/wait-until-ready.sh`],
    ],
  );
}

function unitFile({ name, description }: MachineService): string {
  return [
    "[Unit]",
    `Description=${description}`,
    "Wants=network-online.target",
    "After=network-online.target",
    "",
    "[Service]",
    "# No boot waits for the end of a run: a disk may be attached, or a vault answer, much later.",
    "Type=exec",
    `ExecStart=${homeOf(name)}/configure.sh`,
    "# The serial console is what boot diagnostics keep.",
    "StandardOutput=journal+console",
    "StandardError=journal+console",
    "",
  ].join("\n");
}

/** At every boot, and again: what failed is tried again, and a secret that was rotated is taken in. */
function timerFile(name: string): string {
  return [
    "[Unit]",
    `Description=Runs ${name}.service at boot and every five minutes`,
    "",
    "[Timer]",
    "OnBootSec=0",
    "OnUnitInactiveSec=5min",
    "",
    "[Install]",
    "WantedBy=timers.target",
    "",
  ].join("\n");
}

const METADATA_UNIT = "veeam-metadata-guard.service";

function metadataUnitFile(home: string): string {
  return [
    "[Unit]",
    "Description=Closes the metadata service to other accounts than root",
    "ConditionPathExists=/usr/sbin/nft",
    "DefaultDependencies=no",
    "After=local-fs.target nftables.service",
    "Before=network-pre.target shutdown.target",
    "Wants=network-pre.target",
    "Conflicts=shutdown.target",
    "",
    "[Service]",
    "Type=oneshot",
    "RemainAfterExit=yes",
    `ExecStart=/usr/sbin/nft --file ${home}/metadata.nft`,
    "",
    "[Install]",
    "WantedBy=sysinit.target",
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

/** The value as one word of a shell, whatever it holds. */
export function shellQuote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Assignments that a shell reads, one a line, in the order given. */
function shellSettings(settings: Readonly<Record<string, string | number>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${shellQuote(String(value))}\n`)
    .join("");
}
