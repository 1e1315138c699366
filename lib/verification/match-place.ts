import type { PlannedPlace } from "../plan/plan";
import type { GuardedEndpoint } from "../proof/network";
import { areSameSubnet, isAzureId, namesInSubnetId } from "../azure/azure-id";
import type {
  NamedGroup,
  NetworkOfFiles,
  PlacedEndpoint,
  PlacedNetwork,
} from "../terraform/joined/network-of-files";
import { defined } from "../terraform/files/json-values";
import { areKnown, holdSame, overlap } from "../terraform/network/prefixes";
import { nameOfComponent } from "../terraform/joined/veeam-tags";
import { parseReference } from "../terraform/resources/terraform-resource";

/** A difference between the deployment and the files that is not about rules. */
export interface PlaceFinding {
  readonly kind:
    | "group-not-found"
    | "group-ambiguous"
    | "group-unattached"
    | "subnet-differs"
    | "subnet-unfiltered"
    | "not-connected"
    | "not-known";
  /** The component whose place it is. */
  readonly component: string;
  /** The difference, and what to change. */
  readonly message: string;
  /** Its subject, if a component may have several findings of a kind. @default - it has one */
  readonly subject?: string;
  /** The group that it is about. @default - not found */
  readonly group?: string;
}

/** A place of a deployment, and what was found for it. */
export interface PlaceMatch {
  readonly place: PlannedPlace;
  readonly findings: readonly PlaceFinding[];
  /** Its group. @default - not found, or ambiguous */
  readonly group?: NamedGroup;
}

/** A place of a deployment whose group was found. */
export interface MatchedPlace extends PlaceMatch {
  readonly group: NamedGroup;
  /** The place with its group. */
  readonly endpoint: GuardedEndpoint;
  /** Network interfaces there with another group. */
  readonly interfaces: readonly PlacedEndpoint[];
  /** Doubts about its subnet, its interfaces and their groups, which the proof evaluates. */
  readonly judgedDoubts: readonly string[];
}

/** Whether a group was found. */
export function isMatched(match: PlaceMatch): match is MatchedPlace {
  return match.group !== undefined;
}

/**
 * The group of a place, and where it is attached.
 *
 * @param mapped name of the group, where its tags do not say it
 */
export function matchPlace(
  place: PlannedPlace,
  there: NetworkOfFiles,
  mapped: string | undefined,
): PlaceMatch | MatchedPlace {
  const { label } = place.endpoint;
  const [group, ...others] = groupsFor(place, there, mapped);
  const find: Find = (kind, message, subject) => ({
    kind,
    component: label,
    message: `${label}: ${message}`,
    ...(group && { group: group.name }),
    ...(subject !== undefined && { subject }),
  });
  if (!group) return { place, findings: [find("group-not-found", notFound(place, there, mapped))] };
  if (others.length > 0) {
    const names = [group, ...others].map(({ name }) => name).join(", ");
    const message = `several groups are its own: ${names}. Say which with --map ${label}=GROUP.`;
    return { place, findings: [find("group-ambiguous", message)] };
  }
  const { endpoints, groups, doubts = [] } = there.network;
  const here = subnetsOfPlace(place, endpoints);
  const near = [...interfacesIn(here, endpoints), ...here];
  const isExempt = ({ networkInterface }: PlacedEndpoint) => networkInterface?.isPrivateEndpoint === true;
  const doubtsIn = (some: readonly PlacedEndpoint[]) => [
    ...new Set(some.flatMap((one) => doubtsAbout(one, groups))),
  ];
  const judged = doubtsIn(near.filter((one) => !isExempt(one)));
  const exempt = doubtsIn(near.filter(isExempt)).filter((name) => !judged.includes(name));
  const attached = attachmentOf(place, group, here, endpoints);
  return {
    place,
    group,
    judgedDoubts: judged,
    endpoint: {
      ...place.endpoint,
      ...attached.to,
      ...(here[0]?.virtualNetwork !== undefined && { virtualNetwork: here[0].virtualNetwork }),
    },
    interfaces: interfacesIn(here, endpoints).filter(({ interfaceGroup }) => interfaceGroup !== group.name),
    findings: [
      ...(attached.fault ? [find(...attached.fault)] : []),
      ...doubts
        .filter((doubt) => doubt.groups.includes(group.name))
        .map(({ text, identity }) => find("not-known", text, identity)),
      ...[...judged, ...exempt].map((name) =>
        find("not-known", `${name} is not known. Give the state after the apply.`, name),
      ),
      ...unknownPrefixes(place, group, here).map((text) => find("not-known", text, "prefix")),
      ...unplacedInterfaces(place, group, endpoints).map((text) => find("not-known", text, "interfaces")),
    ],
  };
}

type Find = (kind: PlaceFinding["kind"], message: string, subject?: string) => PlaceFinding;
type Fault = readonly [kind: PlaceFinding["kind"], message: string];

/**
 * The subnets of a place: the one with its names, or else those with its
 * prefixes, whatever their names are.
 */
