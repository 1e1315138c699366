import { InvalidInputError, type Problem } from "../base/problem";

/** What is read, or nothing where it is refused; the problems are kept for an error about everything. */
export function collecting<T>(problems: Problem[], read: () => T): T[] {
  try {
    return [read()];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    problems.push(...error.problems);
    return [];
  }
}
