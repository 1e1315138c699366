import type { PlannedPlace } from "../plan/plan";
import type { GuardedEndpoint } from "../proof/network";
import { areSameSubnet, isAzureId, isSameName, namesInSubnetId, type SubnetNames } from "../azure/azure-id";
import {
  type NamedGroup,
  nameOfComponent,
  type NetworkOfFiles,
  type PlacedEndpoint,
  type PlacedNetwork,
} from "../terraform/joined/network-of-files";
import { defined } from "../terraform/files/json-values";
import { areKnown, holdSame, overlap } from "../azure/sets/prefix-list";
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

type Fault = readonly [kind: PlaceFinding["kind"], message: string, subject?: string];

/** A place and its group, among what is in the files. */
interface Site {
  readonly place: PlannedPlace;
  readonly group: NamedGroup;
  /** The subnets of the place. */
  readonly here: readonly PlacedEndpoint[];
  readonly endpoints: readonly PlacedEndpoint[];
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
  const { candidates, ifNone } = groupsFor(place, there, mapped);
  const [group, ...others] = candidates;
  const found = (...faults: readonly Fault[]): PlaceFinding[] =>
    faults.map(([kind, message, subject]) =>
      defined({ kind, component: label, message: `${label}: ${message}`, group: group?.name, subject }),
    );
  if (!group) return { place, findings: found(["group-not-found", ifNone]) };
  if (others.length > 0) {
    const names = candidates.map(({ name }) => name).join(", ");
    const message = `several groups are its own: ${names}. Say which with --map ${label}=GROUP.`;
    return { place, findings: found(["group-ambiguous", message]) };
  }
  const { endpoints, groups, doubts = [] } = there.network;
  const here = subnetsOfPlace(place, endpoints);
  const site: Site = { place, group, here, endpoints };
  const interfaces = interfacesIn(here, endpoints);
  const about = (some: readonly PlacedEndpoint[]) => some.flatMap((one) => doubtsAbout(one, groups));
  const isExempt = ({ networkInterface }: PlacedEndpoint) => networkInterface?.isPrivateEndpoint === true;
  const exempt = about(interfaces.filter(isExempt));
  const judged = about([...interfaces.filter((one) => !isExempt(one)), ...here]);
  const attached = attachmentOf(site);
  return {
    place,
    group,
    judgedDoubts: judged,
    endpoint: {
      ...place.endpoint,
      ...attached.to,
      ...defined({ virtualNetwork: here[0]?.virtualNetwork }),
    },
    interfaces: interfaces.filter(({ interfaceGroup }) => interfaceGroup !== group.name),
    findings: found(
      ...attached.faults,
      ...doubts
        .filter((doubt) => doubt.groups.includes(group.name))
        .map(({ text, identity }): Fault => ["not-known", text, identity]),
      ...[...new Set([...judged, ...exempt])].map((name): Fault => [
        "not-known",
        `${name} is not known. Give the state after the apply.`,
        name,
      ]),
      ...unknownPrefixes(site),
      ...unplacedInterfaces(site),
    ),
  };
}

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

function isNamedAs({ names, subnetId = "" }: PlannedPlace, { id, names: own = {} }: PlacedEndpoint): boolean {
  // A key may follow the name of its file.
  const isKey = (key: string) => key !== "" && (id === key || id.endsWith(`: ${key}`));
  return areSameSubnet(names, own) ?? [subnetId, parseReference(subnetId)?.address ?? ""].some(isKey);
}

/** The doubts about an endpoint and its groups. */
function doubtsAbout(endpoint: PlacedEndpoint, groups: PlacedNetwork["groups"]): string[] {
  const own = groups.filter(({ name }) => [endpoint.subnetGroup, endpoint.interfaceGroup].includes(name));
  const ofRules = own.flatMap(({ rules }) => rules.map(({ existsIf }) => existsIf));
  return [...Object.values(doubtsOf(endpoint)), ...ofRules].flatMap((doubts) => doubts ?? []);
}

/** That no file says the prefixes of a subnet that the deployment creates. */
function unknownPrefixes({ place, group, here }: Site): Fault[] {
  const unknown = here.find(({ prefixes }) => !areKnown(prefixes) && areKnown(place.endpoint.prefixes));
  if (!unknown || isAzureId(place.subnetId ?? "")) return [];
  const message =
    `which addresses subnet ${unknown.label} has, to which its group ${group.name} is attached, is not in any of the files. ` +
    "Give the FILE that contains it, such as --subnets with az network vnet list -o json.";
  return [["not-known", message, "prefix"]];
}

/** The groups that may be a place's, found by the mapping, by the name of another team's group, or by tags; or the fault if no group is found. */
function groupsFor(
  { endpoint: { label }, groupName, isOthers }: PlannedPlace,
  { groups }: NetworkOfFiles,
  mapped: string | undefined,
): { readonly candidates: readonly NamedGroup[]; readonly ifNone: string } {
  const names = groups.map(({ name }) => name).join(", ") || "none";
  const called =
    groupName === undefined ? [] : groups.filter(({ found }) => isSameName(found.name, groupName));
  const preferred = (candidates: NamedGroup[]) => {
    const own = candidates.filter((group) => called.includes(group));
    return own.length > 0 ? own : candidates;
  };
  const wanted = mapped ?? (isOthers ? groupName : undefined);
  if (wanted !== undefined) {
    const whose = mapped === undefined ? ", which the deployment names" : "";
    return {
      candidates: preferred(
        groups.filter(({ name, found }) => isSameName(name, wanted) || isSameName(found.name, wanted)),
      ),
      ifNone: `no group is called ${wanted}${whose}. The files hold: ${names}.`,
    };
  }
  return {
    candidates: preferred(groups.filter(({ found }) => nameOfComponent(found.tags) === label)),
    ifNone:
      called.length > 0
        ? `no group has its tags, but one has its name. Restore the tags, or give --map ${label}=${called[0].name}.`
        : `no group has its tags veeam-role and veeam-component. Give --map ${label}=GROUP; the files hold: ${names}.`,
  };
}

