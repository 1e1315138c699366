import type { ExampleConnection } from "../../proof/evaluation/example";
import type { RuleReference } from "../../proof/evaluation/rule-list";
import type { ExcessConnection, MissingFlow } from "../../proof/prove";
import type { ReportModel } from "../report-model";
import { plural, protocolText, sentenceList } from "../words";
import { type Check, listOf, type Phrase, type Section, tableOf } from "./document";

/** The result of each check of the proof, and what it found. */
export function proofSection({ flows, proof }: ReportModel): Section {
  const { missing, excess, shadowedRules, rulesWithoutFlow } = proof;
  return {
    id: "proof",
    title: "Verification",
    lead: "The rules were evaluated as Azure evaluates them, for all addresses, ports and protocols.",
    blocks: [
      {
        kind: "checks",
        checks: [
          check(
            "Every flow is allowed",
            `${plural(flows.length, "flow")}, each allowed at every end in this deployment.`,
            "These flows are blocked, fully or in part.",
            "Blocked flows",
            ["Flow", "From", "To", "Blocked by", "Example"],
            missing.map((found) => [
              [{ name: found.flow }],
              found.from,
              found.to,
              `at ${found.endpoint}, the ${found.end}: ${ruleText(found.blockedBy)}`,
              instanceText(found),
            ]),
          ),
          check(
            "Nothing else is allowed",
            "Each end was evaluated alone, as if the other end allowed everything.",
            "These ends allow connections that belong to no flow.",
            "Connections allowed without a flow",
            ["End", "Allowed by", "Example"],
            excess.map((found) => [
              found.endpoint,
              `at ${found.endpoint}, as the ${found.end}: ${found.allowedBy.map(ruleText).join("; ")}`,
              instanceText(found),
            ]),
          ),
          remark(
            "Every rule can match",
            "Shadowed rules",
            "Rules with a lower priority number decide all their connections, so these rules have no effect.",
            shadowedRules.map(({ rule, direction, shadowedBy }) => [
              { name: ruleText(rule) },
              `, ${direction.toLowerCase()}: ${shadowText(shadowedBy)}.`,
            ]),
          ),
          remark(
            "Every allow rule has a flow",
            "Allow rules without a flow",
            "If they allow any connection, it is listed above.",
            rulesWithoutFlow.map((rule) => [{ name: ruleText(rule) }]),
          ),
        ],
      },
    ],
  };
}

/** Limits of the analysis. */
export function assumptionsSection({ proof }: ReportModel): Section {
  const blocks = listOf(proof.assumptions);
  return { id: "assumptions", title: "Assumptions", lead: "Limits of this analysis.", blocks };
}

function check(
  title: string,
  clean: string,
  failed: string,
  caption: string,
  heads: readonly string[],
  rows: ReadonlyArray<ReadonlyArray<string | Phrase>>,
): Check {
  const [found] = tableOf(caption, heads, rows);
  return found
    ? { result: "fails", title, tag: "✕ does not hold", text: failed, found }
    : { result: "holds", title, tag: "✓ holds", text: clean };
}

/** What is worth knowing, but does not make the proof fail. */
function remark(clean: string, title: string, text: string, items: readonly Phrase[]): Check {
  if (items.length === 0) return { result: "holds", title: clean, tag: "✓ holds" };
  return { result: "remark", title, tag: `${items.length} found`, text, found: { kind: "list", items } };
}

function ruleText({ group, rule, priority, isDefault }: RuleReference): string {
  return `${rule} (priority ${priority}${isDefault ? ", Azure default rule" : ""}) in ${group}`;
}

/** Why no connection reaches a rule. */
function shadowText(shadowedBy: readonly string[]): string {
  return shadowedBy.length === 0
    ? "its side is not an endpoint of its group"
    : `${sentenceList(shadowedBy)} ${shadowedBy.length === 1 ? "decides" : "decide"} all its connections`;
}

/** A connection that proves a finding, and the unknown values that the finding depends on. */
function instanceText({ example, dependsOn }: MissingFlow | ExcessConnection): string {
  const depends = dependsOn.length === 0 ? "" : ` Depends on ${sentenceList(dependsOn)}.`;
  return `${exampleText(example)}.${depends}`;
}

function exampleText(example: ExampleConnection): string {
  const source = placeText(example.source, example.sourceWithin);
  const destination = placeText(example.destination, example.destinationWithin);
  return `${protocolText(example.protocol)} from ${source} to ${destination}${portText(example)}`;
}

function placeText(address: string, within: readonly string[]): string {
  const sets = within.filter((name) => name !== address);
  return sets.length === 0 ? address : `${address} (assumed to be in ${sentenceList(sets)})`;
}

function portText({ destinationPort, destinationPortWithin }: ExampleConnection): string {
  if (destinationPort !== undefined) return `, port ${destinationPort}`;
  return destinationPortWithin.length === 0 ? "" : `, a port in ${sentenceList(destinationPortWithin)}`;
}
