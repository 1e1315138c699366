/**
 * A second opinion on network security groups: it looks at one packet at a
 * time, compares it with one rule after the other, and tries every way in
 * which the sets that are not known could hold it. It shares no code with
 * lib/proof; only the shapes of the input are the same.
 */
import type { Flow } from "../../../lib/azure/flow";
import type { GuardedEndpoint, Network } from "../../../lib/proof/network";
import type { SecurityRule } from "../../../lib/azure/security-rule";

export type Zone = "vnet" | "internet" | "neither";

/** One end of a packet: an address, where it is, and the unknown sets that it is in. */
export interface End {
  readonly address: bigint;
  readonly v6: boolean;
  readonly zone: Zone;
  readonly sets: readonly string[];
}

export interface Packet {
  readonly source: End;
  readonly destination: End;
  readonly protocol: "Tcp" | "Udp" | "Icmp" | "Esp" | "Ah" | "*";
  readonly sourcePort: number;
  readonly port: number;
  /** Port tokens that the port is in. */
  readonly portSets: readonly string[];
  /** Whether Azure passes over the ports of a rule where the protocol has none; it does not say. */
  readonly passesPortsOver: boolean;
}

export interface Ruling {
  readonly allowed: boolean;
  readonly rule: string;
}

/** First and last address of a prefix or address. */
export interface Range {
  readonly v6: boolean;
  readonly first: bigint;
  readonly last: bigint;
}

const ranges = new Map<string, Range | undefined>();

export function rangeOf(text: string): Range | undefined {
  if (!ranges.has(text)) ranges.set(text, readRange(text));
  return ranges.get(text);
}

function readRange(text: string): Range | undefined {
  const [address, mask] = text.split("/");
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) {
    return masked(
      address.split(".").reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n),
      32n,
      mask,
      false,
    );
  }
  if (!address.includes(":")) return undefined;
  const [head, tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = new Array<string>(8 - left.length - right.length).fill("0");
  const value = [...left, ...middle, ...right].reduce(
    (sum, group) => (sum << 16n) | BigInt(`0x${group}`),
    0n,
  );
  return masked(value, 128n, mask, true);
}

function masked(value: bigint, bits: bigint, mask: string | undefined, v6: boolean): Range {
  const free = mask === undefined ? 0n : bits - BigInt(mask);
  const first = (value >> free) << free;
  return { v6, first, last: first + (1n << free) - 1n };
}

function isIn(end: { address: bigint; v6: boolean }, range: Range): boolean {
  return end.v6 === range.v6 && range.first <= end.address && end.address <= range.last;
}

/** Azure's health probes come from these. */
function isProbe(end: End): boolean {
  return ["168.63.129.16", "fe80::1234:5678:9abc"].some((text) => isIn(end, rangeOf(text)!));
}

const isToken = (text: string) => text.includes("${");

/** The name under which a text stands for a set that is not known, or undefined where it is known. */
export function unknownName(text: string, network: Network): string | undefined {
  if (isToken(text)) return text;
  const name = text.toLowerCase();
  if (text === "*" || rangeOf(text) || ["virtualnetwork", "internet", "azureloadbalancer"].includes(name)) {
    return undefined;
  }
  return network.serviceTags?.tags.some((tag) => tag.name.toLowerCase() === name) ? undefined : name;
}

/** The name of an application security group among the sets that are not known. */
export function groupName(id: string): string {
  return `asg ${isToken(id) ? id : id.toLowerCase()}`;
}

function sideMatches(
  prefixes: readonly string[],
  groups: readonly string[] | undefined,
  end: End,
  network: Network,
) {
  const byGroup = (groups ?? []).some((id) => end.sets.includes(groupName(id)));
  return (
    byGroup ||
    prefixes.some((text) => {
      if (text === "*") return true;
      const name = text.toLowerCase();
      if (name === "virtualnetwork") return end.zone === "vnet";
      if (name === "internet") return end.zone === "internet";
      if (name === "azureloadbalancer") return isProbe(end);
      const range = rangeOf(text);
      if (range) return isIn(end, range);
      if (isToken(text)) return end.sets.includes(text);
      const tag = network.serviceTags?.tags.find((one) => one.name.toLowerCase() === name);
      if (tag) return tag.addressPrefixes.some((prefix) => isIn(end, rangeOf(prefix)!));
      const regions =
        network.serviceTags?.tags.filter((one) => one.name.toLowerCase().startsWith(`${name}.`)) ?? [];
      return (
        end.sets.includes(name) ||
        regions.some((one) => one.addressPrefixes.some((p) => isIn(end, rangeOf(p)!)))
      );
    })
  );
}

function portMatches(ranges: readonly string[], port: number, sets: readonly string[]): boolean {
  return ranges.some((text) => {
    if (text === "*") return true;
    if (isToken(text)) return sets.includes(text);
    const [first, last] = text.split("-").map(Number);
    return first <= port && port <= (last ?? first);
  });
}

function isEveryPort(...lists: ReadonlyArray<readonly string[]>): boolean {
  return lists.every((ranges) => interestingPorts(ranges).every((port) => portMatches(ranges, port, [])));
}

