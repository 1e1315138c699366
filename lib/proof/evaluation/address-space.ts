import {
  ALL_ADDRESSES,
  intersectAddresses,
  NO_ADDRESSES,
  parseAddresses,
  subtractAddresses,
  uniteAddresses,
  type AddressSet,
} from "../../azure/sets/address-set";
import type { Network } from "../network";
import { distinctTexts, kept } from "../../base/collections";
import { isOpaque } from "../../base/opaque";
import { isKnownServiceTag } from "../../azure/service-tag-names";
import { addressesOfTag } from "../../azure/sets/service-tags";

/**
 * Where an address is: in the tag `VirtualNetwork`, in the tag `Internet`, or in
 * neither. An address is never in both.
 */
export enum Zone {
  VIRTUAL_NETWORK = "VirtualNetwork",
  INTERNET = "Internet",
  NEITHER = "neither",
}

/** One side of a rule or of a flow: its known addresses, and the unknown sets that it contains. */
export interface Peer {
  /** Whether it contains every address. */
  readonly any: boolean;
  /** Addresses that it certainly contains. */
  readonly addresses: AddressSet;
  /** Keys of the unknown sets that it contains. */
  readonly unknowns: readonly string[];
  /** Zones that it contains. */
  readonly zones: readonly Zone[];
}

// Addresses that the Internet does not route: RFC 1122, 1918, 6598, 3927, 5771, 1112.
const UNROUTED = knownOf([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
]);
// RFC 4291: global unicast. The rest of IPv6 is local, multicast or not assigned.
const PUBLIC: AddressSet = { ...subtractAddresses(ALL_ADDRESSES, UNROUTED), v6: known("2000::/3").v6 };

/**
 * The virtual address of the host, through which Azure's DHCP, DNS and health
 * probes work.
 *
 * Source: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const HOST = known("168.63.129.16/32");
// Source: https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-source-ip-address
const PROBES = knownOf(["168.63.129.16/32", "fe80::1234:5678:9abc/128"]);
// Source: https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service
const METADATA_SERVICE = known("169.254.169.254/32");

function known(text: string): AddressSet {
  const set = parseAddresses(text);
  if (!set) throw new Error(`"${text}" is not an IPv4 or IPv6 prefix.`);
  return set;
}

/** A set whose addresses are unknown. */
interface UnknownSet {
  /** Name for readers. */
  readonly label: string;
  /** Keys of the sets that contain all of it, itself included. */
  readonly within: readonly string[];
  /** Zones of its addresses. */
  readonly zones: readonly Zone[];
  /** Addresses that it may contain. */
  readonly possible: AddressSet;
  /** Whether it is a prefix of an endpoint: these are disjoint. */
  readonly isOwn?: boolean;
}

export const EVERY_ZONE = [Zone.VIRTUAL_NETWORK, Zone.INTERNET, Zone.NEITHER];
const NO_PEER: Peer = { any: false, addresses: NO_ADDRESSES, unknowns: [], zones: [] };

/**
 * The meaning of texts in rules and flows in one network: known addresses, and
 * unknown sets.
 *
 * Assumptions about a tag that is not in the Service Tags file:
 * its addresses are public and not of the virtual network's known prefixes,
 * unless Azure's list does not have its name either (the tags `AzurePlatform…` may hold the host's and the metadata service's
 * as well); `Storage.WestEurope` is within `Storage`, and so for every region;
 * no other tag is taken to be within another or apart from it, nor within
 * `AzureCloud`: Microsoft does not say so.
 *
 * Prefixes of endpoints that are known only at apply are disjoint from one
 * another and from the known ones: subnets never overlap.
 */
export class AddressSpace {
  private readonly virtualNetwork: AddressSet;
  private readonly ownNames: ReadonlySet<string>;
  private readonly ownAddresses: AddressSet;
  private readonly tags: ReadonlyMap<string, AddressSet>;
  private readonly unknowns = new Map<string, UnknownSet>();
  private readonly zones = new Map<Zone, AddressSet>();
  /** Application security groups of the addresses behind a prefix that is known only at apply. */
  private readonly groupsOfName = new Map<string, readonly string[]>();
  /** Known addresses of an application security group. */
  private readonly members: ReadonlyMap<string, AddressSet>;
  private readonly parts = new Map<string, Peer>();
  private readonly domains = new Map<string, AddressSet>();

