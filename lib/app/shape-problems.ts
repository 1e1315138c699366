import type * as z from "zod/mini";
import { nearest } from "../base/nearest";
import type { Problem } from "../base/problem";
import { isPassword, passwordInFile } from "./passwords";
import { unsupportedProperty } from "./unsupported";

type Issue = z.core.$ZodIssue;
type Path = ReadonlyArray<string | number>;

/** A node of a JSON schema, as far as words are made from it. */
interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly enum?: ReadonlyArray<string | number>;
  readonly const?: string | number | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A fault of shape, and where it is. */
export interface ShapeProblem extends Problem {
  readonly at: Path;
  /** For a key that nobody knows: the one that was probably meant. */
  readonly meant?: string;
}

/** What the schema library found, in the words of our errors. */
export function shapeProblems(
  issues: readonly Issue[],
  raw: unknown,
  schema: object,
  root: string,
): ShapeProblem[] {
  return issues.flatMap((issue) => problemsOf(issue, [], raw, schema as SchemaNode, root));
}

function problemsOf(
  issue: Issue,
  parent: Path,
  raw: unknown,
  schema: SchemaNode,
  root: string,
): ShapeProblem[] {
  const at = [...parent, ...(issue.path as Path)];
  const path = formatPath(at, root);
  const value = valueAt(raw, at);
  const node = nodeAt(schema, at);
  if (issue.code === "invalid_union") {
    const branch = likeliestBranch(issue.errors);
    if (branch) return branch.flatMap((inner) => problemsOf(inner, at, raw, schema, root));
  }
  if (issue.code === "unrecognized_keys") {
    const known = keysOf(node);
    return issue.keys.map((key) => {
      if (at.includes("machine") && isPassword([...at, key], valueAt(raw, [...at, key]))) {
        return { at: [...at, key], path: formatPath([...at, key], root), ...passwordInFile([...at, key]) };
      }
      // A key of another branch of a union is spelled well, but has no place beside its neighbours.
      const misplaced = known.includes(key);
      const unsupported = unsupportedProperty([...at, key].join("."));
      const meant = misplaced || unsupported ? undefined : nearest(key, known);
      return {
        at: [...at, key],
        path: formatPath([...at, key], root),
        what:
          unsupported?.what ??
          (misplaced ? "does not go with the other properties beside it" : "is not known"),
        value: valueAt(raw, [...at, key]),
        allowed: node.anyOf ? typeWords(node) : known.join(", "),
        change:
          unsupported?.change ??
          (meant === undefined ? "Leave it out" : `Did you mean "${meant}"? Write that`),
        meant,
      };
    });
  }
  const allowed = words(node);
  if (value === undefined) return [{ at, path, what: "is missing", allowed, change: "Add it" }];
  if (at.includes("machine") && isPassword(at, value)) return [{ at, path, ...passwordInFile(at) }];
  const values = [node, ...(node.anyOf ?? [])]
    .flatMap((candidate) => candidate.enum ?? [])
    .filter((known) => typeof known === "string");
  const meant = typeof value === "string" ? nearest(value, values) : undefined;
  const unquoted =
    ["integer", "number"].includes(node.type ?? "") && typeof value === "string" && /^\d+$/.test(value);
  return [
    {
      at,
      path,
      what: Array.isArray(value) && value.length === 0 ? "is empty" : "is not what is expected here",
      value,
      allowed,
      change: unquoted
        ? `Write ${value} without quotes`
        : meant === undefined
          ? "Write what is allowed"
          : `Did you mean "${meant}"? Write that`,
    },
  ];
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
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(" or ");
  switch (node.type) {
    case "integer":
      return `a whole number from ${node.minimum} to ${node.maximum}`;
    case "string":
      return "a text";
    case "boolean":
      return "true or false";
    case "array":
      return `a list, each entry ${node.items ? words(node.items) : "of any kind"}`;
    default: {
      const keys = keysOf(node);
      return keys.length > 0 ? `an object with ${keys.join(", ")}` : "an object of names and their values";
    }
  }
}

/** The path as a person would write it: `cacheRepositories.cache.addresses[0]`. */
function formatPath(path: Path, root: string): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  return text === "" ? root : text.replace(/^\./, "");
}
