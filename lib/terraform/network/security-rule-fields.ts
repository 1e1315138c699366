import { type Problem, problemOf, refuseProblems } from "../../base/problem";
import { parseAddresses } from "../../azure/sets/address-set";
import { isOpaque, isOpaqueNumber } from "../../base/opaque";
import { portSet } from "../../azure/sets/port-set";
import { Access, Direction, Protocol, type SecurityRule } from "../../azure/security-rule";

/** A rule in a file of any format. */
export interface RuleInFile {
  /** Name of the rule in errors. */
  readonly path: string;
  /** The format's own name of a field. */
  readonly spell: (field: RuleField) => string;
  /** The value; undefined, null, "" and [] mean "not set". */
  readonly value: (field: RuleField) => unknown;
}

/** The fields of one end. */
const fieldsOf = <E extends "source" | "destination">(end: E) =>
  [
    `${end}AddressPrefix`,
    `${end}AddressPrefixes`,
    `${end}ApplicationSecurityGroupIds`,
    `${end}PortRange`,
    `${end}PortRanges`,
  ] as const;

// Made once: a text that is put together anew for each rule is slow to look up.
const FIELDS = { source: fieldsOf("source"), destination: fieldsOf("destination") };

/** A field of a rule, as Azure's own API spells it. */
export type RuleField =
  | "name"
  | "priority"
  | "direction"
  | "access"
  | "protocol"
  | "description"
  | (typeof FIELDS)["source" | "destination"][number];

/** The priorities of custom rules in Azure. */
const PRIORITIES = { first: 100, last: 4096 } as const;

const SERVICE_TAG = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/;

/**
 * The rule, in any format.
 *
 * @throws InvalidInputError with everything that is wrong with it
 */
export function securityRuleOfFields(rule: RuleInFile): SecurityRule {
  const fields = new FieldReader(rule);
  const source = fields.side("source");
  const destination = fields.side("destination");
  const description = fields.text("description");
  const read: SecurityRule = {
    name: fields.text("name") ?? fields.missing("name", "a name", ""),
    priority: fields.priority(),
    direction: fields.oneOf("direction", Object.values(Direction)),
    access: fields.oneOf("access", Object.values(Access)),
    protocol: fields.oneOf("protocol", Object.values(Protocol)),
    sourceAddressPrefixes: source.prefixes,
    sourcePortRanges: source.ports,
    destinationAddressPrefixes: destination.prefixes,
    destinationPortRanges: destination.ports,
    ...(source.groups.length > 0 && { sourceApplicationSecurityGroupIds: source.groups }),
    ...(destination.groups.length > 0 && { destinationApplicationSecurityGroupIds: destination.groups }),
    ...(description !== undefined && { description }),
  };
  refuseProblems(rule.path, fields.problems);
  return read;
}

/** Whether a field is known only at apply. */
export function isKnownAtApply(value: unknown): boolean {
  return typeof value === "string" ? isOpaque(value) : typeof value === "number" && isOpaqueNumber(value);
}

// What is allowed in a field, and what to say of anything else.
const A_TEXT = { what: "is not a string", allowed: "a string", change: "Write one" };
const A_LIST = { what: "is not a list", allowed: "a list of texts", change: "Write a list" };
const A_LIST_OF_TEXTS = {
  ...A_LIST,
  what: "contains something other than a string",
  change: "Write strings only",
};
const A_PREFIX = {
  what: "is neither addresses nor a service tag",
  allowed: 'an IPv4 or IPv6 prefix or address, one service tag, or "*"',
  change: "Write a prefix such as 10.1.0.0/24; several go into the plural field, one an entry",
};
const A_PORT_RANGE = {
  what: "is not a port range",
  allowed: 'a port from 0 to 65535, a range such as "2500-3300", or "*"',
  change: "Write the lower port first; several ranges go into the plural field, one an entry",
};
const A_PRIORITY = {
  what: "is not a priority",
  allowed: `a whole number from ${PRIORITIES.first} to ${PRIORITIES.last}`,
  change: "Give the priority that Azure would take",
};
const AT_APPLY = {
  what: "is known only at apply, and nothing can be said of a rule without it",
  change: "Write the value itself, or read the state after the apply",
};

/** Reads fields, and collects what is wrong with them. */
class FieldReader {
  readonly problems: Problem[] = [];

  constructor(private readonly rule: RuleInFile) {}

  /** The text, or undefined if the field is not set. */
  text(field: RuleField): string | undefined {
    const value = this.value(field);
    return value === undefined ? undefined : (asText(value) ?? this.refuse(field, value, A_TEXT));
  }

