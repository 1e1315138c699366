import * as z from "zod/mini";
import { suggest } from "../../base/nearest";
import { isOpaque } from "../../base/opaque";
import { type Problem, problemOf, refused } from "../../base/problem";
import { MANAGED_DATABASE } from "../checks/prefixes";
import { isPassword, passwordInFile } from "./passwords";

/**
 * The first phase of the checks: everything that keeps a value from being of
 * a shape. Nothing reads a value of another shape any further.
 *
 * @param root what errors call the value itself
 */
export function checkShape(schema: z.ZodMiniType, value: unknown, root: string): Problem[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  const described = z.toJSONSchema(schema, { target: "draft-7" });
  return shapeProblems(parsed.error.issues, value, described, root);
}

type Issue = z.core.$ZodIssue;
type Path = ReadonlyArray<string | number>;

/** The parts of a JSON schema that errors describe. */
interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly enum?: ReadonlyArray<string | number>;
  readonly const?: string | number | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What the schema library found, in the words of our errors. */
function shapeProblems(issues: readonly Issue[], raw: unknown, schema: object, root: string): Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, [], raw, schema as SchemaNode, root));
}

function problemsOf(issue: Issue, parent: Path, raw: unknown, schema: SchemaNode, root: string): Problem[] {
  const at = [...parent, ...(issue.path as Path)];
  const value = valueAt(raw, at);
  const node = nodeAt(schema, at);
  if (issue.code === "invalid_union") {
    const branch = likeliestBranch(issue.errors);
    if (branch) return branch.flatMap((inner) => problemsOf(inner, at, raw, schema, root));
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownProperty([...at, key], valueAt(raw, [...at, key]), node, root));
  }
  const path = formatPath(at, root);
  const allowed = words(node);
  if (value === undefined) {
    const example = exampleOf(node);
    const change = example === undefined ? "Add it" : `Add it, such as ${example}`;
    return refused("missing", path, { what: "is missing", allowed, change });
  }
  if (isNumber(node) && typeof value === "string" && isOpaque(value)) return [];
  if (at.includes("machine") && isPassword(at, value)) return [{ path, ...passwordInFile(at) }];
  return [{ ...wrongValue(value, node), path, value, allowed }];
}

function unknownProperty(at: Path, value: unknown, node: SchemaNode, root: string): Problem {
  const path = formatPath(at, root);
  if (at.includes("machine") && isPassword(at, value)) return { path, ...passwordInFile(at) };
  const key = String(at[at.length - 1]);
  const known = keysOf(node);
  const allowed = node.anyOf ? typeWords(node) : known.join(", ");
  const problem = (code: string, what: string, change: string): Problem =>
    problemOf(code, path, value, { what, allowed, change });
  const unsupported = UNSUPPORTED.find(({ pattern }) => pattern.test(at.join(".")));
  if (unsupported) return problem(unsupported.code, unsupported.what, unsupported.change);
  // A key of another branch of a union is spelled correctly, but does not belong with its neighbours.
  if (known.includes(key)) {
    return problem(
      "properties-conflict",
      "cannot be combined with the properties next to it",
      "Leave it out",
    );
  }
  return problem("unknown-property", "is not a known property", suggest(key, known, "Leave it out"));
}

function wrongValue(value: unknown, node: SchemaNode): Pick<Problem, "code" | "what" | "change"> {
  const isEmpty = (Array.isArray(value) || value === "") && Object.keys(value).length === 0;
  return {
    code: isEmpty ? "empty" : "wrong-type",
    what: isEmpty ? "is empty" : `is not ${kindOf(node)}`,
    change: valueToWrite(value, node),
  };
}

function valueToWrite(value: unknown, node: SchemaNode): string {
  const choices = choicesOf(node);
  const example = node.items && isListed(value, node.items) ? JSON.stringify([value]) : exampleOf(node);
  const otherwise = isNumber(node)
    ? `Write a number${node.minimum === undefined ? "" : " in this range"}`
    : example !== undefined
      ? `Write ${example}`
      : choices.length > 0
        ? "Choose one of these"
        : "Correct the value";
  const isText = node.type === "string" && otherwise === "Correct the value";
  if (typeof value === "number" && (choices.includes(String(value)) || isText)) {
    return `Write "${value}", in quotes`;
  }
  if (typeof value !== "string") return otherwise;
  if (isNumber(node) && /^\d+$/.test(value)) return `Write ${value} without quotes`;
  return suggest(
    value,
    choices.filter((choice) => typeof choice === "string"),
    otherwise,
  );
}

function choicesOf(node: SchemaNode): Array<string | number> {
  return [node, ...(node.anyOf ?? [])].flatMap(({ enum: values = [] }) => values);
}

/** Whether a value could be an entry of the list that it stands in place of. */
function isListed(value: unknown, entry: SchemaNode): boolean {
  return entry.enum
    ? choicesOf(entry).includes(value as string)
    : typeof value === entry.type && value !== "";
}

/** What a value has to be, in a few words; what is allowed says it in full. */
function kindOf(node: SchemaNode): string {
  if (node.const !== undefined) return typeWords(node);
  if (node.enum) return "one of the allowed values";
  if (node.anyOf) return "in an allowed form";
  return typeWords(node).replace(/^(a list|an object)\b.*/s, "$1");
}

