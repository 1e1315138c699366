import type { Doubts, GuardedEndpoint, Network, NetworkInterface, SecurityGroup } from "../../proof/network";
import { groupBy, kept } from "../../base/collections";
import { isOpaque } from "../../base/opaque";
import { componentSlug, VeeamRole } from "../../ports/port-table";
import { isKnownServiceTag, serviceTagFault } from "../../azure/service-tag-names";
import { parseAddresses } from "../../azure/sets/address-set";
import { findServiceTag, type ServiceTags } from "../../azure/sets/service-tags";
import { isSameName, nameInId, segmentOfId, type SubnetNames } from "../../azure/azure-id";
import type {
  FoundGroup,
  FoundInterface,
  FoundNetwork,
  FoundSubnet,
  FoundVirtualNetwork,
  NetworkDoubt,
} from "../found-network";
import { joinFiles, type JoinedNetwork } from "./join-files";
import type { JoinedGroup } from "./join-groups";
import { defined } from "../files/json-values";
import { areKnown } from "../../azure/sets/prefix-list";
import { mayRoutePublic } from "../network/route-tables";
import { peeringsAmong, surroundingsOf } from "./surroundings";
import { formatReference } from "../resources/terraform-resource";
import { unknownGroup } from "./unknown-group";

/** A group in a file, under its unique name in the network. */
export interface NamedGroup extends SecurityGroup {
  /** What the file says of it. */
  readonly found: FoundGroup;
  /** Name of the file. */
  readonly file: string;
}

/** A subnet, or a network interface that has a group of its own. */
export interface PlacedEndpoint extends GuardedEndpoint {
  /** The known names of a subnet. @default - it is a network interface */
  readonly names?: SubnetNames;
  /** Ids of all network interfaces in a subnet. @default - not known, or it is a network interface */
  readonly interfaces?: readonly string[];
  /** What is known of a network interface. @default - it is a subnet */
  readonly networkInterface?: {
    /** Id of its subnet. @default - not known */
    readonly subnet?: string;
    /** Whether the prefixes are its own addresses; otherwise they are its subnet's, and contain them. */
    readonly areAddressesKnown: boolean;
    /** Whether it is that of a private endpoint. @default false */
    readonly isPrivateEndpoint?: boolean;
  };
}

/** A network, with more than the proof needs. */
export interface PlacedNetwork extends Network {
  readonly endpoints: PlacedEndpoint[];
  /** Virtual networks, and what they are connected to. @default - none is known */
  readonly virtualNetworks?: readonly FoundVirtualNetwork[];
  /** What is not known of its groups. @default - nothing */
  readonly doubts?: readonly NetworkDoubt[];
  /** Prefixes in the route tables of subnets, by the ids of these. @default - none is known */
  readonly routes?: ReadonlyArray<{ readonly subnet: string; readonly prefixes: readonly string[] }>;
  /** The variables and data sources of configurations, as these write them. @default - none is known */
  readonly inputs?: Readonly<Record<string, string>>;
}

/** The network in several files. */
export interface NetworkOfFiles {
  readonly network: PlacedNetwork;
  /** The groups of the network, beside what the files say of each. */
  readonly groups: NamedGroup[];
  /** What the files leave open, each a sentence. */
  readonly notes: string[];
}

/**
 * The network in several files. Groups with the same name get their resource
 * group or address as well. A group that no file contains is a doubt: verdicts
 * depend on it, by name.
 *
 * @throws InvalidInputError where files contradict each other, or rules do together
 */
export function networkOfFiles(files: readonly FoundNetwork[], serviceTags?: ServiceTags): NetworkOfFiles {
  const joined = joinFiles(files);
  const { network, groups, notes } = networkOfJoined(joined, serviceTags);
  return {
    network,
    groups,
    notes: [
      ...joined.notes,
      ...notes,
      ...(network.doubts ?? []).map(({ text }) => text),
      ...missingPrefixes(joined.subnets),
      ...unknownTags(groups, serviceTags),
    ],
  };
}

