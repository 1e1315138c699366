import { parseAddresses } from "../azure/sets/address-set";
import { isOpaque } from "../base/opaque";
import type { NamedEnd } from "../proof/question";
import type { PlacedEndpoint, PlacedNetwork } from "../terraform/joined/network-of-files";
import { areKnown, holdsAll, overlap } from "../azure/sets/prefix-list";

/** A possible meaning of one end of a question. */
export interface EndCandidate {
  /** The endpoint, with the addresses in question. @default - outside the network, as the text says */
  readonly endpoint?: PlacedEndpoint;
  /** Network interfaces there that have their own groups, or that groups do not filter. */
  readonly inside: readonly InterfaceInside[];
  /** What decides whether it is meant, in a few words. @default - nothing: it is a possible meaning */
  readonly isMeantIf?: string;
}

/** A network interface in a subnet, with its known or possible addresses there. */
export interface InterfaceInside {
  readonly endpoint: PlacedEndpoint;
  /** Whether its subnet is unknown. */
  readonly isPerhaps: boolean;
}

const NONE_OF_OURS: EndCandidate = { inside: [] };

/**
 * The possible meanings of a text in a question: an endpoint by id or label,
 * endpoints with a value known only at apply, or endpoints that may have an
 * address. Anything else is outside the network.
 */
export function candidatesFor(text: string, network: PlacedNetwork): EndCandidate[] {
  const { endpoints } = network;
  const named = endpoints.find(({ id }) => id === text) ?? endpoints.find(({ label }) => label === text);
  if (named) return [whole(named, network)];
  const found = isOpaque(text) ? called(text, network) : parseAddresses(text) ? having(text, network) : [];
  if (found.length > 0) return found;
  return [NONE_OF_OURS, ...(isOpaque(text) ? [] : perhapsHaving(text, network))];
}

/** Subnets with an unknown prefix, which may contain addresses that no other subnet contains. */
function perhapsHaving(addresses: string, network: PlacedNetwork): EndCandidate[] {
  if (!parseAddresses(addresses)) return [];
  const spaces = new Map(network.virtualNetworks?.map(({ key, prefixes }) => [key, prefixes]));
  return network.endpoints
    .filter((one) => !one.networkInterface && !areKnown(one.prefixes) && isGuarded(one, network))
    .filter(({ virtualNetwork = "" }) => {
      const space = spaces.get(virtualNetwork) ?? [];
      return !areKnown(space) || overlap(space, [addresses]);
    })
    .map((subnet) => ({
      endpoint: { ...subnet, prefixes: [addresses] },
      inside: insideOf(subnet, [addresses], network),
      isMeantIf: `whether ${addresses} is in ${subnet.label}`,
    }));
}

/** Whether groups filter a subnet, or may filter it. */
function isGuarded({ id, subnetGroup, refusedIf }: PlacedEndpoint, { endpoints }: PlacedNetwork): boolean {
  return (
    subnetGroup !== undefined ||
    refusedIf !== undefined ||
    endpoints.some(({ networkInterface }) => networkInterface?.subnet === id)
  );
}

function called(text: string, network: PlacedNetwork): EndCandidate[] {
  const found = network.endpoints.filter(({ prefixes }) => prefixes.length === 1 && prefixes[0] === text);
  const subnets = found.filter((endpoint) => !endpoint.networkInterface);
  return (subnets.length > 0 ? subnets : found).map((endpoint) => whole(endpoint, network));
}

/** Known addresses of an interface are the interface's; all others in a subnet are the subnet's. */
function having(addresses: string, network: PlacedNetwork): EndCandidate[] {
  const holders = network.endpoints.filter(({ prefixes }) => holdsAll(prefixes, [addresses]));
  const interfaces = holders.filter(({ networkInterface }) => networkInterface?.areAddressesKnown);
  const homes = new Set(interfaces.map(({ networkInterface }) => networkInterface?.subnet));
  const subnets = holders.filter(({ id, networkInterface }) => !networkInterface && !homes.has(id));
  return [
    ...interfaces.map((endpoint) => ({ endpoint: { ...endpoint, prefixes: [addresses] }, inside: [] })),
    ...subnets.map((subnet) => ({
      endpoint: { ...subnet, prefixes: [addresses] },
      inside: insideOf(subnet, [addresses], {
        endpoints: network.endpoints.filter((one) => !interfaces.includes(one)),
      }),
    })),
  ];
}

function whole(endpoint: PlacedEndpoint, network: PlacedNetwork): EndCandidate {
  const { networkInterface, prefixes } = endpoint;
  if (!networkInterface) return { endpoint, inside: insideOf(endpoint, prefixes, network) };
  const isAnywhere = networkInterface.subnet === undefined && !networkInterface.areAddressesKnown;
  if (!isAnywhere) return { endpoint, inside: [] };
  const subnets = network.endpoints.filter((one) => !one.networkInterface);
  const anywhere = new Set([...prefixes, ...subnets.flatMap((subnet) => subnet.prefixes)]);
  return { endpoint: { ...endpoint, prefixes: [...anywhere] }, inside: [] };
}

/** The interfaces that have, or may have, one of some addresses of a subnet. */
function insideOf(
  subnet: PlacedEndpoint,
  asked: readonly string[],
  { endpoints }: Pick<PlacedNetwork, "endpoints">,
): InterfaceInside[] {
  return endpoints.flatMap((endpoint): InterfaceInside[] => {
    const { networkInterface } = endpoint;
    if (!networkInterface) return [];
    const isPerhaps = networkInterface.subnet === undefined;
    if (!isPerhaps && networkInterface.subnet !== subnet.id) return [];
    const prefixes = networkInterface.areAddressesKnown
      ? endpoint.prefixes.filter((address) => asked.some(isOpaque) || overlap(asked, [address]))
      : [...asked];
    if (prefixes.length === 0) return [];
    const { subnetGroup, noSubnetGroupIf, refusedIf } = networkInterface.isPrivateEndpoint
      ? endpoint
      : subnet;
    return [{ endpoint: { ...endpoint, prefixes, subnetGroup, noSubnetGroupIf, refusedIf }, isPerhaps }];
  });
}

/** The names of subnets in files, with the names of their deployment and network before them, and of network interfaces. */
export function namesInFiles({ endpoints, interfaces = [] }: PlacedNetwork): NamedEnd[] {
  const own = new Set(endpoints.map(({ id }) => id));
  return [
    ...endpoints.map((endpoint) => ({ names: namesOf(endpoint), endpoint })),
    ...interfaces
      .filter(({ id }) => !own.has(id))
      .map((endpoint) => ({
        names: [endpoint.label],
        endpoint: { ...endpoint, prefixes: [...endpoint.prefixes] },
      })),
  ];
}

/** The clearest name first: a label that is not unique contains the id. */
function namesOf({ id, label, names = {} }: PlacedEndpoint): string[] {
  const plain = label.replace(` (${id})`, "");
  const { subnet = "", virtualNetwork } = names;
  // The default naming: snet-DEPLOYMENT-COMPONENT.
  const deployment =
    subnet.startsWith("snet-") && subnet.endsWith(`-${plain}`) ? subnet.slice(5, -plain.length - 1) : "";
  const long = [deployment, virtualNetwork ?? ""]
    .filter((name) => name !== "")
    .map((name) => `${name}/${plain}`);
  return plain === label ? [label, ...long] : [...long, plain];
}
