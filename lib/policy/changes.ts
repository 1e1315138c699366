import type { AddressPart, PortPart, RangePart } from "./connection-range";
import type { Span } from "./axis";
import { intervalSet } from "./interval-set";
import { makeBox, partition, type Box, type Cell } from "./partition";
import { hasPorts } from "./port-axis";
import { AxisName, type Scene } from "./scene";

/** What becomes of the connections in a cell: undefined where they do not all fare alike. */
export type Fate = boolean | undefined;

/** The fate of a cell's connections before and after a change. */
export interface Fates {
  before(cell: Cell): Fate;
  after(cell: Cell): Fate;
}

/** What a change opens and closes, in parts. */
export interface ChangedParts {
  readonly opened: RangePart[];
  readonly closed: RangePart[];
}

/** Labels of our endpoints at both ends. */
export interface EndLabels {
  readonly from?: string;
  readonly to?: string;
}

const AXES = [AxisName.SOURCE, AxisName.DESTINATION, AxisName.PORT, AxisName.SOURCE_PORT];

/** Everything in a scene that passes after a change and did not before, and the other way round. */
export function changedParts(
  scene: Scene,
  lists: readonly (readonly Box[])[],
  fates: Fates,
  labels: EndLabels,
): ChangedParts {
  const opened: Span[][] = [];
  const closed: Span[][] = [];
  partition(lists, scene.sizes, (cell) => {
    const before = fates.before(cell);
    const after = fates.after(cell);
    if (before === undefined || after === undefined) return false;
    if (!before && after) opened.push([...cell.spans]);
    if (before && !after) closed.push([...cell.spans]);
    return true;
  });
  const changeWithin = (isChanged: (before: boolean, after: boolean) => boolean): ChangeWithin => {
    const holds = (cell: Cell) => {
      const before = fates.before(cell);
      const after = fates.after(cell);
      return before === undefined || after === undefined ? undefined : isChanged(before, after);
    };
    return (spans) => divide(lists, spans, holds);
  };
  const isOpened = changeWithin((before, after) => !before && after);
  const isClosed = changeWithin((before, after) => before && !after);
  return {
    opened: opened.flatMap((spans) => partsOf(scene, spans, isOpened, labels)),
    closed: closed.flatMap((spans) => partsOf(scene, spans, isClosed, labels)),
  };
}

/** A part of a product of spans, throughout which something holds or throughout which it does not. */
interface Division {
  readonly spans: readonly Span[];
  readonly holds: boolean;
}

type ChangeWithin = (spans: readonly Span[]) => Division[];

/** Divides a product of spans into parts throughout which something holds, or does not. */
function divide(
  lists: readonly (readonly Box[])[],
  window: readonly Span[],
  holds: (cell: Cell) => boolean | undefined,
): Division[] {
  const divisions: Division[] = [];
  const sizes = window.map(([first, last]) => last - first + 1);
  const near = lists.map((list) =>
    list.map((box) => clip(box, window, sizes)).filter((box) => box !== undefined),
  );
  partition(near, sizes, (cell) => {
    const answer = holds(cell);
    if (answer === undefined) return false;
    const spans = cell.spans.map(([first, last], axis): Span => [
      first + window[axis][0],
      last + window[axis][0],
    ]);
    divisions.push({ spans, holds: answer });
    return true;
  });
  return divisions;
}

/** The part of a box within a product of spans, counted from where the spans begin; undefined where there is none. */
function clip(box: Box, window: readonly Span[], sizes: readonly number[]): Box | undefined {
  const spans = box.spans.map((some, axis) => {
    const [from, to] = window[axis];
    return some
      .filter(([first, last]) => first <= to && from <= last)
      .map(([first, last]): Span => [Math.max(first, from) - from, Math.min(last, to) - from]);
  });
  return makeBox(box.index, spans, sizes);
}

/** Positions of one axis that depend on the same. */
interface Alike {
  readonly dependsOn: readonly string[];
  readonly positions: number[];
}

function partsOf(scene: Scene, spans: readonly Span[], change: ChangeWithin, labels: EndLabels): RangePart[] {
  return evenParts(scene, spans, change).flatMap((even) => {
    const alike = AXES.map((axis) =>
      alikeOn(scene, axis, even[axis], (position) =>
        change(at(even, axis, position)).every(({ holds }) => holds),
      ),
    );
    return alike
      .reduce<Alike[][]>((all, some) => all.flatMap((chosen) => some.map((one) => [...chosen, one])), [[]])
      .flatMap((chosen) => rangeParts(scene, chosen, labels));
  });
}

function at(spans: readonly Span[], axis: number, position: number): Span[] {
  return spans.map((span, other): Span => (other === axis ? [position, position] : span));
}

