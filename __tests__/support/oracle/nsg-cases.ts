import type { Flow, FlowEndpoint } from "../../../lib/azure/flow";
import type { GuardedEndpoint, Network, SecurityGroup } from "../../../lib/proof/network";
import { Access, Direction, Protocol, type SecurityRule } from "../../../lib/azure/security-rule";
import type { ServiceTags } from "../../../lib/azure/sets/service-tags";
import { type Random } from "../arbitraries/random";

/** A network of few addresses, sets and ports, so that rules often meet. */
export interface NsgCase {
  readonly network: Network;
  readonly flows: Flow[];
}

const V4 = [
  "10.0.0.0/30",
  "10.0.0.0/29",
  "10.0.0.4/30",
  "10.0.0.2",
  "10.0.0.6/31",
  "10.0.1.0/24",
  "192.168.0.0/16",
];
const PUBLIC = ["8.8.8.8", "8.8.8.0/24", "20.0.0.0/8", "0.0.0.0/0", "168.63.129.16", "8.0.0.0/7"];
const V6 = ["fd00::/125", "fd00::4/126", "fd00::1", "2001:db8::/32", "2001:db8::5", "::/0"];
const TAGS = ["VirtualNetwork", "Internet", "AzureLoadBalancer"];
const UNKNOWN = [
  "AzureActiveDirectory",
  "azureactivedirectory",
  "Storage",
  "Storage.WestEurope",
  "AzurePlatformDNS",
  "${data.other}",
  "${subnet.b}",
];
const GROUP_IDS = ["/subscriptions/s/asg1", "/subscriptions/S/ASG2", "${asg.3}"];
const PORT_TOKEN = "${port.p}";
const PORTS = ["443", "440-450", "443-445", "0-443", "444", "65535", "444-65535"];
const SERVICE_TAGS: ServiceTags = {
  changeNumber: 1,
  cloud: "Public",
  tags: [
    { name: "AzureActiveDirectory", addressPrefixes: ["8.8.8.0/25", "2001:db8::/64"] },
    { name: "Storage.WestEurope", addressPrefixes: ["20.1.0.0/16"] },
  ],
};

/** A random case; the same choices give the same case. */
export function randomCase(random: Random): NsgCase {
  // Few unknown names in one case: the oracle tries all their combinations.
  const names = random.some(UNKNOWN, random.between(0, 2));
  const groupIds = random.chance(0.3) ? random.some(GROUP_IDS, random.between(1, 2)) : [];
  const portTokens = random.chance(0.2) ? [PORT_TOKEN] : [];
  const pools = { names, groupIds, portTokens };
  const endpoints = randomEndpoints(random, pools);
  const groups = ["one", "two"].map((name) => randomGroup(random, name, pools));
  return {
    network: {
      endpoints,
      groups,
      virtualNetworkPrefixes: random.chance(0.5) ? ["10.0.0.0/24", "fd00::/64"] : undefined,
      connectedPrefixes: random.chance(0.2) ? ["192.168.0.0/17"] : undefined,
      hasDefaultRoute: random.chance(0.15) ? true : undefined,
      serviceTags: random.chance(0.3) ? SERVICE_TAGS : undefined,
    },
    flows: Array.from({ length: random.between(0, 4) }, (_, i) => randomFlow(random, i, pools, endpoints)),
  };
}

/** How many names a case has that are not known. The oracle tries all their combinations, so that more take longer. */
export function unknownsIn({ network, flows }: NsgCase): number {
  const text = JSON.stringify([network.endpoints, network.groups, flows]);
  return [...UNKNOWN, ...GROUP_IDS, PORT_TOKEN].filter((name) => text.includes(`"${name}"`)).length;
}

interface Pools {
  readonly names: readonly string[];
  readonly groupIds: readonly string[];
  readonly portTokens: readonly string[];
}

