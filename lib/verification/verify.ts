import type { Flow } from "../azure/flow";
import { ALL_ADDRESSES, formatAddresses, subtractAddresses } from "../azure/sets/address-set";
import { distinctItems, distinctTexts, groupBy } from "../base/collections";
import type { Network } from "../proof/network";
import { type ExcessConnection, type MissingFlow, type Proof, prove } from "../proof/prove";
import type { RuleReference } from "../proof/evaluation/rule-list";
import type { NetworkOfFiles, PlacedEndpoint, PlacedNetwork } from "../terraform/joined/network-of-files";
import { areApart } from "../terraform/joined/surroundings";
import { addressesOf, areKnown } from "../azure/sets/prefix-list";
import { networkAround } from "./connected-networks";
import { possibleAddresses } from "./placed-addresses";
import { doubtsOf, isMatched, type MatchedPlace, matchPlace, type PlaceFinding } from "./match-place";
import type { PlannedDeployment } from "./planned-deployment";

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
  // The tag VirtualNetwork contains other addresses in each virtual network.
  const parts = found.length > 0 ? groupBy(found, ({ endpoint }) => endpoint.virtualNetwork).values() : [[]];
  const views = [...parts].map((places): View => {
    const network = networkOf(places, deployment, there);
    const judged = prove(flows, network);
    const ours = judged.excess.filter(({ allowedBy }) => allowedBy.some(isOurs));
    return {
      ...judged,
      groups: new Set(places.map(({ group }) => group.name)),
      missing: [...judged.missing, ...places.flatMap((match) => missingAtInterfaces(match, flows, network))],
      excess: [...ours, ...places.flatMap((match) => excessElsewhere(match, flows, network))],
      shadowedRules: judged.shadowedRules.filter(({ rule }) => isOurs(rule)),
      rulesWithoutFlow: judged.rulesWithoutFlow.filter(isOurs),
    };
  });
  const proof = together(views);
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

function networkOf(
  places: readonly MatchedPlace[],
  { surroundings }: PlannedDeployment,
  { network }: NetworkOfFiles,
): Network {
  const endpoints = places.map(({ endpoint }) => endpoint);
  const isKnown = network.virtualNetworks?.some(({ key }) => key === endpoints[0]?.virtualNetwork);
  const { virtualNetworkPrefixes, connectedPrefixes, hasDefaultRoute } = isKnown
    ? networkAround(endpoints, network)
    : { ...network, ...surroundings };
  return {
    endpoints,
    groups: network.groups,
    virtualNetworkPrefixes,
    connectedPrefixes,
    // Files may contain routes that the deployment does not create, and the deployment may leave routes to the platform.
    hasDefaultRoute: surroundings.hasDefaultRoute || network.hasDefaultRoute || hasDefaultRoute,
    serviceTags: network.serviceTags,
  };
}

/** What was found in one virtual network, and the names of its groups. */
interface View extends Omit<Proof, "holds" | "dependsOn"> {
  readonly groups: ReadonlySet<string>;
}

/** The proofs of several virtual networks as one. */
function together(views: readonly View[]): Proof {
  const all = <T>(of: (view: View) => readonly T[]): T[] => distinctItems(views.flatMap(of));
  const isUsed = ({ group, rule }: RuleReference): boolean =>
    views.some(
      ({ groups, rulesWithoutFlow }) =>
        groups.has(group) && !rulesWithoutFlow.some((one) => one.group === group && one.rule === rule),
    );
  const missing = all((view) => view.missing);
  const excess = all((view) => view.excess);
  return {
    holds: missing.length === 0 && excess.length === 0,
    missing,
    excess,
    shadowedRules: all(({ shadowedRules }) => shadowedRules),
    rulesWithoutFlow: all(({ rulesWithoutFlow }) => rulesWithoutFlow).filter((rule) => !isUsed(rule)),
    dependsOn: distinctTexts([...missing, ...excess].flatMap(({ dependsOn }) => dependsOn)),
    assumptions: [
      ...all(({ assumptions }) => assumptions),
      ...(views.length > 1
        ? ["The virtual networks of the components are peered, or connected by routes."]
        : []),
    ],
  };
}

/** Flows that a second group, on a network interface at the place, denies. */
function missingAtInterfaces(
  { endpoint: place, interfaces }: MatchedPlace,
  flows: Flow[],
  network: Network,
): MissingFlow[] {
  return interfaces.flatMap((one) => {
    const { subnetGroup, interfaceGroup } = one;
    // Flows name the place's prefixes: an address that cannot be compared with these counts as all of them.
    const prefixes = [one, place].every((end) => areKnown(end.prefixes)) ? one.prefixes : place.prefixes;
    const endpoint = {
      ...place,
      label: `${place.label} (${one.label})`,
      prefixes,
      ...(subnetGroup !== undefined && { subnetGroup }),
      interfaceGroup,
      ...doubtsOf(one),
    };
    const { missing } = prove(flows, { ...network, endpoints: [endpoint] });
    const refused = missing.filter(({ blockedBy }) => blockedBy.group === interfaceGroup);
    return dependsOnAddress({ ...one, prefixes }, network)
      ? refused.map((flow) => ({
          ...flow,
          dependsOn: [...flow.dependsOn, `the address of ${one.label}`].sort(),
        }))
      : refused;
  });
}

/** Whether the group of an interface distinguishes between its possible addresses. */
function dependsOnAddress({ prefixes, interfaceGroup, networkInterface }: PlacedEndpoint, network: Network) {
  const groups = network.groups.filter(({ name }) => name === interfaceGroup);
  return (
    networkInterface?.areAddressesKnown === false &&
    possibleAddresses(prefixes, [], [{ endpoints: [], groups }]).length > 1
  );
}

/** Places with flows between them whose virtual networks are certainly not connected. */
function unconnectedPlaces(
  found: readonly MatchedPlace[],
  flows: readonly Flow[],
  { virtualNetworks = [] }: PlacedNetwork,
): PlaceFinding[] {
  const homeOf = ({ endpoint }: MatchedPlace) =>
    virtualNetworks.find(({ key }) => key === endpoint.virtualNetwork);
  const findings = flows.flatMap(({ from, to }): PlaceFinding[] => {
    const [source, target] = [from, to].map(({ id }) => found.find(({ endpoint }) => endpoint.id === id));
    const [home, other] = [source, target].map((place) => place && homeOf(place));
    if (!source || !target || !home || !other || !areApart(home, other)) return [];
    const component = source.endpoint.label;
    const message =
      `${component}: its virtual network ${home.name} is not peered with ${other.name}, where ${target.endpoint.label} is, ` +
      "so that the flows between them are blocked. Peer the two.";
    return [{ kind: "not-connected", component, message, subject: target.endpoint.label }];
  });
  return distinctItems(findings);
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
