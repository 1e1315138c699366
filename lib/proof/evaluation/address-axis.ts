import type { AddressSet, Family } from "../../azure/sets/address-set";
import { Zone, type AddressSpace, type Peer } from "./address-space";
import { Axis, lengthOf, type Layer, type Span } from "./axis";
import { doubtsAt, isSame, type Doubt, type Membership } from "./doubt";
import { includes, intersect, subtract, union } from "../../azure/sets/interval-set";

/** Addresses that one end of a connection may have. */
export interface Place {
  /** Keys of sets that hold each of them. */
  readonly names: readonly string[];
  /** The addresses. @default - whatever the sets can hold */
  readonly addresses?: AddressSet;
  /** Addresses that other places hold. @default - none */
  readonly except?: AddressSet;
  /** The zone they are in. @default - wherever they can be */
  readonly zone?: Zone;
  /** Combinations of further sets that they may be in, which rules tell apart. */
  readonly extras: readonly (readonly string[])[];
}

interface Label extends Membership {
  readonly place: Place;
  /** The sets that the address is in: those that it is taken to be in, and those that hold these. */
  readonly keys: readonly string[];
  /** Undefined where no rule tells zones apart. */
  readonly zone?: Zone;
}

/** One position of an axis of addresses. */
export interface AddressSpot {
  /** An address there. */
  readonly example: string;
  /** The addresses there. */
  readonly addresses: AddressSet;
  /** What the address is taken to be in, as a reader calls it. */
  readonly within: readonly string[];
  /** Whether the address itself is not known, so that any one in these sets will do. */
  readonly isAnyWithin: boolean;
  /** The positions of the same address where it is taken to be in nothing. */
  readonly plain: readonly number[];
  readonly doubts: readonly Doubt[];
}

/** The addresses of one end of a connection. */
export interface AddressAxis {
  readonly size: number;
  /** The positions of a peer. */
  spansOf(peer: Peer): Span[];
  /** What stands at a position. */
  spotAt(position: number): AddressSpot;
  /** What the match of a peer at a position rests on: nothing where it holds the whole axis. */
  restsOn(peer: Peer, position: number): string[];
}

const ZONES = [Zone.VIRTUAL_NETWORK, Zone.INTERNET, Zone.NEITHER];

/** The axis of the addresses of some places, cut as the peers cut it. */
export function addressAxis<T>(
  family: Family<T>,
  space: AddressSpace,
  places: readonly Place[],
  peers: readonly Peer[],
): AddressAxis {
  const tellsZonesApart = peers.some(({ zones }) => zones.length > 0);
  const layers = places.flatMap((place) =>
    place.extras.flatMap((extra) => layersOf(family, space, place, extra, tellsZonesApart)),
  );
  const axis = new Axis<T, Label>(layers, [
    ...peers.map((peer) => family.of(peer.addresses)),
    // Where one layer begins or ends, an address of another has other choices.
    ...(layers.length > 1 ? layers.map(({ domain }) => domain) : []),
  ]);
  // Many rules have the same peer.
  const known = new Map<Peer, Span[]>();
  const spansOf = (peer: Peer) => {
    if (peer.any) return axis.whole;
    const spans =
      known.get(peer) ??
      axis.spans((label) => (holdsLabel(peer, label) ? undefined : family.of(peer.addresses)));
    known.set(peer, spans);
    return spans;
  };
  return {
    size: axis.size,
    spansOf,
    spotAt: (position) => {
      const { label, piece } = axis.at(position);
      return {
        example: family.format(family.example(piece)),
        addresses: family.from([piece]),
        within: [...label.location, ...label.surplus].map((key) => space.labelOf(key)),
        isAnyWithin: label.location.length > 0,
        plain: axis.positions((other) => other.location.length + other.surplus.length === 0, piece.start),
        doubts: doubtsOf(axis, space, label, piece.start),
      };
    },
    restsOn: (peer, position) => {
      const { label, piece } = axis.at(position);
      const { place, location, surplus } = label;
      const taken = [...location, ...surplus].filter((key) => !place.names.includes(key));
      const sure = label.keys.filter((key) => !space.withinAll(taken).includes(key));
      const isSure =
        peer.any ||
        includes(family.of(peer.addresses), piece.start) ||
        peer.unknowns.some((key) => sure.includes(key));
      if (isSure) {
        return lengthOf(spansOf(peer)) === axis.size ? [] : ["address"];
      }
      const zones = peer.zones.filter((zone) => zone === label.zone && zone !== place.zone);
      const extra = taken.filter((key) =>
        space.withinAll([key]).some((held) => peer.unknowns.includes(held)),
      );
      return [...zones, ...extra.map((key) => space.labelOf(key))];
    },
  };
}

function layersOf<T>(
  family: Family<T>,
  space: AddressSpace,
  place: Place,
  extra: readonly string[],
  tellsZonesApart: boolean,
): Layer<T, Label>[] {
  const keys = space.withinAll([...place.names, ...extra]);
  const zones = place.zone ? [place.zone] : ZONES;
  const domain = (zone: Zone) => {
    const possible = family.of(space.possible(zone, keys));
    const here = place.addresses ? intersect(possible, family.of(place.addresses)) : possible;
    return place.except ? subtract(here, family.of(place.except)) : here;
  };
  const label = { place, keys, ...membershipOf(place, extra) };
  const layers = tellsZonesApart
    ? zones.map((zone) => ({ label: { ...label, zone }, domain: domain(zone) }))
    : [{ label, domain: zones.map(domain).reduce(union) }];
  return layers.flatMap((layer) => atHome(family, space, layer));
}

/** Addresses of ours are in their application security groups, whatever else they are taken to be in. */
function atHome<T>(
  family: Family<T>,
  space: AddressSpace,
  { label, domain }: Layer<T, Label>,
): Layer<T, Label>[] {
  const homes = space.homes.map(({ addresses, keys }) => ({
    label: { ...label, keys: space.withinAll([...label.keys, ...keys]) },
    domain: intersect(domain, family.of(addresses)),
  }));
  const rest = homes.reduce((left, home) => subtract(left, home.domain), domain);
  return [{ label, domain: rest }, ...homes];
}

function holdsLabel(peer: Peer, label: Label): boolean {
  return (
    peer.any ||
    (label.zone !== undefined && peer.zones.includes(label.zone)) ||
    peer.unknowns.some((key) => label.keys.includes(key))
  );
}

function membershipOf({ names, addresses }: Place, extra: readonly string[]): Membership {
  if (addresses) return { location: [], surplus: extra };
  return names.length > 0 ? { location: names, surplus: extra } : { location: extra, surplus: [] };
}

function doubtsOf<T>(axis: Axis<T, Label>, space: AddressSpace, label: Label, start: T): Doubt[] {
  const doubts = doubtsAt(axis, label, start, () => true).map(({ names, siblings }) => ({
    names: names.map((key) => space.labelOf(key)),
    siblings,
  }));
  if (label.zone === undefined || label.place.zone !== undefined || label.location.length > 0) return doubts;
  const siblings = axis.positions((other) => isSame(other, label), start);
  const names = label.zone === Zone.NEITHER ? [Zone.VIRTUAL_NETWORK, Zone.INTERNET] : [label.zone];
  return siblings.length > 1 ? [...doubts, { names, siblings }] : doubts;
}
