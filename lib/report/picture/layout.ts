import { sortedBy } from "../../base/natural-order";
import { type ClusterBox, clusterBox, labelSize, ROW_MARGIN } from "./boxes";
import { type Arrow, type Cluster, Column, type PictureGraph } from "./graph";

/** A rectangle in the picture; y grows downwards. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The place of everything. */
export type Layout = ReturnType<typeof layoutOf>;

/** A cluster and its box. Its place is filled in. */
export interface PlacedCluster {
  readonly cluster: Cluster;
  readonly content: ClusterBox;
  readonly box: Box;
}

/** Where an arrow meets a box. Its place is filled in. */
interface Port {
  /** @default - the frame, at its right side */
  readonly cluster?: Cluster;
  readonly anchorId: string;
  /** Column of the box; that of the frame's right side is the last in the frame. */
  readonly column: Column;
  /** How far down in its column it is, from 0 to 1; the frame comes after all boxes in it. */
  readonly rank: number;
  readonly side: "left" | "right";
  /** Height that the arrow needs here. */
  readonly room: number;
  x: number;
  y: number;
}

/**
 * An arrow and its way: level from its tail to the turn, up or down there, and
 * level to its head. Its place is filled in.
 */
export interface PlacedArrow {
  readonly arrow: Arrow;
  readonly tail: Port;
  readonly head: Port;
  /** The tail or the head; between boxes of one column, both are at a right side. */
  readonly left: Port;
  /** The other one. */
  readonly right: Port;
  turnX: number;
  readonly label: Box;
}

const MARGIN = 10;
const FRAME_PADDING = 10;
const FRAME_TITLE = 26;
/** Distance of two boxes of a column. */
const GAP = 18;
/** Distance of a box from an arrow that passes it. */
const CLEARANCE = 12;
const TAIL_ROOM = 16;
const LABEL_GAP = 6;
/** Room for the head of an arrow between its label and the box. */
const HEAD = 14;
/** Distance of two lines that run beside each other. */
const TRACK = 8;
/** Distance of the tracks of a channel from what is beside them. */
const EDGE = 9;

/**
 * Places the boxes and arrows of a picture. Every arrow is level with its
 * right end and turns once, beside its left end. Columns are filled from the
 * right, so that a box can make way for the arrows that pass it. The same
 * graph has the same layout.
 */
export function layoutOf(graph: PictureGraph) {
  const arrows = arrowsOf(graph);
  const ports = arrows.flatMap(({ tail, head }) => [tail, head]);
  const items = graph.clusters.map((cluster) => clusterOf(cluster, ports));
  const columns = [...new Set(items.map(({ cluster }) => cluster.column))].sort((a, b) => a - b);
  for (const column of [...columns].reverse()) placeDown(column, items, arrows);
  const { width, frame } = placeAcross(columns, items, arrows);
  const bottom = Math.max(0, ...items.map(({ box }) => box.y + box.height));
  const height = Math.ceil(bottom) + FRAME_PADDING + MARGIN;
  return {
    width,
    height,
    frame: frame && { ...frame, y: MARGIN, height: height - 2 * MARGIN },
    clusters: items,
    arrows,
  };
}

function arrowsOf({ clusters, arrows }: PictureGraph): PlacedArrow[] {
  const anchors = clusters.flatMap((cluster) =>
    [cluster, ...cluster.nodes].map(({ id }) => ({ id, cluster, column: cluster.column })),
  );
  const placeOf = (anchorId: string) => {
    const anchor = anchors.find(({ id }) => id === anchorId);
    if (!anchor) return { anchorId, column: Column.REPOSITORIES, rank: 2 };
    const { cluster, column } = anchor;
    const same = anchors.filter((other) => other.column === column);
    // Of two that are as far down, the one on the left comes first.
    return { anchorId, cluster, column, rank: (same.indexOf(anchor) + 0.5) / same.length + column / 100 };
  };
  return arrows.map((arrow) => {
    const [from, to] = [placeOf(arrow.from.id), placeOf(arrow.to.id)];
    const isBack = from.column > to.column;
    const label = { x: 0, y: 0, ...labelSize(arrow) };
    const room = label.height + LABEL_GAP;
    const tail: Port = { ...from, side: isBack ? "left" : "right", room: TAIL_ROOM, x: 0, y: 0 };
    const head: Port = { ...to, side: from.column < to.column ? "left" : "right", room, x: 0, y: 0 };
    return { arrow, tail, head, left: isBack ? head : tail, right: isBack ? tail : head, turnX: 0, label };
  });
}

