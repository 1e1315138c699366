import { edgesOf, isPrefix } from "./addresses";
import type { StackRule } from "./stack";

// A network security group as a ruleset of nftables: its rules in the order of
// their priorities, followed by Azure's default rules.

/** Prefixes of service tags, including `VirtualNetwork`. */
export type TagPrefixes = Readonly<Record<string, readonly string[]>>;

/**
 * Azure's default rules.
 *
 * Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
 */
const DEFAULT_RULES: readonly StackRule[] = [
  defaultRule("AllowVnetInBound", 65000, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
  defaultRule("AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", "AzureLoadBalancer", "*"),
  defaultRule("DenyAllInBound", 65500, "Inbound", "Deny", "*", "*"),
  defaultRule("AllowVnetOutBound", 65000, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
  defaultRule("AllowInternetOutBound", 65001, "Outbound", "Allow", "*", "Internet"),
  defaultRule("DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*"),
];

function defaultRule(
  name: string,
  priority: number,
  direction: StackRule["direction"],
  access: StackRule["access"],
  source: string,
  destination: string,
): StackRule {
  return {
    ...{ name, priority, direction, access, protocol: "*" },
    ...{ sources: [source], sourcePorts: ["*"], destinations: [destination], destinationPorts: ["*"] },
  };
}

/**
 * The input of `nft -f` that replaces the rules of a host by those of its
 * subnet's group. Connection tracking lets replies pass. A denied connection is
 * rejected by a reset or an ICMP message, where Azure drops it, so that a run
 * can distinguish it from a time-out.
 */
export function rulesetOf(rules: readonly StackRule[], tags: TagPrefixes): string {
  const all = [...rules, ...DEFAULT_RULES];
  const named = [...new Set(all.flatMap(({ sources, destinations }) => [...sources, ...destinations]))];
  const sets = named
    .filter((text) => text !== "*" && text !== "Internet" && !isPrefix(text))
    .map((tag) => setOf(tag, tags));
  return [
    "table ip nsg",
    "delete table ip nsg",
    "table ip nsg {",
    ...sets.flat(),
    ...chainOf("outbound", "output", all, "Outbound", tags),
    ...chainOf("inbound", "input", all, "Inbound", tags),
    "}",
    "",
  ].join("\n");
}

function setOf(tag: string, tags: TagPrefixes): string[] {
  const prefixes = tags[tag];
  if (!prefixes) throw new Error(`The service tag ${tag} is not in the service tags of this run.`);
  return [
    `  set ${nameOf(tag)} { type ipv4_addr; flags interval; auto-merge; elements = { ${prefixes.join(", ")} }; }`,
  ];
}

function nameOf(tag: string): string {
  return `tag_${tag.replace(/\W/g, "_")}`;
}

function chainOf(
  chain: string,
  hook: string,
  rules: readonly StackRule[],
  direction: StackRule["direction"],
  tags: TagPrefixes,
): string[] {
  const ordered = rules
    .filter((rule) => rule.direction === direction)
    .sort((a, b) => a.priority - b.priority);
  return [
    `  chain ${chain} {`,
    `    type filter hook ${hook} priority 0; policy drop;`,
    "    ct state established,related accept",
    `    ${hook === "output" ? "oifname" : "iifname"} lo accept`,
    ...ordered.flatMap((rule) => linesOf(rule, tags)).map((line) => `    ${line}`),
    "  }",
  ];
}

/** The lines of a rule: one for each protocol whose ports it matches. */
function linesOf(rule: StackRule, tags: TagPrefixes): string[] {
  const addresses = [
    ...addressMatch("saddr", rule.sources, tags),
    ...addressMatch("daddr", rule.destinations, tags),
  ];
  return protocolsOf(rule).flatMap(({ match, transport }) => {
    const ports = transport
      ? [
          ...portMatch(`${transport} sport`, rule.sourcePorts),
          ...portMatch(`${transport} dport`, rule.destinationPorts),
        ]
      : [];
    const condition = [match, ...addresses, ...ports].filter((part) => part !== "").join(" ");
    const comment = `comment "${rule.name}"`;
    if (rule.access === "Allow") return [`${condition} accept ${comment}`];
    return [
      ...(transport === "udp" ? [] : [`${condition} meta l4proto tcp reject with tcp reset ${comment}`]),
      ...(transport === "tcp" ? [] : [`${condition} reject with icmp type admin-prohibited ${comment}`]),
    ];
  });
}

interface ProtocolMatch {
  readonly match: string;
  readonly transport?: "tcp" | "udp";
}

function protocolsOf({ protocol, sourcePorts, destinationPorts }: StackRule): ProtocolMatch[] {
  const anyPort = [...sourcePorts, ...destinationPorts].every((ports) => ports === "*");
  switch (protocol) {
    case "Tcp":
      return [{ match: "meta l4proto tcp", transport: "tcp" }];
    case "Udp":
      return [{ match: "meta l4proto udp", transport: "udp" }];
    case "Icmp":
      return [{ match: "meta l4proto icmp" }];
    case "*":
      return anyPort
        ? [{ match: "" }]
        : [
            { match: "meta l4proto tcp", transport: "tcp" },
            { match: "meta l4proto udp", transport: "udp" },
          ];
    default:
      throw new Error(`The protocol ${protocol} is not translated.`);
  }
}

function addressMatch(side: "saddr" | "daddr", texts: readonly string[], tags: TagPrefixes): string[] {
  if (texts.includes("*")) return [];
  if (texts.length === 1 && !isPrefix(texts[0])) {
    // In Azure, Internet is every address outside the virtual network and the networks connected to it.
    if (texts[0] !== "Internet") return [`ip ${side} @${nameOf(texts[0])}`];
    return [`ip ${side} != { ${tags.VirtualNetwork.join(", ")} }`];
  }
  return [`ip ${side} { ${[...texts].sort((a, b) => edgesOf(a)[0] - edgesOf(b)[0]).join(", ")} }`];
}

function portMatch(side: string, ports: readonly string[]): string[] {
  return ports.includes("*") ? [] : [`${side} { ${ports.join(", ")} }`];
}
