/** A deployment that is refused: the smallest valid one with something changed. */
export interface BadDeployment {
  /** What is wrong with it. */
  readonly title: string;
  /** What is changed at the top level; undefined leaves a property out. */
  readonly change: Readonly<Record<string, unknown>>;
  /** Code and path of every problem; fixtures/problems.txt has the words. */
  readonly problems: readonly string[];
}
