/**
 * Asks the oracle about every packet that can make a difference. To be quick
 * it asks each rule about each address once, and treats addresses alike that
 * all rules and flows treat alike.
 */
import type { Flow } from "../../lib/policy/flow";
import type { GuardedEndpoint, Network } from "../../lib/policy/network";
import {
  flowAsks,
  groupName,
  groupsOf,
  interestingAddresses,
  interestingPorts,
  rangeOf,
  rule,
  ruleMatches as ruleFits,
  subsets,
  unknownName,
  ways,
  type End,
  type Packet,
} from "./nsg-oracle";

type DirectionName = "Inbound" | "Outbound";
type Side = "source" | "destination";

/** What may become of the packets of one address, port and protocol each way. */
export interface Outcomes {
  readonly mayAllow: boolean;
  readonly mayDeny: boolean;
}

const PROTOCOLS: Packet["protocol"][] = ["Tcp", "Udp", "Icmp", "*"];

/** Every address that some text of the case begins, ends, or lies beside. */
export function addressesOf(network: Network, flows: readonly Flow[], more: readonly string[] = []) {
  const texts = network.groups.flatMap(({ rules }) =>
    rules.flatMap((one) => [...one.sourceAddressPrefixes, ...one.destinationAddressPrefixes]),
  );
  const asked = flows.flatMap(({ from, to }) => [...from.prefixes, ...to.prefixes]);
  return interestingAddresses([...texts, ...asked, ...more], network);
}

/** The unknown sets that the groups name on one side. */
export function namesIn(
  groups: readonly string[],
  direction: DirectionName,
  side: Side,
  network: Network,
): string[] {
  const rules = network.groups
    .filter(({ name }) => groups.includes(name))
    .flatMap((group) => group.rules.filter((one) => one.direction === direction));
  const texts = rules.flatMap((one) =>
    side === "source" ? one.sourceAddressPrefixes : one.destinationAddressPrefixes,
  );
  const ids = rules.flatMap(
    (one) =>
      (side === "source"
        ? one.sourceApplicationSecurityGroupIds
        : one.destinationApplicationSecurityGroupIds) ?? [],
  );
  return named(texts, ids, network);
}

export function named(texts: readonly string[], ids: readonly string[], network: Network): string[] {
  const names = texts.map((text) => unknownName(text, network)).filter((name) => name !== undefined);
  return [...new Set([...names, ...ids.map(groupName)])];
}

/** What an endpoint of ours can be at its end of a packet. */
export function ownEnds(
  endpoint: GuardedEndpoint,
  names: readonly string[],
  addresses: readonly { address: bigint; v6: boolean }[],
  network: Network,
): End[] {
  const groups = named([], endpoint.applicationSecurityGroupIds ?? [], network);
  return endpoint.prefixes
    .flatMap((text) => {
      const range = rangeOf(text);
      const sure = range ? groups : [text, ...groups];
      return addresses
        .filter(
          ({ address, v6 }) => !range || (v6 === range.v6 && range.first <= address && address <= range.last),
        )
        .flatMap(({ address, v6 }) => ways(address, v6, names, sure, network));
    })
    .filter(({ zone }) => zone === "vnet");
}

/** A protocol with ports, and the port tokens that hold the port. */
interface Service {
  readonly protocol: Packet["protocol"];
  readonly port: number;
  readonly sourcePort: number;
  readonly portSets: readonly string[];
}

export function servicesOf(
  network: Network,
  flows: readonly Flow[],
  more: readonly string[] = [],
): Service[] {
  const rules = network.groups.flatMap((group) => group.rules);
  const texts = [
    ...rules.flatMap((one) => one.destinationPortRanges),
    ...flows.flatMap(({ ports }) => ports),
    ...more,
  ];
  const tokens = [...new Set(texts.filter((text) => text.includes("${")))];
  const sourcePorts = rules.some((one) => one.sourcePortRanges[0] !== "*")
    ? [999, 1000, 2000, 2001]
    : [50000];
  return PROTOCOLS.flatMap((protocol): Service[] =>
    protocol === "Tcp" || protocol === "Udp"
      ? interestingPorts(texts).flatMap((port) =>
          sourcePorts.flatMap((sourcePort) =>
            subsets(tokens).map((portSets) => ({ protocol, port, sourcePort, portSets })),
          ),
        )
      : [{ protocol, port: 0, sourcePort: 0, portSets: [] }],
  );
}