function subnetsOfPlace(
  place: PlannedPlace,
  endpoints: readonly PlacedEndpoint[],
): readonly PlacedEndpoint[] {
  const subnets = endpoints.filter(({ networkInterface }) => !networkInterface);
  const named = subnets.filter((subnet) => isNamedAs(place, subnet));
  return named.length > 0
    ? named
    : subnets.filter(({ prefixes }) => holdSame(prefixes, place.endpoint.prefixes));
}

function isNamedAs({ names, subnetId }: PlannedPlace, { id, names: own = {} }: PlacedEndpoint): boolean {
  const isSame = areSameSubnet(names, own);
  return isSame ?? [subnetId, parseReference(subnetId ?? "")?.address].some((text) => isKeyOf(text, id));
}

/** Whether an endpoint has this key, with or without the name of its file. */
function isKeyOf(key: string | undefined, id: string): boolean {
  return key !== undefined && (id === key || id.endsWith(`: ${key}`));
}

/** The doubts about an endpoint and its groups. */
function doubtsAbout(endpoint: PlacedEndpoint, groups: PlacedNetwork["groups"]): string[] {
  const { subnetGroup, interfaceGroup, noSubnetGroupIf, noInterfaceGroupIf, refusedIf } = endpoint;
  const own = groups.filter(({ name }) => [subnetGroup, interfaceGroup].includes(name));
  const ofRules = own.flatMap(({ rules }) => rules.map(({ existsIf }) => existsIf));
  return [noSubnetGroupIf, noInterfaceGroupIf, refusedIf, ...ofRules].flatMap((doubts) => doubts ?? []);
}

/** That no file says the prefixes of a subnet that the deployment creates. */
function unknownPrefixes(place: PlannedPlace, group: NamedGroup, here: readonly PlacedEndpoint[]): string[] {
  const unknown = here.find(({ prefixes }) => !areKnown(prefixes) && areKnown(place.endpoint.prefixes));
  if (!unknown || isAzureId(place.subnetId ?? "")) return [];
  return [
    `which addresses subnet ${unknown.label} has, to which its group ${group.name} is attached, is in none of the files. ` +
      "Give the FILE that contains it, such as --subnets with az network vnet list -o json.",
  ];
}

