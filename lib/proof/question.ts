import { Direction, Protocol } from "../azure/security-rule";
import { hasPorts } from "./evaluation/match";
import { type ConnectionQuery, explain, type Explanation } from "./explain";
import type { FlowEndpoint } from "../azure/flow";
import type { GuardedEndpoint, Network } from "./network";
import {
  type AddressSet,
  hasNoAddress,
  intersectAddresses,
  parseAddresses,
  subtractAddresses,
  uniteAddresses,
} from "../azure/sets/address-set";
import { isOpaque } from "../base/opaque";
import { suggest } from "../base/nearest";
import { type Problem, problemUnless, refused, refuseProblems } from "../base/problem";

/** An end of flows, and the names that a question may use for it. */
export interface NamedEnd {
  /** Its names; errors use the first. */
  readonly names: readonly string[];
  readonly endpoint: FlowEndpoint;
}

/** The network's name for an end of a question, or the problems with it. */
interface KnownEnd {
  readonly text: string;
  readonly problems: Problem[];
}

const SUBJECT = "the requested connection";

// Tags that every network has.
const AZURE_TAGS = ["VirtualNetwork", "Internet", "AzureLoadBalancer", "AzureCloud"];

/**
 * Explains a connection, after a check of the question. Without the check, a
 * misspelt name would be an unknown service tag, and a connection between two
 * ends outside the network would be allowed.
 *
 * @param named ends that a question may name in addition to the network's own
 * @param answer evaluates the question; its network may contain more than rules and prefixes
 * @throws InvalidInputError with all problems of the question
 */
export function explainKnown(
  query: ConnectionQuery,
  network: Network,
  named: readonly NamedEnd[] = [],
  answer: (query: ConnectionQuery) => Explanation = (asked) => explain(asked, network),
): Explanation {
  const names = [...named, ...groupEnds(network)];
  const [from, to] = (["from", "to"] as const).map((path) => endOf(path, query[path], network, names));
  refuseProblems(SUBJECT, [
    ...from.problems,
    ...to.problems,
    ...checkMachines(query, named),
    ...checkQueryPort("port", query.port, query.protocol),
    ...checkQueryPort("sourcePort", query.sourcePort, query.protocol),
  ]);
  refuseProblems(SUBJECT, checkFamilies(query, from.text, to.text, network));
  const explanation = { ...answer({ ...query, from: from.text, to: to.text }), query };
  refuseProblems(SUBJECT, checkJudged(explanation, network));
  return explanation;
}

/** The network's name for an end, or the problem if it is unknown. */
function endOf(path: string, text: string, network: Network, named: readonly NamedEnd[]): KnownEnd {
  const own = network.endpoints.filter(({ id, label }) => id === text || label === text);
  const found = own.length > 0 ? own : endsNamed(text, named);
  const groups = new Set(network.groups.map(({ name }) => name));
  /** A name that only this end has. */
  const nameOf = (end: FlowEndpoint): string | undefined =>
    named
      .filter(({ endpoint }) => endpoint.id === end.id)
      .flatMap(({ names }) => names)
      .find((name) => !groups.has(name) && endsNamed(name, named).length === 1);
  if (found.length > 1 && !found.some(({ id }) => id === text)) {
    const problems = refused("end-ambiguous", path, text, {
      what: `is the name of ${found.length} ends`,
      allowed: `one of ${found.map((end) => nameOf(end) ?? end.id).join(", ")}`,
      change: "Write the one that you mean",
    });
    return { text, problems };
  }
  if (own.length > 0) return { text, problems: [] };
  if (found.length > 0) return placeOf(path, text, found[0], network);
  const tags = tagsOf(network);
  const isTag = tags.some((tag) => tag.toLowerCase() === text.toLowerCase());
  if (text === "*" || isOpaque(text) || isTag) return { text, problems: [] };
  const addresses = parseAddresses(text);
  if (addresses) return { text, problems: checkWhole(path, text, addresses, network) };
  const names = named.flatMap((one) => one.names);
  const labels = [
    ...network.endpoints.map((end) => (names.includes(end.label) ? end.label : (nameOf(end) ?? end.label))),
    ...named.map(({ names: [first] }) => first).filter((name) => !groups.has(name)),
  ];
  const known = [...new Set(labels)];
  const longer = known.filter((label) => label.startsWith(`${text}-`) || label.endsWith(`-${text}`));
  const problems = refused("end-unknown", path, text, {
    what: "is unknown in these groups",
    allowed: `an address, a prefix, *, a service tag that a rule names${known.length > 0 ? `, or ${known.join(", ")}` : ""}`,
    change:
      longer.length > 0
        ? `Write ${longer.join(" or ")}`
        : suggest(text, [...known, ...names, ...tags], "Name one of these"),
  });
  return { text, problems };
}

/** The ends with this name, each once. */
function endsNamed(text: string, named: readonly NamedEnd[]): FlowEndpoint[] {
  const found = named.filter(({ names }) => names.includes(text)).map(({ endpoint }) => endpoint);
  return [...new Map(found.reverse().map((endpoint) => [endpoint.id, endpoint])).values()].reverse();
}

/** A group is a name for the end that it is attached to. */
function groupEnds({ endpoints }: Network): NamedEnd[] {
  return endpoints.flatMap((endpoint) =>
    [endpoint.subnetGroup, endpoint.interfaceGroup]
      .filter((group) => group !== undefined)
      .map((group) => ({ names: [group], endpoint })),
  );
}

