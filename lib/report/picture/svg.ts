import { html, type Html } from "../html/html";
import type { ReportFlow, ReportModel } from "../report-model";
import { LABEL_FONT_SIZE, LABEL_LINE, labelLines, labelText } from "./arrow-label";
import { FONT_SIZE, ROW_MARGIN, TextStyle } from "./cluster-box";
import { type Box, type Point, roundedPath } from "./geometry";
import type { Arrow, PictureGraph } from "./graph";
import { type Layout, layoutOf } from "./layout";
import type { PlacedArrow, PlacedCluster } from "./placed";
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

/**
 * Draws a picture. Boxes are for the eye; what a screen reader needs is on the
 * arrows, which are links to their flows.
 */
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
    <title id="picture-title">Who opens connections to whom in ${model.path}</title>
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
    const [p, q] = [a.points[0], b.points[0]];
    return p.x - q.x || a.label.y - b.label.y || a.label.x - b.label.x;
  });
}

const FRAME_TITLES = ["Filtered here, by network security groups", "Filtered here"];
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
    ({ style, text, inset, y, atEnd }) =>
      html`<text
        class="${style}${atEnd ? " at-end" : ""}"
        x="${atEnd ? box.x + box.width - inset : box.x + inset}"
        y="${box.y + y}"
        >${text}</text
      >`,
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

const BADGE = "! more is open";

/** Says in words that an end is open beyond its flows. */
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

function lineMark({ arrow, points }: PlacedArrow): Html {
  return html`<path class="line${arrow.missing ? " missing" : ""}" d="${linePath(points)}" /><path
      class="head${arrow.missing ? " missing" : ""}"
      d="${headPath(points)}"
    />`;
}

function linkMark({ arrow, points, label }: PlacedArrow, flowIds: ReadonlyMap<ReportFlow, string>): Html {
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
    ><path class="reach" d="${linePath(points)}" /><path class="glow" d="${linePath(points)}" /><path
      class="glow-head"
      d="${headPath(points)}"
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
  return `${from.title} to ${to.title}, ${labelText(arrow)}: ${reasons}.${missing ? " Closed, though asked for." : ""}`;
}

function linePath(points: readonly Point[]): string {
  const last = points[points.length - 1];
  const [dx, dy] = headDirection(points);
  const end = { x: last.x - dx * (HEAD_LENGTH - 1), y: last.y - dy * (HEAD_LENGTH - 1) };
  return roundedPath([...points.slice(0, -1), end], RADIUS);
}

function headPath(points: readonly Point[]): string {
  const { x, y } = points[points.length - 1];
  const [dx, dy] = headDirection(points);
  const [baseX, baseY] = [x - dx * HEAD_LENGTH, y - dy * HEAD_LENGTH];
  return `M${x} ${y}L${baseX + dy * HEAD_HALF} ${baseY + dx * HEAD_HALF}L${baseX - dy * HEAD_HALF} ${baseY - dx * HEAD_HALF}Z`;
}

/** The way in which the last part of a line runs. */
function headDirection(points: readonly Point[]): readonly [dx: number, dy: number] {
  const last = points[points.length - 1];
  const before = [...points].reverse().find(({ x, y }) => x !== last.x || y !== last.y) ?? last;
  return [Math.sign(last.x - before.x), Math.sign(last.y - before.y)];
}

/** The sizes of the letters, for the page's styles. */
export const PICTURE_FONT_SIZES: ReadonlyArray<readonly [selector: string, size: number]> = [
  ...Object.values(TextStyle).map((style) => [`.${style}`, FONT_SIZE[style]] as const),
  [".label-text", LABEL_FONT_SIZE],
  [".badge-text", LABEL_FONT_SIZE],
  [".frame-title", FRAME_TITLE_SIZE],
];
