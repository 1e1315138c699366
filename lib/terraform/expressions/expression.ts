import { callFunction, UNKNOWN } from "./expression-functions";
import { NotRead, partsOf, type Token, tokensOf, unescaped } from "./expression-tokens";
import { isObject } from "../files/json-values";

// The part of Terraform's expressions that addresses, ports, names and ids are
// written with: literals, templates, lists, objects, indices, splats,
// operators, conditions, for, references and some functions.

/** The value of a reference without indices: `azurerm_subnet.a.id`; UNKNOWN if it is not in the file. */
export type Lookup = (reference: string) => unknown;

/** The value of an expression. UNKNOWN if it is not known, or is of an unsupported kind. */
export function evaluate(expression: string, lookup: Lookup): unknown {
  return unlessNotRead(() => new Parser(tokensOf(expression), lookup).whole());
}

/** The value of a text with templates: `nsg-${var.name}`. */
export function evaluateTemplate(text: string, lookup: Lookup, isQuoted = false): unknown {
  return unlessNotRead(() => {
    const values = partsOf(text).map((part) => {
      if (part.isExpression) return evaluate(part.text, lookup);
      return isQuoted ? unescaped(part.text) : part.text;
    });
    if (values.length === 1) return values[0];
    if (values.some((value) => value === UNKNOWN || typeof value === "object")) return UNKNOWN;
    return values.map(String).join("");
  });
}

function unlessNotRead(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotRead) return UNKNOWN;
    throw error;
  }
}

// Operators, the weakest first.
const OPERATORS = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

class Parser {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private lookup: Lookup,
  ) {}

  whole(): unknown {
    const value = this.expression();
    return this.at === this.tokens.length ? value : UNKNOWN;
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
        const key = this.next();
        value = key.text === "*" ? this.splat(value) : pathIn(value, key.text);
      } else return value;
    }
  }

  /** `list[*].id` */
  private splat(value: unknown): unknown {
    const path = this.takes(".") ? this.next().text : undefined;
    if (!Array.isArray(value) || path === undefined) return Array.isArray(value) ? value : UNKNOWN;
    return known(value.map((item) => pathIn(item, path)));
  }

  private primary(): unknown {
    const { kind, text } = this.next();
    if (kind === "text") return evaluateTemplate(text, this.lookup, true);
    if (kind === "number") return Number(text);
    if (kind === "name") return this.named(text);
    if (text === "!" || text === "-") return negated(text, this.value());
    if (text === "(") {
      const value = this.expression();
      this.needs(")");
      return value;
    }
    if (text === "[") return this.takes("for", "name") ? this.each("]") : known(this.list("]"));
    if (text === "{") return this.takes("for", "name") ? this.each("}") : this.object();
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
      if (this.takes("...")) throw new NotRead();
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
      const { kind, text } = this.next();
      if (kind === "sign") throw new NotRead();
      const key = kind === "text" ? evaluateTemplate(text, this.lookup, true) : text;
      if (!this.takes("=")) this.needs(":");
      entries.push([String(key), key === UNKNOWN ? UNKNOWN : this.expression()]);
      this.takes(",");
    }
    return entries.some(([, value]) => value === UNKNOWN) ? UNKNOWN : Object.fromEntries(entries);
  }

  /** `[for key, item in list : value if condition]`, or `{for … : name => value}`. */
  private each(end: string): unknown {
    const names = [this.next().text];
    if (this.takes(",")) names.push(this.next().text);
    if (!this.takes("in", "name")) throw new NotRead();
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
    return { name, value, isTaken: this.takes("if", "name") ? this.expression() : true };
  }

  private next(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw new NotRead();
    return token;
  }

  private takes(text: string, kind: Token["kind"] = "sign"): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== kind || token.text !== text) return false;
    this.at++;
    return true;
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
  return isObject(value) && typeof index === "string" && Object.hasOwn(value, index) ? value[index] : UNKNOWN;
}

/** The value at a path of keys with dots between them; the value itself where the path is empty. */
export function pathIn(value: unknown, path: string): unknown {
  if (path === "") return value;
  return path.split(".").reduce<unknown>((inner, key) => itemOf(inner, key), value);
}
