import { html, type Html } from "../html/html";
import type { ReportFlow, ReportModel } from "../report-model";
import { FONT_SIZE, ROW_MARGIN, TextStyle } from "./boxes";
import type { Arrow, PictureGraph } from "./graph";
import { LABEL_FONT_SIZE, LABEL_LINE, labelLines, labelText } from "./label";
import { type Box, type Layout, layoutOf, type PlacedArrow, type PlacedCluster } from "./layout";
import { textWidth } from "./text-size";

/** A picture as SVG, and its natural size in CSS pixels. */
export interface DrawnPicture {
  readonly svg: Html;
  readonly width: number;
  readonly height: number;
}

const RADIUS = 8;
const HEAD_LENGTH = 8;
const HEAD_HALF = 4.5;

/** Draws a picture. Boxes are for the eye; what a screen reader needs is on the arrows, which are links to their flows. */
export function drawPicture(
  model: ReportModel,
  graph: PictureGraph,
  flowIds: ReadonlyMap<ReportFlow, string>,
): DrawnPicture {
  const layout = layoutOf(graph);
  const { width, height, frame, clusters, arrows } = layout;
  const exceeding = new Set(model.proof.excess.map(({ endpoint }) => endpoint));
  const svg = html`<svg
    class="picture"
    viewBox="0 0 ${width} ${height}"
    role="group"
    aria-labelledby="picture-title"
    aria-describedby="picture-text"
  >
    <title id="picture-title">Connections in ${model.path}</title>
    <g aria-hidden="true">
      ${frame && frameMark(frame)}${clusters.map((cluster) => clusterMark(cluster, exceeding))}${arrows.map(lineMark)}
    </g>
    ${inReadingOrder(layout).map((arrow) => linkMark(arrow, flowIds))}
  </svg>`;
  return { svg, width, height };
}

/** Arrows as one reads: from left to right, and from top to bottom. */
function inReadingOrder({ arrows }: Layout): PlacedArrow[] {
  return [...arrows].sort((a, b) => {
    return a.tail.x - b.tail.x || a.label.y - b.label.y || a.label.x - b.label.x;
  });
}

const FRAME_TITLES = ["Network security groups of this deployment", "This deployment"];
const FRAME_TITLE_SIZE = 12;

function frameMark(frame: Box): Html {
  // A sentence's letters are narrower than the widest.
  const room = (frame.width - 28) / 0.9;
  const title = FRAME_TITLES.find((text) => textWidth(text, FRAME_TITLE_SIZE) <= room);
  return html`<rect
      class="frame"
      x="${frame.x}"
      y="${frame.y}"
      width="${frame.width}"
      height="${frame.height}"
      rx="12"
    /><text class="frame-title" x="${frame.x + 14}" y="${frame.y + 18}">${title}</text>`;
}

function clusterMark({ cluster, box, content }: PlacedCluster, exceeding: ReadonlySet<string>): Html {
  const several = cluster.nodes.length > 1;
  const mark = (exceeds: boolean): string => (exceeds ? " exceeds" : "");
  const alone = !several && exceeding.has(cluster.nodes[0].end.label);
  const rows = content.rows.map((row, index) => {
    const exceeds = exceeding.has(cluster.nodes[index].end.label);
    const rect: Box = {
      x: box.x + ROW_MARGIN,
      y: box.y + row.y,
      width: box.width - 2 * ROW_MARGIN,
      height: row.height,
    };
    return html`<rect
        class="row${mark(exceeds)}"
        x="${rect.x}"
        y="${rect.y}"
        width="${rect.width}"
        height="${rect.height}"
        rx="5"
      />${exceeds && badge(rect)}`;
  });
  const texts = content.texts.map(
    ({ style, text, address, inset, y }) =>
      html`<text class="${style}" x="${box.x + inset}" y="${box.y + y}">${text}</text>${
          address !== undefined &&
          html`<text class="address at-end" x="${box.x + box.width - inset}" y="${box.y + y}"
            >${address}</text
          >`
        }`,
  );
  return html`<g class="${cluster.shared ? "shared" : cluster.ours ? "ours" : "others"}"
    ><rect
      class="box${mark(alone)}"
      x="${box.x}"
      y="${box.y}"
      width="${box.width}"
      height="${box.height}"
      rx="8"
    />${rows}${texts}${alone && badge(box)}</g
  >`;
}

