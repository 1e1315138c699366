import { isInside, isPrefix } from "./addresses";
import type { HostPlan } from "./hosts";
import type { StackNetwork, StackRule } from "./stack";

/** A connection to try. */
export interface Probe {
  readonly from: HostPlan;
  readonly to: HostPlan;
  readonly protocol: "Tcp" | "Udp" | "Icmp";
  /** Port that is connected to. @default - the protocol has no ports */
  readonly port?: number;
}

// Well-known ports, and ports of Veeam and related services: tried whether or not a rule names them.
const ALWAYS = [
  1, 20, 21, 22, 23, 25, 53, 67, 80, 88, 110, 111, 123, 135, 137, 138, 139, 143, 161, 162, 389, 443, 445, 464,
  465, 514, 587, 636, 873, 902, 989, 993, 1025, 1433, 1521, 1688, 2049, 2050, 2375, 2500, 3128, 3260, 3268,
  3269, 3300, 3306, 3389, 4460, 5000, 5432, 5433, 5671, 5696, 5900, 5985, 5986, 6160, 6162, 6163, 6172, 6200,
  6379, 6443, 6514, 7001, 8000, 8008, 8080, 8200, 8443, 8500, 9080, 9092, 9100, 9182, 9392, 9393, 9401, 9419,
  9420, 9501, 10001, 10005, 10006, 10443, 11211, 20443, 27017, 49152, 65535,
];

/** The first and last ports of each rule's ranges, the ports next to them, and those that are always tried. */
export function portsOf({ subnets }: StackNetwork): number[] {
  const ranges = subnets.flatMap(({ rules = [] }) => rules.flatMap(rangesOf));
  const edges = ranges.flatMap(([first, last]) => [first - 1, first, first + 1, last - 1, last, last + 1]);
  return [...new Set([...ALWAYS, ...edges])]
    .filter((port) => port >= 1 && port <= 65535)
    .sort((a, b) => a - b);
}

function rangesOf({ destinationPorts }: StackRule): Array<readonly [number, number]> {
  return destinationPorts
    .filter((text) => text !== "*")
    .map((text) => text.split("-").map(Number))
    .map(([first, last = first]) => [first, last] as const);
}

/** Every port of a rule's ranges, between the hosts in the rule's prefixes. */
export function probesOfRanges(
  hosts: readonly HostPlan[],
  { subnets }: StackNetwork,
  edges: readonly number[],
): Probe[] {
  const probes = subnets
    .flatMap(({ rules = [] }) => rules)
    .flatMap((rule) => {
      const named = (texts: readonly string[]): HostPlan[] =>
        hosts.filter(({ address }) => texts.some((text) => isPrefix(text) && isInside(address, text)));
      const inside = rangesOf(rule)
        .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index))
        .filter((port) => !edges.includes(port));
      return named(rule.sources).flatMap((from) =>
        named(rule.destinations).flatMap((to) =>
          inside.map((port): Probe => ({ from, to, protocol: "Tcp", port })),
        ),
      );
    })
    .filter(({ from, to }) => from !== to);
  // Both ends have a rule with the same range.
  const keyOf = ({ from, to, port }: Probe): string => `${from.name} ${to.name} ${port}`;
  return [...new Map(probes.map((probe) => [keyOf(probe), probe])).values()];
}

/** Every host to every other, if one of them is in a subnet of the stack: each port over TCP and UDP, and ICMP. */
export function probesOf(hosts: readonly HostPlan[], ports: readonly number[]): Probe[] {
  return hosts.flatMap((from) =>
    hosts
      .filter((to) => to !== from && (from.subnet !== undefined || to.subnet !== undefined))
      .flatMap((to): Probe[] => [
        ...(["Tcp", "Udp"] as const).flatMap((protocol) =>
          ports.map((port) => ({ from, to, protocol, port })),
        ),
        { from, to, protocol: "Icmp" },
      ]),
  );
}
