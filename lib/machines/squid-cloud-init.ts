import { type Problem, refuseProblems } from "../checks/problem";
import { checkPackageSource, packageSourceFiles, securityUpdateFiles } from "./apt-files";
import { checkClients, checkHostName, checkPort } from "./checks";
import { cloudConfig, plainFile, privateFile, scriptFile } from "./cloud-config";
import { DebianRelease } from "./debian-release";
import type { PackageSource } from "./package-source";
import { PackageSourceKind } from "./package-source-kind";
import { COMMON_SH } from "./scripts/common-sh";
import { HTTP_PROXY_SH } from "./scripts/http-proxy-sh";
import { PACKAGES_SH } from "./scripts/packages-sh";
import { shellSettings } from "./shell";
import { type MirrorAccess, SQUID_LOG_DIRECTORY, squidConf } from "./squid-conf";

/** What an HTTP proxy for the backup server has to know of itself. */
export interface HttpProxyMachineOptions {
  /** IPv4 prefixes from which the backup server connects; at least one. */
  readonly clients: string[];
  /** Where packages come from; not the HTTP proxy itself. */
  readonly packageSource: PackageSource;
  /**
   * Port on which the proxy listens, 1 to 65535.
   *
   * @default 3128
   */
  readonly port?: number;
  /**
   * Release of Debian that the machine runs.
   *
   * @default DebianRelease.TRIXIE
   */
  readonly release?: DebianRelease;
  /**
   * Mirrors of packages that other machines reach through the proxy.
   *
   * @default - none
   */
  readonly mirrors?: MirrorAccess;
}

/** Folder of the scripts and what they read. */
export const HTTP_PROXY_HOME = "/usr/local/lib/veeam-http-proxy";

/** Where squid reads its configuration: a file that no package owns, so that updates ask nothing. */
export const SQUID_CONFIG = "/etc/squid/veeam.conf";

const DEFAULT_PORT = 3128;

const UNIT = "veeam-http-proxy.service";

/**
 * User data that makes a machine the HTTP proxy of the backup server.
 *
 * @throws InvalidInputError where an option is not allowed
 */
export function squidCloudInit(options: HttpProxyMachineOptions): string {
  const { clients, mirrors, packageSource } = options;
  const port = options.port ?? DEFAULT_PORT;
  const release = options.release ?? DebianRelease.TRIXIE;
  refuseProblems("the HTTP proxy machine", checkHttpProxyOptions(options));
  const updates = packageSource.kind !== PackageSourceKind.IMAGE;
  return cloudConfig(
    [
      scriptFile(`${HTTP_PROXY_HOME}/configure.sh`, HTTP_PROXY_SH),
      privateFile(`${HTTP_PROXY_HOME}/common.sh`, COMMON_SH),
      privateFile(`${HTTP_PROXY_HOME}/packages.sh`, PACKAGES_SH),
      privateFile(
        `${HTTP_PROXY_HOME}/settings`,
        shellSettings({
          PACKAGE_SOURCE: packageSource.kind,
          PACKAGE_ATTEMPTS: 10,
          PACKAGES: ["squid", "logrotate", ...(updates ? ["unattended-upgrades"] : [])].join(" "),
          PROXY_PORT: port,
        }),
      ),
      privateFile(`${HTTP_PROXY_HOME}/squid.conf`, squidConf({ port, clients, mirrors })),
      plainFile("/etc/systemd/system/squid.service.d/veeam.conf", SQUID_DROP_IN),
      plainFile(`/etc/systemd/system/${UNIT}`, UNIT_FILE),
      plainFile("/etc/logrotate.d/veeam-http-proxy", LOG_ROTATION),
      ...packageSourceFiles(packageSource, release),
      // An update of squid cuts connections for seconds, which Veeam retries: none is held back.
      ...(updates ? securityUpdateFiles(release, []) : []),
    ],
    [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", UNIT],
      ["systemctl", "start", "--no-block", UNIT],
    ],
  );
}

const SQUID_DROP_IN = [
  "[Service]",
  "# There is no cache to make before the start.",
  "ExecStartPre=",
  "ExecStart=",
  `ExecStart=/usr/sbin/squid --foreground -sYC -f ${SQUID_CONFIG}`,
  "Restart=on-failure",
  "RestartSec=5",
  "",
].join("\n");

const UNIT_FILE = [
  "[Unit]",
  "Description=Makes this machine the HTTP proxy of the backup server",
  "Wants=network-online.target",
  "After=network-online.target",
  "",
  "[Service]",
  "Type=oneshot",
  "RemainAfterExit=yes",
  `ExecStart=${HTTP_PROXY_HOME}/configure.sh`,
  "Restart=on-failure",
  "RestartSec=120",
  "# What a person has to decide is not tried again.",
  "RestartPreventExitStatus=78",
  "",
  "[Install]",
  "WantedBy=multi-user.target",
  "",
].join("\n");

const LOG_ROTATION = [
  `${SQUID_LOG_DIRECTORY}/*.log {`,
  "  daily",
  "  rotate 30",
  "  maxsize 100M",
  "  compress",
  "  delaycompress",
  "  missingok",
  "  notifempty",
  "  sharedscripts",
  "  su proxy proxy",
  "  postrotate",
  `    test ! -e /run/squid.pid || /usr/sbin/squid -f ${SQUID_CONFIG} -k rotate`,
  "  endscript",
  "}",
  "/var/log/veeam-http-proxy.log {",
  "  monthly",
  "  rotate 12",
  "  maxsize 10M",
  "  compress",
  "  missingok",
  "  notifempty",
  "}",
  "",
].join("\n");

/** What is wrong with what an HTTP proxy has to know of itself. */
export function checkHttpProxyOptions(options: HttpProxyMachineOptions): Problem[] {
  const { clients, mirrors, packageSource } = options;
  return [
    ...checkClients("clients", clients),
    ...checkPort("port", options.port ?? DEFAULT_PORT),
    ...checkPackageSource("packageSource", packageSource),
    ...(packageSource.kind === PackageSourceKind.HTTP_PROXY
      ? [
          {
            path: "packageSource",
            what: "is the HTTP proxy, which cannot fetch its own packages through itself",
            value: packageSource.kind,
            allowed: "an image, a mirror, or a firewall",
            change: "Choose another source for this machine",
          },
        ]
      : []),
    ...(mirrors ? checkMirrors("mirrors", mirrors) : []),
  ];
}

function checkMirrors(path: string, mirrors: MirrorAccess): Problem[] {
  const problems = checkClients(`${path}.clients`, mirrors.clients);
  if (mirrors.hosts.length === 0) {
    problems.push({
      path: `${path}.hosts`,
      what: "is empty",
      allowed: "full names of hosts",
      change: "Name the mirrors, or leave mirrors out",
    });
  }
  mirrors.hosts.forEach((host, index) => problems.push(...checkHostName(`${path}.hosts[${index}]`, host)));
  return problems;
}
