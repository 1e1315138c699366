import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IReported } from "../lib/plan/reported";
import { FlowReport } from "../lib/report/report";

const EXAMPLES = join(__dirname, "..", "examples");

/** Runs an example in a folder that goes away again, and gives what it exports to report on; the first of several. */
export function reportOfExample(example: string): FlowReport {
  const outdir = mkdtempSync(join(tmpdir(), "example-"));
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = outdir;
  try {
    // An example is an app, which runs when it is loaded.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const exported = require(join(EXAMPLES, example, "main.ts")) as Record<string, IReported | IReported[]>;
    return FlowReport.of(Object.values(exported).flat()[0]);
  } finally {
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = before;
    rmSync(outdir, { recursive: true });
  }
}