/** Divides changed connections until each sibling of each position has changed throughout, or nowhere. */
function evenParts(scene: Scene, spans: readonly Span[], change: ChangeWithin): (readonly Span[])[] {
  for (const axis of AXES) {
    const [first, last] = spans[axis];
    const siblings = new Set<number>();
    for (let position = first; position <= last; position++) {
      const { doubts, plain } = scene.spotOn(axis, position);
      [...plain, ...doubts.flatMap((doubt) => doubt.siblings)].forEach((other) => siblings.add(other));
    }
    for (const sibling of siblings) {
      const divisions = change(at(spans, axis, sibling));
      if (divisions.every(({ holds }) => holds) || !divisions.some(({ holds }) => holds)) continue;
      return divisions.flatMap((part) =>
        evenParts(
          scene,
          spans.map((span, other) => (other === axis ? span : part.spans[other])),
          change,
        ),
      );
    }
  }
  return [spans];
}

function rangeParts(
  scene: Scene,
  [source, destination, port, sourcePort]: Alike[],
  labels: EndLabels,
): RangePart[] {
  const names = [source, destination, port, sourcePort].flatMap((alike) => alike.dependsOn);
  const dependsOn = [...new Set(names)].sort();
  const froms = addressParts(scene, AxisName.SOURCE, source, labels.from);
  const tos = addressParts(scene, AxisName.DESTINATION, destination, labels.to);
  const ports = portParts(scene, port, sourcePort);
  return froms.flatMap((from) =>
    tos.flatMap((to) => ports.map((part) => ({ from, to, ...part, dependsOn }))),
  );
}

function alikeOn(
  scene: Scene,
  axis: AxisName,
  [first, last]: Span,
  isChangedAt: (position: number) => boolean,
): Alike[] {
  const groups = new Map<string, Alike>();
  for (let position = first; position <= last; position++) {
    const { doubts, isAnyWithin, plain } = scene.spotOn(axis, position);
    // The address without its set changes alike, and says it already.
    if (isAnyWithin && plain.length > 0 && plain.every((other) => isChangedAt(other))) continue;
    const open = doubts.filter(
      ({ siblings }) => siblings.length === 0 || !siblings.every((other) => isChangedAt(other)),
    );
    const dependsOn = [...new Set(open.flatMap(({ names }) => names))].sort();
    const key = dependsOn.join("\n");
    const group = groups.get(key) ?? { dependsOn, positions: [] };
    group.positions.push(position);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function addressParts(
  scene: Scene,
  axis: AxisName.SOURCE | AxisName.DESTINATION,
  { positions }: Alike,
  endpoint: string | undefined,
): AddressPart[] {
  const parts = new Map<
    string | undefined,
    { v4: AddressPart["addresses"]["v4"][]; v6: AddressPart["addresses"]["v6"][] }
  >();
  for (const spot of positions.map((position) => scene.spotOn(axis, position))) {
    const set = spot.isAnyWithin ? spot.within.join(" and ") : undefined;
    const part = parts.get(set) ?? { v4: [], v6: [] };
    part.v4.push(spot.addresses.v4);
    part.v6.push(spot.addresses.v6);
    parts.set(set, part);
  }
  return [...parts].map(([set, { v4, v6 }]) => ({
    set,
    endpoint,
    addresses: { v4: intervalSet(v4.flat()), v6: intervalSet(v6.flat()) },
  }));
}

function portParts(
  scene: Scene,
  port: Alike,
  sourcePort: Alike,
): Pick<RangePart, "protocol" | "ports" | "sourcePorts">[] {
  const parts = new Map<string, Pick<RangePart, "protocol" | "ports" | "sourcePorts">>();
  const sourcePorts = portPart(
    sourcePort.positions.map((position) => scene.spotOn(AxisName.SOURCE_PORT, position)),
  );
  for (const position of port.positions) {
    const spot = scene.spotOn(AxisName.PORT, position);
    if (!hasPorts(spot.protocol)) {
      parts.set(spot.protocol, { protocol: spot.protocol });
      continue;
    }
    const ports = portPart([spot]);
    const key = `${spot.protocol} ${ports.set}`;
    const known = parts.get(key)?.ports;
    const joined = known ? { ...known, ports: intervalSet([...known.ports, ...ports.ports]) } : ports;
    parts.set(key, { protocol: spot.protocol, ports: joined, sourcePorts });
  }
  return [...parts.values()];
}

function portPart(spots: readonly ReturnType<Scene["spotOn"]>[]): PortPart {
  const known = spots.flatMap((spot) => ("ports" in spot && spot.ports ? [spot.ports] : []));
  const set = spots.find(({ isAnyWithin }) => isAnyWithin)?.within.join(" and ");
  return { ports: intervalSet(known), set };
}
