import { type Problem, refuseProblems } from "../../base/problem";
import { parseAddresses } from "../../azure/sets/address-set";
import { isOpaque, isOpaqueNumber } from "../../base/opaque";
import { portSet } from "../../azure/sets/port-set";
import { Access, Direction, Protocol, type SecurityRule } from "../../azure/security-rule";

/** A field of a rule, as Azure's own API spells it. */
export type RuleField =
  | "name"
  | "priority"
  | "direction"
  | "access"
  | "protocol"
  | "description"
  | `${"source" | "destination"}${"AddressPrefix" | "AddressPrefixes" | "PortRange" | "PortRanges" | "ApplicationSecurityGroupIds"}`;

/** A rule in a file of any format. */
export interface RuleInFile {
  /** Name of the rule in errors. */
  readonly path: string;
  /** The format's own name of a field. */
  readonly spell: (field: RuleField) => string;
  /** The value; undefined, null, "" and [] mean "not set". */
  readonly value: (field: RuleField) => unknown;
}

/** The priorities of custom rules in Azure. */
const PRIORITIES = { first: 100, last: 4096 } as const;
const ALLOWED_PRIORITIES = `a whole number from ${PRIORITIES.first} to ${PRIORITIES.last}`;

/**
 * The rule, in any format.
 *
 * @throws InvalidInputError with everything that is wrong with it
 */
export function securityRuleOfFields(rule: RuleInFile): SecurityRule {
  const problems: Problem[] = [];
  const fields = new FieldReader(rule, problems);
  const source = sideOf("source", fields);
  const destination = sideOf("destination", fields);
  const read: SecurityRule = {
    name: fields.text("name") ?? fields.missing("name", "a name", ""),
    priority: priorityOf(fields),
    direction: enumOf("direction", Object.values(Direction), fields),
    access: enumOf("access", Object.values(Access), fields),
    protocol: enumOf("protocol", Object.values(Protocol), fields),
    sourceAddressPrefixes: source.prefixes,
    sourcePortRanges: source.ports,
    destinationAddressPrefixes: destination.prefixes,
    destinationPortRanges: destination.ports,
    ...(source.groups.length > 0 && { sourceApplicationSecurityGroupIds: source.groups }),
    ...(destination.groups.length > 0 && { destinationApplicationSecurityGroupIds: destination.groups }),
    ...(fields.text("description") !== undefined && { description: fields.text("description") }),
  };
  refuseProblems(rule.path, problems);
  return read;
}

/** Reads fields, and collects what is wrong with them. */
class FieldReader {
  constructor(
    private readonly rule: RuleInFile,
    private readonly problems: Problem[],
  ) {}

  /** The value, or undefined where the field is not set. */
  value(field: RuleField): unknown {
    const value = this.rule.value(field);
    return value === null || value === "" || (Array.isArray(value) && value.length === 0) ? undefined : value;
  }

  /** The text, or undefined if the field is not set. Terraform accepts numbers as texts. */
  text(field: RuleField): string | undefined {
    const value = this.value(field);
    if (value === undefined || typeof value === "string") return value;
    if (typeof value === "number" && Number.isInteger(value)) return String(value);
    this.refuse(field, "is not a text", value, "a text", "Write one");
    return undefined;
  }

  /** The texts, empty if the field is not set. A list known only at apply is one text. */
  texts(field: RuleField): string[] {
    const value = this.value(field);
    if (value === undefined) return [];
    if (typeof value === "string" && isOpaque(value)) return [value];
    if (!Array.isArray(value)) {
      this.refuse(field, "is not a list", value, "a list of texts", "Write a list");
      return [];
    }
    return value.flatMap((item: unknown) => {
      if (typeof item === "string" && item !== "") return [item];
      if (typeof item === "number" && Number.isInteger(item)) return [String(item)];
      this.refuse(field, "contains something other than a text", item, "a list of texts", "Write texts only");
      return [];
    });
  }

  spell(field: RuleField): string {
    return this.rule.spell(field);
  }

  missing<T>(field: RuleField, allowed: string, instead: T): T {
    this.refuse(field, "is missing", undefined, allowed, "Add it");
    return instead;
  }

  refuse(field: RuleField, what: string, value: unknown, allowed: string, change: string): void {
    this.problems.push({
      code: "rule-invalid",
      path: `${this.rule.path}.${this.spell(field)}`,
      what,
      value,
      allowed,
      change,
    });
  }
}