/** The text to write, where the schema tells one: of an object, the first property and those that are required. */
function exampleOf(node: SchemaNode): string | undefined {
  const { type, description = "", items, anyOf, const: one, properties = {}, required = [] } = node;
  if (one !== undefined) return JSON.stringify(one);
  if (type === "boolean") return "true or false";
  if (type === "string") return /"[^"]+"/.exec(description)?.[0];
  if (isNumber(node)) return /such as (\d+)/.exec(description)?.[1];
  if (type === "array") {
    const entry = items && exampleOf(items);
    return entry && `[${entry}]`;
  }
  if (anyOf) return anyOf.map(exampleOf).find((example) => example !== undefined);
  if (typeof node.additionalProperties === "object") {
    const entry = exampleOf(node.additionalProperties);
    return entry && `{ "NAME": ${entry} }`;
  }
  const first = Object.keys(properties).find((key) => exampleOf(properties[key]) !== undefined);
  const examples = [...new Set(first === undefined ? required : [first, ...required])].map(
    (key) => [key, exampleOf(properties[key])] as const,
  );
  if (examples.length === 0 || examples.some(([, example]) => example === undefined)) return undefined;
  return `{ ${examples.map(([key, example]) => `"${key}": ${example}`).join(", ")} }`;
}

function isNumber({ type }: SchemaNode): boolean {
  return type === "integer" || type === "number";
}

/**
 * Of the branches of a union, the one that was meant: it has the value's type,
 * knows the most of the value's keys, and has the fewest faults.
 */
function likeliestBranch(branches: readonly Issue[][]): readonly Issue[] | undefined {
  const sameType = branches.filter(
    (issues) => !issues.some((i) => i.code === "invalid_type" && i.path.length === 0),
  );
  const foreignKeys = (issues: readonly Issue[]): number =>
    issues.reduce(
      (count, i) => count + (i.code === "unrecognized_keys" && i.path.length === 0 ? i.keys.length : 0),
      0,
    );
  return [...sameType].sort((a, b) => foreignKeys(a) - foreignKeys(b) || a.length - b.length)[0];
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    raw,
  );
}

function nodeAt(schema: SchemaNode, path: Path): SchemaNode {
  return path.reduce<SchemaNode>((node, key) => {
    for (const candidate of [node, ...(node.anyOf ?? [])]) {
      if (typeof key === "number" && candidate.items) return candidate.items;
      const property = candidate.properties?.[key];
      if (property) return property;
      if (typeof candidate.additionalProperties === "object") return candidate.additionalProperties;
    }
    return {};
  }, schema);
}

function keysOf(node: SchemaNode): string[] {
  return [node, ...(node.anyOf ?? [])].flatMap((candidate) => Object.keys(candidate.properties ?? {}));
}

function words(node: SchemaNode): string {
  const about = node.description === undefined ? "" : ` (${node.description})`;
  return typeWords(node) + about;
}

function typeWords(node: SchemaNode): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.anyOf) return node.anyOf.map(typeWords).join(", or ");
  if (node.enum)
    return node.enum
      .map((value) => JSON.stringify(value))
      .join(", ")
      .replace(/, ([^,]*)$/, " or $1");
  switch (node.type) {
    case "integer":
      return `a whole number from ${node.minimum} to ${node.maximum}`;
    case "number":
      return "a number";
    case "string":
      return "a string";
    case "boolean":
      return "true or false";
    case "array":
      return node.items?.type === "string" && !node.items.enum
        ? "a list of strings"
        : `a list, each entry ${node.items ? typeWords(node.items) : "of any kind"}`;
    default: {
      const keys = keysOf(node);
      return keys.length > 0 ? `an object with ${keys.join(", ")}` : "an object with names as keys";
    }
  }
}

/** The path as a person would write it: `cacheRepositories.cache.addresses[0]`. */
function formatPath(path: Path, root: string): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  return text === "" ? root : text.replace(/^\./, "");
}

/** Why a property that a person might look for is not there. */
interface Unsupported extends Pick<Problem, "code" | "what" | "change"> {
  /** Paths of properties: `backupProxies`, `postgresql.flexibleServer`. */
  readonly pattern: RegExp;
}

const UNSUPPORTED: readonly Unsupported[] = [
  {
    pattern: /^((remote|backup).*prox(y|ies)|proxies)$/i,
    code: "unsupported",
    what: "is not supported: Veeam Backup for Microsoft Entra ID has no remote backup proxies, the backup server is the only one",
    change: "Leave it out; an HTTP proxy is httpProxy",
  },
  {
    pattern:
      /^((azure|managed|cloud|hosted).*(postgres|database|db|sql)|.*flexibleServer.*|rds|aurora|postgresql\.(.*(flexible|managed|azure|cloud|singleServer|rds|aurora).*))$/i,
    ...MANAGED_DATABASE,
  },
  {
    pattern: /^services\.(dns|dnsServers?|nameServers?)$/i,
    code: "unsupported",
    what: "is not supported: DNS servers are a property of the virtual network",
    change: "Leave it out, and list them in virtualNetwork.dnsServers",
  },
  {
    pattern: /^services\.(smtp|e-?mail)/i,
    code: "unknown-property",
    what: "is not a known property",
    change: 'Write "mail", which is for mail servers',
  },
  {
    pattern: /^[^.]*cloud/i,
    code: "unsupported",
    what: "is not supported: Veeam Backup for Microsoft Entra ID does not write to Cloud Connect repositories",
    change: "Leave it out, and name other backup repositories",
  },
  {
    pattern: /^(entraId|postgresql?)(Servers|Repositories|s)$/i,
    code: "unsupported",
    what: "is not supported: Veeam supports one Entra ID backup repository",
    change: "Leave it out, and describe the one in postgresql",
  },
];
