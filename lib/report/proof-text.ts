import type { ExcessConnection, MissingFlow } from "../proof/prove";
import type { RuleReference } from "../proof/evaluation/rule-list";
import type { ExampleConnection } from "../proof/evaluation/example";
import type { ShadowedRule } from "../proof/evaluation/shadowed-rules";
import { protocolText, sentenceList } from "./words";

/** A rule: its name, priority and group. */
export function ruleReferenceText({ group, rule, priority, isDefault }: RuleReference): string {
  return `${rule} (priority ${priority}${isDefault ? ", Azure default rule" : ""}) in ${group}`;
}

/** A connection that proves a finding. */
export function exampleText(example: ExampleConnection): string {
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

/** Which rule closes a flow, and where. */
export function blockedText({ blockedBy, endpoint, end }: MissingFlow): string {
  return `at ${endpoint}, the ${end}: ${ruleReferenceText(blockedBy)}`;
}

/** Which rules open what no flow asks for, and where. */
export function allowedText({ allowedBy, endpoint, end }: ExcessConnection): string {
  return `at ${endpoint}, as the ${end}: ${allowedBy.map(ruleReferenceText).join("; ")}`;
}

/** What a finding depends on, as a sentence; empty where it is sure. */
export function dependenceText(dependsOn: readonly string[]): string {
  return dependsOn.length === 0 ? "" : `Depends on ${sentenceList(dependsOn)}.`;
}

/** Why no connection reaches a rule. */
export function unmatchableText({ shadowedBy }: ShadowedRule): string {
  return shadowedBy.length === 0
    ? "its side is not an endpoint of its group"
    : `${sentenceList(shadowedBy)} ${shadowedBy.length === 1 ? "decides" : "decide"} all its connections`;
}
