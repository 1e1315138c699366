import type { FlowReport } from "./report";
import type { ReportInput } from "./report-input";

/**
 * The report on something. What makes reports is only loaded when one is
 * asked for: an app that wants none, or wants it last, starts without it.
 */
export function reportOf(input: () => ReportInput): FlowReport {
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { FlowReport } = require("./report") as typeof import("./report");
  return FlowReport._of(input);
}
