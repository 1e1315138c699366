import type { Place } from "./address-axis";
import type { AddressSet } from "../../azure/sets/address-set";
import { hasNoAddress } from "../../azure/sets/address-set";
import { Zone, type AddressSpace, type Peer } from "./address-space";
import type { GuardedEndpoint } from "../network";
import type { PortPlace } from "./port-axis";

/** Combinations of one set at most from each list, the empty one first. */
export function combinations(lists: readonly (readonly string[])[]): string[][] {
  const found = new Map<string, string[]>([["", []]]);
  for (const names of lists) {
    for (const combination of [...found.values()]) {
      for (const name of names) {
        const longer = [...new Set([...combination, name])].sort();
        found.set(longer.join("\n"), longer);
      }
    }
  }
  return [...found.values()];
}

/** Each combination once. */
export function distinct(some: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(some.map((names) => [names.join("\n"), names])).values()];
}

/** The combinations that say something new of addresses that are in some sets already. */
function beyond(names: readonly string[], extras: readonly (readonly string[])[]): (readonly string[])[] {
  return extras.filter((extra) => !extra.some((name) => names.includes(name)));
}

/** The addresses of an endpoint of ours, or some of them: in the virtual network. */
export function placesOfEndpoint(
  { prefixes, applicationSecurityGroupIds }: GuardedEndpoint,
  space: AddressSpace,
  extras: readonly (readonly string[])[],
  only?: AddressSet,
): Place[] {
  const { addresses, unknowns } = space.peer(prefixes);
  const zone = Zone.VIRTUAL_NETWORK;
  const located = only ?? addresses;
  const known = hasNoAddress(located) ? [] : [{ names: [], addresses: located, zone, extras }];
  if (only) return known;
  // Without prefixes, an endpoint is what its groups hold.
  const sets =
    prefixes.length === 0
      ? [space.peer([], applicationSecurityGroupIds).unknowns]
      : unknowns.map((name) => [name]);
  return [...known, ...sets.map((names) => ({ names, zone, extras: beyond(names, extras) }))];
}

/** The addresses of a peer, wherever they are. */
export function placesOfPeer(peer: Peer, extras: readonly (readonly string[])[]): Place[] {
  if (peer.any) return [{ names: [], extras }];
  return [
    ...(hasNoAddress(peer.addresses) ? [] : [{ names: [], addresses: peer.addresses, extras }]),
    ...peer.unknowns.map((name) => ({ names: [name], extras: beyond([name], extras) })),
    ...peer.zones.map((zone) => ({ names: [], zone, extras })),
  ];
}

/**
 * Every address, and those in each of some sets: `extras` are the combinations
 * of sets that rules tell apart, `refusals` those that rules refuse even where
 * an address is in one of the sets already.
 */
export function everywhere(
  sets: readonly string[],
  extras: readonly (readonly string[])[],
  refusals: readonly string[],
): Place[] {
  return [{ names: [], extras }, ...within(sets, extras, refusals)];
}

/** Every address but those that other places hold. */
export function elsewhere(except: AddressSet, extras: readonly (readonly string[])[]): Place {
  return { names: [], except, extras };
}

/** Every port, and those in each of some values known only at apply, as for addresses. */
export function everyPort(
  values: readonly string[],
  extras: readonly (readonly string[])[],
  refusals: readonly string[],
): PortPlace[] {
  return [{ names: [], extras }, ...within(values, extras, refusals)];
}

function within(
  sets: readonly string[],
  extras: readonly (readonly string[])[],
  refusals: readonly string[],
): { names: string[]; extras: string[][] }[] {
  const alone = new Set(extras.filter(({ length }) => length === 1).map(([name]) => name));
  return sets.map((name) => ({
    names: [name],
    extras: [
      ...(alone.has(name) ? [] : [[]]),
      ...refusals.filter((other) => other !== name).map((other) => [other]),
    ],
  }));
}
