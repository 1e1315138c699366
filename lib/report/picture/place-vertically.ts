import { type Item, type Link, type Port, roomOf, yOf } from "./links";
import { spread } from "./spread";

/** Distance between neighbours in a column. */
export const GAP = 26;

const SWEEPS = 12;

/** Stacks the columns, then moves boxes so that arrows become straight. */
export function placeVertically(columns: readonly Item[][], links: readonly Link[]): void {
  for (const column of columns) {
    const total = column.reduce((sum, { length }) => sum + length + GAP, -GAP);
    let y = -total / 2;
    for (const item of column) {
      item.center = y + item.length / 2;
      y += item.length + GAP;
    }
  }
  const order = columns.map((_, index) => index);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    placePorts(links);
    for (const index of sweep % 2 === 0 ? order : [...order].reverse()) {
      const column = columns[index];
      const centers = spread(
        column.map((item) => ({ center: wishOf(item, links), length: item.length })),
        GAP,
      );
      column.forEach((item, i) => (item.center = centers[i]));
    }
  }
  // An arrow that passes by turns once, where it begins, and runs straight from there.
  for (const column of [...columns].reverse()) {
    const onward = column.map((item) =>
      item.content ? undefined : links.find(({ left }) => left.item === item),
    );
    const centers = spread(
      column.map((item, i) => ({
        center: onward[i] ? yOf(onward[i].right) : item.center,
        length: item.length,
      })),
      GAP,
    );
    column.forEach((item, i) => (item.center = centers[i]));
    placePorts(links);
  }
  straighten(links);
}

/** Where two ends are almost level, the one that is alone at its side makes way, as far as its box has room. */
function straighten(links: readonly Link[]): void {
  const met = new Map<string, number>();
  const sideOf = ({ anchorId, side }: Port): string => `${anchorId} ${side}`;
  for (const port of links.flatMap(({ left, right }) => [left, right])) {
    met.set(sideOf(port), (met.get(sideOf(port)) ?? 0) + 1);
  }
  for (const { arrow, left, right, isLoop } of links) {
    if (isLoop) continue;
    const movable = [left, right].find((port) => {
      const shift = Math.abs(yOf(left) - yOf(right));
      return (
        port.item.content &&
        met.get(sideOf(port)) === 1 &&
        shift <= (bandOf(port).height - roomOf(arrow, port.anchorId)) / 2
      );
    });
    if (movable) movable.offset = yOf(movable === left ? right : left) - movable.item.center;
  }
}

function wishOf(item: Item, links: readonly Link[]): number {
  const wishes: number[] = [];
  for (const { left, right, isLoop } of links) {
    if (isLoop) continue;
    if (left.item === item) wishes.push(yOf(right) - left.offset);
    if (right.item === item) wishes.push(yOf(left) - right.offset);
  }
  return wishes.length === 0 ? item.center : wishes.reduce((sum, wish) => sum + wish, 0) / wishes.length;
}

/** Spreads the arrows that meet one side of an anchor over it, in the order of where they come from. */
function placePorts(links: readonly Link[]): void {
  const bySide = new Map<string, Array<{ port: Port; other: Port; room: number }>>();
  for (const { arrow, left, right } of links) {
    for (const [port, other] of [
      [left, right],
      [right, left],
    ]) {
      const key = `${port.anchorId} ${port.side}`;
      bySide.set(key, [...(bySide.get(key) ?? []), { port, other, room: roomOf(arrow, port.anchorId) }]);
    }
  }
  for (const met of bySide.values()) {
    const [{ port }] = met;
    const middle = bandMiddle(port);
    const inOrder = [...met].sort((a, b) => yOf(a.other) - yOf(b.other));
    let offset = middle - inOrder.reduce((sum, { room }) => sum + room, 0) / 2;
    for (const { port: one, room } of inOrder) {
      one.offset = offset + room / 2;
      offset += room;
    }
  }
}

/** The middle of the band at which an anchor is met, from the centre of its item. */
function bandMiddle(port: Port): number {
  if (!port.item.content) return 0;
  const { y, height } = bandOf(port);
  return y + height / 2 - port.item.length / 2;
}

function bandOf({ item, anchorId }: Port): { readonly y: number; readonly height: number } {
  const row = item.content?.rows.find(({ id }) => id === anchorId);
  return row ?? { y: 0, height: item.content?.header ?? 0 };
}
