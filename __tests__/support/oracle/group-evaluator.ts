import { type AddressRange, isIn, rangeOf, SERVICE_TAGS } from "./addresses";
import type { SynthesizedRule } from "../tools/synthesized";

// How Azure evaluates a group, written from Azure's documentation and reading
// nothing but what Terraform is told: the lowest priority that matches
// decides; behind the group's own rules come the default ones.

export type Direction = "Inbound" | "Outbound";

/** Protocols that have ports; Icmp, Esp and Ah have none. */
export const HAVE_PORTS: readonly string[] = ["Tcp", "Udp"];

/** A connection that is opened. */
export interface Packet {
  readonly protocol: string;
  readonly source: number;
  readonly destination: number;
  /** The port connected to; of no meaning to Icmp, Esp and Ah. */
  readonly port: number;
}

interface Matcher {
  readonly priority: number;
  readonly direction: Direction;
  readonly allows: boolean;
  readonly protocol: string;
  readonly sources: readonly AddressRange[];
  readonly destinations: readonly AddressRange[];
  readonly ports: ReadonlyArray<readonly [number, number]>;
}

const EVERYWHERE = [rangeOf("0.0.0.0/0")];
// Peers, on-premises and routes included, as far as the tests' addresses go.
const VIRTUAL_NETWORK = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "168.63.129.16/32"].map(rangeOf);
const LOAD_BALANCER = ["168.63.129.16/32"].map(rangeOf);

const DEFAULT_RULES: readonly Matcher[] = [
  { ...defaultRule(65000, "Inbound", true), sources: VIRTUAL_NETWORK, destinations: VIRTUAL_NETWORK },
  { ...defaultRule(65001, "Inbound", true), sources: LOAD_BALANCER },
  defaultRule(65500, "Inbound", false),
  { ...defaultRule(65000, "Outbound", true), sources: VIRTUAL_NETWORK, destinations: VIRTUAL_NETWORK },
  // "Internet" is what is outside the virtual network, Azure's own public addresses included.
  defaultRule(65001, "Outbound", true),
  defaultRule(65500, "Outbound", false),
];

function defaultRule(priority: number, direction: Direction, allows: boolean): Matcher {
  return {
    priority,
    direction,
    allows,
    protocol: "*",
    sources: EVERYWHERE,
    destinations: EVERYWHERE,
    ports: [[0, 65535]],
  };
}

/** What a group lets pass. */
export class GroupEvaluator {
  private readonly matchers: readonly Matcher[];

  constructor(rules: readonly SynthesizedRule[]) {
    this.matchers = [...rules.map(matcherOf), ...DEFAULT_RULES].sort((a, b) => a.priority - b.priority);
  }

  /** The rules that the addresses of a connection match, in the order in which they are asked. */
  candidates(direction: Direction, source: number, destination: number): readonly number[] {
    return this.matchers.flatMap((matcher, index) =>
      matcher.direction === direction &&
      isIn(matcher.sources, source) &&
      isIn(matcher.destinations, destination)
        ? [index]
        : [],
    );
  }

  /** Whether one of the candidates that decides lets the protocol and the port pass. */
  passes(candidates: readonly number[], protocol: string, port: number): boolean {
    const deciding = candidates
      .map((index) => this.matchers[index])
      .find(
        (matcher) =>
          (matcher.protocol === "*" || matcher.protocol.toLowerCase() === protocol.toLowerCase()) &&
          // A rule for every protocol takes those without ports whatever its ports.
          (!HAVE_PORTS.includes(protocol) || matcher.ports.some(([from, to]) => from <= port && port <= to)),
      );
    return deciding?.allows ?? false;
  }

  /** Whether the group lets the connection pass. */
  allows(direction: Direction, { source, destination, protocol, port }: Packet): boolean {
    return this.passes(this.candidates(direction, source, destination), protocol, port);
  }
}

function matcherOf(rule: SynthesizedRule): Matcher {
  if (rule.source_application_security_group_ids || rule.destination_application_security_group_ids) {
    throw new Error(`${rule.name}: application security groups do not belong to a deployment`);
  }
  const sourcePorts = either(rule.name, rule.source_port_range, rule.source_port_ranges);
  if (sourcePorts.join() !== "*") throw new Error(`${rule.name}: source ports ${sourcePorts}`);
  return {
    priority: rule.priority,
    direction: rule.direction,
    allows: rule.access === "Allow",
    protocol: rule.protocol,
    sources: addressesOf(either(rule.name, rule.source_address_prefix, rule.source_address_prefixes)),
    destinations: addressesOf(
      either(rule.name, rule.destination_address_prefix, rule.destination_address_prefixes),
    ),
    ports: either(rule.name, rule.destination_port_range, rule.destination_port_ranges).map(portsOf),
  };
}

/** Azure takes one value or a list, and not both. */
function either(rule: string, one: string, several: readonly string[] | null): readonly string[] {
  if ((one === "") === (several === null) || several?.length === 0) {
    throw new Error(`${rule}: not exactly one of ${JSON.stringify(one)} and ${JSON.stringify(several)}`);
  }
  // Tags and the wildcard are refused in a list.
  if (several?.some((text) => !/^\d/.test(text))) throw new Error(`${rule}: ${several} in a list`);
  return several ?? [one];
}

function addressesOf(texts: readonly string[]): AddressRange[] {
  return texts.flatMap((text) => {
    if (text === "*") return EVERYWHERE;
    if (text === "VirtualNetwork") return VIRTUAL_NETWORK;
    return SERVICE_TAGS[text] ?? [rangeOf(text)];
  });
}

function portsOf(text: string): readonly [number, number] {
  if (text === "*") return [0, 65535];
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) throw new Error(`no ports: ${text}`);
  return [Number(match[1]), Number(match[2] ?? match[1])];
}
