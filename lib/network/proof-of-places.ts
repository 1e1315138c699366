import { describeExcess, describeMissing, describeUnasked } from "../policy/describe";
import type { Flow } from "../policy/flow";
import type { Network } from "../policy/network";
import { isOpaque } from "../policy/sets/opaque";
import { type Proof, prove } from "../policy/prove";
import type { RuleReference } from "../policy/evaluation/rule-list";
import { EmittedRules } from "./emitted-rules";
import type { FilteredPlace } from "./filtered-place";
import { textsIn } from "./terraform-text";

/** The flows of places, each once. */
export function flowsOfPlaces(places: readonly FilteredPlace[]): Flow[] {
  return [...new Set(places.flatMap((place) => place.flows()))];
}

/** Places as the proof reads them: those whose group is made here, with the rules that it will have. */
export function networkOfPlaces(places: readonly FilteredPlace[]): Network {
  const emitted = new EmittedRules();
  const named = places.flatMap((place) =>
    place.networkSecurityGroup ? [{ place, group: place.networkSecurityGroup, name: groupName(place) }] : [],
  );
  // Two deployments of one name have groups of one name; their paths tell them apart.
  const guarded = named.map((one) =>
    named.some((other) => other !== one && other.name === one.name)
      ? { ...one, name: one.group.node.path }
      : one,
  );
  return {
    endpoints: guarded.map(({ place, name }) => ({ ...place.endpoint, subnetGroup: name })),
    groups: guarded.map(({ group, name }) => ({ name, rules: emitted.of(group) })),
    hasDefaultRoute: places.some((place) => place.network.destinations.firewall !== undefined),
    virtualNetworkPrefixes: [
      ...new Set(places.flatMap(({ network }) => textsIn(network, network.addressSpace))),
    ],
  };
}

function groupName({ networkSecurityGroup: group }: FilteredPlace): string {
  const name = group?.nameInput;
  return name === undefined || isOpaque(name) ? (group?.node.path ?? "") : name;
}

/**
 * Says whether the groups of places hold exactly the flows that begin and end
 * there. Synthesis and report ask for the same, so the last proof is kept for
 * as long as neither flows nor rules are others.
 */
export class PlaceProver {
  private last?: { readonly of: string; readonly proof: Proof };

  public proofOf(places: readonly FilteredPlace[]): Proof {
    const [flows, network] = [flowsOfPlaces(places), networkOfPlaces(places)];
    const of = JSON.stringify([flows, network]);
    if (this.last?.of !== of) this.last = { of, proof: withOthers(prove(flows, network), places) };
    return this.last.proof;
  }
}

function withOthers(proof: Proof, places: readonly FilteredPlace[]): Proof {
  const others = places.filter((place) => !place.networkSecurityGroup).map((place) => place.endpoint.label);
  if (others.length === 0) return proof;
  return {
    ...proof,
    assumptions: [
      ...proof.assumptions,
      `The groups before ${others.sort().join(", ")} are others': the rules added there are theirs to keep, and what else they allow is not judged.`,
    ],
  };
}

/**
 * What a synthesis has to be refused for; empty where the proof holds. What
 * depends on a value that is known only at apply is no reason by itself, but
 * a rule that no flow asks for is one whatever its values are.
 */
export function refusalsOfProof({ missing, excess, unasked }: Proof): string[] {
  const surely = ({ dependsOn }: { readonly dependsOn: readonly string[] }): boolean =>
    dependsOn.length === 0;
  const refused = excess.filter(surely);
  const named = new Set(refused.flatMap(({ allowedBy }) => allowedBy.map(keyOf)));
  return [
    ...missing.filter(surely).map(describeMissing),
    ...refused.map(describeExcess),
    ...unasked.filter((rule) => !named.has(keyOf(rule))).map(describeUnasked),
  ];
}

function keyOf({ group, rule }: RuleReference): string {
  return `${group} ${rule}`;
}
