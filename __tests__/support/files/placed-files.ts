import fc from "fast-check";
import type { PlacedEndpoint, PlacedNetwork } from "../../../lib/terraform/joined/network-of-files";
import { Access, Direction, Protocol, type SecurityRule } from "../../../lib/azure/security-rule";

/** A subnet in a network of files. */
export function placedSubnet(id: string, prefix: string, more: Partial<PlacedEndpoint> = {}): PlacedEndpoint {
  return { id, label: id, prefixes: [prefix], names: {}, ...more };
}

/** A network interface with a group of its own; its addresses are not known where only its subnet's prefix is given. */
export function placedInterface(
  id: string,
  subnet: PlacedEndpoint | undefined,
  group: string,
  ...addresses: string[]
): PlacedEndpoint {
  return {
    id,
    label: id,
    prefixes: addresses.length > 0 ? addresses : (subnet?.prefixes ?? [`\${${id}.addresses}`]),
    ...(subnet?.subnetGroup !== undefined && { subnetGroup: subnet.subnetGroup }),
    interfaceGroup: group,
    networkInterface: {
      ...(subnet && { subnet: subnet.id }),
      areAddressesKnown: addresses.length > 0,
    },
  };
}

// Two subnets of four addresses, and addresses managed elsewhere.
const PREFIXES = ["10.0.0.0/30", "10.0.0.4/30"];
const PEERS = [
  "*",
  "VirtualNetwork",
  "10.0.0.0/29",
  ...PREFIXES,
  ...[0, 1, 2, 4, 5, 6].map((last) => `10.0.0.${last}/32`),
  "10.0.0.2/31",
  "192.0.2.0/24",
];
const peer = fc.uniqueArray(fc.constantFrom(...PEERS.slice(1)), { minLength: 1, maxLength: 2 });
const side = fc.oneof(fc.constant<string[]>(["*"]), peer);

const rules: fc.Arbitrary<SecurityRule[]> = fc
  .array(
    fc.record({
      direction: fc.constantFrom(...Object.values(Direction)),
      access: fc.constantFrom(...Object.values(Access)),
      protocol: fc.constant(Protocol.TCP),
      sourceAddressPrefixes: side,
      sourcePortRanges: fc.constant<string[]>(["*"]),
      destinationAddressPrefixes: side,
      destinationPortRanges: fc.constantFrom<string[]>(["*"], ["443"]),
    }),
    { maxLength: 4 },
  )
  .map((drawn) => drawn.map((rule, index) => ({ ...rule, name: `r${index}`, priority: 100 + index })));

/** Where each network interface is: one address each, in the subnet that is known of it. */
export type Whereabouts = ReadonlyMap<string, string>;

/** Two subnets with network interfaces, of which some addresses are known, and where these may be. */
export const placedNetworks: fc.Arbitrary<{ network: PlacedNetwork; whereabouts: Whereabouts }> = fc
  .record({
    groups: fc.tuple(rules, rules, rules, rules),
    subnetGroups: fc.tuple(fc.boolean(), fc.boolean()),
    interfaces: fc.uniqueArray(
      fc.record({ address: fc.integer({ min: 0, max: 7 }), isKnown: fc.boolean(), group: fc.nat(3) }),
      { maxLength: 3, selector: ({ address }) => address },
    ),
  })
  .map(({ groups, subnetGroups, interfaces }) => {
    const subnets = PREFIXES.map((prefix, index) =>
      placedSubnet(`s${index}`, prefix, subnetGroups[index] ? { subnetGroup: `g${index}` } : {}),
    );
    const placed = interfaces.map(({ address, isKnown, group }, index) =>
      placedInterface(
        `n${index}`,
        subnets[address < 4 ? 0 : 1],
        `g${group}`,
        ...(isKnown ? [`10.0.0.${address}`] : []),
      ),
    );
    return {
      network: {
        endpoints: [...placed, ...subnets],
        groups: groups.map((own, index) => ({ name: `g${index}`, rules: own })),
        virtualNetworkPrefixes: ["10.0.0.0/24"],
      },
      whereabouts: new Map(placed.map(({ id }, index) => [id, `10.0.0.${interfaces[index].address}`])),
    };
  });

/** Two networks of the same subnets: some rules differ, and some network interfaces may be there before or after only. */
export const placedPairs = fc
  .tuple(
    placedNetworks,
    fc.tuple(rules, rules, rules, rules),
    fc.array(fc.boolean(), { maxLength: 4 }),
    fc.nat(3),
  )
  .map(([{ network, whereabouts }, others, keeps, gone]) => ({
    before: { ...network, endpoints: network.endpoints.filter(({ id }) => id !== `n${gone}`) },
    after: {
      ...network,
      groups: network.groups.map((group, index) =>
        keeps[index] ? group : { ...group, rules: others[index] },
      ),
    },
    whereabouts,
  }));

/** The network in which each interface has its address, and its subnet all others. */
export function located(network: PlacedNetwork, whereabouts: Whereabouts): PlacedNetwork {
  return {
    ...network,
    endpoints: network.endpoints.map((one) => {
      const address = whereabouts.get(one.id);
      return address === undefined ? one : { ...one, prefixes: [address] };
    }),
  };
}
