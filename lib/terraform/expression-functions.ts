import { isObject } from "./json-values";

/** A value that is known only at apply, or that no file says. */
export const UNKNOWN = Symbol("unknown");

type Call = (...args: unknown[]) => unknown;

const FUNCTIONS: Readonly<Record<string, Call>> = {
  chomp: onText((text) => text.replace(/[\r\n]+$/, "")),
  coalesce: (...args) => args.find((one) => one !== null && one !== "") ?? UNKNOWN,
  compact: (list) => onList(list, (items) => items.filter((one) => one !== null && one !== "")),
  concat: (...lists) => (lists.every(Array.isArray) ? lists.flat() : UNKNOWN),
  distinct: (list) => onList(list, (items) => [...new Set(items)]),
  element: (list, index) =>
    onList(list, (items) =>
      typeof index === "number" && items.length > 0 ? items[index % items.length] : UNKNOWN,
    ),
  flatten: (list) => onList(list, (items) => items.flat(Infinity)),
  format: (pattern, ...args) => (typeof pattern === "string" ? format(pattern, args) : UNKNOWN),
  join: (separator, list) =>
    onList(list, (items) => (typeof separator === "string" ? items.map(String).join(separator) : UNKNOWN)),
  keys: (value) => (isObject(value) ? Object.keys(value).sort() : UNKNOWN),
  length: (value) => (Array.isArray(value) || typeof value === "string" ? value.length : UNKNOWN),
  lookup: (map, key, instead) => (isObject(map) && typeof key === "string" ? (map[key] ?? instead) : UNKNOWN),
  lower: onText((text) => text.toLowerCase()),
  merge: (...maps) => (maps.every(isObject) ? Object.assign({}, ...maps) : UNKNOWN),
  nonsensitive: (value) => value,
  one: (list) => onList(list, (items) => (items.length > 1 ? UNKNOWN : (items[0] ?? null))),
  replace: (text, from, to) =>
    [text, from, to].every((one) => typeof one === "string") && !/^\/.*\/$/.test(String(from))
      ? String(text).replaceAll(String(from), String(to))
      : UNKNOWN,
  reverse: (list) => onList(list, (items) => [...items].reverse()),
  sensitive: (value) => value,
  sort: (list) => onList(list, (items) => items.map(String).sort()),
  split: (separator, text) =>
    typeof separator === "string" && typeof text === "string" ? text.split(separator) : UNKNOWN,
  title: onText((text) => text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())),
  tolist: (list) => onList(list, (items) => items),
  tonumber: (value) => (Number.isFinite(Number(value)) ? Number(value) : UNKNOWN),
  toset: (list) => onList(list, (items) => [...new Set(items)]),
  tostring: (value) => (typeof value === "object" ? UNKNOWN : String(value)),
  trimspace: onText((text) => text.trim()),
  upper: onText((text) => text.toUpperCase()),
  values: (value) =>
    isObject(value)
      ? Object.keys(value)
          .sort()
          .map((key) => value[key])
      : UNKNOWN,
};

/** What a function of Terraform's yields; UNKNOWN where an argument is, or where it is not one of these. */
export function callFunction(name: string, args: readonly unknown[]): unknown {
  if (args.includes(UNKNOWN) || !Object.hasOwn(FUNCTIONS, name)) return UNKNOWN;
  return FUNCTIONS[name](...args);
}

function onText(change: (text: string) => string): Call {
  return (text) => (typeof text === "string" ? change(text) : UNKNOWN);
}

function onList(list: unknown, use: (items: unknown[]) => unknown): unknown {
  return Array.isArray(list) ? use(list as unknown[]) : UNKNOWN;
}

/** The verbs for texts and numbers; others are not read. */
function format(pattern: string, args: readonly unknown[]): unknown {
  let next = 0;
  let isRead = true;
  const text = pattern.replace(/%(%|[a-z])|%\S?/g, (verb, letter: string | undefined) => {
    if (letter === "%") return "%";
    if (
      letter !== undefined &&
      "sdv".includes(letter) &&
      next < args.length &&
      typeof args[next] !== "object"
    ) {
      return String(args[next++]);
    }
    isRead = false;
    return verb;
  });
  return isRead && next === args.length ? text : UNKNOWN;
}
