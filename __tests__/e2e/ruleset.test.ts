import { rulesetOf } from "../../e2e/ruleset";
import type { StackRule } from "../../e2e/stack";

const TAGS = {
  AzureActiveDirectory: ["20.190.128.0/18", "40.126.0.0/18"],
  AzureLoadBalancer: ["168.63.129.16"],
  VirtualNetwork: ["10.20.0.0/24", "168.63.129.16"],
};

const rule = (change: Partial<StackRule>): StackRule => ({
  name: "rule",
  priority: 100,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sources: ["10.1.0.0/24"],
  sourcePorts: ["*"],
  destinations: ["10.20.0.0/27"],
  destinationPorts: ["443"],
  ...change,
});

/** The lines of a rule in a chain. */
function linesOf(rules: StackRule[], chain: "inbound" | "outbound" = "inbound"): string[] {
  const lines = rulesetOf(rules, TAGS).split("\n");
  const begin = lines.indexOf(`  chain ${chain} {`);
  const end = lines.indexOf("  }", begin);
  return lines
    .slice(begin, end)
    .map((line) => line.trim())
    .filter((line) => line.includes("comment"));
}

test.each<[string, Partial<StackRule>, string[]]>([
  [
    "a port",
    {},
    [
      'meta l4proto tcp ip saddr { 10.1.0.0/24 } ip daddr { 10.20.0.0/27 } tcp dport { 443 } accept comment "rule"',
    ],
  ],
  [
    "a range and a source port",
    { destinationPorts: ["2500-3300", "6162"], sourcePorts: ["1024-65535"] },
    [
      'meta l4proto tcp ip saddr { 10.1.0.0/24 } ip daddr { 10.20.0.0/27 } tcp sport { 1024-65535 } tcp dport { 2500-3300, 6162 } accept comment "rule"',
    ],
  ],
  [
    "a service tag",
    { sources: ["AzureActiveDirectory"], destinations: ["*"] },
    ['meta l4proto tcp ip saddr @tag_AzureActiveDirectory tcp dport { 443 } accept comment "rule"'],
  ],
  [
    "Internet: all that is outside the virtual network",
    { sources: ["Internet"], destinations: ["*"] },
    ['meta l4proto tcp ip saddr != { 10.20.0.0/24, 168.63.129.16 } tcp dport { 443 } accept comment "rule"'],
  ],
  [
    "every protocol with a port: those that have ports",
    { protocol: "*", sources: ["*"], destinations: ["*"] },
    [
      'meta l4proto tcp tcp dport { 443 } accept comment "rule"',
      'meta l4proto udp udp dport { 443 } accept comment "rule"',
    ],
  ],
  [
    "ICMP, whose messages have no ports",
    { protocol: "Icmp", sources: ["*"], destinations: ["*"], destinationPorts: ["*"] },
    ['meta l4proto icmp accept comment "rule"'],
  ],
  [
    "a denial of everything, by a reset for TCP and a message for the rest",
    { access: "Deny", protocol: "*", sources: ["*"], destinations: ["*"], destinationPorts: ["*"] },
    [
      'meta l4proto tcp reject with tcp reset comment "rule"',
      'reject with icmp type admin-prohibited comment "rule"',
    ],
  ],
])("translates %s", (_, change, lines) => {
  const written = linesOf([rule(change)]).filter((line) => line.endsWith('comment "rule"'));
  expect(written.map((line) => line.replace(/ +/g, " ").trim())).toEqual(lines);
});

test("rules stand in the order of priorities, in the chain of their direction, with Azure's own at the end", () => {
  const rules = [
    rule({ name: "second", priority: 200 }),
    rule({ name: "first", priority: 150 }),
    rule({ name: "out", direction: "Outbound" }),
  ];
  const names = (chain: "inbound" | "outbound"): string[] => [
    ...new Set(linesOf(rules, chain).map((line) => /comment "(.+)"/.exec(line)?.[1] ?? "")),
  ];
  expect(names("inbound")).toEqual([
    "first",
    "second",
    "AllowVnetInBound",
    "AllowAzureLoadBalancerInBound",
    "DenyAllInBound",
  ]);
  expect(names("outbound")).toEqual(["out", "AllowVnetOutBound", "AllowInternetOutBound", "DenyAllOutBound"]);
});

test("a service tag without prefixes and a protocol without a translation are refused by name", () => {
  expect(() => rulesetOf([rule({ sources: ["AzureMonitor"] })], TAGS)).toThrow(/AzureMonitor/);
  expect(() => rulesetOf([rule({ protocol: "Esp" })], TAGS)).toThrow(/Esp/);
});
