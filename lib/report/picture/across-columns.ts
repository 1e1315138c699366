import type { Channel } from "./channel";

/** Distance of everything from the picture's edges. */
export const MARGIN = 12;

/** Distance of the frame from what is in it. */
export const FRAME_PADDING = 14;

const NARROWEST_CHANNEL = 44;

/** Where columns, channels and the frame are, from left to right. */
export interface Across {
  /** Left edges of the columns. */
  readonly columnX: readonly number[];
  /** Left edges of the channels right of the columns. */
  readonly channelX: readonly number[];
  /** Width of the picture. */
  readonly width: number;
  /** @default - nothing is filtered here */
  readonly frame?: { readonly x: number; readonly width: number };
}

/**
 * Puts column, channel, column beside each other, with the frame around those
 * of ours. Its right edge is right of the last column of ours, or, where that
 * is the last of all, right of the arrows that return to it.
 */
export function acrossColumns(
  widths: readonly number[],
  channels: readonly Channel[],
  ours: readonly number[],
): Across {
  const columnX: number[] = [];
  const channelX: number[] = [];
  let x = MARGIN;
  let frameX = 0;
  let frameEnd = 0;
  widths.forEach((width, index) => {
    const isLast = index === widths.length - 1;
    const closesFrame = index === ours[ours.length - 1];
    if (index === ours[0]) {
      frameX = x;
      x += FRAME_PADDING;
    }
    columnX.push(x);
    x += width;
    if (closesFrame && !isLast) frameEnd = x += FRAME_PADDING;
    channelX.push(x);
    x += isLast ? channels[index].width : Math.max(channels[index].width, NARROWEST_CHANNEL);
    if (closesFrame && isLast) frameEnd = x += FRAME_PADDING;
  });
  const frame = ours.length > 0 ? { x: frameX, width: frameEnd - frameX } : undefined;
  return { columnX, channelX, width: x + MARGIN, frame };
}
