import type { Report } from "./report";
import type { ReportInput } from "./report-input";

/**
 * The report on something. What makes reports is only loaded when one is
 * asked for: an app that wants none, or wants it last, starts without it.
 */
export function reportOf(input: () => ReportInput): Report {
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { Report } = require("./report") as typeof import("./report");
  return Report._of(input);
}
