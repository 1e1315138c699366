import { refuseProblems } from "../../base/problem";
import { duplicateKeys } from "../../base/duplicate-keys";
import { JsonNode } from "./json-node";

/** The files that a reader accepts, and the commands that print them. */
export interface AcceptedFile {
  /** What is allowed, in words. */
  readonly allowed: string;
  /** What to do with a file that is neither JSON nor of a known kind. */
  readonly change: string;
  /** Path of the object that is read. @default - all of the file */
  readonly part?: string;
}

/**
 * The JSON in a file, in UTF-8 or in UTF-16, which Windows PowerShell writes.
 *
 * @param file what errors call the file
 * @throws InvalidInputError if it is not JSON; for a file of a known other kind, with the command that makes the right one
 */
export function jsonOfBytes(bytes: Uint8Array, file: string, accepted: AcceptedFile): JsonNode {
  const refuse = (what: string, change: string): never =>
    new JsonNode(undefined, "", file).refuse(what, accepted.allowed, change);
  const binary = BINARY.find(({ magic }) => magic.every((byte, index) => bytes[index] === byte));
  if (binary) return refuse(binary.what, binary.change);
  let text: string;
  try {
    text = decode(bytes);
  } catch {
    return refuse(`is too large (${bytes.length} bytes)`, "Give a file with less in it");
  }
  if (text.trim() === "")
    return refuse("is empty", "Run the command that makes it again, and look at its errors");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const foreign = FOREIGN_TEXTS.find(({ pattern }) => pattern.test(text.slice(0, 2000)));
    if (foreign) return refuse(foreign.what, foreign.change);
    const reason = (error as Error).message;
    return isAtEnd(reason, text)
      ? refuse(`is JSON that breaks off (${reason})`, "Create it again; it was cut short")
      : refuse(`is not JSON: ${reason.replace(/\s+/g, " ")}`, accepted.change);
  }
  refuseProblems(file, duplicateKeys(text, accepted.part));
  return isDeeperThan(MOST_LEVELS, value)
    ? refuse(`has more than ${MOST_LEVELS} lists and objects inside one another`, accepted.change)
    : new JsonNode(value, "", file);
}

// Far more than any command prints, and few enough for recursive functions.
const MOST_LEVELS = 500;

function isDeeperThan(most: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== "object" || one === null) continue;
      for (const inner of Object.values(one)) if (typeof inner === "object") next.push(inner);
    }
    level = next;
  }
  return false;
}

const PLAN_AGAIN =
  "Run terraform plan -out=plan && terraform show -json plan > plan.json, and give plan.json";
const SHOW_PLAN = "Run terraform show -json FILE > plan.json, and give plan.json";

// Files given by mistake.
const BINARY: ReadonlyArray<{ magic: readonly number[]; what: string; change: string }> = [
  {
    magic: [0x50, 0x4b, 0x03, 0x04],
    what: "is a saved plan in Terraform's own format, or a zip",
    change: SHOW_PLAN,
  },
  { magic: [0x1f, 0x8b], what: "is compressed (gzip)", change: "Unpack it first" },
];
const AS_JSON = "Ask the Azure CLI for JSON: -o json";
const FOREIGN_TEXTS: ReadonlyArray<{ pattern: RegExp; what: string; change: string }> = [
  {
    pattern: /^\s*\{"@level":/,
    what: "is the log that terraform plan -json prints, not the plan",
    change: PLAN_AGAIN,
  },
  {
    pattern:
      /^\s*(#.*\n\s*|\/\/.*\n\s*)*(terraform|provider|resource|data|module|variable|locals|output)\b[^\n:]*\{/m,
    what: "is configuration in Terraform's own language",
    change: PLAN_AGAIN,
  },
  {
    pattern: /^\s*(WARNING|ERROR|Command group|This command|\/?\S*python\S*):?\s/,
    what: "begins with a message of the Azure CLI",
    change: "Write its output alone into the file, without 2>&1, and look at the message",
  },
  { pattern: /\u001b\[/, what: "is coloured (-o jsonc)", change: AS_JSON },
  { pattern: /^.*\n-{2,}(\s+-{2,})*\s*$/m, what: "is a table (-o table)", change: AS_JSON },
  { pattern: /^[^\n{["]*\t/, what: "is a list with tabs (-o tsv)", change: AS_JSON },
  { pattern: /^\s*(---|-\s+\w+:|[a-z]\w*:\s)/, what: "is YAML (-o yaml)", change: AS_JSON },
  {
    pattern: /^\s*\w+\s+:\s/m,
    what: "is a list that PowerShell prints for people",
    change: "Add | ConvertTo-Json -Depth 10 to the command",
  },
];

// Encodings by their byte order marks, which the decoder leaves out.
const ENCODINGS: ReadonlyMap<number, string> = new Map([
  [0xfffe, "utf-16le"],
  [0xfeff, "utf-16be"],
]);

/** The text in a file, without its byte order mark. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder(ENCODINGS.get(bytes[0] * 256 + bytes[1]) ?? "utf-8").decode(bytes);
}

/** Whether the parser failed at the end of the text. */
function isAtEnd(reason: string, text: string): boolean {
  const position = /at position (\d+)/.exec(reason)?.[1];
  return /end of JSON|Unterminated/.test(reason) || Number(position) >= text.trimEnd().length;
}