/** A named end: the endpoint that it is, or its address if it is elsewhere. */
function placeOf(path: string, name: string, { id, prefixes }: FlowEndpoint, network: Network): KnownEnd {
  if (network.endpoints.some((one) => one.id === id || one.label === id)) return { text: id, problems: [] };
  if (prefixes.length === 1) return { text: prefixes[0], problems: [] };
  const more = prefixes.length > 5 ? ` and ${prefixes.length - 5} more` : "";
  const words =
    prefixes.length === 0
      ? {
          what: "stands for application security groups, which have no address",
          allowed: "an address of a machine that is in them",
        }
      : { what: "is at several addresses", allowed: `one of ${prefixes.slice(0, 5).join(", ")}${more}` };
  return {
    text: name,
    problems: refused("end-ambiguous", path, name, { ...words, change: "Ask for one of them" }),
  };
}

/** A connection between two components of one machine does not pass a group. */
function checkMachines({ from, to }: ConnectionQuery, named: readonly NamedEnd[]): Problem[] {
  const [source, destination] = [from, to].map((text) => named.find(({ names }) => names.includes(text)));
  if (!source || !destination || source === destination) return [];
  return problemUnless(source.endpoint.id !== destination.endpoint.id, "same-machine", "to", to, {
    what: `is on the same machine as ${source.names[0]}, and connections within a machine do not pass a group`,
    allowed: "an end on another machine",
    change: "Ask about another end",
  });
}

/** Addresses must all be at one endpoint, or all elsewhere. */
function checkWhole(path: string, text: string, addresses: AddressSet, { endpoints }: Network): Problem[] {
  const holder = endpoints.find((one) => !hasNoAddress(intersectAddresses(addresses, addressesOf(one))));
  if (!holder) return [];
  const isWhole = hasNoAddress(subtractAddresses(addresses, addressesOf(holder)));
  return problemUnless(isWhole, "prefix-partial", path, text, {
    what: `lies in part within ${holder.label} (${holder.prefixes.join(", ")})`,
    allowed: "addresses that are all at one place, or all elsewhere",
    change: "Ask for one part",
  });
}

function addressesOf({ prefixes }: GuardedEndpoint): AddressSet {
  return uniteAddresses(...prefixes.flatMap((prefix) => parseAddresses(prefix) ?? []));
}

function checkQueryPort(path: string, port: number | undefined, protocol: Protocol): Problem[] {
  if (port === undefined) return [];
  if (protocol !== Protocol.ANY && !hasPorts(protocol)) {
    return refused("port-without-meaning", path, port, {
      what: `is set, but ${protocol.toUpperCase()} does not have ports`,
      allowed: "no port, or the protocol tcp, udp or *",
      change: "Leave the port out",
    });
  }
  return problemUnless(Number.isInteger(port) && port >= 0 && port <= 65535, "port-invalid", path, port, {
    what: "is not a port",
    allowed: "a whole number from 0 to 65535",
    change: "Give the port, or leave it out for every port",
  });
}

/** Both ends of a connection have one address family. */
function checkFamilies(query: ConnectionQuery, from: string, to: string, network: Network): Problem[] {
  const [ofSource, ofDestination] = [familiesOf(from, network), familiesOf(to, network)];
  const share = ofSource.some((family) => ofDestination.includes(family));
  return problemUnless(share, "address-family-differs", "to", query.to, {
    what: `has ${ofDestination.join(" and ")} addresses only, and ${query.from} has ${ofSource.join(" and ")} addresses`,
    allowed: "two ends of one address family",
    change: "Ask for an address of the other end's family",
  });
}

const FAMILIES = ["IPv4", "IPv6"] as const;

function familiesOf(text: string, { endpoints }: Network): ReadonlyArray<(typeof FAMILIES)[number]> {
  const endpoint = endpoints.find(({ id }) => id === text) ?? endpoints.find(({ label }) => label === text);
  const sets = (endpoint?.prefixes ?? [text]).map(parseAddresses);
  if (sets.length === 0 || sets.includes(undefined)) return FAMILIES;
  const { v4, v6 } = uniteAddresses(...sets.filter((set) => set !== undefined));
  return FAMILIES.filter((family) => (family === "IPv4" ? v4 : v6).length > 0);
}

/** At least one group must be evaluated, or the answer says nothing. */
function checkJudged({ query, ends }: Explanation, { endpoints }: Network): Problem[] {
  const isJudged = ends.some(({ endpoint }) => endpoint !== undefined);
  const known = endpoints.map(({ label, prefixes }) => `${label} (${prefixes.join(", ")})`).join(", ");
  const { from, to, direction } = query;
  const [path, subject] =
    direction === undefined
      ? ["from, to", "neither end has"]
      : [direction === Direction.INBOUND ? "to" : "from", "the requested end does not have"];
  return problemUnless(isJudged, "end-not-filtered", path, `${from} -> ${to}`, {
    what: `${subject} a network security group, so no rule was evaluated`,
    allowed: known === "" ? "a network with attached groups" : `an end with a group: ${known}`,
    change: known === "" ? "Add the file with the associations of the groups" : "Use one of these ends",
  });
}

function tagsOf({ groups, serviceTags }: Network): string[] {
  const named = groups
    .flatMap(({ rules }) => rules)
    .flatMap((rule) => [...rule.sourceAddressPrefixes, ...rule.destinationAddressPrefixes])
    .filter((text) => text !== "*" && !isOpaque(text) && !parseAddresses(text));
  return [...AZURE_TAGS, ...new Set(named), ...(serviceTags?.tags.map(({ name }) => name) ?? [])];
}
