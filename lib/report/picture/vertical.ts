import { type ClusterBox, clusterBox, labelHeight } from "./boxes";
import { type Arrow, type Cluster, Column, type PictureGraph } from "./graph";

/** A box. The layout fills in `y`. */
interface Item {
  readonly cluster: Cluster;
  readonly content: ClusterBox;
  /** How far down in its column it is, from 0 to 1. */
  readonly rank: number;
  y: number;
}

/** Where an arrow meets one side of a box. The layout fills in `y`. */
export interface Port {
  /** @default - the frame, at its right side */
  readonly cluster?: Cluster;
  readonly anchorId: string;
  readonly side: "left" | "right";
  /** Height that the arrow needs here. */
  readonly room: number;
  y: number;
}

/** An arrow by its ends. Between boxes of one column, both are at a right side. */
export interface Wire {
  readonly arrow: Arrow;
  readonly left: Port;
  readonly right: Port;
}

/** Boxes and arrows that have their `y`. */
export interface Rows {
  readonly items: readonly Item[];
  readonly wires: readonly Wire[];
}

const GAP = 18;
/** Distance of a box from an arrow that passes it. */
const CLEARANCE = 12;
const TAIL_ROOM = 16;
const LABEL_GAP = 6;

/**
 * Places the boxes of a picture vertically. Every arrow is level with its
 * right end and turns once, beside its left end. Columns are filled from the
 * right, so that a box can make way for the arrows that pass it.
 */
export function rowsOf(graph: PictureGraph): Rows {
  const wires = wiresOf(graph);
  const items = itemsOf(graph, wires);
  for (const column of columnsOf(items).reverse()) placeColumn(column, items, wires);
  for (const { left, right } of wires) if (!left.cluster) left.y = right.y;
  return { items, wires };
}

/** The columns that have boxes, from left to right. */
export function columnsOf(items: readonly Item[]): Column[] {
  return [...new Set(items.map(({ cluster }) => cluster.column))].sort((a, b) => a - b);
}

/** The column of an end; the frame's right side is that of the last column in it. */
export function columnAt({ cluster }: { readonly cluster?: Cluster }): Column {
  return cluster?.column ?? Column.REPOSITORIES;
}

function wiresOf({ clusters, arrows }: PictureGraph): Wire[] {
  const clusterOf = new Map(
    clusters.flatMap((cluster) => [cluster, ...cluster.nodes].map(({ id }) => [id, cluster] as const)),
  );
  return arrows.map((arrow) => {
    const tail = { cluster: clusterOf.get(arrow.from.id), anchorId: arrow.from.id, room: TAIL_ROOM, y: 0 };
    const room = labelHeight(arrow) + LABEL_GAP;
    const head = { cluster: clusterOf.get(arrow.to.id), anchorId: arrow.to.id, room, y: 0 };
    const [left, right] = columnAt(tail) <= columnAt(head) ? [tail, head] : [head, tail];
    const isLoop = columnAt(tail) === columnAt(head);
    return { arrow, left: { ...left, side: "right" }, right: { ...right, side: isLoop ? "right" : "left" } };
  });
}

function itemsOf({ clusters }: PictureGraph, wires: readonly Wire[]): Item[] {
  const ports = wires.flatMap(({ left, right }) => [left, right]);
  const roomAt = (id: string): number =>
    Math.max(
      ...["left", "right"].map((side) =>
        ports
          .filter((port) => port.anchorId === id && port.side === side)
          .reduce((total, { room }) => total + room, 0),
      ),
    );
  return clusters.map((cluster) => {
    const column = clusters.filter((other) => other.column === cluster.column);
    // Of two that are as far down, the one on the left comes first.
    const rank = (column.indexOf(cluster) + 0.5) / column.length + cluster.column / 100;
    return { cluster, content: clusterBox(cluster, roomAt), rank, y: 0 };
  });
}

