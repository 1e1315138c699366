import { hasNoAddress, parseAddresses, subtractAddresses, uniteAddresses } from "../policy/sets/address-set";
import type { Flow } from "../policy/flow";
import type { GuardedEndpoint, Network } from "../policy/network";
import { isOpaque } from "../policy/sets/opaque";
import { type MissingFlow, type Proof, prove } from "../policy/prove";
import type { RuleReference } from "../policy/evaluation/rule-list";
import type { NamedGroup, NetworkOfFiles } from "../reading/network-of-files";
import { nameOfComponent } from "../reading/veeam-tags";
import type { PlannedDeployment, PlannedPlace } from "./planned-deployment";

/** Something of the deployment that is not as described in what is there, beside the rules themselves. */
export interface PlaceFinding {
  readonly kind: "group-not-found" | "group-ambiguous" | "group-unattached" | "subnet-differs" | "not-known";
  /** The component whose place it is. */
  readonly component: string;
  /** What is wrong, and what to change. */
  readonly message: string;
  /** The group that it is about. @default - none was found */
  readonly group?: string;
}

/** A place of the deployment and the group that was found for it. */
export interface FoundPlace {
  readonly component: string;
  readonly group: string;
  /** Name of the file that holds the group. */
  readonly file: string;
}

/** What was found of a deployment. */
export interface Verification {
  /** Whether every place has its group, every flow is open, and nothing else is. */
  readonly holds: boolean;
  /** Revision of the port table. */
  readonly portTable: string;
  readonly places: FoundPlace[];
  readonly findings: PlaceFinding[];
  readonly proof: Proof;
}

/**
 * Judges the groups that are there by what a deployment asks for.
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
  const found = matches.filter((match): match is MatchedPlace => match.group !== undefined);
  const network: Network = {
    ...deployment.surroundings,
    endpoints: found.map(({ place, attachment }) => ({ ...place.endpoint, ...attachment })),
    groups: there.network.groups,
    ...(there.network.serviceTags && { serviceTags: there.network.serviceTags }),
  };
  const others = new Set(found.filter(({ place }) => place.isOthers).map(({ group }) => group.name));
  const judged = withoutGroups(prove(deployment.flows, network), others);
  const missing = [
    ...judged.missing,
    ...found.flatMap((match) => missingAtInterfaces(match, deployment.flows, network)),
  ];
  const proof: Proof = { ...judged, missing, holds: judged.holds && missing.length === 0 };
  const findings = matches.flatMap((match) => match.findings);
  return {
    holds: proof.holds && findings.length === 0,
    portTable: deployment.portTable,
    places: found.map(({ place, group }) => ({
      component: place.endpoint.label,
      group: group.name,
      file: group.file,
    })),
    findings,
    proof,
  };
}

/** The proof without what is open in groups of others, which hold more than this deployment's flows. */
function withoutGroups(proof: Proof, others: ReadonlySet<string>): Proof {
  const ours = ({ group }: RuleReference): boolean => !others.has(group);
  const excess = proof.excess.filter(({ allowedBy }) => allowedBy.some(ours));
  return {
    ...proof,
    excess,
    unmatchable: proof.unmatchable.filter(({ rule }) => ours(rule)),
    unasked: proof.unasked.filter(ours),
    holds: proof.missing.length === 0 && excess.length === 0,
  };
}

interface Attachment {
  readonly subnetGroup?: string;
  readonly interfaceGroup?: string;
}

interface PlaceMatch {
  readonly place: PlannedPlace;
  readonly findings: PlaceFinding[];
  readonly group?: NamedGroup;
}

interface MatchedPlace extends PlaceMatch {
  readonly group: NamedGroup;
  readonly attachment: Attachment;
  /** Network interfaces behind the group that have another of their own. */
  readonly interfaces: readonly GuardedEndpoint[];
}

