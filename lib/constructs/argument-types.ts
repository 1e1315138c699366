import { Token } from "cdktf";
import { type Problem, problemUnless, refused, refuseProblems } from "../base/problem";

// JavaScript does not check the types of arguments, so the library does.

/** The problem of a value that is missing or of another type. */
export function checkArgument(
  path: string,
  value: unknown,
  type: "string" | "number",
  allowed = `a ${type}`,
): Problem[] {
  if (value === undefined) return refused("missing", path, { what: "is missing", allowed, change: "Add it" });
  const [inOneValue, ofToken] =
    type === "string" ? ["Write it in quotes", "asString"] : ["Write it without quotes", "asNumber"];
  const change = Array.isArray(value)
    ? "Give its entries one by one"
    : Token.isUnresolved(value)
      ? `Write Token.${ofToken}(...) around it`
      : inOneValue;
  // An object may refer to itself, and is not shown.
  const shown = typeof value === "object" ? undefined : value;
  return problemUnless(typeof value === type, "wrong-type", path, shown, {
    what: `is not a ${type}`,
    allowed,
    change,
  });
}

/**
 * The type of an argument: a plain one, or a class, which a member tells from others. An argument
 * that only becomes text of a resource can also be a token, such as the value of a TerraformVariable.
 */
export type ArgumentType = "string" | "number" | "string or token" | ObjectType;

/** A class of objects: a member that only they have, what they are, and what to write. */
type ObjectType = readonly [member: string, words: string, change: string];

/** A component, which several machines take. */
export const COMPONENT: ObjectType = ["_input", "a component", "Give the component itself, not its name"];

const NAMING: ArgumentType = [
  "resourceName",
  "an IResourceNaming",
  "Give an object with resourceName(resource)",
];
const PROVIDER: ArgumentType = ["node", "a provider", "Give the construct of the provider"];

/** Refuses a naming or a provider of another type; both can be left out. */
export function refuseNamingAndProvider(
  subject: string,
  props: { naming?: unknown; provider?: unknown },
): void {
  refuseTypes(subject, props, {
    ...(props.naming !== undefined && { naming: NAMING }),
    ...((props.provider ?? undefined) !== undefined && { provider: PROVIDER }),
  });
}

/** A resource of the provider's own. */
export const RESOURCE: ArgumentType = [
  "node",
  "a construct",
  "Give the provider's construct itself, not its name",
];

/** The other end of connections. */
export const CONNECTABLE: ArgumentType = ["connections", "an end of connections", "Write Peer.cidr(...)"];

/** A list of texts. */
export const TEXTS: ArgumentType = ["flatMap", "a list of texts", 'Write ["..."]'];

/** The types of a property that is a list of components, and of each entry. */
export function listOfComponents(path: string, given: unknown): Record<string, ArgumentType> {
  const entries = Array.isArray(given)
    ? given.map((_, index) => [`${path}[${index}]`, COMPONENT] as const)
    : [];
  return {
    [path]: ["flatMap", "a list of components", "Give the components themselves, in brackets"],
    ...Object.fromEntries(entries),
  };
}

/**
 * Refuses arguments that are missing or of another type, by their paths.
 *
 * @param optional types of those that can be left out
 */
export function refuseTypes(
  subject: string,
  given: object,
  types: Readonly<Record<string, ArgumentType>>,
  optional: Readonly<Record<string, ArgumentType>> = {},
): void {
  const valueAt = (path: string): unknown =>
    path
      .split(/[.[\]]+/)
      .filter(Boolean)
      .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], given);
  const set = Object.entries(optional).filter(([path]) => valueAt(path) !== undefined);
  const problems = [...Object.entries(types), ...set].flatMap(([path, type]) => {
    const value = valueAt(path);
    if (typeof type !== "string") return checkObject(path, value, ...type);
    if (type !== "string or token") return checkArgument(path, value, type);
    return Token.isUnresolved(value) ? [] : checkArgument(path, value, "string");
  });
  refuseProblems(subject, problems);
}

/**
 * The problem of a value that is missing or not an object of this library.
 *
 * @param member a member that only these objects have
 */
export function checkObject(
  path: string,
  value: unknown,
  member: string,
  type: string,
  change: string,
): Problem[] {
  // A class has members too: its static ones.
  const hasMembers = (typeof value === "object" && value !== null) || typeof value === "function";
  if (hasMembers && member in value) return [];
  const isMissing = value === undefined;
  // An object may refer to itself, and is not shown.
  const isShown = !isMissing && typeof value !== "object" && typeof value !== "function";
  const what = isMissing ? "is missing" : `is not ${type}`;
  const code = isMissing ? "missing" : "wrong-type";
  return [{ code, path, what, ...(isShown && { value }), allowed: type, change }];
}
