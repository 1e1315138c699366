import type { ReportFlow, ReportModel } from "../report-model";

/** The id of each flow in the page: made of its name and ends, so that a link to it outlives other flows. */
export function flowIds(model: ReportModel): ReadonlyMap<ReportFlow, string> {
  const taken = new Set<string>();
  const ids = new Map<ReportFlow, string>();
  for (const one of model.flows) {
    const stem = `flow-${slug(one.flow.name)}--${slug(one.from.label)}--${slug(one.to.label)}`;
    let id = stem;
    for (let number = 2; taken.has(id); number++) id = `${stem}-${number}`;
    taken.add(id);
    ids.set(one, id);
  }
  return ids;
}

function slug(text: string): string {
  return text
    .replace(/[^A-Za-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
}
