import { InvalidInputError, type Problem } from "../../../lib/base/problem";
import { readDeployment } from "../../../lib/app/read-deployment";

/** The lines of the error with which a deployment is refused, without the headline; none where it is accepted. */
export function refusalsOf(deployment: unknown): string[] {
  // Through JSON, as a file would bring it: what is undefined is not there.
  return refusalLines(() =>
    readDeployment({ entraIdBackup: JSON.parse(JSON.stringify(deployment)) }, "cdktf.json"),
  );
}

/** What is wrong with a deployment file; nothing where it is accepted. */
export function problemsOf(deployment: unknown): readonly Problem[] {
  const context = { entraIdBackup: JSON.parse(JSON.stringify(deployment)) };
  return problemsIn(() => readDeployment(context, "cdktf.json"));
}

/** The problems of the error that a call throws; none where it throws none. */
export function problemsIn(call: () => unknown): readonly Problem[] {
  try {
    call();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.problems;
    throw error;
  }
  return [];
}

/** Code and path of problems. */
export function codesOf(problems: readonly Problem[]): string[] {
  return problems.map(({ code, path }) => `${code} ${path}`);
}

/** The lines of the error that a call throws, without the headline; none where it throws none. */
export function refusalLines(call: () => unknown): string[] {
  try {
    call();
  } catch (error) {
    const [headline, ...lines] = (error as Error).message.split("\n");
    if (lines.length === 0) throw error;
    const count = lines.length === 1 ? "1 problem in " : `${lines.length} problems in `;
    if (!headline.startsWith(count)) throw new Error(`the headline miscounts: ${headline}`);
    return lines.map((line) => line.replace(/^ {2}- /, ""));
  }
  return [];
}
