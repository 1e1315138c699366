import { callFunction, UNKNOWN } from "./expression-functions";
import { isObject } from "./json-values";

// Terraform's expressions, as far as texts of addresses, ports, names and ids
// are made with them: literals, templates, lists, objects, indices, splats,
// conditions, references and functions of these. What is left is not known.

/** What a reference means: `azurerm_subnet.a.id`, without indices; UNKNOWN where nothing says it. */
export type Lookup = (reference: string) => unknown;

const TOKENS =
  /\s*(?:("(?:[^"\\]|\\.)*")|(\d+(?:\.\d+)?)|([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)|(==|!=|&&|\|\||\.\.\.|[-+*/%!?:()[\]{},.=<>]))/y;

/** What an expression yields. UNKNOWN where it is not known, or not of the kind that is read here. */
export function evaluate(expression: string, lookup: Lookup): unknown {
  const tokens = tokensOf(expression);
  if (!tokens) return UNKNOWN;
  try {
    const parser = new Parser(tokens, lookup);
    const value = parser.expression();
    return parser.isDone ? value : UNKNOWN;
  } catch (error) {
    if (error instanceof NotRead) return UNKNOWN;
    throw error;
  }
}

/** What a text with templates yields: `nsg-${var.name}`. */
export function evaluateTemplate(text: string, lookup: Lookup): unknown {
  const parts = partsOf(text);
  if (!parts) return UNKNOWN;
  const values = parts.map((part) => (part.isExpression ? evaluate(part.text, lookup) : part.text));
  if (values.length === 1) return values[0];
  if (values.some((value) => value === UNKNOWN || typeof value === "object")) return UNKNOWN;
  return values.map(String).join("");
}

class NotRead extends Error {}

interface Token {
  readonly kind: "text" | "number" | "name" | "sign";
  readonly text: string;
}

function tokensOf(expression: string): Token[] | undefined {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKENS);
  while (pattern.lastIndex < expression.trimEnd().length) {
    const match = pattern.exec(expression);
    if (!match) return undefined;
    const [, text, number, name, sign] = match;
    if (text !== undefined) tokens.push({ kind: "text", text });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else tokens.push({ kind: "sign", text: sign });
  }
  return tokens;
}

/** The texts and expressions of a template; `$${` is a text. */
function partsOf(text: string): Array<{ text: string; isExpression: boolean }> | undefined {
  const parts: Array<{ text: string; isExpression: boolean }> = [];
  let rest = text;
  let plain = "";
  while (rest !== "") {
    if (rest.startsWith("$${") || rest.startsWith("%%{")) {
      plain += rest.slice(1, 3);
      rest = rest.slice(3);
    } else if (rest.startsWith("${")) {
      const end = endOfExpression(rest);
      if (end === undefined) return undefined;
      if (plain !== "") parts.push({ text: plain, isExpression: false });
      plain = "";
      parts.push({ text: rest.slice(2, end), isExpression: true });
      rest = rest.slice(end + 1);
    } else if (rest.startsWith("%{")) return undefined;
    else {
      plain += rest[0];
      rest = rest.slice(1);
    }
  }
  return plain === "" && parts.length > 0 ? parts : [...parts, { text: plain, isExpression: false }];
}

function endOfExpression(text: string): number | undefined {
  let depth = 0;
  let isQuoted = false;
  for (let at = 2; at < text.length; at++) {
    const letter = text[at];
    if (letter === "\\") at++;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (letter === "{") depth++;
    else if (letter === "}" && depth-- === 0) return at;
  }
  return undefined;
}

class Parser {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly lookup: Lookup,
  ) {}

  get isDone(): boolean {
    return this.at === this.tokens.length;
  }

  expression(): unknown {
    const condition = this.comparison();
    if (!this.takes("?")) return condition;
    const whenTrue = this.expression();
    this.needs(":");
    const whenFalse = this.expression();
    if (typeof condition === "boolean") return condition ? whenTrue : whenFalse;
    return JSON.stringify(whenTrue) === JSON.stringify(whenFalse) && whenTrue !== UNKNOWN
      ? whenTrue
      : UNKNOWN;
  }

  private comparison(): unknown {
    const left = this.value();
    const sign = ["==", "!="].find((one) => this.takes(one));
    if (sign === undefined) return left;
    const right = this.value();
    if (left === UNKNOWN || right === UNKNOWN) return UNKNOWN;
    return (JSON.stringify(left) === JSON.stringify(right)) === (sign === "==");
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

  /** `list[*].id` is each item's. */
  private splat(value: unknown): unknown {
    if (!Array.isArray(value)) return UNKNOWN;
    if (!this.takes(".")) return value;
    const { text: path } = this.next();
    const items = value.map((item) => pathIn(item, path));
    return items.includes(UNKNOWN) ? UNKNOWN : items;
  }

  private primary(): unknown {
    const { kind, text } = this.next();
    if (kind === "text") return evaluateTemplate(JSON.parse(text) as string, this.lookup);
    if (kind === "number") return Number(text);
    if (kind === "name") return this.named(text);
    if (text === "(") {
      const value = this.expression();
      this.needs(")");
      return value;
    }
    if (text === "[") return this.list("]");
    if (text === "{") return this.object();
    throw new NotRead();
  }

  private named(name: string): unknown {
    if (this.takes("(")) return callFunction(name, this.list(")", true) as unknown[]);
    if (name === "true" || name === "false") return name === "true";
    if (name === "null") return null;
    return this.lookup(name);
  }

  private list(end: string, areArguments = false): unknown {
    const items: unknown[] = [];
    while (!this.takes(end)) {
      items.push(this.expression());
      if (this.takes("...")) throw new NotRead();
      if (!this.takes(",")) {
        this.needs(end);
        break;
      }
    }
    return items.includes(UNKNOWN) && !areArguments ? UNKNOWN : items;
  }

  private object(): unknown {
    const entries: Array<[string, unknown]> = [];
    while (!this.takes("}")) {
      const { kind, text } = this.next();
      const key = kind === "text" ? evaluateTemplate(JSON.parse(text) as string, this.lookup) : text;
      if (!this.takes("=")) this.needs(":");
      entries.push([String(key), this.expression()]);
      this.takes(",");
    }
    return entries.some(([, value]) => value === UNKNOWN) ? UNKNOWN : Object.fromEntries(entries);
  }

  private next(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw new NotRead();
    return token;
  }

  private takes(sign: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== "sign" || token.text !== sign) return false;
    this.at++;
    return true;
  }

  private needs(sign: string): void {
    if (!this.takes(sign)) throw new NotRead();
  }
}

function itemOf(value: unknown, index: unknown): unknown {
  if (Array.isArray(value) && typeof index === "number") return index < value.length ? value[index] : UNKNOWN;
  return isObject(value) && typeof index === "string" ? pathIn(value, index) : UNKNOWN;
}

function pathIn(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : UNKNOWN),
      value,
    );
}