function groupsFor(
  place: PlannedPlace,
  { groups }: NetworkOfFiles,
  mapped: string | undefined,
): NamedGroup[] {
  const { groupName, isOthers } = place;
  const named = (wanted: string): NamedGroup[] =>
    groups.filter(({ name, found }) => [name, found.name].some((text) => same(text, wanted)));
  const candidates =
    mapped !== undefined
      ? named(mapped)
      : isOthers && groupName !== undefined
        ? named(groupName)
        : groups.filter(({ found }) => nameOfComponent(found.tags) === place.endpoint.label);
  const own = candidates.filter(({ found }) => groupName !== undefined && same(found.name, groupName));
  return own.length > 0 ? own : candidates;
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

/** The groups of a place as the files attach them, and what is wrong with that. */
function attachmentOf(
  place: PlannedPlace,
  group: NamedGroup,
  here: readonly PlacedEndpoint[],
  endpoints: readonly PlacedEndpoint[],
): { readonly to: Partial<GuardedEndpoint>; readonly fault?: Fault } {
  const behind = endpoints.filter(
    ({ networkInterface, subnetGroup }) => !networkInterface && subnetGroup === group.name,
  );
  const interfaces = endpoints.filter(({ interfaceGroup }) => interfaceGroup === group.name);
  if (behind.length > 0) {
    const doubtful = here.find(({ noSubnetGroupIf, refusedIf }) => noSubnetGroupIf ?? refusedIf) ?? here[0];
    return {
      to: { subnetGroup: group.name, ...doubtsOf(doubtful) },
      fault: subnetElsewhere(place, group, behind, here),
    };
  }
  if (interfaces.length === 0) {
    const message = `its group ${group.name} is attached to neither a subnet nor a network interface, so it filters nothing. Attach it, or give the FILE that does.`;
    return { to: { subnetGroup: group.name }, fault: ["group-unattached", message] };
  }
  const own = interfacesIn(here, interfaces);
  const areAllKnown =
    own.length > 0 &&
    areKnown(place.endpoint.prefixes) &&
    own.every((one) => one.networkInterface?.areAddressesKnown);
  const subnetGroup = here[0]?.subnetGroup;
  return {
    to: {
      interfaceGroup: group.name,
      ...doubtsOf(own.find(({ noInterfaceGroupIf }) => noInterfaceGroupIf) ?? here[0]),
      ...(subnetGroup !== undefined && { subnetGroup }),
      ...(areAllKnown && { prefixes: own.flatMap(({ prefixes }) => prefixes) }),
    },
    fault: interfacesOnly(place, group, interfaces, own, here),
  };
}

/** The doubts about the groups of an endpoint. */
export function doubtsOf(
  endpoint: PlacedEndpoint | undefined,
): Pick<GuardedEndpoint, "noSubnetGroupIf" | "noInterfaceGroupIf" | "refusedIf"> {
  const { noSubnetGroupIf, noInterfaceGroupIf, refusedIf } = endpoint ?? {};
  return defined({ noSubnetGroupIf, noInterfaceGroupIf, refusedIf });
}

function interfacesIn(
  subnets: readonly PlacedEndpoint[],
  endpoints: readonly PlacedEndpoint[],
): PlacedEndpoint[] {
  const ids = new Set(subnets.map(({ id }) => id));
  return endpoints.filter(({ networkInterface }) => ids.has(networkInterface?.subnet ?? ""));
}

/** Why the subnet of the group is not the place, or may not be; undefined if it is. */
function subnetElsewhere(
  place: PlannedPlace,
  group: NamedGroup,
  behind: readonly PlacedEndpoint[],
  here: readonly PlacedEndpoint[],
): Fault | undefined {
  const { prefixes } = place.endpoint;
  const isRight = ({ prefixes: own, subnetGroup }: PlacedEndpoint) =>
    subnetGroup === group.name && (!areKnown(own) || !areKnown(prefixes) || holdSame(own, prefixes));
  if (here.length > 0 && here.every(isRight)) return undefined;
  const other = here.find(({ subnetGroup }) => subnetGroup !== group.name);
  const instead = other && `, which has ${other.subnetGroup ?? "no group"}`;
  const isOpen = here.length === 0 && behind.some((subnet) => !areKnown(subnet.prefixes));
  return [
    "subnet-differs",
    `its group ${group.name} is attached to ${listOf(behind)}, and the deployment says ${described(place)}${instead ?? ""}. ` +
      (isOpen
        ? "Attach the group there, or give the FILE that says the prefixes of its subnet."
        : "Attach the group there, or change the deployment."),
  ];
}

/** Why a group of network interfaces does not filter the place; undefined if it does. */
function interfacesOnly(
  place: PlannedPlace,
  group: NamedGroup,
  interfaces: readonly PlacedEndpoint[],
  own: readonly PlacedEndpoint[],
  here: readonly PlacedEndpoint[],
): Fault | undefined {
  const before = `its group ${group.name} is attached to the network interface${interfaces.length > 1 ? "s" : ""} ${listOf(interfaces)}`;
  if (own.length === 0) {
    const message = `${before}, and the deployment says ${described(place)}.`;
    return interfaces.some(({ networkInterface }) => networkInterface?.subnet === undefined)
      ? [
          "not-known",
          `${message} Give the FILE that says in which subnet each is, or attach the group there.`,
        ]
      : ["subnet-differs", `${message} Attach the group there, or change the deployment.`];
  }
  const ids = new Set(own.map(({ id }) => id));
  return here.every((subnet) => subnet.interfaces?.every((id) => ids.has(id)))
    ? undefined
    : [
        "subnet-unfiltered",
        `${before} only, so that it does not filter what else is in ${described(place)}. Attach it to the subnet.`,
      ];
}

/** Interfaces that may be at the place, and whose groups may deny its flows. */
function unplacedInterfaces(
  place: PlannedPlace,
  group: NamedGroup,
  endpoints: readonly PlacedEndpoint[],
): string[] {
  const ids = new Set(endpoints.map(({ id }) => id));
  const found = endpoints.filter(
    (one) => one.networkInterface && one.interfaceGroup !== group.name && mayBeAt(place, one, ids),
  );
  if (found.length === 0) return [];
  const labels = found.map(({ label }) => label);
  const names = labels.length > 3 ? [...labels.slice(0, 2), `${labels.length - 2} others`] : labels;
  return [
    `${names.join(", ")} may be in its subnet, behind ${labels.length > 1 ? "groups of their own" : "a group of its own"} that may deny its flows. ` +
      "Give the FILE that says in which subnet each is.",
  ];
}

function mayBeAt(
  { names, endpoint }: PlannedPlace,
  { networkInterface, prefixes }: PlacedEndpoint,
  ids: ReadonlySet<string>,
): boolean {
  const { subnet, areAddressesKnown = false } = networkInterface ?? {};
  if (subnet !== undefined && ids.has(subnet)) return false;
  if (areAddressesKnown && areKnown(endpoint.prefixes) && !overlap(prefixes, endpoint.prefixes)) return false;
  return (
    subnet === undefined || !isAzureId(subnet) || areSameSubnet(names, namesInSubnetId(subnet)) !== false
  );
}

function listOf(endpoints: readonly PlacedEndpoint[]): string {
  return endpoints
    .map(({ label, names, prefixes, networkInterface }) => {
      if (networkInterface && !networkInterface.areAddressesKnown) return label;
      if (areKnown(prefixes)) return `${label} (${prefixes.join(", ")})`;
      const { subnet, virtualNetwork } = names ?? {};
      return subnet !== undefined && virtualNetwork !== undefined ? `${subnet} of ${virtualNetwork}` : label;
    })
    .join(", ");
}

function described({ endpoint: { prefixes }, names }: PlannedPlace): string {
  const { subnet, virtualNetwork } = names;
  return subnet === undefined || virtualNetwork === undefined
    ? prefixes.join(", ")
    : `${prefixes.join(", ")}, ${subnet} of ${virtualNetwork}`;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