/** The same for files that are joined already, or for a part of them; the notes are about groups only. */
export function networkOfJoined(joined: JoinedNetwork, serviceTags?: ServiceTags): NetworkOfFiles {
  const groups = nameGroups(joined.groups);
  const named = new GroupNaming(groups);
  const subnets = joined.subnets.map((found) => ({ found, endpoint: subnetEndpoint(found, named) }));
  const subnetByKey = new Map(subnets.map((subnet) => [subnet.found.key, subnet]));
  // The address of an interface is in its subnet too: the interface comes first.
  const endpoints = [
    ...joined.interfaces.flatMap((one) => {
      const { endpoint, found } = subnetByKey.get(one.subnet ?? "") ?? {};
      return one.privateEndpoint !== undefined
        ? privateEndpoint(one, endpoint, found?.filtersPrivateEndpoints)
        : interfaceEndpoint(one, endpoint, named);
    }),
    ...subnets.map(({ endpoint }) => endpoint),
  ];
  const { virtualNetworks } = joined;
  const interfaces = interfacesOf(joined.interfaces);
  const tables = new Map(joined.tables.map(({ key, prefixes }) => [key, prefixes]));
  const routes = joined.routings
    .map(({ subnet = "", table = "" }) => ({ subnet, prefixes: tables.get(table) ?? [] }))
    .filter(({ prefixes }) => prefixes.length > 0);
  const around = surroundingsOf(virtualNetworks);
  const homes = new Set(endpoints.flatMap(({ virtualNetwork }) => virtualNetwork ?? []));
  const peerings = peeringsAmong([...homes], virtualNetworks);
  const ofGroups = joined.doubts.map((one) => ({
    ...one,
    groups: one.groups.map((key) => named.nameOf(key)),
  }));
  const doubts = [...ofGroups, ...around.doubts];
  const mayHoldPublic = mayRoutePublic(joined) || around.doubts.length > 0;
  return {
    network: defined({
      endpoints: withDistinctLabels(endpoints),
      groups: [...groups.map(({ name, rules }) => ({ name, rules })), ...named.missing.values()],
      virtualNetworkPrefixes: unlessEmpty(around.virtualNetworkPrefixes),
      connectedPrefixes: unlessEmpty(around.connectedPrefixes),
      hasDefaultRoute: mayHoldPublic || undefined,
      serviceTags,
      virtualNetworks: unlessEmpty(virtualNetworks),
      peerings,
      interfaces: unlessEmpty(interfaces),
      routes: unlessEmpty(routes),
      inputs: joined.inputs,
      doubts: unlessEmpty(doubts),
    }),
    groups,
    notes: named.notes,
  };
}

function unlessEmpty<T>(list: readonly T[]): T[] | undefined {
  return list.length > 0 ? [...list] : undefined;
}

/** The interfaces whose addresses are known. */
function interfacesOf(interfaces: readonly FoundInterface[]): NetworkInterface[] {
  return interfaces
    .filter(({ addresses }) => addresses.length > 0)
    .map(({ key, name, addresses, applicationSecurityGroupIds: ids }) => ({
      id: key,
      label: name,
      prefixes: addresses,
      ...(ids && { applicationSecurityGroupIds: [...ids] }),
    }));
}

function missingPrefixes(subnets: readonly FoundSubnet[]): string[] {
  const missing = subnets.filter(({ isListed, prefixes }) => isListed && !areKnown(prefixes));
  return missing.length === 0
    ? []
    : [
        `The list of groups does not say the prefixes of ${missing.map(({ name }) => name).join(", ")}. ` +
          "Give them with --subnets FILE, made by az network vnet list -o json.",
      ];
}

/** Names in rules that neither Microsoft's list of service tags has nor the Service Tags file. */
function unknownTags(groups: readonly NamedGroup[], serviceTags: ServiceTags | undefined): string[] {
  return groups.flatMap(({ name: group, rules }) =>
    rules.flatMap(({ name: rule, sourceAddressPrefixes, destinationAddressPrefixes }) =>
      [...sourceAddressPrefixes, ...destinationAddressPrefixes]
        .filter((text) => text !== "*" && !isOpaque(text) && !parseAddresses(text))
        .filter((tag) => !isKnownServiceTag(tag) && !(serviceTags && findServiceTag(serviceTags, tag)))
        .map((tag) => {
          const change = serviceTagFault(tag)?.change ?? "Give the Service Tags file with --service-tags";
          return `Rule ${rule} of ${group} names ${tag}, which is not a known service tag. ${change}.`;
        }),
    ),
  );
}

/** The names of groups in the network, also of groups that no file contains. */
class GroupNaming {
  readonly notes: string[] = [];
  readonly byKey: ReadonlyMap<string, NamedGroup>;
  /** The groups that no file contains. */
  readonly missing = new Map<string, SecurityGroup>();
  private readonly taken: Set<string>;

  constructor(groups: readonly NamedGroup[]) {
    this.byKey = new Map(groups.map((group) => [group.found.key, group]));
    this.taken = new Set(groups.map(({ name }) => name));
  }

  nameOf(key: string): string {
    const [known, name] = [this.byKey.get(key), nameInId(key)];
    const note = `No file holds the rules of ${name}, a group that they name.`;
    return known?.name ?? this.nameOfMissing(key, name, note);
  }

  /** The group of a subnet of which the files do not say whether it has one. */
  ofUnknown(id: string, what: string): string {
    const note = `Whether ${what} has a group, and which, is not known.`;
    return this.nameOfMissing(`the group of ${id}`, `the group of ${what}`, note);
  }

  private nameOfMissing(key: string, what: string, note: string): string {
    const { name } = kept(this.missing, key, () => {
      const short = `${what} (not in the files)`;
      const group = unknownGroup(this.taken.has(short) ? `${short} (${key})` : short);
      this.taken.add(group.name);
      this.notes.push(note);
      return group;
    });
    return name;
  }
}