const BADGE = "! allows more";

/** Marks an end whose groups allow more than its flows. */
function badge(box: Box): Html {
  const width = textWidth(BADGE, LABEL_FONT_SIZE) + 10;
  const x = box.x + box.width - width - 8;
  return html`<rect class="badge" x="${x}" y="${box.y - 9}" width="${width}" height="18" rx="9" /><text
      class="badge-text"
      x="${x + width / 2}"
      y="${box.y}"
      >${BADGE}</text
    >`;
}

function lineMark(placed: PlacedArrow): Html {
  const missing = placed.arrow.missing ? " missing" : "";
  return html`<path class="line${missing}" d="${linePath(placed)}" /><path
      class="head${missing}"
      d="${headPath(placed)}"
    />`;
}

function linkMark(placed: PlacedArrow, flowIds: ReadonlyMap<ReportFlow, string>): Html {
  const { arrow, label } = placed;
  const ids = arrow.flows.map((flow) => flowIds.get(flow) as string);
  const lines = labelLines(arrow);
  const middle = label.x + label.width / 2;
  const first = label.y + label.height / 2 - ((lines.length - 1) * LABEL_LINE) / 2;
  return html`<a
    class="arrow${arrow.missing ? " missing" : ""}"
    id="${arrow.id}"
    href="#${ids[0]}"
    data-flows="${ids.join(" ")}"
    data-title="${arrow.from.title} → ${arrow.to.title}"
    data-service="${arrow.label}"
    aria-label="${arrowText(arrow)}"
    ><path class="reach" d="${linePath(placed)}" /><path class="glow" d="${linePath(placed)}" /><path
      class="glow-head"
      d="${headPath(placed)}"
    /><rect
      class="label"
      x="${label.x}"
      y="${label.y}"
      width="${label.width}"
      height="${label.height}"
      rx="10"
    />${lines.map(
      (line, index) =>
        html`<text class="label-text" x="${middle}" y="${first + index * LABEL_LINE}">${line}</text> `,
    )}</a
  > `;
}

/** An arrow in words, those of its label among them. */
export function arrowText(arrow: Arrow): string {
  const { from, to, flows, missing } = arrow;
  const reasons = [...new Set(flows.map(({ flow }) => flow.reason))].join("; ");
  return `${from.title} to ${to.title}, ${labelText(arrow)}: ${reasons}.${missing ? " Blocked, although needed." : ""}`;
}

/** Level, up or down at the turn, and level again, with rounded corners. */
function linePath({ tail, turnX, head }: PlacedArrow): string {
  const end = head.x - HEAD_LENGTH * Math.sign(head.x - turnX) * 0.875;
  if (tail.y === head.y) return `M${tail.x} ${tail.y}H${end}`;
  const r = Math.min(RADIUS, Math.abs(head.y - tail.y) / 2);
  const [into, down, out] = [turnX - tail.x, head.y - tail.y, head.x - turnX].map(Math.sign);
  return [
    `M${tail.x} ${tail.y}H${turnX - into * r}`,
    `Q${turnX} ${tail.y} ${turnX} ${tail.y + down * r}V${head.y - down * r}`,
    `Q${turnX} ${head.y} ${turnX + out * r} ${head.y}H${end}`,
  ].join("");
}

function headPath({ turnX, head: { x, y } }: PlacedArrow): string {
  const base = x - HEAD_LENGTH * Math.sign(x - turnX);
  return `M${x} ${y}L${base} ${y + HEAD_HALF}L${base} ${y - HEAD_HALF}Z`;
}

/** Font sizes by selector, for the page's styles. */
export const PICTURE_FONT_SIZES: ReadonlyArray<readonly [selector: string, size: number]> = [
  ...Object.values(TextStyle).map((style) => [`.${style}`, FONT_SIZE[style]] as const),
  [".label-text", LABEL_FONT_SIZE],
  [".badge-text", LABEL_FONT_SIZE],
  [".frame-title", FRAME_TITLE_SIZE],
];