export function ruleMatches(rule: SecurityRule, packet: Packet, network: Network): boolean {
  const hasPorts = packet.protocol === "Tcp" || packet.protocol === "Udp";
  return (
    (rule.protocol === "*" || rule.protocol === packet.protocol) &&
    (hasPorts
      ? portMatches(rule.sourcePortRanges, packet.sourcePort, []) &&
        portMatches(rule.destinationPortRanges, packet.port, packet.portSets)
      : packet.passesPortsOver || isEveryPort(rule.sourcePortRanges, rule.destinationPortRanges)) &&
    sideMatches(rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroupIds, packet.source, network) &&
    sideMatches(
      rule.destinationAddressPrefixes,
      rule.destinationApplicationSecurityGroupIds,
      packet.destination,
      network,
    )
  );
}

export function flowAsks(flow: Flow, packet: Packet, network: Network): boolean {
  const hasPorts = packet.protocol === "Tcp" || packet.protocol === "Udp";
  return (
    (flow.protocol === "*" || flow.protocol === packet.protocol) &&
    (hasPorts
      ? portMatches(flow.ports, packet.port, packet.portSets)
      : packet.passesPortsOver || isEveryPort(flow.ports)) &&
    sideMatches(flow.from.prefixes, flow.from.applicationSecurityGroupIds, packet.source, network) &&
    sideMatches(flow.to.prefixes, flow.to.applicationSecurityGroupIds, packet.destination, network)
  );
}

/** The rules of a group as Azure tries them: its own by priority, and then Azure's. */
export function rulesInOrder(
  group: string,
  direction: "Inbound" | "Outbound",
  network: Network,
): SecurityRule[] {
  const own = network.groups
    .find(({ name }) => name === group)!
    .rules.filter((one) => one.direction === direction);
  const azures =
    direction === "Inbound"
      ? [
          ["AllowVnetInBound", "Allow", "VirtualNetwork", "VirtualNetwork"],
          ["AllowAzureLoadBalancerInBound", "Allow", "AzureLoadBalancer", "*"],
          ["DenyAllInBound", "Deny", "*", "*"],
        ]
      : [
          ["AllowVnetOutBound", "Allow", "VirtualNetwork", "VirtualNetwork"],
          ["AllowInternetOutBound", "Allow", "*", "Internet"],
          ["DenyAllOutBound", "Deny", "*", "*"],
        ];
  return [
    ...[...own].sort((a, b) => a.priority - b.priority),
    ...azures.map(([name, access, source, destination], index) => ({
      name,
      priority: 65000 + index,
      direction: direction as SecurityRule["direction"],
      access: access as SecurityRule["access"],
      protocol: "*" as SecurityRule["protocol"],
      sourceAddressPrefixes: [source],
      sourcePortRanges: ["*"],
      destinationAddressPrefixes: [destination],
      destinationPortRanges: ["*"],
    })),
  ];
}

/** What a group makes of a packet in one direction. */
export function rule(
  group: string,
  direction: "Inbound" | "Outbound",
  packet: Packet,
  network: Network,
): Ruling {
  const first = rulesInOrder(group, direction, network).find((one) => ruleMatches(one, packet, network))!;
  return { allowed: first.access === "Allow", rule: first.name };
}

/** The groups before an endpoint, as Azure asks them. */
export function groupsOf(endpoint: GuardedEndpoint, direction: "Inbound" | "Outbound"): string[] {
  const groups = [endpoint.subnetGroup, endpoint.interfaceGroup].filter((name) => name !== undefined);
  return direction === "Inbound" ? groups : groups.reverse();
}

const UNROUTED = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
]
  .concat(["192.168.0.0/16", "224.0.0.0/3"])
  .map((text) => rangeOf(text)!);
const ROUTED_V6 = rangeOf("2000::/3")!;

/** Whether the Internet routes an address. */
export function isPublic(address: bigint, v6: boolean): boolean {
  return v6 ? isIn({ address, v6 }, ROUTED_V6) : !UNROUTED.some((range) => isIn({ address, v6 }, range));
}

/** Whether an address is in the tag VirtualNetwork whatever is not known. */
export function isSurelyVnet(address: bigint, v6: boolean, network: Network): boolean {
  const own = [
    "168.63.129.16",
    ...(network.virtualNetworkPrefixes ?? []),
    ...(network.connectedPrefixes ?? []),
    ...network.endpoints.flatMap(({ prefixes }) => prefixes),
  ];
  return own.some((text) => !isToken(text) && isIn({ address, v6 }, rangeOf(text)!));
}

/** The zones in which an address can be. */
export function zonesOf(address: bigint, v6: boolean, network: Network): Zone[] {
  if (isSurelyVnet(address, v6, network)) return ["vnet"];
  if (!isPublic(address, v6)) return ["vnet", "internet", "neither"];
  return network.hasDefaultRoute ? ["vnet", "internet"] : ["internet"];
}

