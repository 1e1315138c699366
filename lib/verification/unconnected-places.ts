import type { Flow } from "../azure/flow";
import type { PlacedNetwork } from "../terraform/joined/network-of-files";
import { areApart } from "../terraform/joined/surroundings";
import type { MatchedPlace } from "./match-place";
import type { PlaceFinding } from "./place-finding";

/** Places with flows between them whose virtual networks are certainly not connected. */
export function unconnectedPlaces(
  found: readonly MatchedPlace[],
  flows: readonly Flow[],
  { virtualNetworks = [] }: PlacedNetwork,
): PlaceFinding[] {
  const homeOf = ({ endpoint }: MatchedPlace) =>
    virtualNetworks.find(({ key }) => key === endpoint.virtualNetwork);
  const findings = flows.flatMap(({ from, to }) => {
    const [source, target] = [from, to].map(({ id }) => found.find(({ endpoint }) => endpoint.id === id));
    const [home, other] = [source, target].map((place) => place && homeOf(place));
    if (!source || !target || !home || !other || !areApart(home, other)) return [];
    const component = source.endpoint.label;
    const message =
      `${component}: its virtual network ${home.name} is not peered with ${other.name}, where ${target.endpoint.label} is, ` +
      "so that the flows between them are blocked. Peer the two.";
    return [
      [
        message,
        { kind: "not-connected" as const, component, message, subject: target.endpoint.label },
      ] as const,
    ];
  });
  return [...new Map(findings).values()];
}
