import type { ReportModel } from "./report-model";
import { plural, sentenceList } from "./words";

/** What the proof found, and of which groups it does not speak. */
export function verdictText(model: ReportModel): string {
  return [foundText(model), ...notProvenText(model)].join(" ");
}

/** What else a group of others allows is for its owner to know. */
function notProvenText({ ends }: ReportModel): string[] {
  const groups = ends.flatMap(({ label, sharedGroup }) =>
    sharedGroup ? [`${sharedGroup.name} before ${label}`] : [],
  );
  if (groups.length === 0) return [];
  return [
    `Not proven ${groups.length === 1 ? "is the group" : "are the groups"} of others: ${sentenceList(groups)}.`,
  ];
}

function foundText(model: ReportModel): string {
  const { holds, missing, excess } = model.proof;
  const flows = model.flows.length;
  if (holds) {
    if (flows === 0) return "The proof holds: nothing is asked for, and nothing is open.";
    const each = flows === 1 ? "the one flow" : `each of the ${flows} flows`;
    return `The proof holds: ${each} is open at every end that is filtered here, and nothing else is.`;
  }
  const closed = model.flows.filter((flow) => flow.missing).length;
  const parts = [
    ...(missing.length > 0
      ? [`${plural(closed || missing.length, "flow")} of ${flows} ${closed === 1 ? "is" : "are"} closed`]
      : []),
    ...(excess.length > 0
      ? [
          `${plural(excess.length, "end")} filtered here ${excess.length === 1 ? "is" : "are"} open beyond the flows`,
        ]
      : []),
  ];
  const unsure = model.proof.dependsOn.length > 0 && isAllUnsure(model) ? "perhaps, " : "";
  return `The proof does not hold: ${unsure}${sentenceList(parts)}.`;
}

/** Whether every finding depends on something that is not known. */
function isAllUnsure({ proof }: ReportModel): boolean {
  return [...proof.missing, ...proof.excess].every(({ dependsOn }) => dependsOn.length > 0);
}
