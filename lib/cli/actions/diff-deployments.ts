import { changesOfDeployment } from "../../verification/deployment-changes";
import { changesInMarkdown, describeChanges, isUnchanged } from "../../verification/describe-changes";
import type { DiffOptions } from "./diff";
import { ExitCode } from "../exit-code";
import { type Io, toJson } from "../io";
import { readDeploymentFile } from "../read-deployment-file";

/** Prints what a change of a cdktf.json does. */
export function showDeploymentChanges(
  io: Io,
  before: string,
  after: string,
  { json, markdown }: DiffOptions,
): ExitCode {
  const changes = changesOfDeployment(readDeploymentFile(io, before), readDeploymentFile(io, after));
  const same = isUnchanged(changes);
  if (json) io.out(toJson({ same, ...changes }));
  else io.out(`${markdown ? changesInMarkdown(changes) : describeChanges(changes)}\n`);
  return same ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD;
}
