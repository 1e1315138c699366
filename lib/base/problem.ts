/** One thing that is wrong with an input, and how to correct it. */
export interface Problem {
  /** The kind of problem, which stays the same when its words change: `subnet-overlap`. */
  readonly code: string;
  /** Path of the property in the deployment: `backupRepositories.primary.subnet`. */
  readonly path: string;
  /** What is wrong. */
  readonly what: string;
  /** The value given. @default - the property is missing, or several are meant */
  readonly value?: unknown;
  /** What is allowed there. */
  readonly allowed: string;
  /** What to change. */
  readonly change: string;
}

type Words = Pick<Problem, "what" | "allowed" | "change">;
/** Code, path, the value if one is shown, and the words. */
type Parts =
  [code: string, path: string, value: unknown, words: Words] | [code: string, path: string, words: Words];

/** A problem. */
export function problemOf(...[code, path, ...rest]: Parts): Problem {
  const { what, allowed, change } = rest[rest.length - 1] as Words;
  return { code, path, what, ...(rest.length > 1 && { value: rest[0] }), allowed, change };
}

/** A list of one problem. */
export function refused(...parts: Parts): Problem[] {
  return [problemOf(...parts)];
}

/** The problem, unless the condition holds. */
export function problemUnless(holds: boolean, ...parts: Parts | [Problem]): Problem[] {
  if (holds) return [];
  return parts.length === 1 ? parts : refused(...parts);
}

/** The problem in one line: path, what, value, what is allowed, what to change. */
export function formatProblem(problem: Problem): string {
  const value = problem.value === undefined ? "" : ` (got ${show(problem.value)})`;
  return `${problem.path}: ${problem.what}${value}. Allowed: ${problem.allowed}. ${problem.change}.`;
}

function show(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  const text = jsonOf(value) ?? (typeof value === "object" ? "an object" : String(value));
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}

/** The value as JSON; undefined if it has none, such as a construct, which refers to itself. */
export function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** An input that was refused, with everything that is wrong with it. */
export class InvalidInputError extends Error {
  override readonly name = "InvalidInputError";

  constructor(
    subject: string,
    readonly problems: readonly Problem[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(
      [`${count} in ${subject}`, ...problems.map((problem) => `  - ${formatProblem(problem)}`)].join("\n"),
    );
  }
}

/** @throws InvalidInputError where there is a problem */
export function refuseProblems(subject: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InvalidInputError(subject, problems);
}

/** The result of a function, or nothing if it refuses; its problems are collected. */
export function collecting<T>(problems: Problem[], read: () => T): T[] {
  try {
    return [read()];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    problems.push(...error.problems);
    return [];
  }
}
