import { readDeployment } from "../../../lib/app/read-deployment";

/** The lines of the error with which a deployment is refused, without the headline; none where it is accepted. */
export function refusalsOf(deployment: unknown): string[] {
  // Through JSON, as a file would bring it: what is undefined is not there.
  return refusalLines(() =>
    readDeployment({ entraIdBackup: JSON.parse(JSON.stringify(deployment)) }, "cdktf.json"),
  );
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
