import type { Span } from "./axis";
import type { Doubt } from "./doubt";
import { evenParts, type Within } from "./even-parts";
import { isOpaque } from "../../base/opaque";
import type { Point, Scene } from "./scene";

/** The point of a finding that depends on the least, and what it depends on. */
export interface Certainty {
  readonly point: Point;
  readonly dependsOn: string[];
  /** Sets that stand for addresses at the point, because these are not known. */
  readonly located: string[];
}

/**
 * Of the connections for which something was found, the first for which it
 * surely is so, or else the one that depends on the fewest names; one that
 * depends on no value known only at apply comes before one that does, since
 * such a value may still turn out to be what was meant. An address
 * that is not known but for its set counts as sure where the finding holds for
 * every address that the set can hold; a known address is better still.
 */
export function mostCertain(scene: Scene, cells: readonly (readonly Span[])[], within: Within): Certainty {
  let best: Certainty | undefined;
  const isBest = () => best?.dependsOn.length === 0 && best.located.length === 0;
  const lookAt = (spans: readonly Span[]) => {
    for (const point of scene.pointsIn(spans)) {
      const one = {
        point,
        dependsOn: dependenciesAt(scene, point, within),
        located: scene.locatedAt(point),
      };
      if (!best || isBetter(one, best)) best = one;
      if (isBest()) return;
    }
  };
  // Most often a cell is even already; dividing all of them costs more.
  for (const spans of cells) {
    if (!isBest()) lookAt(spans);
  }
  for (const spans of cells) {
    if (isBest()) break;
    if (best?.dependsOn.length === 0 && !scene.hasKnownAddresses(spans)) continue;
    for (const part of evenParts(scene, spans, within)) {
      if (isBest()) break;
      lookAt(part);
    }
  }
  if (!best) throw new Error("A finding has no connection.");
  return best;
}

function isBetter(one: Certainty, other: Certainty): boolean {
  const difference = byDependence(one.dependsOn, other.dependsOn);
  return difference < 0 || (difference === 0 && one.located.length < other.located.length);
}

/** Orders lists of names that findings depend on: the fewest first, and those without a value known only at apply before all. */
export function byDependence(one: readonly string[], other: readonly string[]): number {
  return Number(one.some(isOpaque)) - Number(other.some(isOpaque)) || one.length - other.length;
}

function dependenciesAt(scene: Scene, point: Point, within: Within): string[] {
  const names = new Set<string>();
  const open = (doubt: Doubt) => doubt.names.forEach((name) => names.add(name));
  const resolved = scene.doubtsAt(point).map((doubts, axis) =>
    doubts.filter((doubt) => {
      const isResolved =
        doubt.siblings.length > 0 &&
        doubt.siblings.every((other) => isFoundAt(at(point, axis, other), within));
      if (!isResolved) open(doubt);
      return isResolved;
    }),
  );
  // Each axis may be beyond doubt while the others stay put, and yet not all together.
  for (const other of resolutions(point, resolved)) {
    if (isFoundAt(other, within)) continue;
    resolved.forEach((doubts, axis) =>
      doubts
        .filter(({ siblings }) => other[axis] !== point[axis] && siblings.includes(other[axis]))
        .forEach(open),
    );
  }
  return [...names].sort();
}

function isFoundAt(point: Point, within: Within): boolean {
  return within(point.map((position): Span => [position, position])).every(({ holds }) => holds);
}

function at(point: Point, axis: number, position: number): Point {
  return point.map((old, other) => (other === axis ? position : old));
}

/** The point with its position on two axes or more replaced by siblings. */
function resolutions(point: Point, doubts: readonly (readonly Doubt[])[]): Point[] {
  if (doubts.filter(({ length }) => length > 0).length < 2) return [];
  const choices = point.map((position, axis) => [
    ...new Set([position, ...doubts[axis].flatMap(({ siblings }) => siblings)]),
  ]);
  return choices.reduce<number[][]>(
    (points, some) => points.flatMap((chosen) => some.map((position) => [...chosen, position])),
    [[]],
  );
}
