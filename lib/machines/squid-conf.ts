import type { ProxiedNames } from "../plan/flows/dns-named-rows";
import { MICROSOFT_NAMES } from "../ports/own-rows";

/** Machines that may fetch packages through the proxy, and from where. */
export interface MirrorAccess {
  /** Full names of the mirrors' hosts; at least one. */
  readonly hosts: string[];
  /** IPv4 prefixes from which packages are fetched; at least one. */
  readonly clients: string[];
}

/** Connections that the proxy allows. */
interface SquidConfOptions {
  /** Port to listen on. */
  readonly port: number;
  /** IPv4 prefixes from which the backup server connects. */
  readonly clients: readonly string[];
  /** Mirrors of packages. @default - none */
  readonly mirrors?: MirrorAccess;
  /** Other names that the deployment reaches. @default - none */
  readonly names?: readonly ProxiedNames[];
}

/**
 * Addresses of the machine itself and of the platform: no name may lead
 * there, for any client.
 *
 * Source: https://www.iana.org/assignments/iana-ipv4-special-registry and the registry for IPv6
 */
const PLATFORM: readonly string[] = [
  "0.0.0.0/8",
  "127.0.0.0/8",
  "168.63.129.16",
  "169.254.0.0/16",
  "224.0.0.0/3",
  "::/128",
  "::1/128",
  "fe80::/10",
  "ff00::/8",
];

/** Private addresses: a mirror may be there, and no name of the Internet. */
const PRIVATE: readonly string[] = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "fc00::/7",
];

/** Folder of the proxy's logs. */
export const SQUID_LOG_DIRECTORY = "/var/log/veeam-http-proxy";

/**
 * The proxy's configuration: who may connect where, nothing kept, nothing told
 * about the inside.
 *
 * Source: https://www.squid-cache.org/Doc/config/
 */
export function squidConf(options: SquidConfOptions): string {
  const { port, clients, mirrors, names = [] } = options;
  const groups = names.filter((group) => group.names.length > 0).map(squidGroup);
  const known = new Set([
    ...MICROSOFT_NAMES,
    ...(mirrors?.hosts ?? []),
    ...groups.flatMap(({ hosts }) => hosts),
  ]);
  return lines([
    "# Written by the machine's cloud-init; changes by hand are undone at the next boot.",
    `http_port ${port}`,
    "",
    "# Clients and destinations. -n: an address never counts as a name, even if a reverse lookup finds one.",
    `acl backup_server src ${clients.join(" ")}`,
    `acl microsoft dstdomain -n ${MICROSOFT_NAMES.join(" ")}`,
    "acl https port 443",
    "acl plain proto HTTP",
    ...(mirrors
      ? [
          `acl mirror_clients src ${mirrors.clients.join(" ")}`,
          `acl mirrors dstdomain -n ${mirrors.hosts.join(" ")}`,
          "acl http port 80",
          "acl reading method GET HEAD",
        ]
      : []),
    ...groups.flatMap(({ acls }) => acls),
    `acl known_names dstdomain -n ${[...known].join(" ")}`,
    `acl platform dst ${PLATFORM.join(" ")}`,
    `acl private dst ${PRIVATE.join(" ")}`,
    "",
    "# Names that are not on the list are refused before they are looked up.",
    "http_access deny manager",
    "http_access deny !known_names",
    "http_access deny platform",
    ...(mirrors
      ? [
          "# A mirror may have a private address; for every other name, one would lead back inside.",
          "http_access allow CONNECT mirror_clients mirrors https",
          "http_access allow reading plain mirror_clients mirrors http",
        ]
      : []),
    "http_access deny private",
    "http_access allow CONNECT backup_server microsoft https",
    ...groups.flatMap(({ access }) => access),
    "http_access deny all",
    "",
    "# Nothing is kept.",
    "cache deny all",
    "cache_mem 8 MB",
    "maximum_object_size_in_memory 0 KB",
    "memory_pools off",
    "",
    "# Hides internal addresses and the version.",
    "via off",
    "forwarded_for delete",
    "visible_hostname http-proxy",
    "httpd_suppress_version_string on",
    "email_err_data off",
    "reply_header_access X-Cache deny all",
    "reply_header_access X-Cache-Lookup deny all",
    "reply_header_access X-Squid-Error deny all",
    "",
    "# logrotate renames the files; squid only opens new ones.",
    `access_log stdio:${SQUID_LOG_DIRECTORY}/access.log`,
    `cache_log ${SQUID_LOG_DIRECTORY}/cache.log`,
    "logfile_rotate 0",
    "",
    "pinger_enable off",
    "shutdown_lifetime 5 seconds",
    "coredump_dir none",
  ]);
}

/** The lines of squid for a group of names: TLS through a tunnel, the rest in plain HTTP. */
function squidGroup(
  { group, names, ports, clients }: ProxiedNames,
  index: number,
): { hosts: string[]; acls: string[]; access: string[] } {
  const name = `${group}_${index + 1}`;
  const hosts = names.map((host) => host.replace(/^\*\./, "."));
  return {
    hosts,
    acls: [
      `acl ${name}_clients src ${clients.join(" ")}`,
      `acl ${name}_names dstdomain -n ${hosts.join(" ")}`,
      `acl ${name}_ports port ${ports.join(" ")}`,
    ],
    access: [
      `http_access allow CONNECT ${name}_clients ${name}_names ${name}_ports https`,
      `http_access allow !CONNECT plain ${name}_clients ${name}_names ${name}_ports !https`,
    ],
  };
}

function lines(text: readonly string[]): string {
  return `${text.join("\n")}\n`;
}
