import {
  alignDown,
  formatIpv4Address,
  formatIpv4Prefix,
  parseIpv4PrefixLoosely,
  sizeOf,
} from "../../azure/sets/ipv4-prefix";
import { isObject } from "../files/json-values";

/** A value that is known only at apply, or that is in no file. */
export const UNKNOWN = Symbol("unknown");

/** Kinds of arguments as a pattern (text, number, list, map; `.` is any), and the function. */
type Entry = readonly [kinds: string, result: (...args: never[]) => unknown];

const FUNCTIONS: Readonly<Record<string, Entry>> = {
  chomp: ["t", (text: string) => text.replace(/[\r\n]+$/, "")],
  cidrhost: ["tn", hostOf],
  cidrsubnet: ["tnn", subnetOf],
  coalesce: [".*", (...args: unknown[]) => args.find((one) => one !== null && one !== "") ?? UNKNOWN],
  coalescelist: ["l*", (...lists: unknown[][]) => lists.find(({ length }) => length > 0) ?? UNKNOWN],
  compact: ["l", (items: unknown[]) => items.filter((one) => one !== null && one !== "")],
  concat: ["l*", (...lists: unknown[][]) => lists.flat()],
  contains: ["l.", (items: unknown[], value: unknown) => items.includes(value)],
  distinct: ["l", distinct],
  element: [
    "ln",
    (items: unknown[], index: number) =>
      index >= 0 && items.length > 0 ? items[index % items.length] : UNKNOWN,
  ],
  flatten: ["l", (items: unknown[]) => items.flat(Infinity)],
  format: ["t.*", format],
  formatlist: ["t.*", formatEach],
  join: ["tl*", (separator: string, ...lists: unknown[][]) => lists.flat().map(String).join(separator)],
  keys: ["m", (map: object) => Object.keys(map).sort()],
  length: [
    "[tlm]",
    (value: string | object) => (typeof value === "string" ? value : Object.keys(value)).length,
  ],
  lookup: [
    "mt.?",
    (map: Record<string, unknown>, key: string, instead: unknown = UNKNOWN) =>
      Object.hasOwn(map, key) ? map[key] : instead,
  ],
  lower: ["t", (text: string) => text.toLowerCase()],
  max: ["n*", (...numbers: number[]) => Math.max(...numbers)],
  merge: ["m*", (...maps: object[]) => Object.assign({}, ...maps) as object],
  min: ["n*", (...numbers: number[]) => Math.min(...numbers)],
  nonsensitive: [".", (value: unknown) => value],
  one: ["l", (items: unknown[]) => (items.length > 1 ? UNKNOWN : (items[0] ?? null))],
  range: [
    "nn?",
    (first: number, end?: number) => (end === undefined ? rangeOf(0, first) : rangeOf(first, end)),
  ],
  replace: [
    "ttt",
    // A text between slashes is a regular expression.
    (text: string, from: string, to: string) =>
      /^\/.*\/$/.test(from) ? UNKNOWN : text.replaceAll(from, () => to),
  ],
  reverse: ["l", (items: unknown[]) => [...items].reverse()],
  sensitive: [".", (value: unknown) => value],
  setunion: ["l*", (...lists: unknown[][]) => setOf(lists.flat())],
  slice: ["lnn", (items: unknown[], from: number, to: number) => items.slice(from, to)],
  sort: ["l", (items: unknown[]) => items.map(String).sort()],
  split: ["tt", (separator: string, text: string) => text.split(separator)],
  substr: [
    "tnn",
    (text: string, from: number, length: number) =>
      from < 0 ? UNKNOWN : text.slice(from, length < 0 ? undefined : from + length),
  ],
  title: [
    "t",
    // Only ASCII letters are certain: Go and JavaScript see the limits of words differently.
    (text: string) =>
      /^[ -~]*$/.test(text) ? text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()) : UNKNOWN,
  ],
  tolist: ["l", (items: unknown[]) => items],
  tomap: ["m", (map: object) => map],
  tonumber: [".", (value: unknown) => (/^-?\d+(\.\d+)?$/.test(String(value)) ? Number(value) : UNKNOWN)],
  toset: ["l", setOf],
  tostring: ["[tno]", (value: unknown) => (value === null ? UNKNOWN : String(value))],
  trimprefix: [
    "tt",
    (text: string, part: string) => (text.startsWith(part) ? text.slice(part.length) : text),
  ],
  trimspace: ["t", (text: string) => text.trim()],
  trimsuffix: [
    "tt",
    (text: string, part: string) => (text.endsWith(part) ? text.slice(0, text.length - part.length) : text),
  ],
  upper: ["t", (text: string) => text.toUpperCase()],
  values: [
    "m",
    (map: Record<string, unknown>) =>
      Object.keys(map)
        .sort()
        .map((key) => map[key]),
  ],
};