  /** @param apartFrom addresses that an unknown set certainly does not contain */
  constructor(
    private readonly network: Network,
    private readonly apartFrom: (key: string) => AddressSet = () => NO_ADDRESSES,
  ) {
    const own = network.endpoints.flatMap(({ prefixes }) => prefixes);
    const around = [...(network.virtualNetworkPrefixes ?? []), ...(network.connectedPrefixes ?? []), ...own];
    this.ownNames = new Set(around.filter(isOpaque));
    this.ownAddresses = knownOf(own);
    this.virtualNetwork = uniteAddresses(HOST, knownOf(around));
    this.tags = new Map(
      network.serviceTags?.tags.map((tag) => [tag.name.toLowerCase(), addressesOfTag(tag)]) ?? [],
    );
    const members = new Map<string, string[]>();
    for (const { prefixes, applicationSecurityGroupIds = [] } of [
      ...network.endpoints,
      ...(network.interfaces ?? []),
    ]) {
      const keys = applicationSecurityGroupIds.map(keyOfGroup);
      if (keys.length === 0) continue;
      for (const name of prefixes.filter(isOpaque)) this.groupsOfName.set(name, keys);
      for (const key of keys) kept(members, key, (): string[] => []).push(...prefixes);
    }
    this.members = new Map([...members].map(([key, prefixes]) => [key, knownOf(prefixes)]));
  }

  /** What a list of prefixes, tags and opaque values, and a list of application security groups, stand for together. */
  peer(prefixes: readonly string[], applicationSecurityGroupIds: readonly string[] = []): Peer {
    const parts = [
      ...prefixes.map((text) => this.part(text)),
      ...applicationSecurityGroupIds.map((id) => this.applicationSecurityGroup(id)),
    ];
    if (parts.length === 1) return parts[0];
    return {
      any: parts.some(({ any }) => any),
      addresses: uniteAddresses(...parts.map(({ addresses }) => addresses)),
      unknowns: [...new Set(parts.flatMap(({ unknowns }) => unknowns))],
      zones: [...new Set(parts.flatMap(({ zones }) => zones))],
    };
  }

  /** What a reader calls an unknown set or fact. */
  labelOf(key: string): string {
    return this.unknowns.get(key)?.label ?? (key.startsWith(OPPOSITE) ? key.slice(OPPOSITE.length) : key);
  }

  /** Prefixes known only at apply whose addresses are all in one of these application security groups. */
  namesIn(keys: readonly string[]): string[] {
    return [...this.groupsOfName]
      .filter(([, groups]) => groups.some((key) => keys.includes(key)))
      .map(([name]) => name);
  }

  /** The keys, and those of the sets that hold them. */
  withinAll(keys: readonly string[]): string[] {
    return distinctTexts(keys.flatMap((key) => this.unknowns.get(key)?.within ?? [key]));
  }

  /** The addresses that can be in this zone, or in any, and in all of these sets. */
  possible(zone: Zone | undefined, keys: readonly string[]): AddressSet {
    return kept(this.domains, [zone, ...keys].join("\n"), () =>
      zone === undefined
        ? uniteAddresses(...EVERY_ZONE.map((one) => this.inZoneAndSets(one, keys)))
        : this.inZoneAndSets(zone, keys),
    );
  }

  private inZoneAndSets(zone: Zone, keys: readonly string[]): AddressSet {
    const sets = keys.map((key) => this.unknowns.get(key)).filter((set) => set !== undefined);
    if (sets.some(({ zones }) => !zones.includes(zone))) return NO_ADDRESSES;
    if (sets.filter(({ isOwn }) => isOwn).length > 1) return NO_ADDRESSES;
    const inZone = kept(this.zones, zone, () => subtractAddresses(ALL_ADDRESSES, this.surelyOutside(zone)));
    return sets.map(({ possible }) => possible).reduce(intersectAddresses, inZone);
  }

  /** Public addresses outside the virtual network: the tag `Internet` contains them unless a route for 0.0.0.0/0 exists. */
  publicAddresses(): AddressSet {
    return subtractAddresses(PUBLIC, this.virtualNetwork);
  }

