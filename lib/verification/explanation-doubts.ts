import type { EndExplanation, Explanation, GroupExplanation } from "../proof/explain";
import { Verdict } from "../proof/network";
import type { NetworkDoubt } from "../terraform/found-network";

/** A verdict, and what it depends on. */
type Judgement = Pick<Explanation, "verdict" | "dependsOn">;

/** An explanation in which nothing is sure that rests on a group of which something is not known. */
export function withDoubts(explanation: Explanation, doubts: readonly NetworkDoubt[]): Explanation {
  const isDoubtful = explanation.ends.some(({ groups }) =>
    groups.some(({ group }) => subjectsAbout(group, doubts).length > 0),
  );
  if (!isDoubtful) return explanation;
  const ends = explanation.ends.map((end) => endWithDoubts(end, doubts));
  const groups = ends.flatMap((end) => end.groups);
  return { ...explanation, ...judgedBy(groups, explanation, doubts), ends };
}

function endWithDoubts(end: EndExplanation, doubts: readonly NetworkDoubt[]): EndExplanation {
  const groups = end.groups.map((group): GroupExplanation => ({
    ...group,
    ...depending(group, subjectsAbout(group.group, doubts)),
  }));
  return { ...end, ...judgedBy(groups, end, doubts), groups };
}

/** A group of which all is known, and that refuses, settles it; otherwise the groups in doubt may change it. */
function judgedBy(
  groups: readonly GroupExplanation[],
  judgement: Judgement,
  doubts: readonly NetworkDoubt[],
): Judgement {
  if (judgement.verdict === Verdict.DENY && groups.some(({ verdict }) => verdict === Verdict.DENY)) {
    return judgement;
  }
  return depending(
    judgement,
    groups.flatMap(({ group }) => subjectsAbout(group, doubts)),
  );
}

function depending({ verdict, dependsOn }: Judgement, subjects: readonly string[]): Judgement {
  if (subjects.length === 0) return { verdict, dependsOn };
  return { verdict: Verdict.DEPENDS, dependsOn: [...new Set([...dependsOn, ...subjects])].sort() };
}

function subjectsAbout(group: string, doubts: readonly NetworkDoubt[]): string[] {
  return doubts.filter(({ groups }) => groups.includes(group)).map(({ subject }) => subject);
}
