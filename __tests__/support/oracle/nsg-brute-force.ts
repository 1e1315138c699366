/**
 * Asks the oracle about every packet that can make a difference. To be quick
 * it asks each rule about each address once, and treats addresses alike that
 * all rules and flows treat alike.
 */
import type { Flow } from "../../../lib/azure/flow";
import type { GuardedEndpoint, Network } from "../../../lib/proof/network";
import type { SecurityRule } from "../../../lib/azure/security-rule";
import {
  flowAsks,
  groupName,
  groupsOf,
  interestingAddresses,
  interestingPorts,
  rangeOf,
  rule,
  ruleMatches,
  rulesInOrder,
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
export interface Service {
  readonly protocol: Packet["protocol"];
  readonly port: number;
  readonly sourcePort: number;
  readonly portSets: readonly string[];
  readonly passesPortsOver: boolean;
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
            subsets(tokens).map((portSets) => ({
              protocol,
              port,
              sourcePort,
              portSets,
              passesPortsOver: false,
            })),
          ),
        )
      : [false, true].map((passesPortsOver) => ({
          protocol,
          port: 0,
          sourcePort: 0,
          portSets: [],
          passesPortsOver,
        })),
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
  const fits = new Fits(groups, direction, flows, network);
  const ownPlaces = fits.places(
    ownEnds(endpoint, namesIn(groups, direction, own, network), addresses, network),
    own,
  );
  const otherPlaces = fits.places(
    addresses.flatMap(({ address, v6 }) => ways(address, v6, otherNames, [], network)),
    other,
  );
  const services = fits.services();
  const found = {
    missing: new Set<string>(),
    excess: new Set<string>(),
    sureExcess: new Set<string>(),
    sureMissing: new Set<string>(),
    deciding: new Map(groups.map((group) => [group, new Set<string>()])),
  };
  const isKnown = endpoint.prefixes.every((text) => rangeOf(text));
  for (const mine of ownPlaces) {
    for (const theirs of otherPlaces.filter(({ v6 }) => v6 === mine.v6)) {
      for (const service of services) {
        const combos = new Set<string>();
        let isAlwaysExcess = true;
        let alwaysMissing = -1;
        for (const a of mine.ways) {
          for (const b of theirs.ways) {
            for (const c of service) {
              const winners = groups.map((_, i) => lowest(a.rules[i] & b.rules[i] & c.rules[i]));
              winners.forEach((winner, i) => found.deciding.get(groups[i])!.add(fits.ruleName(i, winner)));
              const isAllowed = winners.every((winner, i) => fits.allows(i, winner));
              const asking = a.flows & b.flows & c.flows;
              const isExcess = isAllowed && asking === 0;
              if (isExcess) combos.add(winners.map((winner, i) => fits.ruleName(i, winner)).join());
              isAlwaysExcess &&= isExcess;
              alwaysMissing &= isAllowed ? 0 : asking;
              if (!isAllowed) fits.flowNames(asking).forEach((name) => found.missing.add(name));
            }
          }
        }
        combos.forEach((combo) => found.excess.add(combo));
        if (!isKnown) continue;
        // Where one rule decides in one way and another in the other, neither surely does.
        if (isAlwaysExcess && combos.size === 1) combos.forEach((combo) => found.sureExcess.add(combo));
        fits.flowNames(alwaysMissing).forEach((name) => found.sureMissing.add(name));
      }
    }
  }
  return found;
}

function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** Which rules of each group, and which flows, something fits: one bit each. */
interface Fit {
  readonly rules: readonly number[];
  readonly flows: number;
}

/** An address and every way in which it can be. */
interface PlaceFit {
  readonly v6: boolean;
  readonly ways: readonly Fit[];
}

const ANYTHING = {
  sourcePortRanges: ["*"],
  destinationPortRanges: ["*"],
  protocol: "*" as SecurityRule["protocol"],
};
const ANYONE = { id: "", label: "", prefixes: ["*"] };

interface Loose {
  readonly rules: readonly (readonly SecurityRule[])[];
  readonly flows: readonly Flow[];
}

