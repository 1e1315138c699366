import {
  describeExcess,
  describeMissing,
  describeRuleWithoutFlow,
  describeUnmatchable,
} from "../proof/describe";
import type { Verification } from "./verify";
import { whatSettles } from "./what-settles";

/** Marks a text for a terminal. */
export type Marker = (emphasis: "good" | "bad" | "doubtful" | "faint", text: string) => string;

/** A verification as plain text. */
export function describeVerification(verification: Verification, mark: Marker = (_, text) => text): string {
  const { places, findings, proof } = verification;
  const widths = {
    component: Math.max(0, ...places.map(({ component }) => component.length)),
    group: Math.max(0, ...places.map(({ group }) => group.length)),
  };
  const sections: ReadonlyArray<readonly [Parameters<Marker>[0], string, readonly string[]]> = [
    ["bad", "Differs from the deployment", findings.map(({ message }) => message)],
    ["bad", "Blocked flows", proof.missing.map(describeMissing)],
    ["bad", "Allowed but not needed by a flow", proof.excess.map(describeExcess)],
    ["doubtful", "Rules that never apply", proof.shadowedRules.map(describeUnmatchable)],
    ["doubtful", "Rules that no flow needs", proof.rulesWithoutFlow.map(describeRuleWithoutFlow)],
    ["doubtful", "To be sure, give", whatSettles(proof.dependsOn)],
    ["faint", "Assumptions", proof.assumptions],
  ];
  return [
    mark(verification.holds ? "good" : "bad", headline(verification)),
    ...places.map(
      ({ component, group, file }) =>
        `  ${component.padEnd(widths.component)}  ${group.padEnd(widths.group)}  ${mark("faint", file)}`,
    ),
    ...sections.flatMap(([emphasis, title, lines]) => section(mark(emphasis, title), lines)),
  ].join("\n");
}

/** What was verified and what was not: in another team's group, only the deployment's own rules are. */
function headline({ holds, portTable, places }: Verification): string {
  if (!holds)
    return `Verification failed: the groups do not allow exactly the flows of port table ${portTable}.`;
  const elsewhere = places.filter(({ managedElsewhere }) => managedElsewhere);
  const flows = `Verified: all flows of port table ${portTable} are allowed, and nothing else is`;
  if (elsewhere.length === 0) return `${flows}.`;
  const names = elsewhere.map(({ component, group }) => `${component} (${group})`).join(", ");
  return (
    `${flows} at ${places.length - elsewhere.length} of ${places.length} components. ` +
    `Not verified: what other teams' rules allow at ${names}, whose groups are managed elsewhere.`
  );
}

/** A title and its lines; nothing without lines. */
export function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  - ${line}`)];
}
