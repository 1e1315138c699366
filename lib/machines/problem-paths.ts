import type { Problem } from "../base/problem";

/** Problems with the caller's names of the values: the longest known beginning of each path is replaced; "" matches the rest. */
export function underPaths(problems: readonly Problem[], paths: Readonly<Record<string, string>>): Problem[] {
  const beginnings = Object.keys(paths).sort((a, b) => b.length - a.length);
  return problems.map((problem) => {
    const beginning = beginnings.find((known) => `${problem.path}.`.startsWith(known && `${known}.`)) ?? "";
    const rest = problem.path.slice(beginning.length).replace(/^\./, "");
    return { ...problem, path: [paths[beginning] ?? "", rest].filter((part) => part !== "").join(".") };
  });
}

/** The first problem of each path: a value that several checks refuse is reported once. */
export function oncePerPath(problems: readonly Problem[]): Problem[] {
  return problems.filter(
    ({ path }, index) => problems.findIndex((earlier) => earlier.path === path) === index,
  );
}