  private surelyOutside(zone: Zone): AddressSet {
    if (zone === Zone.INTERNET) return this.virtualNetwork;
    if (zone === Zone.NEITHER) return uniteAddresses(PUBLIC, this.virtualNetwork);
    return this.network.hasDefaultRoute ? NO_ADDRESSES : this.publicAddresses();
  }

  private part(text: string): Peer {
    return kept(this.parts, text, () => this.makePart(text));
  }

  private makePart(text: string): Peer {
    if (text === "*") return { ...NO_PEER, any: true };
    if (isOpaque(text)) {
      const zones = this.ownNames.has(text) ? [Zone.VIRTUAL_NETWORK] : EVERY_ZONE;
      const within = [text, ...(this.groupsOfName.get(text) ?? [])];
      const isOwn = this.network.endpoints.some(({ prefixes }) => prefixes.includes(text));
      const possible = isOwn ? subtractAddresses(ALL_ADDRESSES, this.ownAddresses) : ALL_ADDRESSES;
      return this.unknown(text, { label: text, within, zones, possible, isOwn });
    }
    const addresses = parseAddresses(text);
    if (addresses) return { ...NO_PEER, addresses };
    if (!/^[A-Za-z][A-Za-z0-9.]*$/.test(text)) {
      throw new Error(`"${text}" is not an IPv4 or IPv6 prefix or address, a service tag or "*".`);
    }
    return this.tag(text);
  }

  private tag(name: string): Peer {
    const key = name.toLowerCase();
    if (key === "virtualnetwork") return { ...NO_PEER, zones: [Zone.VIRTUAL_NETWORK] };
    if (key === "internet") return { ...NO_PEER, zones: [Zone.INTERNET] };
    if (key === "azureloadbalancer") return { ...NO_PEER, addresses: PROBES };
    const addresses = this.tags.get(key);
    return addresses ? { ...NO_PEER, addresses } : this.unknownTag(name, key);
  }

  /** A tag that is not in the file: it contains its regions in the file, and its parent contains it. */
  private unknownTag(name: string, key: string): Peer {
    const parent = key.includes(".") ? key.slice(0, key.indexOf(".")) : undefined;
    const regions = [...this.tags].filter(([other]) => other.startsWith(`${key}.`)).map(([, set]) => set);
    const platform = key.startsWith("azureplatform") ? uniteAddresses(HOST, METADATA_SERVICE) : NO_ADDRESSES;
    const isPublic = isKnownServiceTag(name)
      ? uniteAddresses(this.publicAddresses(), platform)
      : ALL_ADDRESSES;
    const parentAddresses = parent === undefined ? undefined : this.tags.get(parent);
    if (parent !== undefined && !parentAddresses) this.part(name.slice(0, parent.length));
    return {
      ...this.unknown(`tag:${key}`, {
        label: name,
        within: parent === undefined || parentAddresses ? [`tag:${key}`] : [`tag:${key}`, `tag:${parent}`],
        zones: EVERY_ZONE,
        possible: parentAddresses ? intersectAddresses(isPublic, parentAddresses) : isPublic,
      }),
      addresses: uniteAddresses(...regions),
    };
  }

  /** All interfaces of such a group are in one virtual network. */
  private applicationSecurityGroup(id: string): Peer {
    const key = keyOfGroup(id);
    const zones = [Zone.VIRTUAL_NETWORK];
    return kept(this.parts, key, () => ({
      ...this.unknown(key, { label: id, within: [key], zones, possible: ALL_ADDRESSES }),
      addresses: this.members.get(key) ?? NO_ADDRESSES,
    }));
  }

  private unknown(key: string, set: UnknownSet): Peer {
    if (!this.unknowns.has(key)) {
      const apart = this.apartFrom(key);
      this.unknowns.set(key, { ...set, possible: subtractAddresses(set.possible, apart) });
    }
    return { ...NO_PEER, unknowns: [key] };
  }
}

const OPPOSITE = "opposite of ";

/** A second fact under the same name, for what may turn out in two ways. */
export function oppositeOf(fact: string): string {
  return OPPOSITE + fact;
}

/** The key of an application security group among the sets that are not known. */
export function keyOfGroup(id: string): string {
  return `asg:${isOpaque(id) ? id : id.toLowerCase()}`;
}

/** The addresses of those prefixes that are known. */
function knownOf(prefixes: readonly string[]): AddressSet {
  return uniteAddresses(...prefixes.filter((text) => !isOpaque(text)).map(known));
}