/** The groups of a place as the files attach them, and what is wrong with that. */
function attachmentOf(site: Site): { readonly to: Partial<GuardedEndpoint>; readonly faults: Fault[] } {
  const { place, group, here, endpoints } = site;
  const behind = endpoints.filter(
    ({ networkInterface, subnetGroup }) => !networkInterface && subnetGroup === group.name,
  );
  if (behind.length > 0) {
    const doubtful = here.find(({ noSubnetGroupIf, refusedIf }) => noSubnetGroupIf ?? refusedIf) ?? here[0];
    return {
      to: { subnetGroup: group.name, ...doubtsOf(doubtful) },
      faults: subnetElsewhere(site, behind),
    };
  }
  const interfaces = endpoints.filter(({ interfaceGroup }) => interfaceGroup === group.name);
  if (interfaces.length === 0) {
    const message = `its group ${group.name} is attached to neither a subnet nor a network interface, so it filters nothing. Attach it, or give the FILE that does.`;
    return { to: { subnetGroup: group.name }, faults: [["group-unattached", message]] };
  }
  const own = interfacesIn(here, interfaces);
  const areAllKnown =
    own.length > 0 &&
    areKnown(place.endpoint.prefixes) &&
    own.every((one) => one.networkInterface?.areAddressesKnown);
  return {
    to: {
      interfaceGroup: group.name,
      ...doubtsOf(own.find(({ noInterfaceGroupIf }) => noInterfaceGroupIf) ?? here[0]),
      ...defined({ subnetGroup: here[0]?.subnetGroup }),
      ...(areAllKnown && { prefixes: own.flatMap(({ prefixes }) => prefixes) }),
    },
    faults: interfacesOnly(site, interfaces, own),
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

/** Why the subnet of the group is not the place, or may not be. */
function subnetElsewhere({ place, group, here }: Site, behind: readonly PlacedEndpoint[]): Fault[] {
  const { prefixes } = place.endpoint;
  const isRight = ({ prefixes: own, subnetGroup }: PlacedEndpoint) =>
    subnetGroup === group.name && (!areKnown(own) || !areKnown(prefixes) || holdSame(own, prefixes));
  if (here.length > 0 && here.every(isRight)) return [];
  const other = here.find(({ subnetGroup }) => subnetGroup !== group.name);
  const instead = other && `, which has ${other.subnetGroup ?? "no group"}`;
  const isOpen = here.length === 0 && behind.some((subnet) => !areKnown(subnet.prefixes));
  const message =
    `its group ${group.name} is attached to ${listOf(behind)}, and the deployment says ${described(place)}${instead ?? ""}. ` +
    (isOpen
      ? "Attach the group there, or give the FILE that contains the prefixes of its subnet."
      : "Attach the group there, or change the deployment.");
  return [["subnet-differs", message]];
}

/** Why a group of network interfaces does not filter the place. */
function interfacesOnly(
  { place, group, here }: Site,
  interfaces: readonly PlacedEndpoint[],
  own: readonly PlacedEndpoint[],
): Fault[] {
  const before = `its group ${group.name} is attached to the network interface${interfaces.length > 1 ? "s" : ""} ${listOf(interfaces)}`;
  if (own.length === 0) {
    const message = `${before}, and the deployment says ${described(place)}.`;
    return interfaces.some(({ networkInterface }) => networkInterface?.subnet === undefined)
      ? [
          [
            "not-known",
            `${message} Give the FILE that contains the subnet of each, or attach the group there.`,
          ],
        ]
      : [["subnet-differs", `${message} Attach the group there, or change the deployment.`]];
  }
  const ids = new Set(own.map(({ id }) => id));
  if (here.every((subnet) => subnet.interfaces?.every((id) => ids.has(id)))) return [];
  const message = `${before} only, so that it does not filter what else is in ${described(place)}. Attach it to the subnet.`;
  return [["subnet-unfiltered", message]];
}

/** Interfaces that may be at the place, and whose groups may deny its flows. */
function unplacedInterfaces({ place, group, endpoints }: Site): Fault[] {
  const ids = new Set(endpoints.map(({ id }) => id));
  const labels = endpoints
    .filter((one) => one.networkInterface && one.interfaceGroup !== group.name && mayBeAt(place, one, ids))
    .map(({ label }) => label);
  if (labels.length === 0) return [];
  const names = labels.length > 3 ? [...labels.slice(0, 2), `${labels.length - 2} others`] : labels;
  const message =
    `${names.join(", ")} may be in its subnet, behind ${labels.length > 1 ? "groups of their own" : "a group of its own"} that may deny its flows. ` +
    "Give the FILE that contains the subnet of each.";
  return [["not-known", message, "interfaces"]];
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
      return areKnown(prefixes) ? `${label} (${prefixes.join(", ")})` : (fullName(names) ?? label);
    })
    .join(", ");
}

function described({ endpoint: { prefixes }, names }: PlannedPlace): string {
  return [...prefixes, fullName(names) ?? []].flat().join(", ");
}

function fullName({ subnet, virtualNetwork }: SubnetNames = {}): string | undefined {
  return subnet === undefined || virtualNetwork === undefined ? undefined : `${subnet} of ${virtualNetwork}`;
}
