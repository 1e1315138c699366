import type { ConnectionRange } from "../../../lib/proof/evaluation/connection-range";
import { diff } from "../../../lib/proof/diff";
import type { GuardedEndpoint, Network } from "../../../lib/proof/network";
import type { SecurityRule } from "../../../lib/azure/security-rule";
import { type Service, servicesOf } from "./nsg-brute-force";
import { randomCase } from "./nsg-cases";
import {
  groupsOf,
  interestingAddresses,
  isPublic,
  isSurelyVnet,
  rangeOf,
  rule,
  ways,
  type End,
} from "./nsg-oracle";
import type { Random } from "../arbitraries/random";

/**
 * In what the difference of two networks disagrees with the oracle, in words.
 * Every packet of known addresses that passes for sure in the one and is
 * refused for sure in the other has to be in a range that is sure, and no
 * other packet may be; the networks hold no names that are not known.
 */
export function disagreementsOfDiff(before: Network, after: Network): string[] {
  const { opened, closed } = diff(before, after);
  const networks = [before, after];
  const texts = networks.flatMap(({ groups }) =>
    groups.flatMap(({ rules }) =>
      rules.flatMap((one) => [...one.sourceAddressPrefixes, ...one.destinationAddressPrefixes]),
    ),
  );
  const addresses = [
    ...new Map(
      networks
        .flatMap((network) => interestingAddresses(texts, network))
        .map((one) => [`${one.v6} ${one.address}`, one]),
    ).values(),
  ];
  const services = servicesOf({ ...before, groups: networks.flatMap(({ groups }) => groups) }, []);
  const found: string[] = [];
  const endsOf = new Map(addresses.map((one) => [one, endsIn(one, before, after)]));
  for (const source of addresses) {
    for (const destination of addresses.filter(({ v6 }) => v6 === source.v6)) {
      const crossings = endsOf.get(source)!.flatMap((from) =>
        endsOf.get(destination)!.map((to) => ({
          before: crossingOf(from.before, to.before, before),
          after: crossingOf(from.after, to.after, after),
        })),
      );
      const ends = { source: endsOf.get(source)![0].after, destination: endsOf.get(destination)![0].after };
      const between = ({ from, to }: ConnectionRange) =>
        holdsAddress(from, ends.source, before, after) && holdsAddress(to, ends.destination, before, after);
      const kinds = [
        ["opened", opened.filter(between), (one: Fate) => !one.before && one.after],
        ["closed", closed.filter(between), (one: Fate) => one.before && !one.after],
      ] as const;
      for (const service of services.filter(({ passesPortsOver }) => !passesPortsOver)) {
        // Only a protocol without ports can pass over them.
        const over = service.protocol === "Tcp" || service.protocol === "Udp" ? [false] : [false, true];
        const fates = over.flatMap((passesPortsOver) =>
          crossings.map((crossing) => ({
            before: passes({ ...service, passesPortsOver }, crossing.before, before),
            after: passes({ ...service, passesPortsOver }, crossing.after, after),
          })),
        );
        for (const [name, ranges, isChanged] of kinds) {
          const holding = ranges.filter((range) => holdsService(range, service));
          const isSure = holding.some(({ dependsOn }) => dependsOn.length === 0);
          const isTold = holding.length > 0;
          if (isSure === fates.every(isChanged) && isTold === fates.some(isChanged)) continue;
          const texts = { source: textOf(source), destination: textOf(destination) };
          found.push(`${name} ${JSON.stringify({ ...service, ...texts })}: told ${isTold}, sure ${isSure}`);
        }
        if (found.length > 3) return found;
      }
    }
  }
  return found;
}

/** One end of a packet before and after a change. */
interface ChangedEnd {
  readonly before: End;
  readonly after: End;
}

/**
 * Where an address can be before and after: what neither network says is the
 * same in both, so that it is in two zones only where one of them is known not
 * to be possible in the other network.
 */
function endsIn(
  { address, v6 }: { address: bigint; v6: boolean },
  before: Network,
  after: Network,
): ChangedEnd[] {
  const [old, young] = [before, after].map((network) => ways(address, v6, [], [], network));
  const zones = (ends: readonly End[]) => ends.map(({ zone }) => zone);
  return old.flatMap((one) =>
    young
      .filter(
        (other) =>
          one.zone === other.zone || !zones(young).includes(one.zone) || !zones(old).includes(other.zone),
      )
      .map((other) => ({ before: one, after: other })),
  );
}

interface Fate {
  readonly before: boolean;
  readonly after: boolean;
}

const textOf = ({ address, v6 }: { address: bigint; v6: boolean }) =>
  `${v6 ? "v6" : "v4"} ${address.toString(16)}`;

/** The ends of a packet, and the groups that have to allow it; no groups where neither end is the network's. */
interface Crossing {
  readonly source: End;
  readonly destination: End;
  readonly groups?: ReadonlyArray<readonly [name: string, direction: "Inbound" | "Outbound"]>;
}

