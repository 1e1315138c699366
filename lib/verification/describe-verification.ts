import {
  describeExcess,
  describeMissing,
  describeRuleWithoutFlow,
  describeUnmatchable,
} from "../proof/describe";
import type { Verification } from "./verify";

/** Marks a text by what it is for, where a terminal shows it. */
export type Marker = (emphasis: "good" | "bad" | "doubtful" | "faint", text: string) => string;

/** What was found of a deployment, in lines. */
export function describeVerification(verification: Verification, mark: Marker = (_, text) => text): string {
  const { holds, portTable, places, findings, proof } = verification;
  const widths = {
    component: Math.max(0, ...places.map(({ component }) => component.length)),
    group: Math.max(0, ...places.map(({ group }) => group.length)),
  };
  return [
    holds
      ? mark("good", headline(verification))
      : mark("bad", `Does not hold: the groups differ from the flows of port table ${portTable}.`),
    ...places.map(
      ({ component, group, file }) =>
        `  ${component.padEnd(widths.component)}  ${group.padEnd(widths.group)}  ${mark("faint", file)}`,
    ),
    ...section(
      mark("bad", "Not as described"),
      findings.map(({ message }) => message),
    ),
    ...section(mark("bad", "Missing"), proof.missing.map(describeMissing)),
    ...section(mark("bad", "Open without being asked for"), proof.excess.map(describeExcess)),
    ...section(mark("doubtful", "Rules that can never match"), proof.shadowedRules.map(describeUnmatchable)),
    ...section(
      mark("doubtful", "Rules that no flow asks for"),
      proof.rulesWithoutFlow.map(describeRuleWithoutFlow),
    ),
    ...section(mark("faint", "Taken for granted"), proof.assumptions),
  ].join("\n");
}

/** What was proven, and what not: in groups of other teams, only the deployment's own rules are. */
function headline({ portTable, places }: Verification): string {
  const elsewhere = places.filter(({ managedElsewhere }) => managedElsewhere);
  if (elsewhere.length === 0) {
    return `Holds: the flows of port table ${portTable} are open, and nothing else is.`;
  }
  const names = elsewhere.map(({ component, group }) => `${component} (${group})`).join(", ");
  return (
    `Holds: the flows of port table ${portTable} are open, and nothing else is at ${places.length - elsewhere.length} of ${places.length} components. ` +
    `Not verified: what other teams' rules open at ${names}, whose groups are managed elsewhere.`
  );
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  - ${line}`)];
}
