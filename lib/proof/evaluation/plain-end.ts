import { Access } from "../../azure/security-rule";
import { hasNoAddress, intersectAddresses, subtractAddresses } from "../../azure/sets/address-set";
import { intersect, subtract } from "../../azure/sets/interval-set";
import type { PortSet } from "../../azure/sets/port-set";
import type { AddressSpace, Peer } from "./address-space";
import { sideOf, type End, type FlowAtEnd } from "./end-search";
import { EVERY_PROTOCOL, type Match } from "./match";

/** What is known of an end whose rules allow its flows and nothing else. */
export interface PlainEnd {
  /** The indices of the rules that a flow needs. */
  readonly asked: ReadonlySet<number>;
  /** The indices of rules that are known to decide; there may be more. */
  readonly reached: () => ReadonlySet<number>;
}

// Each rule is compared with each flow. Beyond, a partition of the header space costs less.
const MOST_PAIRS = 1024;

/**
 * Recognises an end where nothing is blocked and nothing in excess, whatever unknown sets contain: its group
 * allows some products and denies everything else, flows cover each of these products, and they cover each flow.
 * Products are compared by known addresses and ports and by the names of unknown sets.
 * Undefined if this comparison does not show it.
 */
export function plainEnd(
  { lists, endpoint, direction }: End,
  flows: readonly FlowAtEnd[],
  space: AddressSpace,
): PlainEnd | undefined {
  const [{ judging, rules }] = lists;
  const allowing = judging.slice(0, -1);
  const last = judging[judging.length - 1];
  const asking = flows.flatMap(({ matches }) => matches);
  const accessOf = ({ index }: Match) => rules[index].access;
  if (
    lists.length > 1 ||
    allowing.length * asking.length > MOST_PAIRS ||
    accessOf(last) === Access.ALLOW ||
    allowing.some((match) => accessOf(match) === Access.DENY) ||
    [...allowing, ...asking].some(({ facts }) => facts.length > 0)
  ) {
    return undefined;
  }
  const own = space.peer(endpoint.prefixes, endpoint.applicationSecurityGroupIds);
  const known = space.peer(endpoint.prefixes);
  const side = sideOf(direction);
  const here = (match: Match): Match => ({ ...match, [side]: withinEnd(match[side], known) });
  const isHere = (match: Match): boolean =>
    (!hasNoAddress(match[side].addresses) ||
      match[side].unknowns.some((name) => own.unknowns.includes(name))) &&
    haveFamilyInCommon(match.source, match.destination);
  const allowed = allowing.map(here);
  const asked = asking.map(here);
  const expected = flows.flatMap(({ matches, isExpected }) => (isExpected ? matches.map(here) : []));
  const isExact =
    allowed.every((match) => isHere(match) && isCovered(match, asked)) &&
    expected.every((match) => isCovered(match, allowed));
  if (!isExact) return undefined;
  const deciding = () => {
    const first = allowed.filter((match, index) => {
      const some = someOf(match, space);
      return isPossible(some) && allowed.slice(0, index).every((earlier) => areApart(some, earlier));
    });
    const isDenied = EVERY_PROTOCOL.some((one) => !allowed.some(({ protocols }) => protocols.includes(one)));
    return isDenied ? [...first, last] : first;
  };
  return {
    asked: new Set(allowed.map(({ index }) => index)),
    reached: () => new Set(deciding().map(({ index }) => index)),
  };
}

/** The part of a match's own side at an end whose addresses are all known. */
function withinEnd(peer: Peer, { addresses, unknowns }: Peer): Peer {
  if (unknowns.length > 0) return peer;
  return peer.any
    ? { any: false, addresses, unknowns: [], zones: [] }
    : { ...peer, addresses: intersectAddresses(peer.addresses, addresses) };
}

/** A connection is of one address family. */
function haveFamilyInCommon(a: Peer, b: Peer): boolean {
  const mayHold = ({ any, addresses, unknowns, zones }: Peer, family: "v4" | "v6") =>
    any || addresses[family].length > 0 || unknowns.length + zones.length > 0;
  return (["v4", "v6"] as const).some((family) => mayHold(a, family) && mayHold(b, family));
}

