import type { Flow } from "../azure/flow";
import { ALL_ADDRESSES, formatAddresses, subtractAddresses } from "../azure/sets/address-set";
import type { Network } from "../proof/network";
import { type ExcessConnection, type MissingFlow, type Proof, prove } from "../proof/prove";
import type { RuleReference } from "../proof/evaluation/rule-list";
import type { NetworkOfFiles } from "../terraform/joined/network-of-files";
import { addressesOf, areKnown } from "../terraform/network/prefixes";
import { networkAround } from "./connected-networks";
import { isMatched, type MatchedPlace, matchPlace } from "./match-place";
import { missingAtInterfaces } from "./missing-at-interfaces";
import type { PlaceFinding } from "./place-finding";
import type { PlannedDeployment } from "./planned-deployment";
import { unconnectedPlaces } from "./unconnected-places";

export type { PlaceFinding } from "./place-finding";

/** A place of the deployment and the group that was found for it. */
export interface FoundPlace {
  readonly component: string;
  readonly group: string;
  /** Name of the file that contains the group. */
  readonly file: string;
  /** Whether the group is another team's, in which only the deployment's own rules are verified. @default false */
  readonly managedElsewhere?: boolean;
}

/** The result of a verification. */
export interface Verification {
  /** Whether every place has its group, all flows are allowed, and nothing else is. */
  readonly holds: boolean;
  /** Revision of the port table. */
  readonly portTable: string;
  readonly places: FoundPlace[];
  readonly findings: PlaceFinding[];
  readonly proof: Proof;
}

/**
 * Compares the groups in files with the flows of a deployment.
 *
 * @param mapped names of groups by component, for groups whose tags do not say it
 */
export function verify(
  deployment: PlannedDeployment,
  there: NetworkOfFiles,
  mapped: ReadonlyMap<string, string>,
): Verification {
  const matches = deployment.places.map((place) =>
    matchPlace(place, there, mapped.get(place.endpoint.label)),
  );
  const found = matches.filter(isMatched);
  const others = new Set(found.filter(({ place }) => place.isOthers).map(({ group }) => group.name));
  const isOurs = (reference: RuleReference): boolean =>
    !others.has(reference.group) || found.some((match) => isRuleOf(match, reference));
  const flows = [...deployment.flows];
  const proof = together(
    byVirtualNetwork(found).map((places) => {
      const network = networkOf(places, deployment, there);
      const missing = places.flatMap((match) => missingAtInterfaces(match, flows, network));
      const groups = new Set(places.map(({ group }) => group.name));
      const judged = onlyOurs(prove(flows, network), isOurs);
      const excess = [...judged.excess, ...places.flatMap((match) => excessElsewhere(match, flows, network))];
      return { groups, proof: withFindings({ ...judged, excess }, missing) };
    }),
  );
  // A doubt that makes no difference for the flows is not reported.
  const matters = (name: string | undefined, judged: readonly string[]) =>
    name === undefined || !judged.includes(name) || proof.dependsOn.includes(name);
  const findings = [
    ...matches.flatMap((match) =>
      isMatched(match)
        ? match.findings.filter(({ subject }) => matters(subject, match.judgedDoubts))
        : match.findings,
    ),
    ...unconnectedPlaces(found, flows, there.network),
  ];
  return {
    holds: proof.holds && findings.length === 0,
    portTable: deployment.portTable,
    places: found.map(({ place, group }) => ({
      component: place.endpoint.label,
      group: group.name,
      file: group.file,
      ...(place.isOthers && { managedElsewhere: true }),
    })),
    findings,
    proof,
  };
}

/** The places of each virtual network: the tag VirtualNetwork contains other addresses in each. */
function byVirtualNetwork(found: readonly MatchedPlace[]): MatchedPlace[][] {
  const homes = new Set(found.map(({ endpoint }) => endpoint.virtualNetwork));
  const places = [...homes].map((home) => found.filter(({ endpoint }) => endpoint.virtualNetwork === home));
  return places.length > 0 ? places : [[]];
}

