import { hasNoAddress, type AddressSet } from "../../azure/sets/address-set";
import type { IntervalSet } from "../../azure/sets/interval-set";
import type { Protocol } from "../../azure/security-rule";
import type { GuardedEndpoint } from "../network";
import { EVERY_PROTOCOL } from "./match";
import { Zone, type AddressSpace, type Peer } from "./address-space";

/** Addresses that one end of a connection may have. */
export interface Place {
  /** Keys of sets that hold each of them. */
  readonly names: readonly string[];
  /** The addresses. @default - not known but for the sets that hold them */
  readonly addresses?: AddressSet;
  /** Addresses that other places hold. @default - none */
  readonly except?: AddressSet;
  /** Sets that other places hold, and that hold none of these. @default - none */
  readonly exceptNames?: readonly string[];
  /** The zone they are in, in each address space. @default - wherever they can be */
  readonly zones?: ReadonlyArray<Zone | undefined>;
}

/** Ports that a connection may use. */
export interface PortPlace {
  /** The ports. @default - all */
  readonly ports?: IntervalSet<number>;
  /** Ports that are known before apply. @default - none */
  readonly surelyKnown?: IntervalSet<number>;
}

/** The connections that are looked at: the product of these. */
export interface Extent {
  readonly source: Place;
  readonly destination: Place;
  readonly protocols: readonly Protocol[];
  readonly ports: PortPlace;
  readonly sourcePorts: PortPlace;
}

const EVERYWHERE: Place = { names: [] };

/** Every connection. */
export const EVERYTHING: Extent = {
  source: EVERYWHERE,
  destination: EVERYWHERE,
  protocols: EVERY_PROTOCOL,
  ports: {},
  sourcePorts: {},
};

/** The addresses of an endpoint, or some of them, which are in the tag VirtualNetwork of its network. */
export function placesOfEndpoint(
  { prefixes, applicationSecurityGroupIds }: GuardedEndpoint,
  space: AddressSpace,
  zones: readonly (Zone | undefined)[] = [Zone.VIRTUAL_NETWORK],
  only?: AddressSet,
): Place[] {
  const { addresses, unknowns } = space.peer(prefixes);
  const located = only ?? addresses;
  const known = hasNoAddress(located) ? [] : [{ names: [], addresses: located, zones }];
  if (only) return known;
  // Without prefixes, an endpoint is what its groups hold.
  const sets =
    prefixes.length === 0
      ? [space.peer([], applicationSecurityGroupIds).unknowns]
      : unknowns.map((name) => [name]);
  return [...known, ...sets.map((names) => ({ names, zones }))];
}

/** The addresses of a peer, wherever they are. */
export function placesOfPeer(peer: Peer): Place[] {
  if (peer.any) return [EVERYWHERE];
  return [
    ...(hasNoAddress(peer.addresses) ? [] : [{ names: [], addresses: peer.addresses }]),
    ...peer.unknowns.map((name) => ({ names: [name] })),
    ...peer.zones.map((zone) => ({ names: [], zones: [zone] })),
  ];
}
