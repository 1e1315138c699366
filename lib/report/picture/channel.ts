/** A part of an arrow in the channel between two columns. */
export interface Piece {
  /** Id of the arrow. */
  readonly id: string;
  readonly leftY: number;
  /** Where it ends: at the column right of the channel, or, for a loop, back at the left one. */
  readonly rightY: number;
  readonly isLoop: boolean;
  /** Width of the label beside the left column; 0 for none. */
  readonly leftLabel: number;
  /** Width of the label beside the right column; 0 for none. */
  readonly rightLabel: number;
}

/** Where arrows run in a channel, from its left edge. */
export interface Channel {
  readonly width: number;
  /** Left edge of labels beside the left column. */
  readonly leftLabelX: number;
  /** Right edge of labels beside the right column. */
  readonly rightLabelEnd: number;
  /** Where an arrow runs up or down. */
  trackX(id: string): number;
}

const TRACK = 8;
const EDGE = 10;
/** Room for the head of an arrow between its label and the box. */
const HEAD = 13;

/** Gives each arrow of a channel a track of its own, so that few cross and none lies on another. */
export function channelRoutes(pieces: readonly Piece[]): Channel {
  const tracks = tracksOf(
    inOrderOfFewCrossings(pieces.filter((piece) => piece.leftY !== piece.rightY || piece.isLoop)),
  );
  const count = Math.max(0, ...tracks.values()) + (tracks.size > 0 ? 1 : 0);
  const leftZone = Math.max(0, ...pieces.map(({ leftLabel }) => leftLabel));
  const rightZone = Math.max(0, ...pieces.map(({ rightLabel }) => rightLabel));
  const tracksX = leftZone > 0 ? HEAD + leftZone + EDGE : EDGE;
  const tracksEnd = tracksX + Math.max(0, count - 1) * TRACK;
  const rightLabelEnd = tracksEnd + EDGE + rightZone;
  const width = pieces.length === 0 ? 0 : rightLabelEnd + (rightZone > 0 ? HEAD : 0);
  return {
    width,
    leftLabelX: HEAD,
    rightLabelEnd,
    trackX: (id) => tracksX + (tracks.get(id) ?? 0) * TRACK,
  };
}

/** Pieces in an order, from left to right, in which they cross little: each is moved to where it costs least, until none can be. */
function inOrderOfFewCrossings(pieces: readonly Piece[]): Piece[] {
  const order = [...pieces];
  // Each move saves something, so it ends.
  for (let changed = true; changed;) {
    changed = false;
    for (const piece of pieces) {
      const from = order.indexOf(piece);
      const rest = order.filter((other) => other !== piece);
      // What the piece costs at each place, from the leftmost on, but for what is the same at all of them.
      let cost = rest.reduce((sum, other) => sum + costOf(piece, other), 0);
      const costs = [cost];
      for (const other of rest) {
        cost += costOf(other, piece) - costOf(piece, other);
        costs.push(cost);
      }
      const best = costs.indexOf(Math.min(...costs));
      if (costs[best] >= costs[from]) continue;
      order.splice(from, 1);
      order.splice(best, 0, piece);
      changed = true;
    }
  }
  return order;
}

// Two lines on one another cannot be told apart, which is worse than crossing.
const CROSSING = 1;
const TOUCHING = 5;

/** What it costs that the first piece has the track left of the second's. */
function costOf(a: Piece, b: Piece): number {
  const firstAcross = a.isLoop ? 0 : across(a.rightY, b);
  const loopAcross = b.isLoop ? across(b.rightY, a) : 0;
  return across(b.leftY, a) + firstAcross + loopAcross;
}

function across(y: number, { leftY, rightY }: Piece): number {
  const [top, end] = [Math.min(leftY, rightY), Math.max(leftY, rightY)];
  if (y < top || y > end) return 0;
  return y === top || y === end ? TOUCHING : CROSSING;
}

/** The leftmost tracks that keep the order of pieces that would meet. */
function tracksOf(order: readonly Piece[]): Map<string, number> {
  const tracks = new Map<string, number>();
  order.forEach((piece, index) => {
    const before = order.slice(0, index).filter((other) => meet(piece, other));
    tracks.set(piece.id, Math.max(-1, ...before.map(({ id }) => tracks.get(id) as number)) + 1);
  });
  return tracks;
}

function meet(a: Piece, b: Piece): boolean {
  const [aTop, aEnd] = [Math.min(a.leftY, a.rightY), Math.max(a.leftY, a.rightY)];
  const [bTop, bEnd] = [Math.min(b.leftY, b.rightY), Math.max(b.leftY, b.rightY)];
  return aTop <= bEnd + TRACK && bTop <= aEnd + TRACK;
}
