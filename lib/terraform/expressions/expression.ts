import { callFunction, UNKNOWN } from "./expression-functions";
import { isObject } from "../files/json-values";

// The part of Terraform's expressions that addresses, ports, names and ids are
// written with: literals, templates, lists, objects, indices, splats,
// operators, conditions, for, references and some functions.

/** The value of a reference without indices: `azurerm_subnet.a.id`; UNKNOWN if it is not in the file. */
export type Lookup = (reference: string) => unknown;

/** The value of a text with templates: `nsg-${var.name}`. UNKNOWN if it is not known, or is of an unsupported kind. */
export function evaluateTemplate(text: string, lookup: Lookup): unknown {
  try {
    return new Parser(text, lookup).template();
  } catch (error) {
    if (error instanceof NotRead) return UNKNOWN;
    throw error;
  }
}

/** An expression of an unsupported kind. */
class NotRead extends Error {}

// Operators, the weakest first.
const OPERATORS = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

const SPACE = /\s*/y;
const NUMBER = /\d+(?:\.\d+)?/y;
// A name can begin with its stack: `hub:azurerm_subnet.a.id`.
const NAME = /(?:[\w/-]+:(?=(?:data\.)?[a-z]+_\w+\.|(?:local|var)\.))?[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*/y;
// A character of a text in quotes, and what an escape stands for.
const CHARACTER = /\\u([\dA-Fa-f]{4})|\\U([\dA-Fa-f]{8})|\\(.?)|[^]/sy;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Reads and evaluates a text in one pass. A text in quotes can contain templates, and these contain texts again. */
class Parser {
  private at = 0;

  constructor(
    private readonly text: string,
    private lookup: Lookup,
  ) {}

  /** The value of a text with templates that ends here, or at a quote; `$${` is a text. */
  template(isQuoted = false): unknown {
    const values: unknown[] = [];
    let plain = "";
    const endPlain = () => {
      if (plain !== "") values.push(plain);
      plain = "";
    };
    while (isQuoted ? !this.begins('"') : this.at < this.text.length) {
      if (this.begins("$${") || this.begins("%%{")) {
        plain += this.text.slice(this.at + 1, this.at + 3);
        this.at += 3;
      } else if (this.begins("${")) {
        endPlain();
        this.at += 2;
        values.push(this.expression());
        this.needs("}");
      } else if (this.begins("%{")) throw new NotRead();
      else plain += isQuoted ? this.character() : this.text[this.at++];
    }
    if (isQuoted) this.at++;
    endPlain();
    if (values.length === 1) return values[0];
    if (values.some((value) => value === UNKNOWN || typeof value === "object")) return UNKNOWN;
    return values.map(String).join("");
  }

  /** A character of a text in quotes, which Terraform may know as an escape. */
  private character(): string {
    const [text, short, long, letter] = this.match(CHARACTER) ?? [];
    if (text === undefined) throw new NotRead();
    if (!text.startsWith("\\")) return text;
    const code = parseInt(short ?? long ?? "", 16);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    if (letter !== undefined && Object.hasOwn(ESCAPES, letter)) return ESCAPES[letter];
    throw new NotRead();
  }

  private expression(): unknown {
    const condition = this.operation(0);
    if (!this.takes("?")) return condition;
    const whenTrue = this.expression();
    this.needs(":");
    const whenFalse = this.expression();
    if (typeof condition === "boolean") return condition ? whenTrue : whenFalse;
    return isSame(whenTrue, whenFalse) === true ? whenTrue : UNKNOWN;
  }

  private operation(level: number): unknown {
    if (level === OPERATORS.length) return this.value();
    let left = this.operation(level + 1);
    for (;;) {
      const sign = OPERATORS[level].find((one) => this.takes(one));
      if (sign === undefined) return left;
      left = combined(sign, left, this.operation(level + 1));
    }
  }

  private value(): unknown {
    let value = this.primary();
    for (;;) {
      if (this.takes("[")) {
        const index = this.takes("*") ? "*" : this.expression();
        this.needs("]");
        value = index === "*" ? this.splat(value) : itemOf(value, index);
      } else if (this.takes(".")) {
        value = this.takes("*") ? this.splat(value) : pathIn(value, this.key());
      } else return value;
    }
  }

  /** `list[*].id` */
  private splat(value: unknown): unknown {
    const path = this.takes(".") ? this.key() : "";
    return Array.isArray(value) ? known(value.map((item) => pathIn(item, path))) : UNKNOWN;
  }

  private primary(): unknown {
    if (this.takes('"')) return this.template(true);
    const number = this.word(NUMBER);
    if (number !== undefined) return Number(number);
    const name = this.word(NAME);
    if (name !== undefined) return this.named(name);
    const sign = ["!", "-"].find((one) => this.takes(one));
    if (sign !== undefined) return negated(sign, this.value());
    if (this.takes("(")) {
      const value = this.expression();
      this.needs(")");
      return value;
    }
    if (this.takes("[")) return this.takesName("for") ? this.each("]") : known(this.list("]"));
    if (this.takes("{")) return this.takesName("for") ? this.each("}") : this.object();
    throw new NotRead();
  }

  private named(name: string): unknown {
    if (this.takes("(")) return callFunction(name, this.list(")"));
    if (name === "true" || name === "false") return name === "true";
    if (name === "null") return null;
    return this.lookup(name);
  }

  private list(end: string): unknown[] {
    const items: unknown[] = [];
    while (!this.takes(end)) {
      items.push(this.expression());
      if (!this.takes(",")) {
        this.needs(end);
        break;
      }
    }
    return items;
  }

  private object(): unknown {
    const entries: Array<[string, unknown]> = [];
    while (!this.takes("}")) {
      const key = this.takes('"') ? this.template(true) : this.key();
      if (!this.takes("=")) this.needs(":");
      const value = this.expression();
      entries.push([String(key), key === UNKNOWN ? UNKNOWN : value]);
      this.takes(",");
    }
    return entries.some(([, value]) => value === UNKNOWN) ? UNKNOWN : Object.fromEntries(entries);
  }

  /** `[for key, item in list : value if condition]`, or `{for … : name => value}`. */
  private each(end: string): unknown {
    const names = [this.key()];
    if (this.takes(",")) names.push(this.key());
    if (!this.takesName("in")) throw new NotRead();
    const among = this.expression();
    this.needs(":");
    const [start, outer] = [this.at, this.lookup];
    const entries = Array.isArray(among)
      ? among.map((item, index): [unknown, unknown] => [index, item])
      : isObject(among)
        ? Object.entries(among).sort(([a], [b]) => (a < b ? -1 : 1))
        : undefined;
    const results = (entries?.length ? entries : [[UNKNOWN, UNKNOWN]]).map(([key, item]) => {
      this.at = start;
      const scope = new Map(
        names.length > 1 ? [[names[0], key] as const, [names[1], item]] : [[names[0], item]],
      );
      this.lookup = (reference) => {
        const [first, ...rest] = reference.split(".");
        return scope.has(first) ? pathIn(scope.get(first), rest.join(".")) : outer(reference);
      };
      return this.one(end);
    });
    this.lookup = outer;
    this.needs(end);
    if (!entries || results.some(({ isTaken }) => isTaken === UNKNOWN)) return UNKNOWN;
    const taken = entries.length === 0 ? [] : results.filter(({ isTaken }) => isTaken === true);
    if (taken.some(({ name, value }) => name === UNKNOWN || value === UNKNOWN)) return UNKNOWN;
    return end === "]"
      ? taken.map(({ value }) => value)
      : Object.fromEntries(taken.map(({ name, value }) => [String(name), value]));
  }

  private one(end: string): { readonly name?: unknown; readonly value: unknown; readonly isTaken: unknown } {
    const first = this.expression();
    if (end === "}") this.needs("=>");
    const [name, value] = end === "}" ? [first, this.expression()] : [undefined, first];
    return { name, value, isTaken: this.takesName("if") ? this.expression() : true };
  }

  private key(): string {
    const key = this.word(NUMBER) ?? this.word(NAME);
    if (key === undefined) throw new NotRead();
    return key;
  }

  private begins(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    this.at += match?.[0].length ?? 0;
    return match;
  }

  private word(pattern: RegExp): string | undefined {
    this.match(SPACE);
    return this.match(pattern)?.[0];
  }

  private takes(sign: string): boolean {
    this.match(SPACE);
    if (!this.begins(sign)) return false;
    this.at += sign.length;
    return true;
  }

  private takesName(name: string): boolean {
    const start = this.at;
    if (this.word(NAME) === name) return true;
    this.at = start;
    return false;
  }

  private needs(sign: string): void {
    if (!this.takes(sign)) throw new NotRead();
  }
}

function known(items: unknown[]): unknown {
  return items.includes(UNKNOWN) ? UNKNOWN : items;
}

function isSame(a: unknown, b: unknown): unknown {
  return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : JSON.stringify(a) === JSON.stringify(b);
}

function negated(sign: string, value: unknown): unknown {
  if (sign === "!") return typeof value === "boolean" ? !value : UNKNOWN;
  return typeof value === "number" ? -value : UNKNOWN;
}

function combined(sign: string, a: unknown, b: unknown): unknown {
  if (sign === "==") return isSame(a, b);
  if (sign === "!=") return negated("!", isSame(a, b));
  if (typeof a === "boolean" && typeof b === "boolean") {
    return sign === "&&" ? a && b : sign === "||" ? a || b : UNKNOWN;
  }
  return typeof a === "number" && typeof b === "number" && Object.hasOwn(ARITHMETIC, sign)
    ? ARITHMETIC[sign](a, b)
    : UNKNOWN;
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => unknown>> = {
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? UNKNOWN : a / b),
  "%": (a, b) => (b === 0 ? UNKNOWN : a % b),
};

function itemOf(value: unknown, index: unknown): unknown {
  if (Array.isArray(value) && typeof index === "number") {
    return Object.hasOwn(value, index) ? (value as unknown[])[index] : UNKNOWN;
  }
  if (!isObject(value) || typeof index !== "string" || !Object.hasOwn(value, index)) return UNKNOWN;
  // An attribute that is not written has the value undefined in memory.
  return value[index] === undefined ? UNKNOWN : value[index];
}

/** The value at a path of keys with dots between them; the value itself where the path is empty. */
export function pathIn(value: unknown, path: string): unknown {
  if (path === "") return value;
  return path.split(".").reduce<unknown>((inner, key) => itemOf(inner, key), value);
}