/** Compares every rule and flow with each end, and each port, once. */
class Fits {
  private readonly rules: SecurityRule[][];
  private readonly bySource: Loose;
  private readonly byDestination: Loose;
  private readonly byService: Loose;

  constructor(
    groups: readonly string[],
    direction: DirectionName,
    private readonly flows: readonly Flow[],
    private readonly network: Network,
  ) {
    this.rules = groups.map((group) => rulesInOrder(group, direction, network));
    const anyService = { protocol: ANYTHING.protocol, ports: ["*"] };
    this.bySource = this.loosen({ ...ANYTHING, ...anyDestination }, { ...anyService, to: ANYONE });
    this.byDestination = this.loosen({ ...ANYTHING, ...anySource }, { ...anyService, from: ANYONE });
    this.byService = this.loosen({ ...anySource, ...anyDestination }, { from: ANYONE, to: ANYONE });
  }

  /** Rules and flows with some respects left open. */
  private loosen(rule: Partial<SecurityRule>, flow: Partial<Flow>): Loose {
    return {
      rules: this.rules.map((rules) => rules.map((one) => ({ ...one, ...rule }))),
      flows: this.flows.map((one) => ({ ...one, ...flow })),
    };
  }

  ruleName(group: number, index: number): string {
    return this.rules[group][index].name;
  }

  allows(group: number, index: number): boolean {
    return this.rules[group][index].access === "Allow";
  }

  flowNames(bits: number): string[] {
    return this.flows.filter((_, index) => (bits & (1 << index)) !== 0).map(({ name }) => name);
  }

  /** Addresses with their ways; of addresses that fit alike in all their ways, one. */
  places(ends: readonly End[], side: Side): PlaceFit[] {
    const byAddress = new Map<string, { v6: boolean; ways: Map<string, Fit> }>();
    for (const end of ends) {
      const key = `${end.v6} ${end.address}`;
      const place = byAddress.get(key) ?? { v6: end.v6, ways: new Map<string, Fit>() };
      byAddress.set(key, place);
      const fit = this.fitOfEnd(end, side);
      place.ways.set(JSON.stringify(fit), fit);
    }
    const distinct = new Map<string, PlaceFit>();
    for (const { v6, ways: fits } of byAddress.values()) {
      distinct.set(`${v6} ${[...fits.keys()].sort().join()}`, { v6, ways: [...fits.values()] });
    }
    return [...distinct.values()];
  }

  private fitOfEnd(end: End, side: Side): Fit {
    const packet: Packet = {
      source: end,
      destination: end,
      protocol: "Tcp",
      sourcePort: 1,
      port: 1,
      portSets: [],
      passesPortsOver: false,
    };
    return this.fit(packet, side === "source" ? this.bySource : this.byDestination);
  }

  /** For each protocol, port and source port: the ways in which the port can be. */
  services(): Fit[][] {
    const byPort = new Map<string, Map<string, Fit>>();
    for (const service of servicesOf(this.network, this.flows)) {
      const nowhere: End = { address: 0n, v6: false, zone: "neither", sets: [] };
      const packet: Packet = { ...service, source: nowhere, destination: nowhere };
      const fit = this.fit(packet, this.byService);
      const key = `${service.protocol} ${service.port} ${service.sourcePort}`;
      byPort.set(key, (byPort.get(key) ?? new Map<string, Fit>()).set(JSON.stringify(fit), fit));
    }
    const distinct = new Map(
      [...byPort.values()].map((fits) => [[...fits.keys()].sort().join(), [...fits.values()]]),
    );
    return [...distinct.values()];
  }

  private fit(packet: Packet, loose: Loose): Fit {
    const bits = (fits: readonly boolean[]) =>
      fits.reduce((mask, one, index) => (one ? mask | (1 << index) : mask), 0);
    return {
      rules: loose.rules.map((rules) => bits(rules.map((one) => ruleMatches(one, packet, this.network)))),
      flows: bits(loose.flows.map((flow) => flowAsks(flow, packet, this.network))),
    };
  }
}

const anySource = { sourceAddressPrefixes: ["*"], sourceApplicationSecurityGroupIds: undefined };
const anyDestination = {
  destinationAddressPrefixes: ["*"],
  destinationApplicationSecurityGroupIds: undefined,
};

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
