import { type ClusterBox, clusterBox, PORT_PITCH, ROW_MARGIN } from "./cluster-box";
import { type Channel, channelRoutes, type Piece } from "./channel";
import type { Box, Point } from "./geometry";
import { type Arrow, type Cluster, Column, FRAME, type PictureGraph } from "./graph";
import { orderColumns } from "./order-columns";
import { spread } from "./spread";
import { fitText, textWidth } from "./text-size";

/** A cluster and where it is. */
export interface PlacedCluster {
  readonly cluster: Cluster;
  readonly box: Box;
  readonly content: ClusterBox;
}

/** An arrow and where it runs. */
export interface PlacedArrow {
  readonly arrow: Arrow;
  /** From its tail to its head. */
  readonly points: readonly Point[];
  readonly label: Box;
}

/** Where everything is. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Around everything that is made here. */
  readonly frame?: Box;
  readonly clusters: readonly PlacedCluster[];
  readonly arrows: readonly PlacedArrow[];
}

/** Size of the letters of an arrow's label. */
export const LABEL_FONT_SIZE = 11;

/** Height of an arrow's label. */
export const LABEL_HEIGHT = 20;

const MARGIN = 12;
const GAP = 26;
const LANE = 16;
const FRAME_PADDING = 14;
const FRAME_TITLE = 34;
const FOOT_GAP = 60;
const SWEEPS = 12;

/** What stands in a column: a cluster, or the way of an arrow that passes by. */
interface Item {
  readonly id: string;
  readonly column: number;
  readonly length: number;
  readonly content?: ClusterBox;
  center: number;
}

/** Where an arrow meets an item: in the middle of a band of its side. */
interface Port {
  readonly item: Item;
  readonly anchorId: string;
  readonly side: "left" | "right";
  /** From the item's centre. */
  offset: number;
}

/** A part of an arrow between two neighbouring columns, or between two boxes of one column. */
interface Link {
  readonly arrow: Arrow;
  readonly channel: number;
  readonly left: Port;
  readonly right: Port;
  /** Whether both ends are on the column left of the channel. */
  readonly isLoop: boolean;
}

/** Places the boxes and arrows of a picture. The same graph is the same layout. */
export function layoutOf(graph: PictureGraph): Layout {
  const inColumns = graph.clusters.filter(({ column }) => column !== Column.FOOT);
  const used = [...new Set(inColumns.map(({ column }) => column))].sort((a, b) => a - b);
  const columnOf = new Map(inColumns.map((cluster) => [cluster.id, used.indexOf(cluster.column)]));
  const clusterOfAnchor = new Map(
    graph.clusters.flatMap(({ id, nodes }) => [
      [id, id] as const,
      ...nodes.map((node) => [node.id, id] as const),
    ]),
  );
  const arrows = graph.arrows.filter(({ from }) => from.id !== FRAME);

  const ports = new PortCount(
    arrows,
    (anchor) => columnOf.get(clusterOfAnchor.get(anchor) as string) as number,
  );
  const contents = new Map(
    graph.clusters.map((cluster) => [cluster.id, clusterBox(cluster, (anchor) => ports.at(anchor))]),
  );
  const items = new Map<string, Item>();
  for (const { id } of inColumns) {
    const content = contents.get(id) as ClusterBox;
    items.set(id, { id, column: columnOf.get(id) as number, length: content.height, content, center: 0 });
  }
  const links: Link[] = [];
  for (const arrow of arrows) {
    const from = items.get(clusterOfAnchor.get(arrow.from.id) as string) as Item;
    const to = items.get(clusterOfAnchor.get(arrow.to.id) as string) as Item;
    links.push(...linksOf(arrow, from, to, items));
  }

  const columns = orderColumns(
    used.map((_, index) => [...items.values()].filter(({ column }) => column === index)),
    links.filter(({ isLoop }) => !isLoop).map(({ left, right }) => ({ left: left.item, right: right.item })),
  );
  placeVertically(columns, links);
  return assemble(graph, used, columns, links, contents);
}

/** How many arrows meet each anchor, at the side where most do. */
class PortCount {
  private readonly counts = new Map<string, number>();

  constructor(arrows: readonly Arrow[], columnOf: (anchorId: string) => number) {
    for (const { from, to } of arrows) {
      const [a, b] = [columnOf(from.id), columnOf(to.id)];
      this.add(from.id, a <= b ? "right" : "left");
      this.add(to.id, a < b ? "left" : "right");
    }
  }

  public at(anchorId: string): number {
    return Math.max(this.counts.get(`${anchorId} left`) ?? 0, this.counts.get(`${anchorId} right`) ?? 0);
  }

