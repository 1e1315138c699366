// The tokens of Terraform's expressions. A text in quotes can contain templates, and these contain texts again.

/** A token of an expression. A text has no quotes, and its escapes are not replaced yet. */
export interface Token {
  readonly kind: "text" | "number" | "name" | "sign";
  readonly text: string;
}

// A name can begin with its stack: `hub:azurerm_subnet.a.id`.
const WORD =
  /(\d+(?:\.\d+)?)|((?:[\w/-]+:(?=(?:data\.)?[a-z]+_\w+\.|(?:local|var)\.))?[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)|(==|!=|<=|>=|=>|&&|\|\||\.\.\.|[-+*/%!?:()[\]{},.=<>])/y;

/** An expression of an unsupported kind. */
export class NotRead extends Error {}

/** The tokens of an expression. @throws NotRead if it contains anything else */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < expression.length;) {
    if (/\s/.test(expression[at])) at++;
    else if (expression[at] === '"') {
      const end = endOfText(expression, at);
      tokens.push({ kind: "text", text: expression.slice(at + 1, end) });
      at = end + 1;
    } else {
      WORD.lastIndex = at;
      const match = WORD.exec(expression);
      if (!match) throw new NotRead();
      const [text, number, name] = match;
      tokens.push({ kind: number !== undefined ? "number" : name !== undefined ? "name" : "sign", text });
      at += text.length;
    }
  }
  return tokens;
}

/** A part of a text with templates: a text, or the expression of a template. */
export interface Part {
  readonly text: string;
  readonly isExpression: boolean;
}

/** The texts and expressions of a text with templates; `$${` is a text. @throws NotRead if it contains a directive */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let plain = "";
  for (let at = 0; at < text.length;) {
    if (/^(?:\$\$|%%)\{/.test(text.slice(at, at + 3))) {
      plain += text.slice(at + 1, at + 3);
      at += 3;
    } else if (text.startsWith("${", at)) {
      const end = endOfTemplate(text, at);
      if (plain !== "") parts.push({ text: plain, isExpression: false });
      plain = "";
      parts.push({ text: text.slice(at + 2, end), isExpression: true });
      at = end + 1;
    } else if (text.startsWith("%{", at)) throw new NotRead();
    else plain += text[at++];
  }
  return plain === "" && parts.length > 0 ? parts : [...parts, { text: plain, isExpression: false }];
}

/** The place of the quote that ends a text. */
function endOfText(expression: string, start: number): number {
  for (let at = start + 1; at < expression.length; at++) {
    if (expression[at] === '"') return at;
    if (expression[at] === "\\") at++;
    else if (/^(?:\$\$|%%)\{/.test(expression.slice(at, at + 3))) at += 2;
    else if (/^[$%]\{/.test(expression.slice(at, at + 2))) at = endOfTemplate(expression, at);
  }
  throw new NotRead();
}

/** The place of the brace that ends a template. */
function endOfTemplate(text: string, start: number): number {
  let depth = 0;
  for (let at = start + 2; at < text.length; at++) {
    if (text[at] === '"') at = endOfText(text, at);
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && depth-- === 0) return at;
  }
  throw new NotRead();
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** A text with its escapes replaced. @throws NotRead if Terraform does not know one */
export function unescaped(text: string): string {
  return text.replace(
    /\\(?:u([\da-f]{4})|U([\da-f]{8})|(.?))/gis,
    (_, short: string | undefined, long: string | undefined, letter: string | undefined) => {
      const code = parseInt(short ?? long ?? "", 16);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
      if (letter !== undefined && Object.hasOwn(ESCAPES, letter)) return ESCAPES[letter];
      throw new NotRead();
    },
  );
}
