import { TerraformStack } from "cdktf";
import { explainKnown, type NamedEnd } from "../../proof/question";
import { describeExcess, describeMissing, describeRuleWithoutFlow } from "../../proof/describe";
import type { Flow } from "../../azure/flow";
import { type ConnectionQuery, explain, type Explanation } from "../../proof/explain";
import { isOpaque } from "../../base/opaque";
import { judge, type Judgement, prove, type Proof } from "../../proof/prove";
import type { Network } from "../../proof/network";
import type { RuleReference } from "../../proof/evaluation/rule-list";
import { emittedValue } from "../../terraform/in-memory/emitted-value";
import { PlaceReader, type PlacesInMemory } from "../../terraform/in-memory/places-in-memory";
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
): PlacesInMemory {
  return reader.read(places, flowsOfPlaces(places));
}

/**
 * Explains a connection between places as they will be synthesized.
 *
 * @param named ends that a question may name in addition to the places
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
 * Proves that the groups of places allow exactly their flows.
 *
 * @throws InvalidInputError if Azure would not accept what is emitted
 */
export function proofOfPlaces(places: readonly FilteredPlace[]): Proof {
  const emitted = emittedPlaces(places);
  const proof = prove(emitted.flows, emitted.network);
  const others = places.filter((place) => !place.networkSecurityGroup).map((place) => place.endpoint.label);
  const assumptions = [...proof.assumptions, ...emitted.assumptions, ...sharedGroupAssumptions(others)];
  return { ...proof, assumptions };
}

/**
 * Why a synthesis is refused.
 *
 * @throws InvalidInputError if Azure would not accept what is emitted
 */
export function refusalsAtPlaces(places: readonly FilteredPlace[], reader: PlaceReader): string[] {
  const { flows, network, refusals } = emittedPlaces(places, reader);
  return [...refusals, ...refusalsOfProof(judge(flows, network), network)];
}

/**
 * Why a synthesis is refused; empty if the proof holds. A result that depends
 * on a value known only at apply, or on whether a rule exists, is not a reason.
 * But a rule of ours that no flow needs is one, whatever its values are. Only
 * Azure knows the addresses of a service tag, before and after an apply, so
 * what depends on them is a reason too.
 */
function refusalsOfProof({ missing, excess, rulesWithoutFlow }: Judgement, network: Network): string[] {
  if (missing.length + excess.length + rulesWithoutFlow.length === 0) return [];
  const doubts = new Set(doubtsIn(network));
  const isKnownBeforeApply = ({ dependsOn }: Finding): boolean =>
    !dependsOn.some((name) => isOpaque(name) || doubts.has(name));
  const refused = excess.filter(isKnownBeforeApply);
  const named = new Set([
    ...refused.flatMap(({ allowedBy }) => allowedBy.map(keyOf)),
    ...network.groups.flatMap(({ name: group, rules }) =>
      rules.filter(({ existsIf }) => existsIf).map(({ name: rule }) => keyOf({ group, rule })),
    ),
  ]);
  return [
    ...missing.filter(isKnownBeforeApply).map((flow) => withGround(describeMissing(flow), flow)),
    ...refused.map((connection) => withGround(describeExcess(connection), connection, ASK_FOR_IT)),
    ...rulesWithoutFlow.filter((rule) => !named.has(keyOf(rule))).map(describeRuleWithoutFlow),
  ];
}

/** The names of what is not known in a network, apart from values and service tags. */
function doubtsIn({ endpoints, groups }: Network): string[] {
  return [
    ...endpoints.flatMap(({ noSubnetGroupIf = [], refusedIf = [] }) => [...noSubnetGroupIf, ...refusedIf]),
    ...groups.flatMap(({ rules }) => rules.flatMap(({ existsIf = [] }) => existsIf)),
  ];
}

/** A finding, and by name what it depends on. */
interface Finding {
  readonly dependsOn: readonly string[];
}

const ASK_FOR_IT = " Let the rule name what a flow names, or declare a connection.";

/** The finding and, if it is uncertain, the names that it depends on and what to change. */
function withGround(described: string, { dependsOn }: Finding, change = ""): string {
  if (dependsOn.length === 0) return described;
  return `${described} It rests on what ${dependsOn.join(" and ")} may hold, which only Azure knows.${change}`;
}

function keyOf({ group, rule }: Pick<RuleReference, "group" | "rule">): string {
  return `${group} ${rule}`;
}