function clusterOf(cluster: Cluster, ports: readonly Port[]): PlacedCluster {
  const roomAt = (id: string, side: Port["side"]): number =>
    ports
      .filter((port) => port.anchorId === id && port.side === side)
      .reduce((total, { room }) => total + room, 0);
  const content = clusterBox(cluster, (id) => Math.max(roomAt(id, "left"), roomAt(id, "right")));
  return { cluster, content, box: { x: 0, y: 0, width: content.width, height: content.height } };
}

/** Places the boxes of a column, and the ports at both of their sides, from top to bottom. */
function placeDown(column: Column, items: readonly PlacedCluster[], arrows: readonly PlacedArrow[]): void {
  const passing = arrows.filter(({ left, right }) => left.column < column && right.column > column);
  const lanes = passing.map(({ right }) => right.y);
  const ofChannel = arrows.filter(({ left, right }) => left.column === column && right.column > column);
  let top = MARGIN + FRAME_TITLE;
  for (const { cluster, content, box } of inOrder(column, items, arrows)) {
    const ports = portsOf(content, arrows);
    const leaving = ofChannel.filter(({ left }) => left.cluster === cluster);
    const wishes = leaving.map(({ left, right }) => right.y - left.y).sort((a, b) => a - b);
    const wish = wishes[Math.floor((wishes.length - 1) / 2)] ?? top;
    box.y = Math.round(freePlace(wish, top, box.height, lanes));
    for (const port of ports) {
      port.y += box.y;
      // A line that leaves level with where another one arrives would lie on it.
      while (
        port.side === "right" &&
        ofChannel.some(({ left, right }) => left !== port && right.y === port.y)
      ) {
        port.y += 1;
      }
    }
    top = box.y + box.height + GAP;
  }
}

/** Boxes in the frame keep their order; those outside are in the order of what they connect with. */
function inOrder(
  column: Column,
  items: readonly PlacedCluster[],
  arrows: readonly PlacedArrow[],
): PlacedCluster[] {
  const inColumn = items.filter(({ cluster }) => cluster.column === column);
  if (isInFrame(column)) return inColumn;
  return sortedBy(inColumn, ({ cluster }) => {
    const places = arrows.flatMap(({ left, right }) => {
      if (left.cluster === cluster) return [right.y];
      return right.cluster === cluster ? [left.rank] : [];
    });
    return [places.reduce((total, place) => total + place, 0) / Math.max(1, places.length)];
  });
}

function isInFrame(column: Column): boolean {
  return column !== Column.CALLERS && column !== Column.CALLED;
}

/** Places the ports of a box, from its top: those at one side of a part of the box together, in its middle. */
function portsOf({ head, rows }: ClusterBox, arrows: readonly PlacedArrow[]): Port[] {
  const keys = new Map(
    arrows.flatMap(({ left, right }, index) => [
      [left, orderKey(left, right, index)],
      [right, orderKey(right, left, index)],
    ]),
  );
  const ports = sortedBy([...keys.keys()], (port) => [keys.get(port) as number]);
  return [head, ...rows].flatMap(({ id, y, height }) =>
    ["left", "right"].flatMap((side) => {
      const here = ports.filter((port) => port.anchorId === id && port.side === side);
      let top = y + (height - here.reduce((total, { room }) => total + room, 0)) / 2;
      for (const port of here) {
        port.y = Math.round(top + port.room / 2);
        top += port.room;
      }
      return here;
    }),
  );
}

/** Ports at one side of a box are in the order of what they lead to. Loops are nested: one to a box below begins below all else, and ends above all else. */
function orderKey(port: Port, other: Port, index: number): number {
  if (port.side === "left") return other.rank;
  if (other.side === "left") return other.y;
  return other.rank > port.rank ? 1e6 + index : -1e6 - index;
}

/** The place from `top` down, nearest to the wish, where a box is clear of all lanes. */
function freePlace(wish: number, top: number, height: number, lanes: readonly number[]): number {
  const besideLanes = lanes.flatMap((lane) => [lane + CLEARANCE, lane - CLEARANCE - height]);
  const free = [top, wish, ...besideLanes].filter(
    (y) => y >= top && !lanes.some((lane) => lane > y - CLEARANCE && lane < y + height + CLEARANCE),
  );
  return free.sort((a, b) => Math.abs(a - wish) - Math.abs(b - wish))[0];
}

