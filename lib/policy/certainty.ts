import type { Doubt } from "./doubt";
import type { Point, Scene } from "./scene";

/** The point of a finding that depends on the least, and what it depends on. */
export interface Certainty {
  readonly point: Point;
  readonly dependsOn: string[];
}

/**
 * Of the points at which something was found, the first at which it surely is
 * so, or else the one that depends on the fewest names. An address that is not
 * known but for its set counts as sure where the finding holds for every
 * address that the set can hold.
 */
export function mostCertain(
  scene: Scene,
  points: readonly Point[],
  isFound: (point: Point) => boolean,
): Certainty {
  let best: Certainty | undefined;
  for (const point of points) {
    const dependsOn = dependenciesAt(scene, point, isFound);
    if (!best || dependsOn.length < best.dependsOn.length) best = { point, dependsOn };
    if (dependsOn.length === 0) break;
  }
  if (!best) throw new Error("A finding has no point.");
  return best;
}

/** Whether nothing can be doubted at a point. */
export function isUndoubted(scene: Scene, point: Point): boolean {
  return scene.doubtsAt(point).every((doubts) => doubts.length === 0);
}

function dependenciesAt(scene: Scene, point: Point, isFound: (point: Point) => boolean): string[] {
  const names = new Set<string>();
  const resolved: { doubt: Doubt; axis: number }[] = [];
  for (const [axis, doubts] of scene.doubtsAt(point).entries()) {
    for (const doubt of doubts) {
      const isResolved = doubt.siblings.length > 0 && everyPoint(point, [{ doubt, axis }], isFound);
      if (isResolved) resolved.push({ doubt, axis });
      else doubt.names.forEach((name) => names.add(name));
    }
  }
  // Each axis may be beyond doubt while the others stay put, and yet not all together.
  if (resolved.length > 1 && !everyPoint(point, resolved, isFound)) {
    resolved.forEach(({ doubt }) => doubt.names.forEach((name) => names.add(name)));
  }
  return [...names].sort();
}

function everyPoint(
  point: Point,
  doubts: readonly { doubt: Doubt; axis: number }[],
  isFound: (point: Point) => boolean,
): boolean {
  const [first, ...rest] = doubts;
  if (!first) return isFound(point);
  return first.doubt.siblings.every((position) =>
    everyPoint(
      point.map((old, axis) => (axis === first.axis ? position : old)),
      rest,
      isFound,
    ),
  );
}
