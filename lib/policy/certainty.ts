import type { Span } from "./axis";
import type { Doubt } from "./doubt";
import { evenParts, type Within } from "./even-parts";
import type { Point, Scene } from "./scene";

/** The point of a finding that depends on the least, and what it depends on. */
export interface Certainty {
  readonly point: Point;
  readonly dependsOn: string[];
}

/**
 * Of the connections for which something was found, the first for which it
 * surely is so, or else the one that depends on the fewest names. An address
 * that is not known but for its set counts as sure where the finding holds for
 * every address that the set can hold.
 */
export function mostCertain(scene: Scene, cells: readonly (readonly Span[])[], within: Within): Certainty {
  let best: Certainty | undefined;
  for (const spans of likelyFirst(scene, cells, within)) {
    for (const point of scene.pointsIn(spans)) {
      const dependsOn = dependenciesAt(scene, point, within);
      if (dependsOn.length === 0) return { point, dependsOn };
      if (!best || dependsOn.length < best.dependsOn.length) best = { point, dependsOn };
    }
  }
  if (!best) throw new Error("A finding has no connection.");
  return best;
}

/** Most often a cell is even already; dividing all of them costs more. */
function* likelyFirst(
  scene: Scene,
  cells: readonly (readonly Span[])[],
  within: Within,
): Generator<readonly Span[]> {
  yield* cells;
  for (const spans of cells) yield* evenParts(scene, spans, within);
}

function dependenciesAt(scene: Scene, point: Point, within: Within): string[] {
  const names = new Set<string>();
  const resolved: DoubtOnAxis[] = [];
  for (const [axis, doubts] of scene.doubtsAt(point).entries()) {
    for (const doubt of doubts) {
      const isResolved = doubt.siblings.length > 0 && isFoundAtAll(point, [{ doubt, axis }], within);
      if (isResolved) resolved.push({ doubt, axis });
      else doubt.names.forEach((name) => names.add(name));
    }
  }
  // Each axis may be beyond doubt while the others stay put, and yet not all together.
  if (resolved.length > 1 && !isFoundAtAll(point, resolved, within)) {
    resolved.forEach(({ doubt }) => doubt.names.forEach((name) => names.add(name)));
  }
  return [...names].sort();
}

interface DoubtOnAxis {
  readonly doubt: Doubt;
  readonly axis: number;
}

/** Whether something is found at every point to which the doubts lead, one after another. */
function isFoundAtAll(point: Point, doubts: readonly DoubtOnAxis[], within: Within): boolean {
  const [first, ...rest] = doubts;
  if (!first) return within(point.map((position): Span => [position, position])).every(({ holds }) => holds);
  const at = (position: number) => point.map((old, axis) => (axis === first.axis ? position : old));
  return first.doubt.siblings.every((position) => isFoundAtAll(at(position), rest, within));
}
