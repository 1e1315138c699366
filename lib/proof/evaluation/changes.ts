import { intervalSet } from "../../azure/sets/interval-set";
import { Access } from "../../azure/security-rule";
import { distinctTexts, groupBy } from "../../base/collections";
import type { Span } from "./axis";
import type { AddressSpace } from "./address-space";
import { evenParts, type EvenPart, type Judge, type Ruling, type Sighting } from "./certainty";
import type { AddressPart, PortPart, RangePart } from "./connection-range";
import { FirstMatch, type IsCounted } from "./first-match";
import { HeaderSpace } from "./header-space";
import type { Match } from "./match";
import { holdsAll } from "./partition";
import type { Party } from "./party";
import { EVERYTHING, type PortPlace } from "./place";
import type { ComparedLists } from "./comparison";
import {
  AxisName,
  boundedProduct,
  distinct,
  isNothing,
  NOTHING_TAKEN,
  SIDES,
  union,
  type Choices,
  type Taken,
} from "./world";

/** The parts of what a change opens and closes. */
export interface Changes {
  readonly opened: RangePart[];
  readonly closed: RangePart[];
}

/** One side of a change: every list must allow a connection. */
type Side = Pick<FirstMatch, "judge" | "choicesOf">;

/** The side on which an end does not exist, so that no connection passes. */
const ABSENT: Side = {
  judge: () => ({ holds: false, by: [] }),
  choicesOf: (_, access) => (access === Access.ALLOW ? [[]] : [[NOTHING_TAKEN]]),
};

/** The changes between two parties to which some lists apply before, and others after. */
export function changesOfLists(
  from: Party,
  to: Party,
  compared: ComparedLists,
  spaces: readonly AddressSpace[],
): Changes[] {
  const [before, after] = compared;
  const all = compared.flatMap((some = [], space) => some.map((one) => ({ ...one, space })));
  const rules = all.map(({ list }) => list);
  const first = before?.length ?? 0;
  const sides = [
    before ? new FirstMatch(rules, [...rules.keys()].slice(0, first)) : ABSENT,
    after ? new FirstMatch(rules, [...rules.keys()].slice(first)) : ABSENT,
  ];
  const lists = all.map(({ list, space }) => ({ matches: list.judging, space }));
  const labels = [from, to].map(({ endpoints: [old, young] }) => (young ?? old)?.label);
  return from.places
    .flatMap((source) => to.places.map((destination) => ({ ...EVERYTHING, source, destination })))
    .flatMap((extent) => HeaderSpace.of(extent, spaces, lists))
    .map((headers) => changesIn(headers, sides, (list, match) => all[list].changed.has(match), labels));
}

/** The changes between two lists of flows. */
export function changesOfFlows(
  lists: readonly (readonly Match[])[],
  space: AddressSpace,
  ports: PortPlace,
): Changes[] {
  const sides = lists.map((matches, list): Side => ({
    judge: (cell) => {
      const asking = cell.boxes[list].find((box) => holdsAll(box, cell));
      if (asking) return { holds: true, by: [[list, asking.index]] };
      return cell.boxes[list].length > 0 ? undefined : { holds: false, by: [] };
    },
    choicesOf: (headers, access) => [
      access === Access.ALLOW
        ? distinct(matches.flatMap((_, match) => headers.choicesOf(list, match)))
        : [NOTHING_TAKEN],
    ],
  }));
  return HeaderSpace.of(
    { ...EVERYTHING, ports },
    [space],
    lists.map((matches) => ({ matches, space: 0 })),
  ).map((headers) => changesIn(headers, sides, () => true, []));
}

function changesIn(
  headers: HeaderSpace,
  [before, after]: readonly Side[],
  isChanged: IsCounted,
  labels: readonly (string | undefined)[],
): Changes {
  return {
    opened: newlyPassing(headers, before, after, isChanged, labels),
    closed: newlyPassing(headers, after, before, isChanged, labels),
  };
}

