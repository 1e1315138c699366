import { intervalSet } from "../../azure/sets/interval-set";
import { Access } from "../../azure/security-rule";
import { distinctTexts } from "../../base/collections";
import type { Span } from "./axis";
import type { AddressSpace } from "./address-space";
import { evenParts, type EvenPart, type Judge, type Ruling, type Sighting } from "./certainty";
import type { AddressPart, PortPart, RangePart } from "./connection-range";
import { FirstMatch } from "./first-match";
import { HeaderSpace } from "./header-space";
import type { ListInSpace, Match } from "./match";
import { holdsAll, type Cell } from "./partition";
import type { Party } from "./party";
import { EVERY_PORT, EVERYWHERE, type Extent, type PortPlace } from "./place";
import { EVERY_PROTOCOL } from "./protocols";
import type { ComparedList, ComparedLists } from "./comparison";
import {
  AxisName,
  boundedProduct,
  distinct,
  isNothing,
  NOTHING_TAKEN,
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
interface Side {
  judge(cell: Cell): Ruling | undefined;
  /** For each list, the choices in which some connection passes it, by the counted matches. */
  passing(headers: HeaderSpace, counts?: IsCounted): readonly (readonly Taken[])[];
  /** For each list, the choices in which some connection does not pass it. */
  failing(headers: HeaderSpace, counts?: IsCounted): readonly (readonly Taken[])[];
}

type IsCounted = (list: number, match: number) => boolean;

// More parts do not help a reader.
const MOST_PARTS = 256;

/** The changes between two parties to which some lists apply before, and others after. */
export function changesOfLists(
  from: Party,
  to: Party,
  [before, after]: ComparedLists,
  spaces: readonly AddressSpace[],
): Changes {
  const lists = [before, after].flatMap((some = [], space): ListInSpace[] =>
    some.map(({ list }) => ({ matches: list.judging, space })),
  );
  const sides = [sideOf(before, 0), sideOf(after, before?.length ?? 0)];
  const labels = [from, to].map(({ endpoints: [old, young] }) => (young ?? old)?.label);
  const extents = from.places.flatMap((source) =>
    to.places.map((destination): Extent => ({
      source,
      destination,
      protocols: EVERY_PROTOCOL,
      ports: EVERY_PORT,
      sourcePorts: EVERY_PORT,
    })),
  );
  const isNew = [before, after].map(
    (some): IsCounted =>
      (list, match) =>
        some?.[list].changed.has(match) ?? true,
  );
  return together(
    extents
      .flatMap((extent) => HeaderSpace.of(extent, spaces, lists))
      .map((headers) => changesIn(headers, sides, isNew, labels)),
  );
}

function sideOf(lists: readonly ComparedList[] | undefined, offset: number): Side {
  if (!lists) {
    return { judge: () => ({ holds: false, by: [] }), passing: () => [[]], failing: () => [[NOTHING_TAKEN]] };
  }
  const rules = new FirstMatch(
    lists.map(({ list }) => list),
    offset,
  );
  const choices = (headers: HeaderSpace, access: Access, counts: IsCounted) =>
    lists.map((_, list) =>
      distinct(
        rules
          .matchesThat(access, list)
          .filter((match) => counts(list, match))
          .flatMap((match) => headers.choicesOf(list + offset, match)),
      ),
    );
  return {
    judge: (cell) => rules.judge(cell),
    passing: (headers, counts = () => true) => choices(headers, Access.ALLOW, counts),
    failing: (headers, counts = () => true) => choices(headers, Access.DENY, counts),
  };
}

/** The changes between two lists of flows. */
export function changesOfFlows(
  lists: readonly (readonly Match[])[],
  space: AddressSpace,
  ports: PortPlace,
): Changes[] {
  const extent = {
    source: EVERYWHERE,
    destination: EVERYWHERE,
    protocols: EVERY_PROTOCOL,
    ports,
    sourcePorts: EVERY_PORT,
  };
  const sides = lists.map((matches, list): Side => ({
    judge: (cell) => {
      const asking = cell.boxes[list].find((box) => holdsAll(box, cell));
      if (asking) return { holds: true, by: [[list, asking.index]] };
      return cell.boxes[list].length > 0 ? undefined : { holds: false, by: [] };
    },
    passing: (headers) => [distinct(matches.flatMap((_, match) => headers.choicesOf(list, match)))],
    failing: () => [[NOTHING_TAKEN]],
  }));
  return HeaderSpace.of(
    extent,
    [space],
    lists.map((matches) => ({ matches, space: 0 })),
  ).map((headers) =>
    changesIn(
      headers,
      sides,
      sides.map(() => () => true),
      [],
    ),
  );
}

function together(changes: readonly Changes[]): Changes {
  return {
    opened: changes.flatMap(({ opened }) => opened),
    closed: changes.flatMap(({ closed }) => closed),
  };
}

function changesIn(
  headers: HeaderSpace,
  [before, after]: readonly Side[],
  [isOld, isNew]: readonly IsCounted[],
  labels: readonly (string | undefined)[],
): Changes {
  return {
    opened: newlyPassing(headers, before, after, [isOld, isNew], labels),
    closed: newlyPassing(headers, after, before, [isNew, isOld], labels),
  };
}

/** The connections that pass on one side of a change and not on the other. */
function newlyPassing(
  headers: HeaderSpace,
  without: Side,
  withIt: Side,
  changed: readonly [IsCounted, IsCounted],
  labels: readonly (string | undefined)[],
): RangePart[] {
  const judge: Judge = (cell) => {
    const [not, passes] = [without.judge(cell), withIt.judge(cell)];
    if (not?.holds) return { holds: false, by: not.by };
    if (passes?.holds === false) return { holds: false, by: passes.by };
    return not && passes && { holds: true, by: [...not.by, ...passes.by] };
  };
  const { taken, beyond } = choicesOfChange(headers, without, withIt, changed);
  const sightings: Sighting[] = [];
  for (const world of distinct([NOTHING_TAKEN, ...taken]).flatMap((one) => headers.worldsOf(one))) {
    headers.walk<Ruling>(
      headers.partOf(world, headers.everyList),
      headers.allBoxes(world),
      (cell) => {
        const ruling = judge(cell);
        return ruling && (!ruling.holds || !headers.areUsed(world.taken, ruling.by)) ? null : ruling;
      },
      ({ by }, spans) => sightings.push({ headers, world, spans: [...spans], by }),
    );
  }
  const otherwise = boundedProduct(without.passing(headers));
  const alternatives = distinct([...otherwise.taken, ...withIt.failing(headers).flat()]);
  const told = (sighting: Sighting, part: EvenPart, names: Taken) => {
    const more = names.flat().map((name) => headers.labelOf(name));
    return rangesOf(sighting, { ...part, dependsOn: distinctTexts([...part.dependsOn, ...more]) }, labels);
  };
  const certain = sightings.flatMap((sighting) =>
    evenParts(sighting, alternatives, judge, MOST_PARTS).flatMap((part) =>
      told(sighting, part, otherwise.beyond),
    ),
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
function choicesOfChange(
  headers: HeaderSpace,
  without: Side,
  withIt: Side,
  [isGone, isNew]: readonly [IsCounted, IsCounted],
): Choices {
  const allowing = withIt.passing(headers);
  const refusing = without.failing(headers);
  if (allowing.length !== refusing.length) return boundedProduct([refusing.flat(), ...allowing]);
  const gone = without.failing(headers, isGone);
  const young = withIt.passing(headers, isNew);
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
  const [from, to] = ([AxisName.SOURCE, AxisName.DESTINATION] as const).map((side): AddressPart => ({
    addresses: headers.ends[side].axis.addressesAt(spans[side]),
    set: headers.isLocated(world, side) ? headers.labelsOf(world, side).join(" and ") : undefined,
    endpoint: labels[side],
  }));
  const setOn = (axis: AxisName) =>
    headers.isLocated(world, axis) ? headers.labelsOf(world, axis).join(" and ") : undefined;
  const sourcePorts: PortPart = {
    ports: positionsIn(spans[AxisName.SOURCE_PORT]).map((position) => headers.sourcePortAxis.at(position)),
    set: setOn(AxisName.SOURCE_PORT),
  };
  const byProtocol = new Map<string, RangePart>();
  for (const position of positionsIn(spans[AxisName.PORT])) {
    const protocol = headers.portAxis.protocolAt(position);
    const ports = headers.portAxis.portsAt(position);
    const known = byProtocol.get(protocol)?.ports?.ports ?? [];
    byProtocol.set(protocol, {
      from,
      to,
      protocol,
      dependsOn,
      ...(ports && {
        ports: { ports: intervalSet([...known, ports]), set: setOn(AxisName.PORT) },
        sourcePorts: { ...sourcePorts, ports: intervalSet(sourcePorts.ports) },
      }),
    });
  }
  return [...byProtocol.values()];
}

function positionsIn([first, last]: readonly [number, number]): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
