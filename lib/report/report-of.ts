import type { FlowReport } from "./report";
import type { ReportInput } from "./report-input";

/**
 * A report. The code that writes reports is loaded on first use, so that an
 * app without reports starts faster.
 */
export function reportOf(input: () => ReportInput): FlowReport {
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { FlowReport } = require("./report") as typeof import("./report");
  return FlowReport._of(input);
}
