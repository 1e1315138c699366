import type { Flow } from "../azure/flow";
import { Direction, type SecurityRule } from "../azure/security-rule";
import { sortedBy } from "../base/natural-order";
import type { ReportInput, ReportSharedGroup } from "../plan/report-input";
import type { PlannedRule } from "../plan/rules/rule-placement";

/** A rule of a group that is about a flow. */
export interface RuleAtEnd {
  /** Name of the group. */
  readonly group: string;
  readonly rule: SecurityRule;
}

/** The rules about a flow at both ends. */
export interface RulesOfFlow {
  /** Outbound rules at its source. Empty if that end is not part of the deployment. */
  readonly leaving: RuleAtEnd[];
  /** Inbound rules at its destination. Empty if that end is not part of the deployment. */
  readonly arriving: RuleAtEnd[];
}

/**
 * The rules about a flow, as they are in the groups of its ends: those that
 * were made for it, and those that the proof found to block it.
 */
export function rulesOfFlow(flow: Flow, input: ReportInput): RulesOfFlow {
  return {
    leaving: rulesAt(flow.from.id, Direction.OUTBOUND, flow, input),
    arriving: rulesAt(flow.to.id, Direction.INBOUND, flow, input),
  };
}

/** The rules about a flow that are added to a group managed elsewhere. */
export function addedRulesOf(
  { name }: Flow,
  group: ReportSharedGroup | undefined,
  direction: Direction,
): RuleAtEnd[] {
  if (!group) return [];
  return rulesFor(name, group.rules)
    .filter((rule) => rule.direction === direction)
    .map((rule) => ({ group: group.name, rule }));
}

function rulesFor(name: string, rules: readonly PlannedRule[]): SecurityRule[] {
  return rules.filter(({ flows }) => flows.some((flow) => flow.name === name)).map(({ rule }) => rule);
}

function rulesAt(id: string, direction: Direction, flow: Flow, input: ReportInput): RuleAtEnd[] {
  const { network, proof, rulesOfEnds = [] } = input;
  const end = network.endpoints.find((endpoint) => endpoint.id === id);
  const made = rulesOfEnds
    .filter(({ endpointId }) => endpointId === id)
    .flatMap(({ rules }) => rulesFor(flow.name, rules));
  const blocking = proof.missing.filter(
    ({ flow: name, from, to }) => name === flow.name && from === flow.from.label && to === flow.to.label,
  );
  const names = new Set([
    ...made.map(({ name }) => name),
    ...blocking.map(({ blockedBy }) => blockedBy.rule),
  ]);
  const found = network.groups
    .filter(({ name }) => name === end?.subnetGroup || name === end?.interfaceGroup)
    .flatMap(({ name: group, rules }) => rules.map((rule) => ({ group, rule })))
    .filter(({ rule }) => rule.direction === direction && names.has(rule.name));
  return sortedBy(found, ({ group, rule }) => [group, rule.priority, rule.name]);
}
