import { type Problem, problemOf } from "../base/problem";
import { contains, parseIpv4Address, parseIpv4Prefix } from "../azure/sets/ipv4-prefix";
import { isOpaque } from "../base/opaque";
import { checkAddress } from "./checks";

/** The known addresses of an HTTP proxy. */
export interface KnownProxy {
  /** IPv4 prefixes of its subnet; empty if they were refused already. */
  readonly prefixes: readonly string[];
  /** Address of its machine. @default - it is not created here */
  readonly machineAddress?: string;
}

/** The address of an HTTP proxy: its machine's, the one given, or the only one that it can have. */
export function proxyAddressOf(known: KnownProxy, given: string | undefined): string | undefined {
  return known.machineAddress ?? given ?? onlyAddress(known.prefixes);
}

/** Problems of the address given for an HTTP proxy: it is required if it is not known otherwise, and refused if it is. */
export function checkProxyAddress(path: string, known: KnownProxy, given: string | undefined): Problem[] {
  if (given === undefined) return proxyAddressOf(known, given) === undefined ? [missing(path)] : [];
  if (known.machineAddress !== undefined) return [repeated(path, given)];
  const malformed = checkAddress(path, given);
  if (malformed.length > 0 || isOpaque(given)) return malformed;
  return isWithin(given, known.prefixes) ? [] : [elsewhere(path, given, known.prefixes)];
}

function onlyAddress(prefixes: readonly string[]): string | undefined {
  const isOne = prefixes.length === 1 && parseIpv4Prefix(prefixes[0])?.length === 32;
  return isOne ? prefixes[0].replace("/32", "") : undefined;
}

/** Whether the address is in one of the prefixes, or may be. */
function isWithin(address: string, prefixes: readonly string[]): boolean {
  const base = parseIpv4Address(address);
  if (prefixes.length === 0) return true;
  return prefixes.some((text) => {
    const prefix = parseIpv4Prefix(text);
    return !prefix || (base !== undefined && contains(prefix, { base, length: 32 }));
  });
}

function missing(path: string): Problem {
  return problemOf("missing", path, {
    what: "is missing, and the HTTP proxy's machine and addresses do not settle it",
    allowed: "the private IPv4 address of the HTTP proxy",
    change: "Add it, or create the HTTP proxy's machine first",
  });
}

function repeated(path: string, value: string): Problem {
  return problemOf("address-repeated", path, value, {
    what: "is already known from the proxy's machine",
    allowed: "an address of a proxy whose machine is managed elsewhere",
    change: "Leave it out",
  });
}

function elsewhere(path: string, value: string, prefixes: readonly string[]): Problem {
  return problemOf("address-elsewhere", path, value, {
    what: "is not an address of the HTTP proxy",
    allowed: `an address in ${prefixes.join(", ")}`,
    change: "Write the address of the HTTP proxy",
  });
}