/** Places columns, and the channel on the right of each, from left to right; then the frame around those of this deployment. */
function placeAcross(
  columns: readonly Column[],
  items: readonly PlacedCluster[],
  arrows: readonly PlacedArrow[],
) {
  let x = MARGIN + (columns.length > 0 && isInFrame(columns[0]) ? FRAME_PADDING : 0);
  let frameEnd = 0;
  columns.forEach((column, index) => {
    const boxes = items.filter(({ cluster }) => cluster.column === column).map(({ box }) => box);
    const width = Math.max(...boxes.map((box) => box.width));
    for (const box of boxes) Object.assign(box, { x, width });
    const edge = x + width;
    for (const { tail, head, label } of arrows) {
      for (const port of [tail, head].filter((one) => one.column === column)) {
        const inset = port.anchorId === port.cluster?.id ? 0 : ROW_MARGIN;
        port.x = port.side === "left" ? x + inset : edge - inset;
      }
      if (head.column === column) {
        label.x = head.side === "left" ? x - HEAD - label.width : edge + HEAD;
        label.y = head.y - label.height / 2;
      }
    }
    const leaving = arrows.filter(({ left }) => left.cluster && left.column === column);
    const leftLabels = roomForLabels(leaving.filter(({ head }) => head.side === "right"));
    const rightLabels = roomForLabels(
      arrows.filter(({ head }) => head.column === columns[index + 1] && head.side === "left"),
    );
    const tracks = tracksOf(leaving);
    for (const arrow of leaving) arrow.turnX = edge + leftLabels + EDGE + (tracks.get(arrow) ?? 0) * TRACK;
    x = Math.max(edge + FRAME_PADDING, ...leaving.map(({ turnX }) => turnX + EDGE));
    if (isInFrame(column)) frameEnd = x;
    x += EDGE + rightLabels;
  });
  for (const arrow of arrows.filter(({ left }) => !left.cluster)) {
    arrow.turnX = frameEnd;
    Object.assign(arrow.left, { x: frameEnd, y: arrow.right.y });
  }
  const width = Math.max(frameEnd, ...items.map(({ box }) => box.x + box.width)) + MARGIN;
  const inFrame = items.filter(({ cluster }) => isInFrame(cluster.column));
  const frameX = Math.min(...inFrame.map(({ box }) => box.x)) - FRAME_PADDING;
  return { width, frame: inFrame.length > 0 ? { x: frameX, width: frameEnd - frameX } : undefined };
}

/** Labels are beside the boxes that their arrows lead to. */
function roomForLabels(arrows: readonly PlacedArrow[]): number {
  return Math.max(0, ...arrows.map(({ label }) => HEAD + label.width));
}

/** The part of an arrow between two columns: from the left box up or down, then right, or back to the column if it arrives at a right side. */
interface Piece {
  readonly left: { readonly y: number };
  readonly right: { readonly y: number; readonly side: Port["side"] };
}

/**
 * The track on which each piece runs up or down, counted from the left. In
 * this order none crosses another that it need not cross: loops from the inside
 * out, then lines that run down, the lowest first, then those that run up, the
 * highest first. Straight pieces have no track.
 */
export function tracksOf<P extends Piece>(pieces: readonly P[]): Map<P, number> {
  const tracks = new Map<P, number>();
  const order = sortedBy(pieces, ({ left, right }) => {
    if (right.side === "right") return [0, Math.abs(right.y - left.y)];
    return right.y > left.y ? [1, -left.y] : [2, left.y];
  });
  for (const piece of order) {
    if (piece.left.y === piece.right.y) continue;
    const before = [...tracks].flatMap(([other, track]) => (areBeside(piece, other) ? [track] : []));
    tracks.set(piece, Math.max(-1, ...before) + 1);
  }
  return tracks;
}

function areBeside(...pieces: readonly [Piece, Piece]): boolean {
  const tops = pieces.map(({ left, right }) => Math.min(left.y, right.y));
  const bottoms = pieces.map(({ left, right }) => Math.max(left.y, right.y));
  return Math.min(...bottoms) + TRACK >= Math.max(...tops);
}
