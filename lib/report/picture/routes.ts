import { labelHeightOf, labelWidthOf } from "./arrow-label";
import type { Channel, Piece } from "./channel";
import { ROW_MARGIN } from "./cluster-box";
import type { Box, Point } from "./geometry";
import type { Arrow } from "./graph";
import { type Link, type Port, yOf } from "./links";
import type { PlacedArrow } from "./placed";

/** Where columns and channels are. */
export interface Grid {
  /** Left edges of the columns. */
  readonly columnX: readonly number[];
  /** Left edges of the channels right of the columns. */
  readonly channelX: readonly number[];
  /** Widths of the columns. */
  readonly widths: readonly number[];
  /** How far everything is moved down, so that nothing is above the picture. */
  readonly down: number;
}

/** What runs in the channel right of a column. */
export function piecesIn(channel: number, links: readonly Link[]): Piece[] {
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

/** An arrow with its way through the channels. */
export function routed(
  arrow: Arrow,
  links: readonly Link[],
  channels: readonly Channel[],
  grid: Grid,
): PlacedArrow {
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
      const height = labelHeightOf(arrow);
      const y = (headIsLeft ? leftY : rightY) - height / 2;
      const atLeft = headIsLeft || isLoop;
      const x = atLeft
        ? grid.channelX[channel] + channels[channel].leftLabelX
        : grid.channelX[channel] + channels[channel].rightLabelEnd - width;
      label = { x, y, width, height };
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