  /** The text, without which nothing can be said of a rule, as one of some values. */
  oneOf<T extends string>(field: RuleField, values: readonly T[]): T {
    const read = (text: string) => values.find((one) => one.toLowerCase() === text.toLowerCase());
    const words = { what: "is not known", allowed: values.join(", "), change: "Write one of these" };
    return this.decided(field, words, values[0], read);
  }

  priority(): number {
    const { first, last } = PRIORITIES;
    return this.decided("priority", A_PRIORITY, first, (text) => {
      const priority = /^\d+$/.test(text) ? Number(text) : NaN;
      return priority >= first && priority <= last ? priority : undefined;
    });
  }

  missing<T>(field: RuleField, allowed: string, instead: T): T {
    this.refuse(field, undefined, { what: "is missing", allowed, change: "Add it" });
    return instead;
  }

  /** The prefixes, groups and ports of an end. */
  side(end: "source" | "destination") {
    const [prefix, prefixList, groupIds, portRange, portRanges] = FIELDS[end];
    const prefixes = this.oneOrSeveral(prefix, prefixList);
    const groups = this.texts(groupIds);
    const ports = this.oneOrSeveral(portRange, portRanges);
    const one = () => `exactly one of ${[prefix, prefixList, groupIds].map(this.rule.spell).join(", ")}`;
    if (prefixes.length > 0 && groups.length > 0) {
      const what = "is set as well as address prefixes";
      this.refuse(groupIds, groups, { what, allowed: one(), change: "Keep one of them" });
    } else if (prefixes.length + groups.length === 0) {
      const what = `is missing: the rule has no ${end}`;
      this.refuse(prefix, undefined, { what, allowed: `${one()}; "*" is any`, change: "Add one of them" });
    }
    if (ports.length === 0) this.missing(portRange, 'a port, a range such as "2500-3300", or "*"', []);
    for (const text of prefixes) if (!isPrefix(text)) this.refuse(prefix, text, A_PREFIX);
    for (const range of ports) if (!isPortRange(range)) this.refuse(portRange, range, A_PORT_RANGE);
    return { prefixes, ports, groups };
  }

  /** The value, or undefined where the field is not set. */
  private value(field: RuleField): unknown {
    const value = this.rule.value(field);
    return value === null || value === "" || (Array.isArray(value) && value.length === 0) ? undefined : value;
  }

  /** The texts, empty if the field is not set. A list known only at apply is one text. */
  private texts(field: RuleField): string[] {
    const value = this.value(field);
    if (value === undefined) return [];
    if (typeof value === "string" && isOpaque(value)) return [value];
    if (Array.isArray(value)) {
      return value.flatMap(
        (item: unknown) => asText(item) ?? this.refuse(field, item, A_LIST_OF_TEXTS) ?? [],
      );
    }
    return this.refuse(field, value, A_LIST) ?? [];
  }

  /** The value of the singular field or of the plural one. Azure accepts one of the two. */
  private oneOrSeveral(singular: RuleField, plural: RuleField): string[] {
    const one = this.text(singular);
    const several = this.texts(plural);
    // In a plan, both may be known only at apply; Azure then gets one of them.
    const areOpen = one !== undefined && isOpaque(one) && several.every(isOpaque);
    if (one !== undefined && several.length > 0 && !areOpen) {
      const [field, other] = [singular, plural].map(this.rule.spell);
      const allowed = `exactly one of ${field}, ${other}`;
      const what = `is set as well as ${field}`;
      this.refuse(plural, several, { what, allowed, change: "Keep one of the two" });
    }
    return one === undefined ? several : [one];
  }

  private decided<T>(field: RuleField, words: Words, instead: T, read: (text: string) => T | undefined): T {
    const value = this.value(field);
    if (value === undefined) return this.missing(field, words.allowed, instead);
    const known = typeof value === "object" ? undefined : read(String(value));
    if (known !== undefined) return known;
    this.refuse(field, value, isKnownAtApply(value) ? { ...words, ...AT_APPLY } : words);
    return instead;
  }

  private refuse(field: RuleField, value: unknown, words: Words): undefined {
    const path = `${this.rule.path}.${this.rule.spell(field)}`;
    this.problems.push(problemOf("rule-invalid", path, value, words));
  }
}

type Words = Pick<Problem, "what" | "allowed" | "change">;

/** The text, unless it is empty or something else. Terraform accepts numbers as texts. */
function asText(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isInteger(value)) return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isPrefix(text: string): boolean {
  return text === "*" || isOpaque(text) || SERVICE_TAG.test(text) || parseAddresses(text) !== undefined;
}

function isPortRange(text: string): boolean {
  try {
    portSet([text]);
    return true;
  } catch {
    return false;
  }
}