function placeColumn(column: Column, items: readonly Item[], wires: readonly Wire[]): void {
  const passing = wires.filter(
    ({ left, right }) => left.cluster && columnAt(left) < column && columnAt(right) > column,
  );
  const lanes = passing.map(({ right }) => right.y);
  let y = 0;
  for (const item of inOrder(column, items, wires)) {
    for (const side of ["left", "right"] as const) spreadPorts(item, side, items, wires);
    const leaving = wires.filter(({ left, right }) => left.cluster === item.cluster && right.side === "left");
    const wishes = leaving.map(({ left, right }) => right.y - left.y).sort((a, b) => a - b);
    const wish = wishes[Math.floor((wishes.length - 1) / 2)] ?? y;
    item.y = Math.round(freePlace(wish, y, item.content.height, lanes));
    for (const port of wires.flatMap(({ left, right }) => [left, right])) {
      if (port.cluster === item.cluster) port.y += item.y;
    }
    y = item.y + item.content.height + GAP;
  }
}

/** Boxes in the frame keep their order; those outside are in the order of what they connect with. */
function inOrder(column: Column, items: readonly Item[], wires: readonly Wire[]): Item[] {
  const inColumn = items.filter(({ cluster }) => cluster.column === column);
  if (column !== Column.CALLERS && column !== Column.CALLED) return inColumn;
  const key = new Map(
    inColumn.map((item) => {
      const others = wires.flatMap(({ left, right }) => {
        if (right.cluster === item.cluster) return [rankOf(left, items)];
        return left.cluster === item.cluster ? [right.y] : [];
      });
      return [item, others.reduce((total, one) => total + one, 0) / others.length];
    }),
  );
  return inColumn.sort((a, b) => (key.get(a) as number) - (key.get(b) as number));
}

/** The frame comes after all boxes in it. */
function rankOf({ cluster }: Port, items: readonly Item[]): number {
  return items.find((item) => item.cluster === cluster)?.rank ?? 2;
}

/** Places the ports at one side of a box, from its top: those of a part of the box together, in its middle. */
function spreadPorts(
  { cluster, content }: Item,
  side: Port["side"],
  items: readonly Item[],
  wires: readonly Wire[],
): void {
  const anchors = items.flatMap((item) => [item.cluster, ...item.cluster.nodes].map(({ id }) => id));
  const met = wires.flatMap(({ left, right }, index) =>
    [
      { port: left, other: right },
      { port: right, other: left },
    ].map(({ port, other }) => {
      if (side === "left") return { port, key: rankOf(other, items), tie: index };
      if (other.side === "left") return { port, key: other.y, tie: index };
      // Loops are nested: one to a box below begins below all else, and ends above all else.
      const isBelow = anchors.indexOf(other.anchorId) > anchors.indexOf(port.anchorId);
      return { port, key: isBelow ? Infinity : -Infinity, tie: isBelow ? index : -index };
    }),
  );
  for (const { id, y, height } of [content.head, ...content.rows]) {
    const here = met.filter(
      ({ port }) => port.cluster === cluster && port.anchorId === id && port.side === side,
    );
    here.sort((a, b) => (a.key === b.key ? a.tie - b.tie : a.key - b.key));
    let at = y + (height - here.reduce((total, { port }) => total + port.room, 0)) / 2;
    for (const { port } of here) {
      port.y = Math.round(at + port.room / 2);
      at += port.room;
    }
  }
}

/** The place from `top` down, nearest to the wish, where a box is clear of all lanes. */
function freePlace(wish: number, top: number, height: number, lanes: readonly number[]): number {
  const besideLanes = lanes.flatMap((lane) => [lane + CLEARANCE, lane - CLEARANCE - height]);
  const free = [top, wish, ...besideLanes].filter(
    (y) => y >= top && !lanes.some((lane) => lane > y - CLEARANCE && lane < y + height + CLEARANCE),
  );
  return free.sort((a, b) => Math.abs(a - wish) - Math.abs(b - wish))[0];
}
