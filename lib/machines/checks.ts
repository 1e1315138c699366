import { type Problem, problemUnless, refused } from "../base/problem";
import { parseIpv4Address, parseIpv4Prefix } from "../azure/sets/ipv4-prefix";
import { isOpaque, isOpaqueNumber } from "../base/opaque";

/** A whole number in a range; a value known only at apply cannot be written into a file. */
export function checkWholeNumber(path: string, value: number, least: number, most: number): Problem[] {
  const allowed = `a whole number from ${least} to ${most}`;
  if (isOpaqueNumber(value)) {
    return refused("value-unknown", path, {
      what: "is known only at apply, but is written to a file at synthesis",
      allowed,
      change: "Write the number",
    });
  }
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  return refused("number-invalid", path, value, {
    what: "is out of range",
    allowed,
    change: "Choose a number in the range",
  });
}

/** A port that is written into a file of the machine, and so has to be known. */
export function checkKnownPort(path: string, port: number): Problem[] {
  return checkWholeNumber(path, port, 1, 65535);
}

/** Prefixes that can connect: at least one, each an aligned IPv4 prefix other than 0.0.0.0/0. */
export function checkClients(path: string, prefixes: readonly string[]): Problem[] {
  const allowed = "IPv4 prefixes such as 10.20.0.0/27, none of them everything";
  if (prefixes.length === 0) {
    return refused("empty", path, {
      what: "is empty, so nothing can connect",
      allowed,
      change: "Name a prefix",
    });
  }
  return prefixes.flatMap((prefix, index): Problem[] => {
    if (isOpaque(prefix)) return [];
    const parsed = parseIpv4Prefix(prefix);
    if (parsed && parsed.length > 0) return [];
    return refused("prefix-invalid", `${path}[${index}]`, prefix, {
      what: parsed ? "contains every address" : "is not an aligned IPv4 prefix",
      allowed,
      change: "Write the subnet of the machines that connect",
    });
  });
}

/** An IPv4 address. */
export function checkAddress(path: string, address: string): Problem[] {
  if (isOpaque(address) || parseIpv4Address(address) !== undefined) return [];
  return refused("address-invalid", path, address, {
    what: "is not an IPv4 address",
    allowed: "an address such as 10.20.0.4",
    change: "Write the address",
  });
}

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** The full name of a host, in lower case; not an address. */
function isHostName(name: string): boolean {
  return HOST_NAME.test(name) && parseIpv4Address(name) === undefined;
}

/** The full name of a host. */
export function checkHostName(path: string, name: string): Problem[] {
  if (isHostName(name)) return [];
  return refused("host-name-invalid", path, name, {
    what: "is not a fully qualified host name",
    allowed: "lower-case letters, digits, hyphens and dots, such as mirror.example.com",
    change: "Write the name as in DNS",
  });
}

const MIRROR_URL = /^https?:\/\/([^/:]+)(?::([1-9]\d{0,4}))?(\/[A-Za-z0-9._~-]+)*\/?$/;

/** The address of a mirror of packages: a scheme, a host or address, and a path of plain characters. */
export function checkMirrorUrl(path: string, url: string): Problem[] {
  const [, host, port = "80"] = MIRROR_URL.exec(url) ?? [];
  const isHost = host !== undefined && (isHostName(host) || parseIpv4Address(host) !== undefined);
  return problemUnless(isHost && Number(port) <= 65535, {
    code: "url-invalid",
    path,
    what: "is not the URL of a mirror",
    value: url,
    allowed: "http or https, a host, and a path of letters, digits and . _ ~ -, without account or query",
    change: "Write it as https://mirror.example.com/debian",
  });
}

/** The address of a mirror that is reached through an HTTP proxy: on the port of its scheme. */
export function checkProxiedUrl(path: string, url: string): Problem[] {
  const problems = checkMirrorUrl(path, url);
  // squid, as it is configured here, allows only these ports.
  if (problems.length > 0 || MIRROR_URL.exec(url)?.[2] === undefined) return problems;
  return refused("port-refused", path, url, {
    what: "is on a port that the HTTP proxy refuses",
    allowed: "port 80 for http and port 443 for https, both omitted",
    change: "Leave the port out, or choose another source",
  });
}