function networkOf(
  places: readonly MatchedPlace[],
  { surroundings }: PlannedDeployment,
  { network }: NetworkOfFiles,
): Network {
  const endpoints = places.map(({ endpoint }) => endpoint);
  const { groups, serviceTags, virtualNetworks = [] } = network;
  const isKnown = virtualNetworks.some(({ key }) => key === endpoints[0]?.virtualNetwork);
  const { virtualNetworkPrefixes, connectedPrefixes, hasDefaultRoute } = isKnown
    ? networkAround(endpoints, network)
    : { ...network, ...surroundings };
  return {
    endpoints,
    groups,
    ...(virtualNetworkPrefixes && { virtualNetworkPrefixes }),
    ...(connectedPrefixes && { connectedPrefixes }),
    // Files may contain routes that the deployment does not create, and the deployment may leave routes to the platform.
    hasDefaultRoute: surroundings.hasDefaultRoute || network.hasDefaultRoute || hasDefaultRoute,
    ...(serviceTags && { serviceTags }),
  };
}

/** The proofs of several virtual networks as one. */
function together(
  views: ReadonlyArray<{ readonly groups: ReadonlySet<string>; readonly proof: Proof }>,
): Proof {
  const proofs = views.map(({ proof }) => proof);
  const all = <T>(of: (proof: Proof) => readonly T[]): T[] => [
    ...new Map(proofs.flatMap(of).map((one) => [JSON.stringify(one), one])).values(),
  ];
  const isUsed = ({ group, rule }: RuleReference): boolean =>
    views.some(
      ({ groups, proof: { rulesWithoutFlow } }) =>
        groups.has(group) && !rulesWithoutFlow.some((one) => one.group === group && one.rule === rule),
    );
  return {
    holds: proofs.every(({ holds }) => holds),
    missing: all(({ missing }) => missing),
    excess: all(({ excess }) => excess),
    shadowedRules: all(({ shadowedRules }) => shadowedRules),
    rulesWithoutFlow: all(({ rulesWithoutFlow }) => rulesWithoutFlow).filter((rule) => !isUsed(rule)),
    dependsOn: all(({ dependsOn }) => dependsOn).sort(),
    assumptions: [
      ...all(({ assumptions }) => assumptions),
      ...(views.length > 1
        ? ["The virtual networks of the components are peered, or connected by routes."]
        : []),
    ],
  };
}

function withFindings(proof: Proof, atInterfaces: readonly MissingFlow[]): Proof {
  const missing = [...proof.missing, ...atInterfaces];
  return {
    ...proof,
    missing,
    dependsOn: [...missing, ...proof.excess].flatMap(({ dependsOn }) => dependsOn),
    holds: missing.length === 0 && proof.excess.length === 0,
  };
}

/** What the rules of a place in another team's group allow to and from other addresses behind that group. */
function excessElsewhere(match: MatchedPlace, flows: Flow[], network: Network): ExcessConnection[] {
  const { endpoint, group, place } = match;
  if (!place.isOthers || !areKnown(endpoint.prefixes)) return [];
  const elsewhere = {
    id: "elsewhere",
    label: `what else is behind ${group.name}`,
    prefixes: formatAddresses(subtractAddresses(ALL_ADDRESSES, addressesOf(endpoint.prefixes))),
    subnetGroup: group.name,
  };
  const { excess } = prove(flows, { ...network, endpoints: [elsewhere] });
  return excess.filter(({ allowedBy }) => allowedBy.some((rule) => isRuleOf(match, rule)));
}

/** Whether the deployment added a rule in another team's group: the rule has its priority, or its name, which may be shortened. */
function isRuleOf({ place, group }: MatchedPlace, { group: name, rule, priority }: RuleReference): boolean {
  if (group.name !== name) return false;
  return place.rules.some(
    ({ rule: own }) =>
      own.priority === priority ||
      rule.toLowerCase().startsWith(`${own.name}-of-`.slice(0, SURE_LENGTH).toLowerCase()),
  );
}

// The part of a long name that is always before its hash.
const SURE_LENGTH = 60;

/** The proof without what other teams' rules allow in their groups. */
function onlyOurs(proof: Proof, ours: (rule: RuleReference) => boolean): Proof {
  const excess = proof.excess.filter(({ allowedBy }) => allowedBy.some(ours));
  return {
    ...proof,
    excess,
    shadowedRules: proof.shadowedRules.filter(({ rule }) => ours(rule)),
    rulesWithoutFlow: proof.rulesWithoutFlow.filter(ours),
    holds: proof.missing.length === 0 && excess.length === 0,
  };
}
