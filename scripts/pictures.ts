import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readDeployment } from "../lib/app/read-deployment";
import { FlowReport } from "../lib/report/report";
import { reportedFile } from "../lib/verification/reported-file";
import { reportOfExample } from "./example-reports";

const TOP = join(__dirname, "..");

/** Names of the folders below examples/. */
export const EXAMPLES = readdirSync(join(TOP, "examples"));

/** The pictures of the documentation, by their paths from the top: of the shipped deployment, and of each example. */
export function pictures(): ReadonlyMap<string, string> {
  const { context } = JSON.parse(readFileSync(join(TOP, "cdktf.json"), "utf8")) as { context: unknown };
  const shipped = FlowReport.of(reportedFile(readDeployment(context, "cdktf.json"))).toSvg();
  return new Map([
    [join("docs", "network.svg"), shipped],
    ...EXAMPLES.map(
      (name) => [join("examples", name, "network.svg"), reportOfExample(name).toSvg()] as const,
    ),
  ]);
}
