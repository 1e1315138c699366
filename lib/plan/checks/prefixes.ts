import {
  alignDown,
  contains,
  formatIpv4Prefix,
  type Ipv4Prefix,
  isPrivate,
  overlaps,
  parseIpv4Address,
  parseIpv4Prefix,
  parseIpv4PrefixLoosely,
} from "../../azure/sets/ipv4-prefix";
import { formatAddresses } from "../../azure/sets/address-set";
import { addressesOf } from "../../azure/sets/prefix-list";
import { isOpaque, isOpaqueList } from "../../base/opaque";
import { type Problem, refused } from "../../base/problem";

/** An IPv4 prefix that was given, with the path of the property that gave it. */
export interface GivenPrefix {
  readonly path: string;
  readonly prefix: Ipv4Prefix;
}

/** What checks found. */
export interface Findings {
  /** What is refused. */
  readonly problems: Problem[];
  /** Warnings; each is a sentence. */
  readonly warnings: string[];
}

/** Prefixes that passed their checks, and what is wrong with the others. */
export interface CheckedPrefixes {
  readonly prefixes: GivenPrefix[];
  readonly problems: Problem[];
}

const ALLOWED = 'an IPv4 prefix such as "10.1.0.0/24"';
const ALLOWED_WIDTH = "private prefixes of /8 or longer, public prefixes of /24 or longer";

// Addresses that no machine of a deployment has, or that Azure keeps for itself.
const SPECIAL: ReadonlyArray<readonly [string, string]> = [
  ["0.0.0.0/8", "addresses of this network"],
  ["127.0.0.0/8", "loopback addresses"],
  ["168.63.129.16/32", "Azure's own services"],
  ["169.254.0.0/16", "link-local addresses"],
  ["224.0.0.0/4", "multicast addresses"],
  ["240.0.0.0/4", "reserved addresses"],
];
const SPECIAL_PREFIXES = SPECIAL.map(([text, name]) => ({
  prefix: parseIpv4Prefix(text) as Ipv4Prefix,
  name,
}));

/** A list known only at apply, where its entries are needed one by one. */
export function checkKnownLength(path: string, values: readonly string[]): Problem[] {
  if (!values.some(isOpaqueList)) return [];
  return refused("value-unknown", path, {
    what: "is a list that is known only at apply, which cannot be merged with others into one rule",
    allowed: "a list whose entries may each be known only at apply",
    change: "Give its entries one by one: Fn.element(list, 0), Fn.element(list, 1)",
  });
}

/** One prefix; a value known only at apply passes, and is not among the prefixes. */
export function checkPrefix(path: string, value: string): CheckedPrefixes {
  if (isOpaque(value)) return { prefixes: [], problems: [] };
  const refuse = (code: string, what: string, change: string): CheckedPrefixes => ({
    prefixes: [],
    problems: refused(code, path, value, { what, allowed: ALLOWED, change }),
  });
  if (value.includes(":")) {
    return refuse(
      "ipv6",
      "is an IPv6 prefix, which is not supported",
      "Give the IPv4 addresses of the same machines",
    );
  }
  if (parseIpv4Address(value) !== undefined) {
    return refuse(
      "prefix-without-mask",
      "is an address without a mask",
      `Did you mean "${value}/32"? Write that`,
    );
  }
  const loose = parseIpv4PrefixLoosely(value);
  if (isManagedDatabase(value))
    return refuse(MANAGED_DATABASE.code, MANAGED_DATABASE.what, MANAGED_DATABASE.change);
  if (!loose) {
    return /^[A-Za-z*]/.test(value)
      ? refuse(
          "prefix-invalid",
          "is not an IPv4 prefix; service tags, names and wildcards are not accepted here",
          "List the addresses themselves",
        )
      : refuse(
          "prefix-invalid",
          "is not an IPv4 prefix",
          "Write four numbers from 0 to 255 without leading zeros, a slash and a mask from 0 to 32",
        );
  }
  const aligned = { base: alignDown(loose.base, loose.length), length: loose.length };
  if (aligned.base !== loose.base) {
    return refuse(
      "prefix-not-aligned",
      "has host bits set",
      `Did you mean "${formatIpv4Prefix(aligned)}"? Write that`,
    );
  }
  return { prefixes: [{ path, prefix: aligned }], problems: [] };
}

/**
 * A list of prefixes of machines: each well formed, none open to the world or
 * a large part of it, alone or together. Values known only at apply pass.
 */
