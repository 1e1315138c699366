import type { AddressPart, PortPart, RangePart } from "./connection-range";
import type { Span } from "./axis";
import { divide, evenParts, pinned, type Within } from "./even-parts";
import { intervalSet } from "../../azure/sets/interval-set";
import { partition, type Box, type Cell } from "./partition";
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
  const changeWithin = (isChanged: (before: boolean, after: boolean) => boolean): Within => {
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

/** Positions of one axis that depend on the same. */
interface Alike {
  readonly dependsOn: readonly string[];
  readonly positions: number[];
}

function partsOf(scene: Scene, spans: readonly Span[], change: Within, labels: EndLabels): RangePart[] {
  return [...evenParts(scene, spans, change)].flatMap((even) => {
    const alike = AXES.map((axis) =>
      alikeOn(scene, axis, even[axis], (position) =>
        change(pinned(even, axis, position)).every(({ holds }) => holds),
      ),
    );
    return alike
      .reduce<Alike[][]>((all, some) => all.flatMap((chosen) => some.map((one) => [...chosen, one])), [[]])
      .flatMap((chosen) => rangeParts(scene, chosen, labels));
  });
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
