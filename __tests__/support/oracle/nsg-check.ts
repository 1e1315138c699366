import { explain, type ConnectionQuery } from "../../../lib/proof/explain";
import type { GuardedEndpoint, Network } from "../../../lib/proof/network";
import { prove, type Proof } from "../../../lib/proof/prove";
import { Direction, Protocol } from "../../../lib/azure/security-rule";
import {
  addressesOf,
  bruteForceEnd,
  bruteForceVerdict,
  named,
  namesIn,
  ownEnds,
  servicesOf,
} from "./nsg-brute-force";
import type { NsgCase } from "./nsg-cases";
import { groupsOf, rangeOf, unknownName, ways, type End } from "./nsg-oracle";
import { isConfirmed } from "./nsg-example";
import type { Random } from "../arbitraries/random";

const DIRECTIONS = [
  { name: "Inbound", end: "destination" },
  { name: "Outbound", end: "source" },
] as const;

/** In what the proof of a case disagrees with the oracle, in words. */
export function disagreementsOfProof(made: NsgCase): string[] {
  const { network, flows } = made;
  const proof = prove(flows, network);
  const found: string[] = [];
  const reached = new Map<string, Set<string>>();
  for (const endpoint of network.endpoints) {
    for (const { name, end } of DIRECTIONS) {
      if (groupsOf(endpoint, name).length === 0) continue;
      const expected = bruteForceEnd(endpoint, name, flows, network);
      const at = `${endpoint.id} ${name}`;
      const expectedMissing = new Set(
        [...expected.missing].filter((flow) => isExpectedAt(endpoint, name, flow, made)),
      );
      const missing = proof.missing.filter((one) => one.endpoint === endpoint.label && one.end === end);
      const excess = proof.excess.filter((one) => one.endpoint === endpoint.label && one.end === end);
      const rulesOf = (one: Proof["excess"][number]) => one.allowedBy.map(({ rule }) => rule).join();
      found.push(
        ...compare(`${at} missing`, new Set(missing.map(({ flow }) => flow)), expectedMissing),
        ...compare(`${at} excess`, new Set(excess.map(rulesOf)), expected.excess),
      );
      const sureExcess = new Set(excess.filter(({ dependsOn }) => dependsOn.length === 0).map(rulesOf));
      const sureMissing = new Set(
        missing.filter(({ dependsOn }) => dependsOn.length === 0).map(({ flow }) => flow),
      );
      found.push(
        ...[...expected.sureExcess]
          .filter((one) => !sureExcess.has(one))
          .map((one) => `${at} excess ${one} is sure`),
        ...[...expected.sureMissing]
          .filter((one) => !sureMissing.has(one))
          .map((one) => `${at} ${one} is surely missing`),
      );
      for (const [group, rules] of expected.deciding) {
        const key = `${group} ${name}`;
        reached.set(key, new Set([...(reached.get(key) ?? []), ...rules]));
      }
    }
  }
  for (const finding of [...proof.missing, ...proof.excess]) {
    if (!isConfirmed(finding, flows, network)) found.push(`no example: ${JSON.stringify(finding)}`);
  }
  for (const [key, rules] of reached) {
    const [group, direction] = key.split(" ");
    const own = network.groups.find((one) => one.name === group)?.rules ?? [];
    const expected = own
      .filter((one) => one.direction === direction && !rules.has(one.name))
      .map((one) => one.name);
    const actual = proof.shadowedRules.filter(
      (one) => one.rule.group === group && one.direction === direction,
    );
    found.push(
      ...compare(`${key} shadowed`, new Set(actual.map(({ rule }) => rule.rule)), new Set(expected)),
    );
  }
  return found;
}

/**
 * Where an endpoint's prefix is not known, a flow is missed there only if it
 * names the very same set, a set that the rules name on that side, or all.
 */
function isExpectedAt(
  endpoint: GuardedEndpoint,
  direction: "Inbound" | "Outbound",
  name: string,
  { flows, network }: NsgCase,
): boolean {
  if (endpoint.prefixes.every((text) => rangeOf(text))) return true;
  const flow = flows.find((one) => one.name === name)!;
  const [own, side] =
    direction === "Inbound" ? ([flow.to, "destination"] as const) : ([flow.from, "source"] as const);
  const known = [
    ...named(endpoint.prefixes, endpoint.applicationSecurityGroupIds ?? [], network),
    ...namesIn(groupsOf(endpoint, direction), direction, side, network),
  ];
  return (
    own.prefixes.some((text) => ["*", "VirtualNetwork", "Internet"].includes(text)) ||
    named(own.prefixes, own.applicationSecurityGroupIds ?? [], network).some((one) => known.includes(one))
  );
}

function compare(what: string, actual: ReadonlySet<string>, expected: ReadonlySet<string>): string[] {
  return [
    ...[...expected].filter((one) => !actual.has(one)).map((one) => `${what}: the engine lacks ${one}`),
    ...[...actual]
      .filter((one) => !expected.has(one))
      .map((one) => `${what}: the oracle does not see ${one}`),
  ];
}

const PLACES = [
  "a",
  "b",
  "10.0.0.2",
  "10.0.0.4",
  "10.0.0.9",
  "10.0.0.0/31",
  "8.8.8.8",
  "8.8.8.200",
  "20.1.2.3",
]
  .concat([
    "192.168.0.1",
    "192.168.200.1",
    "172.16.0.1",
    "168.63.129.16",
    "fd00::1",
    "2001:db8::5",
    "fd00::99",
  ])
  .concat(["AzureActiveDirectory", "Storage.WestEurope", "Internet", "VirtualNetwork", "*", "${data.other}"]);

