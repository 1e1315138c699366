import { subtract, type Interval, type IntervalSet } from "../../azure/sets/interval-set";
import type { AddressSet, Family } from "../../azure/sets/address-set";
import { Axis, type Span } from "./axis";
import type { Place } from "./place";

/** The numbered addresses of one end of connections, of one family. */
export interface AddressAxis {
  readonly size: number;
  /** The positions of some addresses. */
  spansOf(addresses: AddressSet): readonly Span[];
  /** The text of an address that a machine may have, at a position. */
  exampleAt(position: number): string;
  /** The addresses at the positions of a span. */
  addressesAt(span: Span): AddressSet;
}

/** The axis of the addresses that a place can have, cut as some sets cut it. */
export function addressAxis<T>(
  family: Family<T>,
  { addresses, except }: Place,
  sets: readonly AddressSet[],
): AddressAxis {
  const whole: IntervalSet<T> = addresses ? family.of(addresses) : family.whole;
  const axis = new Axis<T>(except ? subtract(whole, family.of(except)) : whole, sets.map(family.of));
  // Many rules have the same peer.
  const known = new Map<AddressSet, readonly Span[]>();
  return {
    size: axis.size,
    spansOf: (some) => {
      const spans = known.get(some) ?? axis.spans(family.of(some));
      known.set(some, spans);
      return spans;
    },
    exampleAt: (position) => family.format(family.example(axis.at(position))),
    addressesAt: ([first, last]) => {
      const joined: Interval<T>[] = [];
      for (let position = first; position <= last; position++) {
        const { start, end } = axis.at(position);
        const previous = joined[joined.length - 1];
        if (previous?.end === start) joined[joined.length - 1] = { start: previous.start, end };
        else joined.push({ start, end });
      }
      return family.from(joined);
    },
  };
}
