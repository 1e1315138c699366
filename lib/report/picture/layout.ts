import { labelHeight, labelWidth, ROW_MARGIN } from "./boxes";
import { Column, type PictureGraph } from "./graph";
import { columnAt, columnsOf, type Port, type Rows, rowsOf, type Wire } from "./vertical";

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

/** The place of everything. */
export type Layout = ReturnType<typeof layoutOf>;

/** A cluster and its place. */
export type PlacedCluster = Layout["clusters"][number];

/** An arrow and its way: level from its tail to the turn, up or down there, and level to its head. */
export type PlacedArrow = ReturnType<typeof placedArrow>;

const MARGIN = 10;
const FRAME_PADDING = 12;
const FRAME_TITLE = 28;
/** Room for the head of an arrow between its label and the box. */
const HEAD = 13;
/** Distance of the tracks of a channel from what is beside them. */
const EDGE = 10;
const NARROWEST_CHANNEL = 44;

/** Places the boxes and arrows of a picture. The same graph has the same layout. */
export function layoutOf(graph: PictureGraph) {
  const rows = rowsOf(graph);
  const { items, wires } = rows;
  const places = placesAcross(rows);
  const inFrame = items.filter((item) => isOurs(columnAt(item)));
  const inFrameY = [
    ...inFrame.flatMap(({ y, content }) => [y, y + content.height]),
    ...wires.flatMap(({ left, right }) => (isOurs(columnAt(left)) ? [left.y, right.y] : [right.y])),
  ];
  const frameTop = Math.min(...inFrameY) - FRAME_TITLE;
  const frameBottom = Math.max(...inFrameY) + FRAME_PADDING;
  const hasFrame = inFrame.length > 0;
  const top = Math.min(...items.map(({ y }) => y), ...(hasFrame ? [frameTop] : []));
  const down = items.length > 0 ? MARGIN - top : 0;
  const bottom = Math.max(
    0,
    ...items.map(({ y, content }) => y + content.height),
    ...(hasFrame ? [frameBottom] : []),
  );
  return {
    width: places.width,
    height: Math.ceil(bottom + down + MARGIN),
    frame: hasFrame ? { ...places.frame, y: frameTop + down, height: frameBottom - frameTop } : undefined,
    clusters: items.map(({ cluster, content, y }) => {
      const { x, width } = places.columns.get(cluster.column) as Across;
      return { cluster, content, box: { x, y: y + down, width, height: content.height } };
    }),
    arrows: wires.map((wire) => placedArrow(wire, places, down)),
  };
}

function isOurs(column: Column): boolean {
  return column !== Column.CALLERS && column !== Column.CALLED;
}

/** Whether the head of an arrow, and so its label, is at the left end of its channel. */
function isHeadAtLeft({ arrow, left, right }: Wire): boolean {
  return right.side === "right" || arrow.to.id === left.anchorId;
}

/** Where a column and the channel on its right are. */
interface Across {
  /** Where the channel on its left ends. */
  readonly start: number;
  readonly x: number;
  readonly width: number;
  readonly firstTrackX: number;
}

/** Places columns and channels from left to right, with the frame around those of this deployment. */
function placesAcross({ items, wires }: Rows) {
  const columns = columnsOf(items);
  const places = new Map<Column, Across>();
  const tracks = new Map<Wire, number>();
  const ours = columns.filter(isOurs);
  const frame = { x: 0, width: 0 };
  let x = MARGIN;
  columns.forEach((column, index) => {
    const leaving = wires.filter(({ left }) => left.cluster && columnAt(left) === column);
    const ofChannel = tracksOf(
      leaving.map((wire) => ({
        wire,
        leftY: wire.left.y,
        rightY: wire.right.y,
        isLoop: wire.right.side === "right",
      })),
    );
    for (const [{ wire }, track] of ofChannel) tracks.set(wire, track);
    const next = columns[index + 1];
    const entering = wires.filter(({ right }) => columnAt(right) === next);
    const leftLabels = widest(leaving.filter(isHeadAtLeft));
    const rightLabels = widest(entering.filter((wire) => !isHeadAtLeft(wire)));

    const start = x;
    if (column === ours[0]) {
      frame.x = x;
      x += FRAME_PADDING;
    }
    const width = Math.max(
      ...items.filter((item) => columnAt(item) === column).map(({ content }) => content.width),
    );
    const edge = x + width;
    const firstTrackX = edge + (leftLabels > 0 ? HEAD + leftLabels : 0) + EDGE;
    let end = leaving.length > 0 ? firstTrackX + Math.max(0, ...ofChannel.values()) * TRACK + EDGE : edge;
    if (column === ours[ours.length - 1]) {
      end = Math.max(end, edge + FRAME_PADDING);
      frame.width = end - frame.x;
    }
    if (rightLabels > 0) end += EDGE + rightLabels + HEAD;
    places.set(column, { start, x, width, firstTrackX });
    x = next === undefined ? end : Math.max(end, edge + NARROWEST_CHANNEL);
  });
  return { columns: places, tracks, frame, width: x + MARGIN };
}

function widest(wires: readonly Wire[]): number {
  return Math.max(0, ...wires.map(({ arrow }) => labelWidth(arrow)));
}

function placedArrow(wire: Wire, { columns, tracks, frame }: ReturnType<typeof placesAcross>, down: number) {
  const { arrow, left, right } = wire;
  const [leftColumn, rightColumn] = [left, right].map((port) => columns.get(columnAt(port)) as Across);
  const point = ({ cluster, anchorId, side, y }: Port, column: Across): Point => {
    if (!cluster) return { x: frame.x + frame.width, y: y + down };
    const inset = cluster.nodes.length > 1 && anchorId !== cluster.id ? ROW_MARGIN : 0;
    const x = side === "right" ? column.x + column.width - inset : column.x + inset;
    return { x, y: y + down };
  };
  const [from, to] = [point(left, leftColumn), point(right, rightColumn)];
  const [tail, head] = arrow.from.id === left.anchorId ? [from, to] : [to, from];
  const turnX = left.cluster ? leftColumn.firstTrackX + (tracks.get(wire) ?? 0) * TRACK : from.x;
  const [width, height] = [labelWidth(arrow), labelHeight(arrow)];
  const x = isHeadAtLeft(wire) ? leftColumn.x + leftColumn.width + HEAD : rightColumn.start - HEAD - width;
  return { arrow, tail, turnX, head, label: { x, y: head.y - height / 2, width, height } };
}

/** The part of an arrow between two columns: from the left box up or down, then right. */
interface Piece {
  readonly leftY: number;
  readonly rightY: number;
  /** Whether it returns to the column on the left. */
  readonly isLoop: boolean;
}

// Two lines that lie on each other are worse than two that cross.
const CROSSING = 1;
const TOUCHING = 5;

/** Distance between two lines that run beside each other. */
const TRACK = 8;

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
