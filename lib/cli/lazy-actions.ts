/* eslint-disable @typescript-eslint/no-require-imports -- each command loads its code on first use, so that --help is fast */
import type * as comparePage from "./actions/compare-page";
import type * as diff from "./actions/diff";
import type * as diffDeployments from "./actions/diff-deployments";
import type * as explain from "./actions/explain";
import type * as report from "./actions/report";
import type * as tables from "./actions/tables";
import type * as verify from "./actions/verify";

/** The code of each command, loaded on first use. */
export const actions = {
  comparePage: () => require("./actions/compare-page") as typeof comparePage,
  tables: () => require("./actions/tables") as typeof tables,
  diff: () => require("./actions/diff") as typeof diff,
  diffDeployments: () => require("./actions/diff-deployments") as typeof diffDeployments,
  explain: () => require("./actions/explain") as typeof explain,
  report: () => require("./actions/report") as typeof report,
  verify: () => require("./actions/verify") as typeof verify,
};