/** The result of a function of Terraform; UNKNOWN if an argument is, or if the table has no such function. */
export function callFunction(name: string, args: readonly unknown[]): unknown {
  if (args.includes(UNKNOWN) || !Object.hasOwn(FUNCTIONS, name)) return UNKNOWN;
  const [kinds, result] = FUNCTIONS[name];
  const isCallable = new RegExp(`^${kinds}$`).test(args.map(kindOf).join(""));
  return isCallable ? result(...(args as never[])) : UNKNOWN;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "l";
  if (isObject(value)) return "m";
  return typeof value === "string" ? "t" : typeof value === "number" ? "n" : "o";
}

function distinct(items: readonly unknown[]): unknown[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** Terraform sorts the texts of a set; the order of other values is not documented. */
function setOf(items: readonly unknown[]): unknown {
  const each = distinct(items);
  return each.length < 2 || each.every((item) => typeof item === "string") ? each.sort() : UNKNOWN;
}

const MOST_ITEMS = 1000;

function rangeOf(from: number, to: number): unknown {
  // Terraform counts down where the end is lower.
  if (to < from || to - from > MOST_ITEMS) return UNKNOWN;
  return Array.from({ length: to - from }, (_, at) => from + at);
}

/** The address with a number in a prefix; a negative number counts from its end. */
function hostOf(prefix: string, number: number): unknown {
  const network = parseIpv4PrefixLoosely(prefix);
  if (!network) return UNKNOWN;
  const size = sizeOf(network.length);
  const host = number < 0 ? size + number : number;
  if (host < 0 || host >= size) return UNKNOWN;
  return formatIpv4Address(alignDown(network.base, network.length) + host);
}

/** The prefix with a number among those that are some bits longer. */
function subnetOf(prefix: string, bits: number, number: number): unknown {
  const network = parseIpv4PrefixLoosely(prefix);
  if (!network) return UNKNOWN;
  const length = network.length + bits;
  if (bits < 0 || length > 32 || number < 0 || number >= 2 ** bits) return UNKNOWN;
  const base = alignDown(network.base, network.length) + number * sizeOf(length);
  return formatIpv4Prefix({ base, length });
}

/** The pattern with each item of the lists; other arguments are the same each time. */
function formatEach(pattern: string, ...args: unknown[]): unknown {
  const lengths = args.filter(Array.isArray).map(({ length }) => length);
  if (lengths.length === 0 || new Set(lengths).size > 1) return UNKNOWN;
  const texts = Array.from({ length: lengths[0] }, (_, at) =>
    format(pattern, ...args.map((arg) => (Array.isArray(arg) ? (arg as unknown[])[at] : arg))),
  );
  return texts.includes(UNKNOWN) ? UNKNOWN : texts;
}

/** Only the verbs for texts and numbers are supported. */
function format(pattern: string, ...args: unknown[]): unknown {
  let next = 0;
  let isRead = true;
  const text = pattern.replace(/%(%|[a-z])|%\S?/g, (verb, letter = "") => {
    if (letter === "%") return "%";
    if (["s", "d", "v"].includes(String(letter)) && next < args.length && typeof args[next] !== "object") {
      return String(args[next++]);
    }
    isRead = false;
    return verb;
  });
  return isRead && next === args.length ? text : UNKNOWN;
}
