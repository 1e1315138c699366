import { type ClusterBox, clusterBox } from "./cluster-box";
import { channelRoutes } from "./channel";
import { acrossColumns, FRAME_PADDING, MARGIN } from "./across-columns";
import { placeFoot } from "./foot";
import type { Box } from "./geometry";
import { Column, FRAME, type PictureGraph } from "./graph";
import { type Item, type Link, linksOf, PortRoom } from "./links";
import { orderColumns } from "./order-columns";
import { placeVertically } from "./place-vertically";
import type { PlacedArrow, PlacedCluster } from "./placed";
import { piecesIn, routed } from "./routes";

/** Where everything is. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Around everything that is filtered here. */
  readonly frame?: Box;
  readonly clusters: readonly PlacedCluster[];
  readonly arrows: readonly PlacedArrow[];
}

const FRAME_TITLE = 34;

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

  const ports = new PortRoom(
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
  const across = acrossColumns(widths, channels, ours);

  const everyItem = columns.flat();
  if (everyItem.length === 0) return { width: across.width, height: 2 * MARGIN, clusters: [], arrows: [] };
  const inFrame = everyItem.filter(({ column }) => ours.includes(column));
  const frameTop = topOf(inFrame) - FRAME_TITLE;
  const down = MARGIN - Math.min(topOf(everyItem), frameTop);
  const frame: Box | undefined = across.frame && {
    ...across.frame,
    y: frameTop + down,
    height: bottomOf(inFrame) + FRAME_PADDING - frameTop,
  };
  const bottom = Math.max(bottomOf(everyItem) + down, frame ? frame.y + frame.height : 0);
  const grid = { ...across, widths, down };

  const clusters = graph.clusters
    .filter(({ column }) => column !== Column.FOOT)
    .map((cluster): PlacedCluster => {
      const item = everyItem.find(({ id }) => id === cluster.id) as Item;
      const [x, y] = [across.columnX[item.column], item.center - item.length / 2 + down];
      const box = { x, y, width: widths[item.column], height: item.length };
      return { cluster, content: contents.get(cluster.id) as ClusterBox, box };
    });
  const arrows = graph.arrows
    .filter(({ from }) => from.id !== FRAME)
    .map((arrow) => routed(arrow, links, channels, grid));
  const foot = frame && placeFoot(graph, contents, frame, bottom);
  return {
    width: Math.max(across.width, (foot?.right ?? 0) + MARGIN),
    height: Math.ceil((foot?.bottom ?? bottom) + MARGIN),
    frame,
    clusters: [...clusters, ...(foot?.clusters ?? [])],
    arrows: [...arrows, ...(foot?.arrows ?? [])],
  };
}

function topOf(items: readonly Item[]): number {
  return Math.min(...items.map(({ center, length }) => center - length / 2));
}

function bottomOf(items: readonly Item[]): number {
  return Math.max(...items.map(({ center, length }) => center + length / 2));
}

function isOurs(column: Column): boolean {
  return column === Column.BACKUP_SERVER || column === Column.MIDDLE || column === Column.REPOSITORIES;
}
