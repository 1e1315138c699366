import type { ReportEnd } from "./report-model";
import { roleTitle, sentenceList } from "./words";

/** Up to this many ends of a role are always named; of more, a reader knows all of them best as all of them. */
const MOST_NAMED = 3;

/**
 * Several ends in a sentence: each by its name, but all there are of a role
 * together.
 *
 * @param among Every end of the report
 */
export function endsText(ends: readonly ReportEnd[], among: readonly ReportEnd[]): string {
  const asked = new Set(ends);
  const parts: string[] = [];
  const told = new Set<ReportEnd>();
  for (const end of among.filter((one) => asked.has(one))) {
    if (told.has(end)) continue;
    const whole = wholesOf(end, among).find(({ members }) => members.every((one) => asked.has(one)));
    (whole?.members ?? [end]).forEach((one) => told.add(one));
    parts.push(whole?.text ?? end.label);
  }
  return sentenceList(parts);
}

interface Whole {
  readonly members: readonly ReportEnd[];
  readonly text: string;
}

/** What an end is one of, the widest first: its role, and its role on its side of the fence. */
function wholesOf(end: ReportEnd, among: readonly ReportEnd[]): Whole[] {
  const role = end.components[0]?.role;
  if (role === undefined) return [];
  const alike = among.filter(({ components: [component] }) => component?.role === role);
  const beside = alike.filter(({ ours }) => ours === end.ours);
  const text = (members: readonly ReportEnd[], where: string): Whole => ({
    members,
    text: `all ${members.length} ${roleTitle(role, members.length).toLowerCase()}${where}`,
  });
  return [text(alike, ""), text(beside, end.ours ? " in this deployment" : " elsewhere")].filter(
    ({ members }) => members.length > MOST_NAMED,
  );
}
