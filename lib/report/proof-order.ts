import type { Proof } from "../proof/prove";
import type { RuleReference } from "../proof/evaluation/rule-list";
import { canonicalJson } from "./canonical-json";
import { naturalOrder, sortedBy } from "../base/natural-order";

/** The proof with its lists in the order of what they name. */
export function sortedProof(proof: Proof): Proof {
  return {
    holds: proof.holds,
    missing: sortedBy(proof.missing, (found) => [found.flow, found.from, found.to, canonicalJson(found)]),
    excess: sortedBy(proof.excess, (found) => [found.endpoint, found.end, canonicalJson(found)]),
    shadowedRules: sortedBy(proof.shadowedRules, ({ rule, direction, ...rest }) => [
      ...ruleKeys(rule),
      direction,
      canonicalJson(rest),
    ]),
    rulesWithoutFlow: sortedBy(proof.rulesWithoutFlow, ruleKeys),
    dependsOn: [...new Set(proof.dependsOn)].sort(naturalOrder),
    // Their order is the engine's: what matters most is first.
    assumptions: [...proof.assumptions],
  };
}

function ruleKeys(rule: RuleReference): Array<string | number> {
  return [rule.group, rule.priority, rule.rule, canonicalJson(rule)];
}
