import type { Problem } from "../base/problem";

/**
 * Problems under the paths by which whoever gave the values knows them: the
 * longest beginning that is known is replaced; "" stands for the rest.
 */
export function underPaths(problems: readonly Problem[], paths: Readonly<Record<string, string>>): Problem[] {
  const beginnings = Object.keys(paths).sort((a, b) => b.length - a.length);
  return problems.map((problem) => {
    const beginning = beginnings.find((known) => `${problem.path}.`.startsWith(known && `${known}.`)) ?? "";
    const rest = problem.path.slice(beginning.length).replace(/^\./, "");
    return { ...problem, path: [paths[beginning] ?? "", rest].filter((part) => part !== "").join(".") };
  });
}

/** The first problem of each path: what is wrong with one value is said once, whoever checks it. */
export function oncePerPath(problems: readonly Problem[]): Problem[] {
  return problems.filter(
    ({ path }, index) => problems.findIndex((earlier) => earlier.path === path) === index,
  );
}