/** A random question. */
export function randomQuery(random: Random): ConnectionQuery {
  return {
    from: random.pick(PLACES),
    to: random.pick(PLACES),
    protocol: random.pick([Protocol.TCP, Protocol.TCP, Protocol.UDP, Protocol.ICMP, Protocol.ANY]),
    port: random.chance(0.8) ? random.pick([0, 443, 444, 450, 65535]) : undefined,
    sourcePort: random.chance(0.2) ? random.pick([999, 1500]) : undefined,
    direction: random.chance(0.2) ? random.pick([Direction.INBOUND, Direction.OUTBOUND]) : undefined,
  };
}

/** In what the answer to a question disagrees with the oracle, in words. */
export function disagreementsOfExplanation(query: ConnectionQuery, network: Network): string[] {
  const from = endpointOf(query.from, network);
  const to = endpointOf(query.to, network);
  const judges = [
    ...(from && query.direction !== Direction.INBOUND ? judgesAt(from, "Outbound") : []),
    ...(to && query.direction !== Direction.OUTBOUND ? judgesAt(to, "Inbound") : []),
  ];
  const sources = endsOf(query.from, from, judges, "source", network);
  const destinations = endsOf(query.to, to, judges, "destination", network);
  const ports = [query.port, query.sourcePort].filter(isGiven);
  const services = servicesOf(network, [], ports.map(String)).filter(({ protocol, port }) => {
    const hasPorts = protocol === "Tcp" || protocol === "Udp";
    // A question with a port about every protocol is about those that have ports.
    const isAsked =
      query.protocol === Protocol.ANY ? hasPorts || ports.length === 0 : query.protocol === protocol;
    return isAsked && (query.port === undefined || !hasPorts || port === query.port);
  });
  const asked = services.map((one) =>
    query.sourcePort === undefined ? one : { ...one, sourcePort: query.sourcePort },
  );
  const expected = bruteForceVerdict(sources, destinations, asked, judges, network);
  if (!expected.mayAllow && !expected.mayDeny) {
    return refusesToAnswer(query, network) ? [] : [`no packet is both ends', and yet there is an answer`];
  }
  const actual = explain(query, network);
  const verdict = expected.mayAllow ? (expected.mayDeny ? "depends" : "allow") : "deny";
  const found =
    (actual.verdict as string) === verdict ? [] : [`verdict ${actual.verdict}, and not ${verdict}`];
  if (actual.dependsOn.length > 0 !== (verdict === "depends"))
    found.push(`depends on ${actual.dependsOn.join()}`);
  const groups = actual.ends.flatMap((end) => end.groups);
  judges.forEach(({ group, direction }, i) => {
    const deciding = new Set(groups[i].deciding.map(({ rule }) => rule));
    found.push(...compare(`${group} ${direction} deciding`, deciding, expected.deciding[i]));
  });
  return found;
}

function refusesToAnswer(query: ConnectionQuery, network: Network): boolean {
  try {
    explain(query, network);
    return false;
  } catch {
    return true;
  }
}

const isGiven = <T>(value: T | undefined): value is T => value !== undefined;

function judgesAt(endpoint: GuardedEndpoint, direction: "Inbound" | "Outbound") {
  return groupsOf(endpoint, direction).map((group) => ({ group, direction }));
}

function endpointOf(text: string, network: Network): GuardedEndpoint | undefined {
  const named = network.endpoints.find(({ id }) => id === text);
  const range = rangeOf(text);
  if (named || !range) return named;
  return network.endpoints.find(({ prefixes }) =>
    prefixes
      .map(rangeOf)
      .some((own) => own && own.v6 === range.v6 && own.first <= range.first && range.last <= own.last),
  );
}

/** Every way in which one end of a question can be. */
function endsOf(
  text: string,
  endpoint: GuardedEndpoint | undefined,
  judges: readonly { group: string; direction: "Inbound" | "Outbound" }[],
  side: "source" | "destination",
  network: Network,
): End[] {
  const names = [
    ...new Set(judges.flatMap(({ group, direction }) => namesIn([group], direction, side, network))),
  ];
  const range = rangeOf(text);
  const addresses = addressesOf(network, [], [text]).filter(
    ({ address, v6 }) => !range || (range.v6 === v6 && range.first <= address && address <= range.last),
  );
  if (endpoint && range) return ownEnds({ ...endpoint, prefixes: [text] }, names, addresses, network);
  if (endpoint) return ownEnds(endpoint, names, addresses, network);
  const unknown = unknownName(text, network);
  const sure = unknown ? named([text], [], network) : [];
  const zone = { internet: "internet", virtualnetwork: "vnet" }[text.toLowerCase()];
  const tag = network.serviceTags?.tags.find((one) => one.name === text);
  return addresses
    .filter((one) => !tag || tag.addressPrefixes.map(rangeOf).some((own) => own && isInside(one, own)))
    .flatMap(({ address, v6 }) => ways(address, v6, names, sure, network))
    .filter((end) => zone === undefined || end.zone === zone);
}

function isInside(
  one: { address: bigint; v6: boolean },
  own: { v6: boolean; first: bigint; last: bigint },
): boolean {
  return one.v6 === own.v6 && own.first <= one.address && one.address <= own.last;
}