function randomEndpoints(random: Random, { groupIds }: Pools): GuardedEndpoint[] {
  const asgs = (share: number) =>
    groupIds.length > 0 && random.chance(share) ? [random.pick(groupIds)] : undefined;
  return [
    {
      id: "a",
      label: "Endpoint A",
      prefixes: random.chance(0.3) ? ["10.0.0.0/30", "fd00::/126"] : ["10.0.0.0/30"],
      applicationSecurityGroupIds: asgs(0.4),
      subnetGroup: random.chance(0.9) ? "one" : undefined,
      interfaceGroup: random.chance(0.3) ? "two" : undefined,
    },
    {
      id: "b",
      label: "Endpoint B",
      prefixes: random.chance(0.25) ? ["${subnet.b}"] : ["10.0.0.4/30"],
      applicationSecurityGroupIds: asgs(0.2),
      subnetGroup: random.chance(0.7) ? "two" : "one",
    },
  ];
}

function randomGroup(random: Random, name: string, pools: Pools): SecurityGroup {
  const rules = Array.from({ length: random.between(1, 6) }, (_, i) =>
    randomRule(random, `${name}${i}`, i, pools),
  );
  const closing = random.chance(0.6) ? [deny(Direction.INBOUND), deny(Direction.OUTBOUND)] : [];
  // Rules come in any order; priorities decide.
  return { name, rules: random.chance(0.5) ? [...closing, ...rules.reverse()] : [...rules, ...closing] };
}

function deny(direction: Direction): SecurityRule {
  return {
    name: `deny-${direction}`,
    priority: 4096,
    direction,
    access: Access.DENY,
    protocol: Protocol.ANY,
    sourceAddressPrefixes: ["*"],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["*"],
    destinationPortRanges: ["*"],
  };
}

function randomRule(random: Random, name: string, index: number, pools: Pools): SecurityRule {
  const source = randomSide(random, pools);
  const destination = randomSide(random, pools);
  return {
    name,
    priority: 100 + index,
    direction: random.pick([Direction.INBOUND, Direction.OUTBOUND]),
    access: random.chance(0.7) ? Access.ALLOW : Access.DENY,
    protocol: random.pick([Protocol.TCP, Protocol.TCP, Protocol.UDP, Protocol.ICMP, Protocol.ANY]),
    sourceAddressPrefixes: source.prefixes,
    sourceApplicationSecurityGroupIds: source.groups,
    sourcePortRanges: random.chance(0.9) ? ["*"] : ["1000-2000"],
    destinationAddressPrefixes: destination.prefixes,
    destinationApplicationSecurityGroupIds: destination.groups,
    destinationPortRanges: randomPorts(random, pools),
  };
}

function randomSide(random: Random, { names, groupIds }: Pools): { prefixes: string[]; groups?: string[] } {
  if (groupIds.length > 0 && random.chance(0.3)) return { prefixes: [], groups: [random.pick(groupIds)] };
  const kind = random.next();
  if (kind < 0.2) return { prefixes: ["*"] };
  if (kind < 0.35) return { prefixes: [random.pick(TAGS)] };
  if (kind < 0.6 && names.length > 0) return { prefixes: [random.pick(names)] };
  if (kind < 0.7) return { prefixes: random.some(V6, random.between(1, 2)) };
  return { prefixes: random.some(random.chance(0.7) ? V4 : PUBLIC, random.between(1, 2)) };
}

function randomPorts(random: Random, { portTokens }: Pools): string[] {
  if (random.chance(0.3)) return ["*"];
  if (portTokens.length > 0 && random.chance(0.5)) return [...portTokens];
  return random.some(PORTS, random.between(1, 2));
}

function randomFlow(
  random: Random,
  index: number,
  pools: Pools,
  endpoints: readonly GuardedEndpoint[],
): Flow {
  const ours = (): FlowEndpoint => {
    const { id, label, prefixes } = random.pick(endpoints);
    return { id, label, prefixes };
  };
  const other = (): FlowEndpoint => {
    const { prefixes, groups } = randomSide(random, pools);
    return { id: `other${index}`, label: "Other", prefixes, applicationSecurityGroupIds: groups };
  };
  const [from, to] = random.pick([
    [ours(), other()],
    [other(), ours()],
    [ours(), ours()],
  ]);
  return {
    name: `flow${index}`,
    priority: 100 + index,
    from,
    to,
    protocol: random.pick([Protocol.TCP, Protocol.TCP, Protocol.UDP, Protocol.ANY]),
    ports: randomPorts(random, pools),
    reason: "",
    origin: "user",
  };
}