/** The value of a field without which nothing can be said of a rule. */
function decided<T>(
  field: "priority" | "direction" | "access" | "protocol",
  allowedOnes: readonly string[],
  instead: T,
  read: (text: string) => T | undefined,
  fields: FieldReader,
): T {
  const value = fields.value(field);
  const known = value === undefined || typeof value === "object" ? undefined : read(String(value));
  if (known !== undefined) return known;
  const allowed = allowedOnes.join(", ");
  if (value === undefined) return fields.missing(field, allowed, instead);
  if (isKnownAtApply(value)) {
    const what = "is known only at apply, and nothing can be said of a rule without it";
    const change = "Write the value itself, or read the state after the apply";
    fields.refuse(field, what, value, allowed, change);
  } else if (field === "priority") {
    fields.refuse(field, "is not a priority", value, allowed, "Give the priority that Azure would take");
  } else fields.refuse(field, "is not known", value, allowed, "Write one of these");
  return instead;
}

function priorityOf(fields: FieldReader): number {
  const { first, last } = PRIORITIES;
  const read = (text: string) => {
    const priority = /^\d+$/.test(text) ? Number(text) : NaN;
    return priority >= first && priority <= last ? priority : undefined;
  };
  return decided("priority", [ALLOWED_PRIORITIES], first, read, fields);
}

function enumOf<T extends string>(
  field: "direction" | "access" | "protocol",
  values: readonly T[],
  fields: FieldReader,
): T {
  const read = (text: string) =>
    values.find((known) => known === text || known.toLowerCase() === text.toLowerCase());
  return decided(field, values, values[0], read, fields);
}

/** Whether a field is known only at apply. */
export function isKnownAtApply(value: unknown): boolean {
  return typeof value === "string" ? isOpaque(value) : typeof value === "number" && isOpaqueNumber(value);
}

interface Side {
  readonly prefixes: string[];
  readonly ports: string[];
  readonly groups: string[];
}

function sideOf(end: "source" | "destination", fields: FieldReader): Side {
  const prefixes = oneOrSeveral(`${end}AddressPrefix`, `${end}AddressPrefixes`, fields);
  const groups = fields.texts(`${end}ApplicationSecurityGroupIds`);
  const ports = oneOrSeveral(`${end}PortRange`, `${end}PortRanges`, fields);
  if (prefixes.length > 0 === groups.length > 0) {
    const one = `exactly one of ${[
      `${end}AddressPrefix`,
      `${end}AddressPrefixes`,
      `${end}ApplicationSecurityGroupIds`,
    ]
      .map((field) => fields.spell(field as RuleField))
      .join(", ")}`;
    if (groups.length > 0) {
      const field = `${end}ApplicationSecurityGroupIds` as const;
      fields.refuse(field, "is set as well as address prefixes", groups, one, "Keep one of them");
    } else {
      const what = `is missing: the rule has no ${end}`;
      fields.refuse(`${end}AddressPrefix`, what, undefined, `${one}; "*" is any`, "Add one of them");
    }
  }
  if (ports.length === 0)
    fields.missing(`${end}PortRange`, 'a port, a range such as "2500-3300", or "*"', []);
  for (const prefix of prefixes) refuseNoPrefix(prefix, `${end}AddressPrefix`, fields);
  for (const range of ports) refuseNoPorts(range, `${end}PortRange`, fields);
  return { prefixes, ports, groups };
}

/** The value of the singular field or of the plural one. Azure accepts one of the two. */
function oneOrSeveral(singular: RuleField, plural: RuleField, fields: FieldReader): string[] {
  const one = fields.text(singular);
  const several = fields.texts(plural);
  // In a plan, both may be known only at apply; Azure then gets one of them.
  const areOpen = one !== undefined && isOpaque(one) && several.every(isOpaque);
  if (one !== undefined && several.length > 0 && !areOpen) {
    const [field, other] = [singular, plural].map((each) => fields.spell(each));
    const allowed = `exactly one of ${field}, ${other}`;
    fields.refuse(plural, `is set as well as ${field}`, several, allowed, "Keep one of the two");
  }
  return one === undefined ? several : [one];
}

const SERVICE_TAG = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/;

function refuseNoPrefix(text: string, field: RuleField, fields: FieldReader): void {
  if (text === "*" || isOpaque(text) || SERVICE_TAG.test(text) || parseAddresses(text)) return;
  fields.refuse(
    field,
    "is neither addresses nor a service tag",
    text,
    'an IPv4 or IPv6 prefix or address, one service tag, or "*"',
    "Write a prefix such as 10.1.0.0/24; several go into the plural field, one an entry",
  );
}

function refuseNoPorts(text: string, field: RuleField, fields: FieldReader): void {
  try {
    portSet([text]);
  } catch {
    fields.refuse(
      field,
      "is not a port range",
      text,
      'a port from 0 to 65535, a range such as "2500-3300", or "*"',
      "Write the lower port first; several ranges go into the plural field, one an entry",
    );
  }
}
