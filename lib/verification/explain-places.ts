import { distinctItems, distinctTexts, groupBy } from "../base/collections";
import { type ConnectionQuery, explain, type Explanation } from "../proof/explain";
import { ConnectionEnd, Verdict } from "../proof/network";
import { Direction } from "../azure/security-rule";
import type { PlacedEndpoint, PlacedNetwork } from "../terraform/joined/network-of-files";
import { networkAround } from "./connected-networks";
import { candidatesFor, type EndCandidate, type InterfaceInside } from "./end-candidates";

/**
 * The verdict for a connection, with network interfaces and virtual networks
 * taken into account: interfaces in a subnet may have their own groups, and two
 * networks may have subnets with one prefix. A verdict is certain if all
 * possible ends have the same.
 *
 * Throws an Error as `explain` does.
 */
export function explainPlaces(query: ConnectionQuery, network: PlacedNetwork): Explanation {
  const open = withUnknownRules(network);
  const sources = candidatesFor(query.from, network);
  const targets = candidatesFor(query.to, network);
  const explanations = sources.flatMap((source) =>
    targets.map((target) => explainCandidates(query, source, target, open)),
  );
  const which = [...whichOf(ConnectionEnd.SOURCE, sources), ...whichOf(ConnectionEnd.DESTINATION, targets)];
  return together(explanations, which);
}

/** The network, with the unknown parts of its groups' rules. */
function withUnknownRules({ doubts = [], ...network }: PlacedNetwork): PlacedNetwork {
  return {
    ...network,
    groups: network.groups.map((group) => {
      const own = doubts.filter(({ groups }) => groups.includes(group.name));
      return own.length === 0 ? group : { ...group, unknownRules: own.map(({ subject }) => subject) };
    }),
  };
}

/** One candidate at each end, and each interface inside it in its place. */
function explainCandidates(
  query: ConnectionQuery,
  source: EndCandidate,
  target: EndCandidate,
  network: PlacedNetwork,
): Explanation {
  const ask = (from: PlacedEndpoint | undefined, to: PlacedEndpoint | undefined): Explanation =>
    explainBetween(query, from, to, network);
  const outside = ask(source.endpoint, target.endpoint);
  const exempt = target.inside.some(({ endpoint }) => endpoint.networkInterface?.isPrivateEndpoint);
  // The group of an interface is evaluated in addition to its subnet's: a deny stays a deny.
  if (outside.verdict === Verdict.DENY && !exempt) return outside;
  const parts = [
    ...judgedAt(query, Direction.OUTBOUND, source).map((same) => ({
      end: ConnectionEnd.SOURCE,
      depends: whichInside("source", source, same),
      explanation: ask(same[0].endpoint, target.endpoint),
    })),
    ...judgedAt(query, Direction.INBOUND, target).map((same) => ({
      end: ConnectionEnd.DESTINATION,
      depends: whichInside("destination", target, same),
      explanation: ask(source.endpoint, same[0].endpoint),
    })),
  ].filter(
    ({ explanation }) => explanation.verdict !== outside.verdict || explanation.verdict === Verdict.DEPENDS,
  );
  if (parts.length === 0) return outside;
  return {
    ...outside,
    verdict: Verdict.DEPENDS,
    dependsOn: distinctTexts([
      ...outside.dependsOn,
      ...parts.flatMap(({ depends, explanation }) => [depends, ...explanation.dependsOn]),
    ]),
    ends: [
      ...outside.ends,
      ...parts.flatMap(({ end, explanation }) => explanation.ends.filter((one) => one.end === end)),
    ],
  };
}

/** The interfaces at an evaluated end, those with the same groups together. */
function judgedAt(
  query: ConnectionQuery,
  direction: Direction,
  { inside }: EndCandidate,
): InterfaceInside[][] {
  if (query.direction !== undefined && query.direction !== direction) return [];
  // A private endpoint opens no connection.
  const judged = inside.filter(
    ({ endpoint }) => direction === Direction.INBOUND || !endpoint.networkInterface?.isPrivateEndpoint,
  );
  const alike = groupBy(judged, ({ isPerhaps, endpoint: { prefixes, subnetGroup, interfaceGroup } }) =>
    JSON.stringify([isPerhaps, prefixes, subnetGroup, interfaceGroup]),
  );
  return [...alike.values()];
}

/** The explanation for these two endpoints; their addresses do not count as those of other endpoints. */
function explainBetween(
  query: ConnectionQuery,
  from: PlacedEndpoint | undefined,
  to: PlacedEndpoint | undefined,
  network: PlacedNetwork,
): Explanation {
  const asked = [...(from ? [{ ...from, id: FROM }] : []), ...(to ? [{ ...to, id: TO }] : [])];
  const near = networkAround(asked, network);
  // A prefix that is partly within an endpoint is refused with the name of the subnet.
  const subnetsFirst = [...near.endpoints].sort(
    (a, b) => Number(a.networkInterface !== undefined) - Number(b.networkInterface !== undefined),
  );
  const explanation = explain(
    { ...query, from: from ? FROM : query.from, to: to ? TO : query.to },
    { ...near, endpoints: [...subnetsFirst, ...asked] },
  );
  return { ...explanation, query };
}

// Such a text is never an id or a label.
const [FROM, TO] = ["\u0000from", "\u0000to"];

/** One explanation from several of one question: if their verdicts differ, the verdict depends on which end is meant. */
function together(explanations: readonly Explanation[], which: readonly string[]): Explanation {
  const [first, ...others] = explanations;
  if (others.every(({ verdict }) => verdict === first.verdict && verdict !== Verdict.DEPENDS)) return first;
  if (others.length === 0) return first;
  return {
    ...first,
    verdict: Verdict.DEPENDS,
    dependsOn: distinctTexts([...which, ...explanations.flatMap(({ dependsOn }) => dependsOn)]),
    ends: distinctItems(explanations.flatMap(({ ends }) => ends)),
  };
}

function whichOf(end: ConnectionEnd, candidates: readonly EndCandidate[]): string[] {
  const perhaps = candidates.flatMap(({ isMeantIf }) => isMeantIf ?? []);
  if (perhaps.length > 0) return perhaps;
  const labels = candidates.flatMap(({ endpoint }) => endpoint?.label ?? []);
  return labels.length > 1 ? [`which of ${labels.join(", ")} the ${end} is`] : [];
}

function whichInside(
  end: string,
  { endpoint }: EndCandidate,
  interfaces: readonly InterfaceInside[],
): string {
  const labels = interfaces.map((one) => one.endpoint.label);
  const names = labels.length > 3 ? [...labels.slice(0, 2), `one of ${labels.length - 2} others`] : labels;
  return interfaces[0].isPerhaps
    ? `whether ${names.join(" or ")} is in ${endpoint?.label}`
    : `whether the ${end} is ${names.join(" or ")}`;
}
