import { describeExcess, describeMissing } from "../policy/describe";
import type { Flow } from "../policy/flow";
import type { Network } from "../policy/network";
import { type Proof, prove } from "../policy/prove";
import { EmittedRules } from "./emitted-rules";
import type { FilteredPlace } from "./filtered-place";

/** The flows of places, each once. */
export function flowsOfPlaces(places: readonly FilteredPlace[]): Flow[] {
  return [...new Set(places.flatMap((place) => place.flows()))];
}

/** Places as the proof reads them: those whose group is made here, with the rules that it will have. */
export function networkOfPlaces(places: readonly FilteredPlace[]): Network {
  const emitted = new EmittedRules();
  const guarded = places.flatMap((place) =>
    place.networkSecurityGroup ? [{ place, group: place.networkSecurityGroup }] : [],
  );
  return {
    endpoints: guarded.map(({ place, group }) => ({ ...place.endpoint, subnetGroup: group.node.path })),
    groups: guarded.map(({ group }) => ({ name: group.node.path, rules: emitted.of(group) })),
    virtualNetworkPrefixes: [...new Set(places.flatMap((place) => place.network.addressSpace))],
  };
}

/** Whether the groups of places hold exactly the flows that begin and end there. */
export function proofOfPlaces(places: readonly FilteredPlace[]): Proof {
  const proof = prove(flowsOfPlaces(places), networkOfPlaces(places));
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

/** What a synthesis has to be refused for; empty where the proof holds. */
export function refusalsOfProof(proof: Proof): string[] {
  return [...proof.missing.map(describeMissing), ...proof.excess.map(describeExcess)];
}
