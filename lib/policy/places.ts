import type { Place } from "./address-axis";
import type { AddressSet } from "./address-set";
import { hasNoAddress } from "./address-set";
import { Zone, type AddressSpace, type Peer } from "./address-space";
import type { GuardedEndpoint } from "./network";
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

/** The combinations that say something new of addresses that are in some sets already. */
function beyond(names: readonly string[], extras: readonly (readonly string[])[]): (readonly string[])[] {
  return extras.filter((extra) => !extra.some((name) => names.includes(name)));
}

/** The addresses of endpoints of ours: in the virtual network, and in the groups that the endpoint says. */
export function placesOfEndpoint(
  endpoint: GuardedEndpoint,
  space: AddressSpace,
  extras: readonly (readonly string[])[],
  only?: AddressSet,
): Place[] {
  const groups = space.peer([], endpoint.applicationSecurityGroupIds).unknowns;
  const { addresses, unknowns } = space.peer(endpoint.prefixes);
  const place = (names: readonly string[], known?: AddressSet): Place => ({
    names,
    addresses: known,
    zone: Zone.VIRTUAL_NETWORK,
    extras: beyond(names, extras),
  });
  if (only) return [place(groups, only)];
  const located = hasNoAddress(addresses) ? [] : [place(groups, addresses)];
  const sets =
    endpoint.prefixes.length === 0 ? [place(groups)] : unknowns.map((name) => place([name, ...groups]));
  return [...located, ...sets];
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
