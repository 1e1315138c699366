import {
  alignDown,
  formatIpv4Address,
  formatIpv4Prefix,
  parseIpv4PrefixLoosely,
  sizeOf,
} from "../../azure/sets/ipv4-prefix";
import { isObject } from "../files/json-values";

/** A value that is known only at apply, or that no file says. */
export const UNKNOWN = Symbol("unknown");

type Call = (...args: unknown[]) => unknown;

const FUNCTIONS: Readonly<Record<string, Call>> = {
  chomp: onText((text) => text.replace(/[\r\n]+$/, "")),
  cidrhost: (prefix, number) => hostOf(prefix, number),
  cidrsubnet: (prefix, bits, number) => subnetOf(prefix, bits, number),
  coalesce: (...args) => args.find((one) => one !== null && one !== "") ?? UNKNOWN,
  coalescelist: (...lists) => lists.find((one) => Array.isArray(one) && one.length > 0) ?? UNKNOWN,
  compact: (list) => onList(list, (items) => items.filter((one) => one !== null && one !== "")),
  concat: (...lists) => (lists.every(Array.isArray) ? lists.flat() : UNKNOWN),
  contains: (list, value) => onList(list, (items) => items.includes(value)),
  distinct: (list) => onList(list, distinct),
  element: (list, index) =>
    onList(list, (items) =>
      typeof index === "number" && index >= 0 && items.length > 0 ? items[index % items.length] : UNKNOWN,
    ),
  flatten: (list) => onList(list, (items) => items.flat(Infinity)),
  format: (pattern, ...args) => (typeof pattern === "string" ? format(pattern, args) : UNKNOWN),
  formatlist: (pattern, ...args) => formatEach(pattern, args),
  join: (separator, ...lists) =>
    typeof separator === "string" && lists.every(Array.isArray)
      ? lists.flat().map(String).join(separator)
      : UNKNOWN,
  keys: (value) => (isObject(value) ? Object.keys(value).sort() : UNKNOWN),
  length: (value) =>
    Array.isArray(value) || typeof value === "string"
      ? value.length
      : isObject(value)
        ? Object.keys(value).length
        : UNKNOWN,
  lookup: (map, key, instead = UNKNOWN) =>
    isObject(map) && typeof key === "string" ? (Object.hasOwn(map, key) ? map[key] : instead) : UNKNOWN,
  lower: onText((text) => text.toLowerCase()),
  max: (...numbers) => (numbers.every(isNumber) ? Math.max(...numbers) : UNKNOWN),
  merge: (...maps) => (maps.every(isObject) ? Object.assign({}, ...maps) : UNKNOWN),
  min: (...numbers) => (numbers.every(isNumber) ? Math.min(...numbers) : UNKNOWN),
  nonsensitive: (value) => value,
  one: (list) => onList(list, (items) => (items.length > 1 ? UNKNOWN : (items[0] ?? null))),
  range: (...args) => rangeOf(args),
  replace: (text, from, to) =>
    [text, from, to].every((one) => typeof one === "string") && !/^\/.*\/$/.test(String(from))
      ? String(text).replaceAll(String(from), () => String(to))
      : UNKNOWN,
  reverse: (list) => onList(list, (items) => [...items].reverse()),
  sensitive: (value) => value,
  setunion: (...lists) => (lists.every(Array.isArray) ? setOf(lists.flat()) : UNKNOWN),
  slice: (list, from, to) =>
    onList(list, (items) => (isNumber(from) && isNumber(to) ? items.slice(from, to) : UNKNOWN)),
  sort: (list) => onList(list, (items) => items.map(String).sort()),
  split: (separator, text) =>
    typeof separator === "string" && typeof text === "string" ? text.split(separator) : UNKNOWN,
  substr: (text, from, length) =>
    typeof text === "string" && isNumber(from) && isNumber(length) && from >= 0
      ? text.slice(from, length < 0 ? undefined : from + length)
      : UNKNOWN,
  title: onText((text) => text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())),
  tolist: (list) => onList(list, (items) => items),
  tomap: (value) => (isObject(value) ? value : UNKNOWN),
  tonumber: (value) => (/^-?\d+(\.\d+)?$/.test(String(value)) ? Number(value) : UNKNOWN),
  toset: (list) => onList(list, setOf),
  tostring: (value) => (typeof value === "object" ? UNKNOWN : String(value)),
  trimprefix: (text, start) =>
    onTexts(text, start, (all, part) => (all.startsWith(part) ? all.slice(part.length) : all)),
  trimspace: onText((text) => text.trim()),
  trimsuffix: (text, end) =>
    onTexts(text, end, (all, part) => (part !== "" && all.endsWith(part) ? all.slice(0, -part.length) : all)),
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

function onTexts(one: unknown, other: unknown, use: (one: string, other: string) => string): unknown {
  return typeof one === "string" && typeof other === "string" ? use(one, other) : UNKNOWN;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function onList(list: unknown, use: (items: unknown[]) => unknown): unknown {
  return Array.isArray(list) ? use(list as unknown[]) : UNKNOWN;
}

function distinct(items: readonly unknown[]): unknown[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** Terraform sorts the texts of a set; the order of other values is not documented. */
function setOf(items: readonly unknown[]): unknown {
  const each = distinct(items);
  return each.length < 2 || each.every((item) => typeof item === "string") ? each.sort() : UNKNOWN;
}

function rangeOf(args: readonly unknown[]): unknown {
  if (!args.every(isNumber) || args.length === 0 || args.length > 2) return UNKNOWN;
  const [from, to] = args.length === 1 ? [0, args[0]] : args;
  return to - from > MOST_ITEMS
    ? UNKNOWN
    : Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}

const MOST_ITEMS = 1000;

/** The address of a number in a prefix; a negative number counts from its end. */
function hostOf(prefix: unknown, number: unknown): unknown {
  const network = typeof prefix === "string" ? parseIpv4PrefixLoosely(prefix) : undefined;
  if (!network || !isNumber(number)) return UNKNOWN;
  const size = sizeOf(network.length);
  const host = number < 0 ? size + number : number;
  return host < 0 || host >= size
    ? UNKNOWN
    : formatIpv4Address(alignDown(network.base, network.length) + host);
}

/** The prefix of a number among those that are some bits longer. */
function subnetOf(prefix: unknown, bits: unknown, number: unknown): unknown {
  const network = typeof prefix === "string" ? parseIpv4PrefixLoosely(prefix) : undefined;
  if (!network || !isNumber(bits) || !isNumber(number)) return UNKNOWN;
  const length = network.length + bits;
  if (bits < 0 || length > 32 || number < 0 || number >= 2 ** bits) return UNKNOWN;
  return formatIpv4Prefix({
    base: alignDown(network.base, network.length) + number * sizeOf(length),
    length,
  });
}

/** The pattern with each item of the lists; what is not a list is the same each time. */
function formatEach(pattern: unknown, args: readonly unknown[]): unknown {
  const lengths = args.filter(Array.isArray).map(({ length }) => length);
  if (typeof pattern !== "string" || lengths.length === 0 || new Set(lengths).size > 1) return UNKNOWN;
  const texts = Array.from({ length: lengths[0] }, (_, at) =>
    format(
      pattern,
      args.map((arg) => (Array.isArray(arg) ? (arg as unknown[])[at] : arg)),
    ),
  );
  return texts.includes(UNKNOWN) ? UNKNOWN : texts;
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