  private add(anchorId: string, side: string): void {
    const key = `${anchorId} ${side}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }
}

function linksOf(arrow: Arrow, from: Item, to: Item, items: Map<string, Item>): Link[] {
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

/** Stacks the columns, then moves boxes so that arrows become straight. */
function placeVertically(columns: readonly Item[][], links: readonly Link[]): void {
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
}

function yOf({ item, offset }: Port): number {
  return item.center + offset;
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
  const bySide = new Map<string, Array<{ port: Port; other: Port; isLoop: boolean }>>();
  for (const { left, right, isLoop } of links) {
    for (const [port, other] of [
      [left, right],
      [right, left],
    ]) {
      const key = `${port.anchorId} ${port.side}`;
      bySide.set(key, [...(bySide.get(key) ?? []), { port, other, isLoop }]);
    }
  }
  for (const met of bySide.values()) {
    const [{ port }] = met;
    const middle = bandMiddle(port);
    const inOrder = [...met].sort((a, b) => yOf(a.other) - yOf(b.other));
    inOrder.forEach((one, index) => {
      one.port.offset = middle + (index - (inOrder.length - 1) / 2) * PORT_PITCH;
    });
  }
}

/** The middle of the band at which an anchor is met, from the centre of its item. */
function bandMiddle({ item, anchorId }: Port): number {
  if (!item.content) return 0;
  const row = item.content.rows.find(({ id }) => id === anchorId);
  const [y, height] = row ? [row.y, row.height] : [0, item.content.header];
  return y + height / 2 - item.length / 2;
}

function assemble(
  graph: PictureGraph,
  used: readonly Column[],
  columns: readonly Item[][],
  links: readonly Link[],
  contents: ReadonlyMap<string, ClusterBox>,
): Layout {
  const ours = used.flatMap((column, index) => (isOurs(column) ? [index] : []));
  const widths = columns.map((column) => Math.max(0, ...column.map(({ content }) => content?.width ?? 0)));
  const channels = columns.map((_, index) => channelRoutes(piecesIn(index, links)));
  const hasFrame = ours.length > 0;
  const [firstOurs, lastOurs] = [ours[0], ours[ours.length - 1]];

  // From left to right: column, channel, column, with room for the frame's edges.
  const columnX: number[] = [];
  const channelX: number[] = [];
  let x = MARGIN;
  let frameX = 0;
  let frameEnd = 0;
  columns.forEach((_, index) => {
    if (hasFrame && index === firstOurs) {
      frameX = x;
      x += FRAME_PADDING;
    }
    columnX.push(x);
    x += widths[index];
    const isLast = index === columns.length - 1;
    const closesFrame = hasFrame && index === lastOurs;
    const hasLoops = channels[index].width > 0;
    if (closesFrame && isLast && hasLoops) {
      channelX.push(x);
      x += channels[index].width;
      frameEnd = x += FRAME_PADDING;
      return;
    }
    if (closesFrame) frameEnd = x += FRAME_PADDING;
    channelX.push(x);
    if (!isLast || hasLoops) x += Math.max(channels[index].width, isLast ? 0 : 44);
  });
  const width = x + MARGIN;

  const top = (item: Item): number => item.center - item.length / 2;
  const everyItem = columns.flat();
  const inFrame = everyItem.filter(({ column }) => ours.includes(column));
  const frameTop = Math.min(...inFrame.map(top)) - FRAME_TITLE;
  const highest = Math.min(...everyItem.map(top), hasFrame ? frameTop : Infinity);
  const down = MARGIN - highest;
  const bottomOf = (items: readonly Item[]): number =>
    Math.max(...items.map((item) => item.center + item.length / 2));
  const frame: Box | undefined = hasFrame
    ? {
        x: frameX,
        y: frameTop + down,
        width: frameEnd - frameX,
        height: bottomOf(inFrame) + FRAME_PADDING - frameTop,
      }
    : undefined;
  let height = Math.max(bottomOf(everyItem) + down, frame ? frame.y + frame.height : 0) + MARGIN;

  const clusters: PlacedCluster[] = graph.clusters
    .filter(({ column }) => column !== Column.FOOT)
    .map((cluster) => {
      const item = everyItem.find(({ id }) => id === cluster.id) as Item;
      const content = contents.get(cluster.id) as ClusterBox;
      const box = {
        x: columnX[item.column],
        y: top(item) + down,
        width: widths[item.column],
        height: item.length,
      };
      return { cluster, content, box };
    });

  const placed: PlacedArrow[] = graph.arrows
    .filter(({ from }) => from.id !== FRAME)
    .map((arrow) => routed(arrow, links, channels, { columnX, channelX, widths, down }));

  const foot = graph.clusters.filter(({ column }) => column === Column.FOOT);
  if (frame && foot.length > 0) {
    const boxes = foot.map((cluster) => contents.get(cluster.id) as ClusterBox);
    const y = height - MARGIN + FOOT_GAP;
    const total = boxes.reduce((sum, box) => sum + box.width + GAP, -GAP);
    let left = Math.max(MARGIN, Math.round(frame.x + frame.width / 2 - total / 2));
    foot.forEach((cluster, index) => {
      const content = boxes[index];
      clusters.push({ cluster, content, box: { x: left, y, width: content.width, height: content.height } });
      const arrow = graph.arrows.find(({ from, to }) => from.id === FRAME && to.id === cluster.id);
      const middle = left + Math.round(content.width / 2);
      if (arrow) {
        const labelWidth = labelWidthOf(arrow);
        placed.push({
          arrow,
          points: [
            { x: middle, y: frame.y + frame.height },
            { x: middle, y },
          ],
          label: {
            x: middle - labelWidth / 2,
            y: y - FOOT_GAP / 2 - LABEL_HEIGHT / 2 - 4,
            width: labelWidth,
            height: LABEL_HEIGHT,
          },
        });
      }
      left += content.width + GAP;
    });
    height = y + Math.max(...boxes.map((box) => box.height)) + MARGIN;
  }
  return { width, height: Math.ceil(height), frame, clusters, arrows: placed };
}

function isOurs(column: Column): boolean {
  return column === Column.BACKUP_SERVER || column === Column.MIDDLE || column === Column.REPOSITORIES;
}

function piecesIn(channel: number, links: readonly Link[]): Piece[] {
  return links
    .filter((link) => link.channel === channel)
    .map(({ arrow, left, right, isLoop }): Piece => {
      const headIsLeft = !isLoop && arrow.to.id === left.anchorId;
      const headIsRight = !isLoop && arrow.to.id === right.anchorId;
      return {
        id: arrow.id,
        leftY: yOf(left),
        rightY: yOf(right),
        isLoop,
        leftLabel: headIsLeft || isLoop ? labelWidthOf(arrow) : 0,
        rightLabel: headIsRight ? labelWidthOf(arrow) : 0,
      };
    });
}

function labelWidthOf(arrow: Arrow): number {
  return textWidth(labelText(arrow), LABEL_FONT_SIZE) + 12;
}

const MAX_LABEL = 22;

/** The label of an arrow as it is drawn: of many ports, the first and how many more. */
export function labelText({ label, missing }: Arrow): string {
  return missing ? `✕ closed: ${shortened(label)}` : shortened(label);
}

function shortened(label: string): string {
  if (label.length <= MAX_LABEL) return label;
  const ports = label.split(", ");
  let shown = 1;
  while (ports.slice(0, shown + 1).join(", ").length <= MAX_LABEL - 5) shown++;
  const first = fitText(ports.slice(0, shown).join(", "), 1, MAX_LABEL * 0.6);
  return shown === ports.length ? first : `${first}, +${ports.length - shown}`;
}

interface Grid {
  readonly columnX: readonly number[];
  readonly channelX: readonly number[];
  readonly widths: readonly number[];
  readonly down: number;
}

function routed(arrow: Arrow, links: readonly Link[], channels: readonly Channel[], grid: Grid): PlacedArrow {
  const own = links.filter((link) => link.arrow === arrow);
  const points: Point[] = [];
  let label: Box | undefined;
  for (const link of own) {
    const { left, right, channel, isLoop } = link;
    const [leftY, rightY] = [yOf(left) + grid.down, yOf(right) + grid.down];
    const startX = boxEdge(left, "right", grid);
    const endX = isLoop ? boxEdge(right, "right", grid) : boxEdge(right, "left", grid);
    const trackX = grid.channelX[channel] + channels[channel].trackX(arrow.id);
    points.push(
      { x: startX, y: leftY },
      { x: trackX, y: leftY },
      { x: trackX, y: rightY },
      { x: endX, y: rightY },
    );
    const headIsLeft = !isLoop && arrow.to.id === left.anchorId;
    const headIsRight = isLoop || arrow.to.id === right.anchorId;
    if (headIsLeft || headIsRight) {
      const width = labelWidthOf(arrow);
      const y = (headIsLeft ? leftY : rightY) - LABEL_HEIGHT / 2;
      const atLeft = headIsLeft || isLoop;
      const x = atLeft
        ? grid.channelX[channel] + channels[channel].leftLabelX
        : grid.channelX[channel] + channels[channel].rightLabelEnd - width;
      label = { x, y, width, height: LABEL_HEIGHT };
    }
  }
  const backward = own.some(({ isLoop, left }) => !isLoop && arrow.to.id === left.anchorId);
  return { arrow, points: backward ? points.reverse() : points, label: label as Box };
}

function boxEdge({ item, anchorId }: Port, side: "left" | "right", { columnX, widths }: Grid): number {
  const isRow = item.content?.rows.some(({ id }) => id === anchorId) ?? false;
  const inset = isRow ? ROW_MARGIN : 0;
  return side === "left" ? columnX[item.column] + inset : columnX[item.column] + widths[item.column] - inset;
}
