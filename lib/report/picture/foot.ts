import { labelHeightOf, labelWidthOf } from "./arrow-label";
import { MARGIN } from "./across-columns";
import type { ClusterBox } from "./cluster-box";
import type { Box } from "./geometry";
import { type Arrow, Column, FRAME, type PictureGraph } from "./graph";
import { GAP } from "./place-vertically";
import type { PlacedArrow, PlacedCluster } from "./placed";

/** Room above and below a label between the frame and the foot. */
const ABOVE_LABEL = 16;
const BELOW_LABEL = 24;
const FRAME_INSET = 12;

/** What stands below the columns. */
export interface Foot {
  readonly clusters: readonly PlacedCluster[];
  readonly arrows: readonly PlacedArrow[];
  /** Where it ends. */
  readonly right: number;
  readonly bottom: number;
}

/** Places what everything of ours connects to in a row below the rest, with an arrow each from the frame. */
export function placeFoot(
  graph: PictureGraph,
  contents: ReadonlyMap<string, ClusterBox>,
  frame: Box,
  above: number,
): Foot | undefined {
  const foot = graph.clusters.filter(({ column }) => column === Column.FOOT);
  if (foot.length === 0) return undefined;
  const boxes = foot.map(({ id }) => contents.get(id) as ClusterBox);
  const total = boxes.reduce((sum, { width }) => sum + width + GAP, -GAP);
  const arrowsTo = (id: string): Arrow[] =>
    graph.arrows.filter(({ from, to }) => from.id === FRAME && to.id === id);
  const labels = foot.flatMap(({ id }) => arrowsTo(id)).map(labelHeightOf);
  const gap = ABOVE_LABEL + Math.max(0, ...labels) + BELOW_LABEL;
  const y = above + gap;
  let x = Math.max(MARGIN, Math.round(frame.x + frame.width / 2 - total / 2));
  const clusters = foot.map((cluster, index): PlacedCluster => {
    const content = boxes[index];
    const box = { x, y, width: content.width, height: content.height };
    x += content.width + GAP;
    return { cluster, content, box };
  });
  return {
    clusters,
    arrows: clusters.flatMap(({ cluster, box }) =>
      arrowsTo(cluster.id).map((arrow) => arrowDown(arrow, box, frame, box.y - gap)),
    ),
    right: x - GAP,
    bottom: y + Math.max(...boxes.map(({ height }) => height)),
  };
}

/** From the frame's lower edge, or, where the box is beside the frame, from as near to it as there is. */
function arrowDown(arrow: Arrow, box: Box, frame: Box, above: number): PlacedArrow {
  const middle = box.x + Math.round(box.width / 2);
  const width = labelWidthOf(arrow);
  const bottom = frame.y + frame.height;
  const x = Math.min(Math.max(middle, frame.x + FRAME_INSET), frame.x + frame.width - FRAME_INSET);
  const height = labelHeightOf(arrow);
  const bend = above + 10;
  return {
    arrow,
    points: [
      { x, y: bottom },
      { x, y: bend },
      { x: middle, y: bend },
      { x: middle, y: box.y },
    ],
    label: {
      x: middle - width / 2,
      y: box.y - BELOW_LABEL - height,
      width,
      height,
    },
  };
}