/** What is found at one end of an endpoint of ours. */
export interface EndFindings {
  /** Names of flows of which some packet may be refused. */
  readonly missing: ReadonlySet<string>;
  /** The rules that may allow what no flow asks for, joined by a comma where there are two groups. */
  readonly excess: ReadonlySet<string>;
  /** Those of them that allow a packet of known addresses that no flow asks for whatever the sets hold. */
  readonly sureExcess: ReadonlySet<string>;
  /** Names of flows of which a packet of known addresses is refused whatever the sets hold. */
  readonly sureMissing: ReadonlySet<string>;
  /** For each group, the rules that decide some packet. */
  readonly deciding: ReadonlyMap<string, ReadonlySet<string>>;
}

const keyOf = (end: End) => `${end.v6} ${end.address}`;

/** Tries every packet at one end of an endpoint of ours. */
export function bruteForceEnd(
  endpoint: GuardedEndpoint,
  direction: DirectionName,
  flows: readonly Flow[],
  network: Network,
): EndFindings {
  const groups = groupsOf(endpoint, direction);
  const [own, other]: Side[] =
    direction === "Outbound" ? ["source", "destination"] : ["destination", "source"];
  const addresses = addressesOf(network, flows);
  const otherEnds = flows.map((flow) => (direction === "Outbound" ? flow.to : flow.from));
  const asked = named(
    otherEnds.flatMap(({ prefixes }) => prefixes),
    otherEnds.flatMap((end) => end.applicationSecurityGroupIds ?? []),
    network,
  );
  const otherNames = [...new Set([...namesIn(groups, direction, other, network), ...asked])];
  const ownSide = ownEnds(endpoint, namesIn(groups, direction, own, network), addresses, network);
  const otherSide = addresses.flatMap(({ address, v6 }) => ways(address, v6, otherNames, [], network));
  const table = new Table(groups, direction, flows, network);

  const missing = new Set<string>();
  const excess = new Set<string>();
  const sureExcess = new Set<string>();
  const sureMissing = new Set<string>();
  const deciding = new Map(groups.map((group) => [group, new Set<string>()]));
  // A packet of known addresses and port, whatever sets they are in: what may become of it.
  const perPacket = new Map<string, { combos: Set<string>; sure: boolean; missing?: Set<string> }>();

  const ownIsKnown = endpoint.prefixes.every((text) => rangeOf(text));
  const ownClasses = table.classes(ownSide, own);
  const otherClasses = table.classes(otherSide, other);
  for (const ownClass of ownClasses) {
    for (const otherClass of otherClasses) {
      for (const service of table.services) {
        const sample = (v6: boolean): Packet | undefined => {
          const mine = ownClass.ends.find((end) => end.v6 === v6);
          const theirs = otherClass.ends.find((end) => end.v6 === v6);
          if (!mine || !theirs) return undefined;
          return { ...service, ...({ [own]: mine, [other]: theirs } as Record<Side, End>) };
        };
        for (const v6 of [false, true]) {
          const packet = sample(v6);
          if (!packet) continue;
          const rulings = table.rulings(packet);
          rulings.forEach((ruling, i) => deciding.get(groups[i])!.add(ruling.rule));
          const allowed = rulings.every((ruling) => ruling.allowed);
          const asking = table.asking(packet);
          const combo = rulings.map((ruling) => ruling.rule).join();
          if (!allowed) asking.forEach((flow) => missing.add(flow));
          const isExcess = allowed && asking.length === 0;
          if (isExcess) excess.add(combo);
          if (!ownIsKnown) continue;
          const keys = new Set(
            ownClass.ends
              .filter((end) => end.v6 === v6)
              .flatMap((mine) =>
                otherClass.ends
                  .filter((end) => end.v6 === v6)
                  .map(
                    (theirs) =>
                      `${keyOf(mine)} ${keyOf(theirs)} ${service.protocol} ${service.port} ${service.sourcePort}`,
                  ),
              ),
          );
          for (const key of keys) {
            const entry = perPacket.get(key) ?? { combos: new Set<string>(), sure: true };
            perPacket.set(key, entry);
            if (isExcess) entry.combos.add(combo);
            else entry.sure = false;
            const refused = new Set(allowed ? [] : asking);
            entry.missing = entry.missing
              ? new Set([...entry.missing].filter((flow) => refused.has(flow)))
              : refused;
          }
        }
      }
    }
  }
  for (const { combos, sure, missing: refused } of perPacket.values()) {
    // Where one rule decides in one way and another in the other, neither surely does.
    if (sure && combos.size === 1) combos.forEach((combo) => sureExcess.add(combo));
    refused?.forEach((flow) => sureMissing.add(flow));
  }
  return { missing, excess, sureExcess, sureMissing, deciding };
}

