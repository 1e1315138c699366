import { TerraformStack } from "cdktf";
import { explainKnown, type NamedEnd } from "../../proof/question";
import { describeExcess, describeMissing, describeRuleWithoutFlow } from "../../proof/describe";
import type { Flow } from "../../azure/flow";
import { type ConnectionQuery, explain, type Explanation } from "../../proof/explain";
import { isOpaque } from "../../base/opaque";
import { type Proof, prove } from "../../proof/prove";
import type { RuleReference } from "../../proof/evaluation/rule-list";
import { type EmittedPlaces, PlaceReader } from "../../terraform/emitted/emitted-places";
import { emittedValue } from "../../terraform/emitted/emitted-value";
import { sharedGroupAssumptions } from "../../plan/reported";
import type { FilteredPlace } from "./filtered-place";

/** The flows of places, each once. */
export function flowsOfPlaces(places: readonly FilteredPlace[]): Flow[] {
  return [...new Set(places.flatMap((place) => place.flows()))];
}

/** Places and their flows, as the proof and the report read them. */
export function emittedPlaces(
  places: readonly FilteredPlace[],
  reader = PlaceReader.ofApp(places),
): EmittedPlaces {
  return reader.read(places, flowsOfPlaces(places));
}

/**
 * What becomes of a connection between places as they will be emitted.
 *
 * @param named ends that a question may name beside the places
 */
export function explainAtPlaces(
  query: ConnectionQuery,
  places: readonly FilteredPlace[],
  named: readonly NamedEnd[],
): Explanation {
  const { network } = emittedPlaces(places);
  const [stack] = places.map((place) => TerraformStack.of(place));
  const emitted = (end: string): string => (stack ? String(emittedValue(end, stack, stack)) : end);
  return explainKnown(query, network, named, (asked) =>
    explain({ ...asked, from: emitted(asked.from), to: emitted(asked.to) }, network),
  );
}

/**
 * Says whether the groups of places hold exactly the flows that begin and end
 * there. Synthesis and report ask for the same, so the last proof is kept for
 * as long as flows and rules stay the same.
 */
export class PlaceProver {
  private last?: { readonly of: string; readonly proof: Proof };

  /**
   * What a synthesis has to be refused for.
   *
   * @throws InvalidInputError where Azure would not take what is emitted
   */
  public refusalsOf(places: readonly FilteredPlace[], reader: PlaceReader): string[] {
    const emitted = emittedPlaces(places, reader);
    return [...emitted.refusals, ...refusalsOfProof(this.prove(emitted, places))];
  }

  /** @throws InvalidInputError where Azure would not take what is emitted */
  public proofOf(places: readonly FilteredPlace[], reader?: PlaceReader): Proof {
    return this.prove(emittedPlaces(places, reader), places);
  }

  private prove(emitted: EmittedPlaces, places: readonly FilteredPlace[]): Proof {
    const of = JSON.stringify([emitted.flows, emitted.network, [...emitted.doubtful], emitted.unfiltered]);
    if (this.last?.of !== of) {
      this.last = { of, proof: withAssumptions(proveWithDoubts(emitted), places, emitted.unfiltered) };
    }
    return this.last.proof;
  }
}

/**
 * The proof, with what each rule would change of which cannot be told whether
 * it is in a group: that depends on how it names its group.
 */
function proveWithDoubts({ network, flows, doubtful }: EmittedPlaces): Proof {
  const proof = prove(flows, network);
  const doubts = [...doubtful].flatMap(([name, rules]) =>
    rules.map(({ rule, dependsOn }) => {
      const groups = network.groups.map((group) =>
        group.name === name ? { name, rules: [...group.rules, rule] } : group,
      );
      const isOf = ({ group, rule: named, priority }: RuleReference): boolean =>
        group === name && named === rule.name && priority === rule.priority;
      const changed = prove(flows, { ...network, groups });
      const inDoubt = <T extends { readonly dependsOn: string[] }>(finding: T): T => ({
        ...finding,
        dependsOn: [...new Set([...finding.dependsOn, dependsOn])].sort(),
      });
      return {
        missing: changed.missing.filter(({ blockedBy }) => isOf(blockedBy)).map(inDoubt),
        excess: changed.excess.filter(({ allowedBy }) => allowedBy.some(isOf)).map(inDoubt),
        dependsOn,
      };
    }),
  );
  if (doubts.length === 0) return proof;
  const missing = [...proof.missing, ...doubts.flatMap((doubt) => doubt.missing)];
  const excess = [...proof.excess, ...doubts.flatMap((doubt) => doubt.excess)];
  return {
    ...proof,
    holds: missing.length === 0 && excess.length === 0,
    missing,
    excess,
    dependsOn: [...new Set([...missing, ...excess].flatMap(({ dependsOn }) => dependsOn))].sort(),
  };
}

function withAssumptions(
  proof: Proof,
  places: readonly FilteredPlace[],
  unfiltered: readonly string[],
): Proof {
  const others = places.filter((place) => !place.networkSecurityGroup).map((place) => place.endpoint.label);
  return {
    ...proof,
    assumptions: [...proof.assumptions, ...unfiltered, ...sharedGroupAssumptions(others)],
  };
}

/**
 * What a synthesis has to be refused for; empty where the proof holds. What
 * depends on a value that is known only at apply is not a reason by itself, but
 * a rule that no flow asks for is one whatever its values are. Which addresses
 * a service tag holds is known to Azure alone, before and after an apply: what
 * rests on that was asked for by nobody.
 */
export function refusalsOfProof({ missing, excess, rulesWithoutFlow: rulesWithoutFlow }: Proof): string[] {
  const refused = excess.filter(isKnownBeforeApply);
  const named = new Set(refused.flatMap(({ allowedBy }) => allowedBy.map(keyOf)));
  return [
    ...missing.filter(isKnownBeforeApply).map((flow) => withGround(describeMissing(flow), flow)),
    ...refused.map((connection) => withGround(describeExcess(connection), connection, ASK_FOR_IT)),
    ...rulesWithoutFlow.filter((rule) => !named.has(keyOf(rule))).map(describeRuleWithoutFlow),
  ];
}

/** A finding, and by name what it depends on. */
interface Finding {
  readonly dependsOn: readonly string[];
}

function isKnownBeforeApply({ dependsOn }: Finding): boolean {
  return !dependsOn.some(isOpaque);
}

const ASK_FOR_IT = "Let the rule name what a flow names, or declare a connection.";

/** The finding, and, where it is not sure, what it rests on and what to change. */
function withGround(described: string, { dependsOn }: Finding, change?: string): string {
  if (dependsOn.length === 0) return described;
  const ground = `It rests on what ${dependsOn.join(" and ")} may hold, which only Azure knows.`;
  return [described, ground, ...(change === undefined ? [] : [change])].join(" ");
}

function keyOf({ group, rule }: RuleReference): string {
  return `${group} ${rule}`;
}
