/** Something that stands in a column. */
export interface Ordered {
  readonly id: string;
}

/** A line between two neighbouring columns. */
export interface Line<T extends Ordered> {
  readonly left: T;
  readonly right: T;
}

const SWEEPS = 8;

/**
 * The columns with their members in an order in which few lines cross: each
 * is moved towards the average of its neighbours, and the best order seen
 * wins; where several are as good, the one nearest to the order given.
 */
export function orderColumns<T extends Ordered>(columns: readonly T[][], lines: readonly Line<T>[]): T[][] {
  let best = columns.map((column) => [...column]);
  let fewest = crossingsOf(best, lines);
  let current = best;
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const leftwards = sweep % 2 === 1;
    const next = current.map((column) => [...column]);
    const indexes = next.map((_, index) => index);
    for (const index of leftwards ? indexes.reverse() : indexes) {
      const places = placesOf(next);
      const keys = new Map(
        next[index].map((member) => [member.id, barycentre(member, lines, places, leftwards)]),
      );
      next[index].sort((a, b) => (keys.get(a.id) as number) - (keys.get(b.id) as number));
    }
    current = next;
    const crossings = crossingsOf(current, lines);
    if (crossings < fewest) [best, fewest] = [current, crossings];
  }
  return best;
}

function placesOf<T extends Ordered>(columns: readonly T[][]): Map<string, number> {
  return new Map(
    columns.flatMap((column) => column.map(({ id }, index) => [id, (index + 0.5) / column.length])),
  );
}

function barycentre<T extends Ordered>(
  member: T,
  lines: readonly Line<T>[],
  places: ReadonlyMap<string, number>,
  leftwards: boolean,
): number {
  const neighbours = lines.flatMap(({ left, right }) => {
    if (leftwards) return left === member ? [right] : [];
    return right === member ? [left] : [];
  });
  if (neighbours.length === 0) return places.get(member.id) as number;
  return neighbours.reduce((sum, { id }) => sum + (places.get(id) as number), 0) / neighbours.length;
}

function crossingsOf<T extends Ordered>(columns: readonly T[][], lines: readonly Line<T>[]): number {
  const places = placesOf(columns);
  const columnOf = new Map(columns.flatMap((column, index) => column.map(({ id }) => [id, index])));
  let crossings = 0;
  lines.forEach((a, index) => {
    for (const b of lines.slice(index + 1)) {
      if (columnOf.get(a.left.id) !== columnOf.get(b.left.id)) continue;
      const atLeft = (places.get(a.left.id) as number) - (places.get(b.left.id) as number);
      const atRight = (places.get(a.right.id) as number) - (places.get(b.right.id) as number);
      if (atLeft * atRight < 0) crossings++;
    }
  });
  return crossings;
}