/** Rulings by packet, and ends that no rule and no flow tells apart. */
class Table {
  readonly services: Service[];

  constructor(
    private readonly groups: readonly string[],
    private readonly direction: DirectionName,
    private readonly flows: readonly Flow[],
    private readonly network: Network,
  ) {
    this.services = servicesOf(network, flows);
  }

  rulings(packet: Packet) {
    return this.groups.map((group) => rule(group, this.direction, packet, this.network));
  }

  asking(packet: Packet): string[] {
    return this.flows.filter((flow) => flowAsks(flow, packet, this.network)).map(({ name }) => name);
  }

  /** Ends that fit alike; of the addresses that fit alike whatever sets they are in, one. */
  classes(ends: readonly End[], side: Side): { ends: End[] }[] {
    const signed = ends.map((end) => ({
      end,
      signature: sideSignature(end, side, this.groups, this.direction, this.flows, this.network),
    }));
    const profiles = new Map<string, string[]>();
    for (const { end, signature } of signed) {
      profiles.set(keyOf(end), [...(profiles.get(keyOf(end)) ?? []), signature]);
    }
    const chosen = new Map<string, string>();
    for (const [address, signatures] of profiles) {
      const profile = [...new Set(signatures)].sort().join(";");
      if (!chosen.has(profile)) chosen.set(profile, address);
    }
    const kept = new Set(chosen.values());
    const found = new Map<string, { ends: End[] }>();
    for (const { end, signature } of signed.filter((one) => kept.has(keyOf(one.end)))) {
      const known = found.get(signature) ?? { ends: [] };
      known.ends.push(end);
      found.set(signature, known);
    }
    return [...found.values()];
  }
}

/** Which rules and flows an end fits on its side, with everything else left open. */
export function sideSignature(
  end: End,
  side: Side,
  groups: readonly string[],
  direction: DirectionName,
  flows: readonly Flow[],
  network: Network,
): string {
  const open = { protocol: "*", sourcePortRanges: ["*"], destinationPortRanges: ["*"] } as const;
  const packet: Packet = {
    source: end,
    destination: end,
    protocol: "Tcp",
    sourcePort: 1,
    port: 1,
    portSets: [],
  };
  const bits = network.groups
    .filter(({ name }) => groups.includes(name))
    .flatMap((group) => group.rules.filter((one) => one.direction === direction))
    .map((one) => {
      const loose = {
        ...one,
        ...open,
        protocol: "*" as typeof one.protocol,
        sourcePortRanges: ["*"],
        destinationPortRanges: ["*"],
        ...(side === "source"
          ? { destinationAddressPrefixes: ["*"], destinationApplicationSecurityGroupIds: undefined }
          : { sourceAddressPrefixes: ["*"], sourceApplicationSecurityGroupIds: undefined }),
      };
      return ruleFits(loose, packet, network);
    });
  const asked = flows.map((flow) => {
    const any = { id: "", label: "", prefixes: ["*"] };
    const loose = { ...flow, protocol: "*" as typeof flow.protocol, ports: ["*"] };
    return flowAsks(side === "source" ? { ...loose, to: any } : { ...loose, from: any }, packet, network);
  });
  const host = end.address === 0xa83f8110n || end.address === 0xfe800000000000000000123456789abcn;
  return [end.zone, end.v6, host, ...bits, ...asked].join();
}

/** What may become of the packets from some ends to others, at some groups, and which rules may decide in each. */
export function bruteForceVerdict(
  sources: readonly End[],
  destinations: readonly End[],
  services: readonly Service[],
  judges: readonly { group: string; direction: DirectionName }[],
  network: Network,
): Outcomes & { deciding: ReadonlySet<string>[] } {
  let mayAllow = false;
  let mayDeny = false;
  const deciding = judges.map(() => new Set<string>());
  for (const source of sources) {
    for (const destination of destinations) {
      if (source.v6 !== destination.v6) continue;
      for (const service of services) {
        const rulings = judges.map(({ group, direction }) =>
          rule(group, direction, { ...service, source, destination }, network),
        );
        rulings.forEach((ruling, i) => deciding[i].add(ruling.rule));
        if (rulings.every(({ allowed }) => allowed)) mayAllow = true;
        else mayDeny = true;
      }
    }
  }
  return { mayAllow, mayDeny, deciding };
}