/** The connections that pass on one side of a change and not on the other. */
function newlyPassing(
  headers: HeaderSpace,
  without: Side,
  withIt: Side,
  isChanged: IsCounted,
  labels: readonly (string | undefined)[],
): RangePart[] {
  const judge: Judge = (cell) => {
    const [not, passes] = [without.judge(cell), withIt.judge(cell)];
    if (not?.holds) return { holds: false, by: not.by };
    if (passes?.holds === false) return { holds: false, by: passes.by };
    return not && passes && { holds: true, by: [...not.by, ...passes.by] };
  };
  const { taken, beyond } = choicesOfChange(headers, without, withIt, isChanged);
  const sightings: Sighting[] = [];
  headers.search<Ruling>(
    [NOTHING_TAKEN, ...taken],
    headers.everyList,
    (cell, world) => {
      const ruling = judge(cell);
      return ruling && (!ruling.holds || !headers.areUsed(world.taken, ruling.by)) ? null : ruling;
    },
    ({ by }, spans, world) => sightings.push({ headers, world, spans, by }),
  );
  const otherwise = boundedProduct(without.choicesOf(headers, Access.ALLOW));
  const alternatives = distinct([...otherwise.taken, ...withIt.choicesOf(headers, Access.DENY).flat()]);
  const told = (sighting: Sighting, { spans, dependsOn }: EvenPart, names: Taken) =>
    rangesOf(
      sighting,
      { spans, dependsOn: distinctTexts([...dependsOn, ...headers.namesOf(names)]) },
      labels,
    );
  const certain = sightings.flatMap((sighting) =>
    evenParts(sighting, alternatives, judge).flatMap((part) => told(sighting, part, otherwise.beyond)),
  );
  if (isNothing(beyond)) return certain;
  // Worlds beyond the bound may have any result.
  const spans = headers.sizes.map((size): Span => [0, size - 1]);
  const anything = headers
    .worldsOf(NOTHING_TAKEN)
    .slice(0, 1)
    .flatMap((world) => told({ headers, world, spans, by: [] }, { spans, dependsOn: [] }, beyond));
  return [...certain, ...anything];
}

/**
 * The choices in which one list denies on one side, and all lists allow on the
 * other. If the denying and the allowing match were on both sides, the first of
 * them would decide on both: so one of the two has changed.
 */
function choicesOfChange(headers: HeaderSpace, without: Side, withIt: Side, isChanged: IsCounted): Choices {
  const allowing = withIt.choicesOf(headers, Access.ALLOW);
  const refusing = without.choicesOf(headers, Access.DENY);
  if (allowing.length !== refusing.length) return boundedProduct([refusing.flat(), ...allowing]);
  const gone = without.choicesOf(headers, Access.DENY, isChanged);
  const young = withIt.choicesOf(headers, Access.ALLOW, isChanged);
  const choices = refusing.flatMap((all, list) => {
    const others = allowing.filter((_, other) => other !== list);
    return [
      boundedProduct([gone[list], allowing[list], ...others]),
      boundedProduct([all, young[list], ...others]),
    ];
  });
  return {
    taken: distinct(choices.flatMap(({ taken }) => taken)),
    beyond: choices.map(({ beyond }) => beyond).reduce(union, NOTHING_TAKEN),
  };
}

function rangesOf(
  { headers, world }: Sighting,
  { spans, dependsOn }: EvenPart,
  labels: readonly (string | undefined)[],
): RangePart[] {
  const setOn = (axis: AxisName) => headers.locatedBy(world, axis)?.join(" and ");
  const [from, to] = SIDES.map((side): AddressPart => ({
    addresses: headers.ends[side].addressesAt(spans[side]),
    set: setOn(side),
    endpoint: labels[side],
  }));
  const sourcePorts: PortPart = {
    ports: headers.sourcePortAxis.within(spans[AxisName.SOURCE_PORT]),
    set: setOn(AxisName.SOURCE_PORT),
  };
  const [first, last] = spans[AxisName.PORT];
  const positions = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const byProtocol = groupBy(positions, (position) => headers.portAxis.protocolAt(position));
  return [...byProtocol].map(([protocol, own]) => {
    const ports = own.flatMap((position) => headers.portAxis.portsAt(position) ?? []);
    return {
      from,
      to,
      protocol,
      dependsOn,
      ...(ports.length > 0 && {
        ports: { ports: intervalSet(ports), set: setOn(AxisName.PORT) },
        sourcePorts,
      }),
    };
  });
}