/** Whether other matches together contain a match, in every world. */
function isCovered(match: Match, others: readonly Match[]): boolean {
  let rest: Match | undefined = match;
  for (const other of others) {
    rest = withoutPart(rest, other);
    if (!rest) return true;
  }
  return false;
}

/** A product without another, if they differ on one axis at most; the whole product otherwise. */
function withoutPart(match: Match, other: Match): Match | undefined {
  const protocols = match.protocols.filter((one) => !other.protocols.includes(one));
  const destinationPorts = portsWithout(match.destinationPorts, other.destinationPorts);
  const sourcePorts = portsWithout(match.sourcePorts, other.sourcePorts);
  const [source, destination] = [
    peerWithout(match.source, other.source),
    peerWithout(match.destination, other.destination),
  ];
  const rests: Array<Partial<Match>> = [
    ...(protocols.length > 0 ? [{ protocols }] : []),
    ...(destinationPorts ? [{ destinationPorts }] : []),
    ...(sourcePorts ? [{ sourcePorts }] : []),
    ...(source ? [{ source }] : []),
    ...(destination ? [{ destination }] : []),
  ];
  if (rests.length === 0) return undefined;
  return rests.length === 1 ? { ...match, ...rests[0] } : match;
}

function portsWithout(ports: PortSet, other: PortSet): PortSet | undefined {
  if (other.any) return undefined;
  const known = subtract(ports.known, other.known);
  const unknowns = ports.any ? [] : ports.unknowns.filter((name) => !other.unknowns.includes(name));
  return known.length + unknowns.length === 0 ? undefined : { any: false, known, unknowns };
}

function peerWithout(peer: Peer, other: Peer): Peer | undefined {
  if (other.any) return undefined;
  if (peer.any) return peer;
  const addresses = subtractAddresses(peer.addresses, other.addresses);
  const unknowns = peer.unknowns.filter((name) => !other.unknowns.includes(name));
  const zones = peer.zones.filter((zone) => !other.zones.includes(zone));
  return hasNoAddress(addresses) && unknowns.length + zones.length === 0
    ? undefined
    : { any: false, addresses, unknowns, zones };
}

/** The known connections of a match; of a side without known addresses, those in one of its unknown sets. */
function someOf(match: Match, space: AddressSpace): Match {
  const some = (peer: Peer): Peer => {
    const {
      any,
      addresses,
      unknowns: [name],
    } = peer;
    if (any || name === undefined || !hasNoAddress(addresses)) return peer;
    const unknowns = space.withinAll([name]);
    return { any, addresses: space.possible(undefined, unknowns), unknowns, zones: [] };
  };
  return { ...match, source: some(match.source), destination: some(match.destination) };
}

function isPossible({ source, destination, sourcePorts, destinationPorts }: Match): boolean {
  const isSet = ({ any, addresses }: Peer, family: "v4" | "v6") => any || addresses[family].length > 0;
  return (
    (["v4", "v6"] as const).some((family) => isSet(source, family) && isSet(destination, family)) &&
    sourcePorts.known.length > 0 &&
    destinationPorts.known.length > 0
  );
}

/** Whether an earlier match contains none of some connections, if no other unknown set contains an address. */
function areApart(some: Match, earlier: Match): boolean {
  return (
    !some.protocols.some((one) => earlier.protocols.includes(one)) ||
    intersect(some.destinationPorts.known, earlier.destinationPorts.known).length === 0 ||
    intersect(some.sourcePorts.known, earlier.sourcePorts.known).length === 0 ||
    areAddressesApart(some.source, earlier.source) ||
    areAddressesApart(some.destination, earlier.destination)
  );
}

function areAddressesApart(some: Peer, other: Peer): boolean {
  return (
    !some.any &&
    !other.any &&
    other.zones.length === 0 &&
    !other.unknowns.some((name) => some.unknowns.includes(name)) &&
    hasNoAddress(intersectAddresses(some.addresses, other.addresses))
  );
}
