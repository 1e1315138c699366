import { labelHeightOf } from "./arrow-label";
import type { ClusterBox } from "./cluster-box";
import type { Arrow } from "./graph";

const LANE = 16;

/** What stands in a column: a cluster, or the way of an arrow that passes by. */
export interface Item {
  readonly id: string;
  readonly column: number;
  readonly length: number;
  readonly content?: ClusterBox;
  center: number;
}

/** Where an arrow meets an item: in the middle of a band of its side. */
export interface Port {
  readonly item: Item;
  readonly anchorId: string;
  readonly side: "left" | "right";
  /** From the item's centre. */
  offset: number;
}

/** A part of an arrow between two neighbouring columns, or between two boxes of one column. */
export interface Link {
  readonly arrow: Arrow;
  readonly channel: number;
  readonly left: Port;
  readonly right: Port;
  /** Whether both ends are on the column left of the channel. */
  readonly isLoop: boolean;
}

/** Distance between two arrows that begin beside each other. */
const TAIL_ROOM = 18;

/** Distance of an arrow's label from the next. */
const LABEL_GAP = 8;

/** The room that an arrow takes at the side of what it begins or ends at, where its label is. */
export function roomOf(arrow: Arrow, anchorId: string): number {
  return anchorId === arrow.to.id ? labelHeightOf(arrow) + LABEL_GAP : TAIL_ROOM;
}

/** How much room the arrows that meet each anchor take, at the side where they take most. */
export class PortRoom {
  private readonly rooms = new Map<string, number>();

  constructor(arrows: readonly Arrow[], columnOf: (anchorId: string) => number) {
    for (const arrow of arrows) {
      const { from, to } = arrow;
      const [a, b] = [columnOf(from.id), columnOf(to.id)];
      this.add(from.id, a <= b ? "right" : "left", roomOf(arrow, from.id));
      this.add(to.id, a < b ? "left" : "right", roomOf(arrow, to.id));
    }
  }

  public at(anchorId: string): number {
    return Math.max(this.rooms.get(`${anchorId} left`) ?? 0, this.rooms.get(`${anchorId} right`) ?? 0);
  }

  private add(anchorId: string, side: string, room: number): void {
    const key = `${anchorId} ${side}`;
    this.rooms.set(key, (this.rooms.get(key) ?? 0) + room);
  }
}

/**
 * The parts of an arrow, from left to right. Where it passes by columns, lanes
 * are added to the items.
 */
export function linksOf(arrow: Arrow, from: Item, to: Item, items: Map<string, Item>): Link[] {
  const port = (item: Item, anchorId: string, side: "left" | "right"): Port => ({
    item,
    anchorId,
    side,
    offset: 0,
  });
  if (from.column === to.column) {
    return [
      {
        arrow,
        channel: from.column,
        left: port(from, arrow.from.id, "right"),
        right: port(to, arrow.to.id, "right"),
        isLoop: true,
      },
    ];
  }
  const forward = from.column < to.column;
  const [first, last] = forward ? [from, to] : [to, from];
  const [firstAnchor, lastAnchor] = forward ? [arrow.from.id, arrow.to.id] : [arrow.to.id, arrow.from.id];
  const links: Link[] = [];
  let left = port(first, firstAnchor, "right");
  for (let column = first.column + 1; column < last.column; column++) {
    const lane: Item = { id: `${arrow.id} in ${column}`, column, length: LANE, center: 0 };
    items.set(lane.id, lane);
    links.push({ arrow, channel: column - 1, left, right: port(lane, lane.id, "left"), isLoop: false });
    left = port(lane, lane.id, "right");
  }
  links.push({ arrow, channel: last.column - 1, left, right: port(last, lastAnchor, "left"), isLoop: false });
  return links;
}

/** Where an arrow meets an item, once the item has its place. */
export function yOf({ item, offset }: Port): number {
  return item.center + offset;
}
