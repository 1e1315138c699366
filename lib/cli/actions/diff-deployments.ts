import { changesOfDeployment } from "../../verification/deployment-changes";
import { changesInMarkdown, describeChanges, isUnchanged } from "../../verification/describe-changes";
import type { DiffOptions } from "./diff";
import type { ExitCode } from "../exit-code";
import { answer, type Io } from "../io";
import { readDeploymentFile } from "../read-deployment-file";

/** Prints what a change of a cdktf.json does. */
export function showDeploymentChanges(io: Io, before: string, after: string, options: DiffOptions): ExitCode {
  const changes = changesOfDeployment(readDeploymentFile(io, before), readDeploymentFile(io, after));
  const same = isUnchanged(changes);
  return answer(io, same, options, { same, ...changes }, () =>
    options.markdown ? changesInMarkdown(changes) : describeChanges(changes),
  );
}
