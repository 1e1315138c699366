/** The part of an arrow between two columns: from the left box up or down, then right. */
export interface Piece {
  readonly leftY: number;
  readonly rightY: number;
  /** Whether it returns to the column on the left. */
  readonly isLoop: boolean;
}

// Two lines that lie on each other are worse than two that cross.
const CROSSING = 1;
const TOUCHING = 5;

/** Distance between two lines that run beside each other. */
export const TRACK = 8;

/**
 * The track on which each piece runs up or down, counted from the left, so
 * that few cross and none lies on another. Straight pieces have none.
 */
export function tracksOf<P extends Piece>(pieces: readonly P[]): Map<P, number> {
  const tracks = new Map<P, number>();
  const order = inOrderOfFewCrossings(
    pieces.filter(({ leftY, rightY, isLoop }) => leftY !== rightY || isLoop),
  );
  order.forEach((piece, index) => {
    const before = order.slice(0, index).filter((other) => meet(piece, other));
    tracks.set(piece, Math.max(-1, ...before.map((other) => tracks.get(other) as number)) + 1);
  });
  return tracks;
}

/** Each piece is put where it costs least among those before it. */
function inOrderOfFewCrossings<P extends Piece>(pieces: readonly P[]): P[] {
  const order: P[] = [];
  for (const piece of pieces) {
    const costs = Array.from({ length: order.length + 1 }, (_, place) =>
      order.reduce(
        (total, other, at) => total + (at < place ? costOf(other, piece) : costOf(piece, other)),
        0,
      ),
    );
    order.splice(costs.indexOf(Math.min(...costs)), 0, piece);
  }
  return order;
}

/** The cost of the first piece's track being left of the second's. */
function costOf(a: Piece, b: Piece): number {
  return across(b.leftY, a) + (a.isLoop ? 0 : across(a.rightY, b)) + (b.isLoop ? across(b.rightY, a) : 0);
}

function across(y: number, { leftY, rightY }: Piece): number {
  const [top, bottom] = [Math.min(leftY, rightY), Math.max(leftY, rightY)];
  if (y < top || y > bottom) return 0;
  return y === top || y === bottom ? TOUCHING : CROSSING;
}

function meet(a: Piece, b: Piece): boolean {
  const overlap = Math.min(Math.max(a.leftY, a.rightY), Math.max(b.leftY, b.rightY));
  return overlap + TRACK >= Math.max(Math.min(a.leftY, a.rightY), Math.min(b.leftY, b.rightY));
}