function matchPlace(
  place: PlannedPlace,
  there: NetworkOfFiles,
  mapped: string | undefined,
): PlaceMatch | MatchedPlace {
  const component = place.endpoint.label;
  const named = (wanted: string): NamedGroup[] =>
    there.groups.filter(({ name, found }) => [name, found.name].some((text) => same(text, wanted)));
  const { groupName } = place;
  const candidates =
    mapped !== undefined
      ? named(mapped)
      : place.isOthers && groupName !== undefined
        ? named(groupName)
        : there.groups.filter(({ found }) => nameOfComponent(found.tags) === component);
  const own = candidates.filter(({ found }) => groupName !== undefined && same(found.name, groupName));
  const [group, ...others] = own.length > 0 ? own : candidates;
  const finding = (kind: PlaceFinding["kind"], message: string): PlaceFinding => ({
    kind,
    component,
    message: `${component}: ${message}`,
    ...(group && { group: group.name }),
  });
  if (!group) return { place, findings: [finding("group-not-found", notFound(place, there, mapped))] };
  if (others.length > 0) {
    const names = [group, ...others].map(({ name }) => name).join(", ");
    const message = `several groups are its own: ${names}. Say which with --map ${component}=GROUP.`;
    return { place, findings: [finding("group-ambiguous", message)] };
  }
  const endpoints = there.network.endpoints;
  const subnets = endpoints.filter(
    (one) => one.subnetGroup === group.name && one.interfaceGroup === undefined,
  );
  const behind = endpoints.filter(
    (one) => one.subnetGroup === group.name && one.interfaceGroup !== undefined,
  );
  const interfaces = endpoints.filter((one) => one.interfaceGroup === group.name);
  const findings: PlaceFinding[] = [];
  if (subnets.length === 0 && interfaces.length === 0) {
    findings.push(
      finding(
        "group-unattached",
        `its group ${group.name} stands before no subnet and no network interface, so it filters nothing. Attach it, or give the FILE that does.`,
      ),
    );
  }
  for (const { groups, text } of there.network.doubts ?? []) {
    if (groups.includes(group.name)) findings.push(finding("not-known", text));
  }
  const elsewhere = subnetElsewhere(place, group, subnets, endpoints);
  if (elsewhere !== undefined) findings.push(finding("subnet-differs", elsewhere));
  const onInterfaces = subnets.length === 0 && interfaces.length > 0;
  return {
    place,
    group,
    findings,
    attachment: onInterfaces
      ? {
          interfaceGroup: group.name,
          ...(interfaces[0].subnetGroup && { subnetGroup: interfaces[0].subnetGroup }),
        }
      : { subnetGroup: group.name },
    interfaces: onInterfaces ? interfaces.slice(1) : behind,
  };
}

/** Why what the group stands before is not the place; undefined where it is, or may be. */
function subnetElsewhere(
  { endpoint: { prefixes } }: PlannedPlace,
  group: NamedGroup,
  subnets: readonly GuardedEndpoint[],
  endpoints: readonly GuardedEndpoint[],
): string | undefined {
  if (subnets.length === 0) return undefined;
  const here = endpoints.filter(
    (one) => one.interfaceGroup === undefined && holdsSame(one.prefixes, prefixes),
  );
  if (here.length > 0 ? here.some((one) => one.subnetGroup === group.name) : subnets.some(isUnknown)) {
    return undefined;
  }
  const before = subnets.map((one) => `${one.label} (${one.prefixes.join(", ")})`).join(", ");
  const [subnet] = here;
  const instead = subnet && `, which has ${subnet.subnetGroup ?? "no group"}`;
  return (
    `its group ${group.name} stands before ${before}, and the deployment says ${prefixes.join(", ")}${instead ?? ""}. ` +
    "Attach the group there, or change the deployment."
  );
}

function isUnknown({ prefixes }: GuardedEndpoint): boolean {
  return prefixes.some(isOpaque);
}

function notFound(place: PlannedPlace, there: NetworkOfFiles, mapped: string | undefined): string {
  const { label } = place.endpoint;
  const { groupName } = place;
  const names = there.groups.map(({ name }) => name).join(", ") || "none";
  if (mapped !== undefined) return `no group is called ${mapped}. The files hold: ${names}.`;
  if (place.isOthers && groupName !== undefined) {
    return `no group is called ${groupName}, which the deployment names. The files hold: ${names}.`;
  }
  const called = there.groups.find(({ found }) => groupName !== undefined && same(found.name, groupName));
  return called
    ? `no group has its tags, but one has its name. Restore the tags, or give --map ${label}=${called.name}.`
    : `no group has its tags veeam-role and veeam-component. Give --map ${label}=GROUP; the files hold: ${names}.`;
}

/** What a second group before a network interface refuses. */
function missingAtInterfaces(
  { place, interfaces }: MatchedPlace,
  flows: Flow[],
  network: Network,
): MissingFlow[] {
  return interfaces.flatMap((one) => {
    const label = `${place.endpoint.label} (${one.label})`;
    const endpoint = {
      ...place.endpoint,
      label,
      ...(one.subnetGroup !== undefined && { subnetGroup: one.subnetGroup }),
      interfaceGroup: one.interfaceGroup,
    };
    const { missing } = prove(flows, { ...network, endpoints: [endpoint] });
    return missing.filter(({ blockedBy }) => blockedBy.group === one.interfaceGroup);
  });
}

/** Whether two lists surely hold the same addresses. */
function holdsSame(a: readonly string[], b: readonly string[]): boolean {
  if ([...a, ...b].some(isOpaque)) return false;
  const [one, other] = [a, b].map((texts) =>
    uniteAddresses(...texts.flatMap((text) => parseAddresses(text) ?? [])),
  );
  return hasNoAddress(subtractAddresses(one, other)) && hasNoAddress(subtractAddresses(other, one));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
