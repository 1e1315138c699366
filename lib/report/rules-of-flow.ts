import type { Flow } from "../azure/flow";
import { Direction, type SecurityRule } from "../azure/security-rule";
import { sortedBy } from "../base/natural-order";
import type { ReportedPlace, ReportInput } from "../plan/reported";
import type { PlannedRule } from "../plan/rules/rule-placement";

/** A rule of a group that is about a flow. */
export interface RuleAtEnd {
  /** Name of the group. */
  readonly group: string;
  readonly rule: SecurityRule;
}

/** The rules about a flow at both ends, by priority. */
export interface RulesOfFlow {
  /** Outbound rules at its source. Empty if that end is not part of the deployment. */
  readonly leaving: readonly RuleAtEnd[];
  /** Inbound rules at its destination. Empty if that end is not part of the deployment. */
  readonly arriving: readonly RuleAtEnd[];
  /** Whether the proof found that some of it is blocked. */
  readonly missing: boolean;
}

/**
 * The rules about a flow, as they are in the groups of its ends: those that
 * were made for it, and those that the proof found to block it.
 */
export function rulesOfFlow(
  flow: Flow,
  { network, places, proof }: Pick<ReportInput, "network" | "places" | "proof">,
): RulesOfFlow {
  const blocked = proof.missing.filter(
    ({ flow: name, from, to }) => name === flow.name && from === flow.from.label && to === flow.to.label,
  );
  const rulesAt = (id: string, direction: Direction): RuleAtEnd[] => {
    const end = network.endpoints.find((endpoint) => endpoint.id === id);
    const made = places.filter(({ endpoint }) => endpoint.id === id);
    const names = new Set([
      ...made.flatMap(({ rules }) => rulesFor(flow.name, rules)).map(({ name }) => name),
      ...blocked.map(({ blockedBy }) => blockedBy.rule),
    ]);
    const found = network.groups
      .filter(({ name }) => name === end?.subnetGroup || name === end?.interfaceGroup)
      .flatMap(({ name: group, rules }) => rules.map((rule) => ({ group, rule })))
      .filter(({ rule }) => rule.direction === direction && names.has(rule.name));
    return sortedBy(found, ({ group, rule }) => [group, rule.priority, rule.name]);
  };
  return {
    leaving: rulesAt(flow.from.id, Direction.OUTBOUND),
    arriving: rulesAt(flow.to.id, Direction.INBOUND),
    missing: blocked.length > 0,
  };
}

/** The rules about a flow that are added to a group managed elsewhere. */
export function addedRulesOf(
  { name }: Flow,
  group: ReportedPlace["sharedGroup"],
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