function subnetEndpoint(subnet: FoundSubnet, groups: GroupNaming): PlacedEndpoint {
  const { key, name, prefixes, group, virtualNetwork, names, interfaces, refusedIf } = subnet;
  const tagged = groups.byKey.get(group ?? "");
  const unknown = () => (subnet.mayHaveGroup ? groups.ofUnknown(key, `subnet ${name}`) : undefined);
  return defined({
    id: key,
    label: (tagged && nameOfComponent(tagged.found.tags)) ?? name,
    prefixes,
    subnetGroup: group === undefined ? unknown() : groups.nameOf(group),
    noSubnetGroupIf: noGroupIf(subnet),
    refusedIf,
    virtualNetwork,
    names,
    interfaces,
  });
}

function noGroupIf({ name, noGroupIf: doubts, delegatedTo: service }: FoundSubnet): Doubts | undefined {
  const delegated = service && [`whether groups are applied to ${service}, to which ${name} is delegated`];
  return doubts ?? (delegated || undefined);
}

/** Groups are applied to connections to a private endpoint only if its subnet says so. It opens no connections itself. */
function privateEndpoint(
  found: FoundInterface,
  subnet: PlacedEndpoint | undefined,
  isFiltered: boolean | undefined,
): PlacedEndpoint[] {
  if (isFiltered === true) return [];
  const { networkInterface, ...placed } = placedInterface(found, subnet);
  const group = isFiltered === undefined ? subnet?.subnetGroup : undefined;
  const doubt = `whether groups are applied to private endpoints in ${subnet?.label}`;
  return [
    defined({
      ...placed,
      subnetGroup: group,
      noSubnetGroupIf: group === undefined ? undefined : [doubt],
      networkInterface: { ...networkInterface, isPrivateEndpoint: true },
    }),
  ];
}

/** A network interface that has a group of its own. Without one, its subnet says all of it. */
function interfaceEndpoint(
  found: FoundInterface,
  subnet: PlacedEndpoint | undefined,
  groups: GroupNaming,
): PlacedEndpoint[] {
  const { key, name, group, subnet: subnetKey } = found;
  if (group === undefined) return [];
  const where = subnetKey === undefined ? `the subnet of ${name}` : `subnet ${nameInId(subnetKey)}`;
  return [
    defined({
      ...placedInterface(found, subnet),
      subnetGroup: subnet ? subnet.subnetGroup : groups.ofUnknown(subnetKey ?? key, where),
      interfaceGroup: groups.nameOf(group),
      noSubnetGroupIf: subnet?.noSubnetGroupIf,
      refusedIf: subnet?.refusedIf,
      noInterfaceGroupIf: found.noGroupIf,
    }),
  ];
}

function placedInterface(found: FoundInterface, subnet: PlacedEndpoint | undefined) {
  const { key, name, addresses } = found;
  const areAddressesKnown = addresses.length > 0;
  // The addresses of a subnet that is in no file, or of the interface if its subnet is not known.
  const [holder, attribute] =
    found.subnet === undefined ? [key, "private_ip_addresses"] : [found.subnet, "address_prefixes"];
  const unknown = isOpaque(holder) ? holder : formatReference(holder, attribute);
  return {
    id: key,
    label: name,
    prefixes: areAddressesKnown ? addresses : (subnet?.prefixes ?? [unknown]),
    virtualNetwork: subnet?.virtualNetwork,
    networkInterface: defined({ subnet: found.subnet, areAddressesKnown }),
  };
}

function nameGroups(groups: readonly JoinedGroup[]): NamedGroup[] {
  const spellings = groups.map(({ key, name, names, file }) => {
    const resourceGroup = segmentOfId(key, "resourceGroups") ?? names.resourceGroup;
    return [
      name,
      ...(resourceGroup === undefined || isOpaque(resourceGroup) ? [] : [`${name} (${resourceGroup})`]),
      `${name} (${key})`,
      `${name} (${file}: ${key})`,
    ];
  });
  const used = spellings.flatMap((texts) => [...new Set(texts.map((text) => text.toLowerCase()))]);
  const uses = groupBy(used, (text) => text);
  return groups.map((found, index) => {
    const { file, rules } = found;
    const name = spellings[index].find((text) => uses.get(text.toLowerCase())?.length === 1);
    return { name: name ?? `${found.name} (${file}, ${index + 1})`, rules, found, file };
  });
}

/** A label that is not unique is followed by the id. */
function withDistinctLabels(endpoints: readonly PlacedEndpoint[]): PlacedEndpoint[] {
  const byLabel = groupBy(endpoints, ({ label }) => label);
  return endpoints.map((endpoint) =>
    byLabel.get(endpoint.label)?.length === 1
      ? endpoint
      : { ...endpoint, label: `${endpoint.label} (${endpoint.id})` },
  );
}

/** The name of the component in the tags of a group: `cache-repository-cache`. Azure ignores the case of a tag's name. */
export function nameOfComponent(tags: Readonly<Record<string, string>>): string | undefined {
  const [named, component] = ["veeam-role", "veeam-component"].map(
    (name) => Object.entries(tags).find(([key]) => isSameName(key, name))?.[1],
  );
  const role = Object.values(VeeamRole).find((candidate) => isSameName(candidate, named));
  return role === undefined ? undefined : componentSlug(role, component ?? role);
}
