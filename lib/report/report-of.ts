import type { IReportSource, Report } from "./report";

/**
 * The report on something. What makes reports is only loaded when one is
 * asked for: an app that wants none, or wants it last, starts without it.
 */
export function reportOf(source: IReportSource): Report {
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { Report } = require("./report") as typeof import("./report");
  return new Report(source);
}
