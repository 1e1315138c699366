import { type Problem, problemUnless, refuseProblems } from "../base/problem";
import { checkAptSource } from "./apt-files";
import type { AptSource } from "./apt-source";
import type { ProxiedNames } from "../plan/flows/dns-named-rows";
import { asset } from "../base/package-files";
import { checkClients, checkHostName, checkKnownPort } from "./checks";
import { plainFile } from "./cloud-config";
import { DebianRelease } from "./debian-release";
import { homeOf, serviceCloudInit } from "./service-cloud-init";
import { type MirrorAccess, SQUID_LOG_DIRECTORY, squidConf } from "./squid-conf";

/** Options of an HTTP proxy for the backup server. */
export interface HttpProxyMachineOptions {
  /** IPv4 prefixes from which the backup server connects; at least one. */
  readonly clients: string[];
  /** Where packages come from; not the HTTP proxy itself. */
  readonly packageSource: AptSource;
  /** Port on which the proxy listens, 1 to 65535. @default 3128 */
  readonly port?: number;
  /** Release of Debian that the machine runs. @default DebianRelease.TRIXIE */
  readonly release?: DebianRelease;
  /** Mirrors of packages that other machines reach through the proxy. @default - none */
  readonly mirrors?: MirrorAccess;
  /** Other names that the deployment reaches through the proxy. @default - nothing */
  readonly names?: readonly ProxiedNames[];
}

const NAME = "veeam-http-proxy";

/** Folder of the scripts and what they read. */
export const HTTP_PROXY_HOME = homeOf(NAME);

/** Where squid reads its configuration: a file that no package owns, so that updates ask nothing. */
export const SQUID_CONFIG = "/etc/squid/veeam.conf";

const DEFAULT_PORT = 3128;

/**
 * User data that makes a machine the HTTP proxy of the backup server.
 *
 * @throws InvalidInputError if an option is not allowed
 */
export function squidCloudInit(options: HttpProxyMachineOptions): string {
  const { clients, mirrors, names, packageSource } = options;
  const port = options.port ?? DEFAULT_PORT;
  const release = options.release ?? DebianRelease.TRIXIE;
  refuseProblems("the HTTP proxy machine", checkHttpProxyOptions(options));
  return serviceCloudInit({
    name: NAME,
    description: "Makes this machine the HTTP proxy of the backup server",
    configure: asset("machines", "http-proxy.sh"),
    settings: { PROXY_PORT: port },
    configuration: { "squid.conf": squidConf({ port, clients, mirrors, names }) },
    files: [plainFile("/etc/systemd/system/squid.service.d/veeam.conf", SQUID_DROP_IN)],
    rotated: SQUID_LOG_ROTATION,
    packages: ["squid", "logrotate"],
    packageSource,
    // An update of squid cuts connections for seconds, which Veeam retries.
    heldBack: [],
    release,
  });
}

const SQUID_DROP_IN = [
  "[Unit]",
  "# The package starts squid before it is configured.",
  `ConditionPathExists=${SQUID_CONFIG}`,
  "",
  "[Service]",
  "# There is no cache directory to create before the start.",
  "ExecStartPre=",
  "ExecStart=",
  `ExecStart=/usr/sbin/squid --foreground -sYC -f ${SQUID_CONFIG}`,
  "Restart=on-failure",
  "RestartSec=5",
  "",
].join("\n");

const SQUID_LOG_ROTATION = [
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
  "",
].join("\n");

/** Problems of the options of an HTTP proxy. */
export function checkHttpProxyOptions(options: HttpProxyMachineOptions): Problem[] {
  const { clients, mirrors, packageSource } = options;
  return [
    ...checkClients("clients", clients),
    ...checkKnownPort("port", options.port ?? DEFAULT_PORT),
    ...checkAptSource("packageSource", packageSource),
    ...problemUnless(packageSource.kind !== "http-proxy", {
      code: "http-proxy-on-itself",
      path: "packageSource",
      what: "is the HTTP proxy, which cannot fetch its own packages through itself",
      value: packageSource.kind,
      allowed: "an image, a mirror, or a firewall",
      change: "Choose another source for this machine",
    }),
    ...(mirrors ? checkMirrors("mirrors", mirrors) : []),
  ];
}

function checkMirrors(path: string, mirrors: MirrorAccess): Problem[] {
  return [
    ...checkClients(`${path}.clients`, mirrors.clients),
    ...problemUnless(mirrors.hosts.length > 0, "empty", `${path}.hosts`, {
      what: "is empty",
      allowed: "full names of hosts",
      change: "Name the mirrors, or leave mirrors out",
    }),
    ...mirrors.hosts.flatMap((host, index) => checkHostName(`${path}.hosts[${index}]`, host)),
  ];
}
