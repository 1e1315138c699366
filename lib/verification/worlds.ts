import type { Doubts, GroupRule, Network, SecurityGroup } from "../proof/network";
import { Access, Direction, Protocol } from "../azure/security-rule";
import type { PlacedEndpoint, PlacedNetwork } from "../terraform/network-of-files";

/** What the doubts of a network are taken to be: whether these hold, which of a kind lets more pass, or less. */
export type World = (doubts: Doubts, letsMorePass: boolean) => boolean;

/** Where as much passes as may, and where as little does. */
export const OPEN: World = (_, letsMorePass) => letsMorePass;
export const CLOSED: World = (_, letsMorePass) => !letsMorePass;

/** Where exactly these hold. */
export function holding(names: ReadonlySet<string>): World {
  return (doubts) => doubts.every((name) => names.has(name));
}

/** A world that differs from another in what one name is. */
export function except(world: World, name: string, other: World): World {
  return (doubts, letsMorePass) => (doubts.includes(name) ? other : world)(doubts, letsMorePass);
}

/** A network in which nothing is in doubt. */
export function networkIn(world: World, network: PlacedNetwork): PlacedNetwork {
  const endpoints = network.endpoints.map((endpoint) => endpointIn(world, endpoint));
  const isRefused = endpoints.some(({ subnetGroup }) => subnetGroup === REFUSING.name);
  return {
    ...network,
    endpoints,
    groups: [
      ...network.groups.map((group) => ({ ...group, rules: rulesIn(world, group.rules) })),
      ...(isRefused ? [REFUSING] : []),
    ],
  };
}

/** Groups with all rules that may exist; what is not known of them is told beside. */
export function asWritten(groups: readonly SecurityGroup[]): SecurityGroup[] {
  return groups.map(({ name, rules }) => ({ name, rules: rules.map(({ existsIf: _, ...rule }) => rule) }));
}

/** An endpoint about which nothing is in doubt. */
export function endpointIn<E extends PlacedEndpoint>(world: World, endpoint: E): E {
  const { noSubnetGroupIf, noInterfaceGroupIf, refusedIf, ...rest } = endpoint;
  const subnetGroup = isTrue(world, refusedIf, false)
    ? REFUSING.name
    : isTrue(world, noSubnetGroupIf, true)
      ? undefined
      : rest.subnetGroup;
  const interfaceGroup = isTrue(world, noInterfaceGroupIf, true) ? undefined : rest.interfaceGroup;
  return { ...rest, subnetGroup, interfaceGroup } as E;
}

/** The names of what is in doubt about an endpoint and its groups. */
export function doubtsAbout(endpoint: PlacedEndpoint, { groups }: Network): string[] {
  const { noSubnetGroupIf = [], noInterfaceGroupIf = [], refusedIf = [] } = endpoint;
  const own = groups.filter(({ name }) => [endpoint.subnetGroup, endpoint.interfaceGroup].includes(name));
  return [
    ...noSubnetGroupIf,
    ...noInterfaceGroupIf,
    ...refusedIf,
    ...own.flatMap(({ rules }) => rules.flatMap(({ existsIf = [] }) => [...existsIf])),
  ];
}

function rulesIn(world: World, rules: readonly GroupRule[]): GroupRule[] {
  return rules.flatMap(({ existsIf, ...rule }) =>
    existsIf && !world(existsIf, rule.access === Access.ALLOW) ? [] : [rule],
  );
}

function isTrue(world: World, doubts: Doubts | undefined, letsMorePass: boolean): boolean {
  return doubts !== undefined && world(doubts, letsMorePass);
}

/** Stands for a group of which nothing is known, where it refuses. */
const REFUSING: SecurityGroup = {
  name: "a group that is not known",
  rules: [Direction.INBOUND, Direction.OUTBOUND].map((direction) => ({
    name: "not-known",
    priority: 100,
    direction,
    access: Access.DENY,
    protocol: Protocol.ANY,
    sourceAddressPrefixes: ["*"],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["*"],
    destinationPortRanges: ["*"],
  })),
};
