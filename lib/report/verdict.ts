import type { ReportModel } from "./report-model";
import { plural, sentenceList } from "./words";

/** What the proof verified, and which groups it could not. */
export function verdictText(model: ReportModel): string {
  return [foundText(model), ...notVerifiedText(model)].join(" ");
}

/** Only the owner of a group knows what else it allows. */
function notVerifiedText({ ends }: ReportModel): string[] {
  const groups = ends.flatMap(({ label, sharedGroup }) =>
    sharedGroup ? [`${sharedGroup.name} on ${label}`] : [],
  );
  if (groups.length === 0) return [];
  const are = groups.length === 1 ? "is" : "are";
  const noun = groups.length === 1 ? "group" : "groups";
  return [`Not verified: ${noun} ${sentenceList(groups)} ${are} managed elsewhere.`];
}

function foundText(model: ReportModel): string {
  const { holds, missing, excess } = model.proof;
  const flows = model.flows.length;
  if (holds) {
    return flows === 0
      ? "Verified: the deployment has no flows, and nothing is allowed."
      : `Verified: ${flows === 1 ? "the flow is" : `all ${flows} flows are`} allowed, and nothing else is.`;
  }
  const blocked = model.flows.filter((flow) => flow.missing).length || missing.length;
  const parts = [
    ...(missing.length > 0
      ? [`${blocked} of ${plural(flows, "flow")} ${blocked === 1 ? "is" : "are"} blocked`]
      : []),
    ...(excess.length > 0
      ? [`${plural(excess.length, "end")} ${excess.length === 1 ? "allows" : "allow"} more than the flows`]
      : []),
  ];
  const unsure = model.proof.dependsOn.length > 0 && isAllUnsure(model) ? "perhaps " : "";
  return `Verification failed: ${unsure}${sentenceList(parts)}.`;
}

/** Whether every finding depends on an unknown value. */
function isAllUnsure({ proof }: ReportModel): boolean {
  return [...proof.missing, ...proof.excess].every(({ dependsOn }) => dependsOn.length > 0);
}