function crossingOf(source: End, destination: End, network: Network): Crossing {
  const from = endpointOf(source, network);
  const to = endpointOf(destination, network);
  if (!from && !to) return { source, destination };
  const out = from ? groupsOf(from, "Outbound").map((group) => [group, "Outbound"] as const) : [];
  const into = to ? groupsOf(to, "Inbound").map((group) => [group, "Inbound"] as const) : [];
  return { source, destination, groups: [...out, ...into] };
}

/** A packet passes where one end at least is the network's, and every group at its ends allows it. */
function passes(service: Service, { source, destination, groups }: Crossing, network: Network): boolean {
  if (!groups) return false;
  const packet = { ...service, source, destination };
  return groups.every(([group, direction]) => rule(group, direction, packet, network).allowed);
}

function endpointOf(end: End, network: Network): GuardedEndpoint | undefined {
  return network.endpoints.find(({ prefixes }) => prefixes.some((text) => isInPrefix(text, end)));
}

function isInPrefix(text: string, end: End): boolean {
  const range = rangeOf(text);
  return (
    range !== undefined && range.v6 === end.v6 && range.first <= end.address && end.address <= range.last
  );
}

function holdsService(range: ConnectionRange, { protocol, port, sourcePort }: Service): boolean {
  const isService =
    protocol === "Tcp" || protocol === "Udp"
      ? holdsPort(range.ports, port) && holdsPort(range.sourcePorts ?? ["*"], sourcePort)
      : range.protocol !== "*" || range.ports.length === 0 || range.ports[0] === "*";
  const isProtocol =
    (range.protocol as string) === protocol || ((range.protocol as string) === "*" && range.ports[0] === "*");
  return isService && isProtocol;
}

function holdsPort(texts: readonly string[], port: number): boolean {
  return texts.some((text) => {
    if (text === "*") return true;
    const [first, last] = text.split("-").map(Number);
    return first <= port && port <= (last ?? first);
  });
}

function holdsAddress(texts: readonly string[], end: End, before: Network, after: Network): boolean {
  return texts.some((text): boolean => {
    const [whole, except] = text.split(" except ");
    if (except !== undefined) {
      return (
        holdsAddress([whole], end, before, after) &&
        !except.split(" and ").some((prefix) => isInPrefix(prefix, end))
      );
    }
    if (text === "public addresses") {
      const { address, v6 } = end;
      return isPublic(address, v6) && [before, after].every((network) => !isSurelyVnet(address, v6, network));
    }
    if (text === "elsewhere") return !endpointOf(end, before) && !endpointOf(end, after);
    if (text === "Internet") return end.zone === "internet" && !isPerhapsElsewhere(end, before, after);
    return isInPrefix(text, end);
  });
}

/** Whether an address is not surely in the tag Internet. */
function isPerhapsElsewhere({ address, v6 }: End, before: Network, after: Network): boolean {
  return [before, after].some((network) =>
    ways(address, v6, [], [], network).some(({ zone }) => zone !== "internet"),
  );
}

/** Two networks without names that are not known; the second has some rules of the first's, and others. */
export function randomPair(random: Random): [Network, Network] {
  const [one, other] = [randomCase(random), randomCase(random)].map(({ network }) =>
    withoutUnknowns(network),
  );
  const groups = one.groups.map((group, i) => ({
    ...group,
    rules: [
      ...group.rules.filter(({ priority }) => priority === 4096 || random.chance(0.7)),
      ...other.groups[i].rules
        .filter(({ priority }) => priority < 4096)
        .slice(0, 2)
        .map((rule, j) => ({ ...rule, name: `new${j}`, priority: 200 + j })),
    ],
  }));
  const endpoints = random.chance(0.7) ? one.endpoints : other.endpoints;
  const { virtualNetworkPrefixes, connectedPrefixes, hasDefaultRoute } = random.chance(0.5) ? one : other;
  return [one, { ...one, endpoints, groups, virtualNetworkPrefixes, connectedPrefixes, hasDefaultRoute }];
}

function withoutUnknowns(network: Network): Network {
  const known = (text: string) => !/^(\$|Storage|azure(?!load)|\/)/i.test(text);
  const isKnown = (rule: SecurityRule) =>
    [...rule.sourceAddressPrefixes, ...rule.destinationAddressPrefixes, ...rule.destinationPortRanges].every(
      known,
    ) &&
    !rule.sourceApplicationSecurityGroupIds &&
    !rule.destinationApplicationSecurityGroupIds;
  return {
    ...network,
    serviceTags: undefined,
    endpoints: network.endpoints
      .filter(({ prefixes }) => prefixes.every(known))
      .map((endpoint) => ({ ...endpoint, applicationSecurityGroupIds: undefined })),
    groups: network.groups.map((group) => ({ ...group, rules: group.rules.filter(isKnown) })),
  };
}