/** Whether an address in this zone can be in a set that is not known. */
export function canBeIn(name: string, end: Omit<End, "sets">, network: Network): boolean {
  if (name.startsWith("asg ")) return end.zone === "vnet";
  if (isToken(name)) {
    const own = [
      ...(network.virtualNetworkPrefixes ?? []),
      ...(network.connectedPrefixes ?? []),
      ...network.endpoints.flatMap(({ prefixes }) => prefixes),
    ];
    const ofOurs = network.endpoints.flatMap(({ prefixes }) => prefixes);
    // Subnets never overlap.
    if (ofOurs.includes(name) && ofOurs.some((text) => !isToken(text) && isIn(end, rangeOf(text)!)))
      return false;
    return !own.includes(name) || end.zone === "vnet";
  }
  const platform = ["168.63.129.16", "169.254.169.254"].some((text) => isIn(end, rangeOf(text)!));
  if (name.startsWith("azureplatform") && platform) return true;
  if (!isPublic(end.address, end.v6) || isSurelyVnet(end.address, end.v6, network)) return false;
  const parent = network.serviceTags?.tags.find((tag) => tag.name.toLowerCase() === name.split(".")[0]);
  return (
    !name.includes(".") || !parent || parent.addressPrefixes.some((prefix) => isIn(end, rangeOf(prefix)!))
  );
}

/** Every way in which one end can be, by the sets that may or may not hold it; `sure` ones hold it. */
export function ways(
  address: bigint,
  v6: boolean,
  names: readonly string[],
  sure: readonly string[],
  network: Network,
): End[] {
  const certain = [...new Set([...sure, ...homeGroups({ address, v6 }, network)])];
  return zonesOf(address, v6, network).flatMap((zone) =>
    subsets(names.filter((name) => !certain.includes(name)))
      .map((some) => [...some, ...certain])
      .map((sets) => [...new Set([...sets, ...sets.flatMap((name) => tokenGroups(name, network))])])
      .filter((sets) => sets.every((name) => canBeIn(name, { address, v6, zone }, network)))
      .filter((sets) => sets.every((name) => isParentThere(name, names, sets)))
      .map((sets) => ({ address, v6, zone, sets })),
  );
}

/** The application security groups that an address of ours is in. */
function homeGroups(end: { address: bigint; v6: boolean }, network: Network): string[] {
  return network.endpoints
    .filter(({ prefixes }) => prefixes.some((text) => !isToken(text) && isIn(end, rangeOf(text)!)))
    .flatMap(({ applicationSecurityGroupIds }) => (applicationSecurityGroupIds ?? []).map(groupName));
}

/** The application security groups that the addresses behind a token are in. */
function tokenGroups(name: string, network: Network): string[] {
  return network.endpoints
    .filter(({ prefixes }) => isToken(name) && prefixes.includes(name))
    .flatMap(({ applicationSecurityGroupIds }) => (applicationSecurityGroupIds ?? []).map(groupName));
}

/** An address in `Storage.WestEurope` is in `Storage`. */
function isParentThere(name: string, names: readonly string[], sets: readonly string[]): boolean {
  if (isToken(name) || name.startsWith("asg ") || !name.includes(".")) return true;
  const parent = name.split(".")[0];
  return !names.includes(parent) || sets.includes(parent);
}

export function subsets<T>(values: readonly T[]): T[][] {
  return values.reduce<T[][]>((all, value) => [...all, ...all.map((some) => [...some, value])], [[]]);
}

/** Addresses at which something can change: the ends of every range that the texts name, and those beside them. */
export function interestingAddresses(
  texts: readonly string[],
  network: Network,
): { address: bigint; v6: boolean }[] {
  const tags = network.serviceTags?.tags.flatMap(({ addressPrefixes }) => addressPrefixes) ?? [];
  const own = network.endpoints.flatMap(({ prefixes }) => prefixes);
  const all = [...texts, ...tags, ...own, ...(network.virtualNetworkPrefixes ?? [])]
    .concat(network.connectedPrefixes ?? [], ["168.63.129.16", "169.254.169.254", "8.8.8.8", "10.0.0.0/8"])
    .concat(["2000::/3", "2001:db8::/32", "fe80::1234:5678:9abc"]);
  const found = new Map<string, { address: bigint; v6: boolean }>();
  for (const range of all.map(rangeOf)) {
    if (!range) continue;
    const top = (range.v6 ? 1n << 128n : 1n << 32n) - 1n;
    for (const address of [range.first - 1n, range.first, range.last, range.last + 1n]) {
      if (address >= 0n && address <= top) found.set(`${range.v6} ${address}`, { address, v6: range.v6 });
    }
  }
  return [...found.values()];
}

/** Ports at which something can change. */
export function interestingPorts(texts: readonly string[]): number[] {
  const ports = new Set<number>([0, 65535]);
  for (const text of texts) {
    if (text === "*" || isToken(text)) continue;
    const [first, last] = text.split("-").map(Number);
    for (const port of [first - 1, first, last ?? first, (last ?? first) + 1]) {
      if (port >= 0 && port <= 65535) ports.add(port);
    }
  }
  return [...ports];
}
