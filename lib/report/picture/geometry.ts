/** A point in the picture; y grows downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle in the picture. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** An SVG path along the points, its corners rounded. */
export function roundedPath(points: readonly Point[], radius: number): string {
  const corners = withoutStraights(points);
  const [first] = corners;
  const parts = [`M${first.x} ${first.y}`];
  corners.slice(1).forEach((point, index) => {
    const next = corners[index + 2];
    if (!next) {
      parts.push(`L${point.x} ${point.y}`);
      return;
    }
    const before = corners[index];
    const r = Math.min(radius, distance(before, point) / 2, distance(point, next) / 2);
    const enter = towards(point, before, r);
    const leave = towards(point, next, r);
    parts.push(`L${enter.x} ${enter.y}`, `Q${point.x} ${point.y} ${leave.x} ${leave.y}`);
  });
  return parts.join("");
}

function withoutStraights(points: readonly Point[]): Point[] {
  return points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before && before.x === point.x && before.y === point.y) return false;
    if (!before || !after) return true;
    return (before.x !== point.x || point.x !== after.x) && (before.y !== point.y || point.y !== after.y);
  });
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Point, to: Point, length: number): Point {
  return {
    x: round(from.x + Math.sign(to.x - from.x) * length),
    y: round(from.y + Math.sign(to.y - from.y) * length),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
