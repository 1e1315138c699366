/** A deployment that is refused: the smallest valid one with something changed. */
export interface BadDeployment {
  /** What is wrong with it. */
  readonly title: string;
  /** What is changed at the top level; undefined leaves a property out. */
  readonly change: Readonly<Record<string, unknown>>;
  /** Every line of the error behind its headline, word by word; … stands for properties that others add to a list. */
  readonly problems: readonly string[];
}

/** The lines as a matcher of jest takes them. */
export function asMatchers(problems: readonly string[]): unknown[] {
  return problems.map((problem) =>
    problem.includes("…")
      ? expect.stringMatching(new RegExp(`^${problem.split("…").map(escaped).join("[A-Za-z, …]*")}$`))
      : problem,
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