export function checkPrefixList(path: string, values: readonly string[]): CheckedPrefixes {
  const checked = values.map((value, index) => {
    const { prefixes, problems } = checkPrefix(`${path}[${index}]`, value);
    return {
      prefixes,
      problems: [...problems, ...prefixes.flatMap((one) => checkReach(one.path, one.prefix))],
    };
  });
  const prefixes = checked.flatMap((one) => (one.problems.length > 0 ? [] : one.prefixes));
  // Prefixes that are narrow one by one can be wide together.
  const addresses = addressesOf(prefixes.map(({ prefix }) => formatIpv4Prefix(prefix)));
  const joined = formatAddresses(addresses).flatMap((text) => parseIpv4Prefix(text) ?? []);
  const together = joined.flatMap((prefix) =>
    checkReach(path, prefix).map((reach) => ({
      ...reach,
      what: `has entries that together ${reach.what.replace(/^is/, "are")}`,
    })),
  );
  return { prefixes, problems: [...checked.flatMap(({ problems }) => problems), ...together] };
}

/** A prefix that reaches too far, or where no machine can be. */
function checkReach(path: string, prefix: Ipv4Prefix): Problem[] {
  const refuse = (
    code: string,
    what: string,
    change = "List the prefixes of the intended machines",
  ): Problem[] => refused(code, path, formatIpv4Prefix(prefix), { what, allowed: ALLOWED_WIDTH, change });
  if (prefix.length === 0) return refuse("prefix-too-wide", "is too wide: it contains every address");
  const special = SPECIAL_PREFIXES.find((range) => contains(range.prefix, prefix));
  if (special) return refuse("prefix-special", `is in the range of ${special.name}`);
  const [kind, limit] = isPrivate(prefix) ? ["", 8] : ["public and ", 24];
  if (prefix.length >= limit) return [];
  const what = `is too wide (${kind}shorter than /${limit})`;
  return refuse("prefix-too-wide", what, "List narrower prefixes, of the intended machines only");
}

/** A warning for each prefix of a list that is inside another of the same list. */
export function containedWarnings(path: string, values: readonly string[]): string[] {
  const given = values.flatMap((value, index) => {
    const prefix = parseIpv4Prefix(value);
    return prefix ? [{ path: `${path}[${index}]`, prefix }] : [];
  });
  return given.flatMap((inner, index) => {
    const outer = given.find(
      (other, otherIndex) =>
        otherIndex !== index &&
        contains(other.prefix, inner.prefix) &&
        (other.prefix.length < inner.prefix.length || otherIndex < index),
    );
    if (!outer) return [];
    return [
      `${inner.path}: ${formatIpv4Prefix(inner.prefix)} is inside ${outer.path} (${formatIpv4Prefix(outer.prefix)}) and adds nothing.`,
    ];
  });
}

/** A problem for each pair of the prefixes that overlap. */
export function overlapsWithin(code: string, given: readonly GivenPrefix[], allowed: string): Problem[] {
  const sorted = [...given].sort(
    (a, b) => a.prefix.base - b.prefix.base || a.prefix.length - b.prefix.length,
  );
  return sorted.flatMap((current, index) => {
    // Prefixes overlap only where one contains the other, and the wider sorts first.
    const wider = sorted
      .slice(0, index)
      .reverse()
      .find((before) => overlaps(before.prefix, current.prefix));
    if (!wider) return [];
    return refused(code, current.path, formatIpv4Prefix(current.prefix), {
      what: `overlaps ${wider.path} (${formatIpv4Prefix(wider.prefix)})`,
      allowed,
      change: "Choose prefixes that do not overlap",
    });
  });
}

// Names under which clouds offer PostgreSQL as a service.
const HOST = new RegExp(
  String.raw`\.(${[
    "(private\\.)?postgres\\.database\\.azure\\.com",
    "postgres\\.cosmos\\.azure\\.com",
    "rds\\.amazonaws\\.com",
    "sql\\.goog",
    "alloydb\\.goog",
  ].join("|")})(:\d+)?\.?$`,
  "i",
);
const RESOURCE_ID = /\/providers\/Microsoft\.(DBforPostgreSQL|DBforMySQL|Sql|DocumentDB|HorizonDb)\//i;

/** Why a database service of a cloud is refused as the PostgreSQL server. */
export const MANAGED_DATABASE: Pick<Problem, "code" | "what" | "change"> = {
  code: "managed-database",
  what: "is a managed database service, which Veeam does not support for the Entra ID backup repository",
  change: "Use a machine with PostgreSQL 14, 15 or 17, or create one with postgresql.machine",
};

/** Whether a host name, an address or a resource id is that of a database service of a cloud. */
export function isManagedDatabase(value: string): boolean {
  return HOST.test(value) || RESOURCE_ID.test(value);
}
