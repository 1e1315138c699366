import { h, type Html, type HtmlValue } from "../html/html";
import type { ReportModel } from "../report-model";
import {
  FONT_SIZE,
  LABEL_FONT_SIZE,
  LABEL_LINE,
  labelLines,
  labelText,
  ROW_MARGIN,
  TextStyle,
  textWidth,
} from "./boxes";
import type { Arrow, PictureGraph } from "./graph";
import { type Box, type Layout, layoutOf, type PlacedArrow, type PlacedCluster } from "./layout";

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
export function drawPicture(model: ReportModel, graph: PictureGraph): DrawnPicture {
  const layout = layoutOf(graph);
  const { width, height, frame, clusters, arrows } = layout;
  const exceeding = new Set(model.proof.excess.map(({ endpoint }) => endpoint));
  const svg = h(
    "svg",
    {
      class: "picture",
      viewBox: `0 0 ${width} ${height}`,
      role: "group",
      "aria-labelledby": "picture-title",
      "aria-describedby": "picture-text",
    },
    h("title", { id: "picture-title" }, `Connections in ${model.path}`),
    h(
      "g",
      { "aria-hidden": "true" },
      frame && frameMark(frame),
      clusters.map((cluster) => clusterMark(cluster, exceeding)),
      arrows.map(lineMark),
    ),
    inReadingOrder(layout).map(linkMark),
  );
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

function rect(classes: string, { x, y, width, height }: Box, rx: number): Html {
  return h("rect", { class: classes, x, y, width, height, rx });
}

function text(classes: string, x: number, y: number, content: string | undefined): Html {
  return h("text", { class: classes, x, y }, content);
}

function frameMark(frame: Box): HtmlValue {
  // A sentence's letters are narrower than the widest.
  const room = (frame.width - 28) / 0.9;
  const title = FRAME_TITLES.find((one) => textWidth(one, FRAME_TITLE_SIZE) <= room);
  return [rect("frame", frame, 12), text("frame-title", frame.x + 14, frame.y + 18, title)];
}

function clusterMark({ cluster, box, content }: PlacedCluster, exceeding: ReadonlySet<string>): Html {
  const exceeds = (index: number): boolean => exceeding.has(cluster.nodes[index].end.label);
  const outline = (classes: string, place: Box, rx: number, isExceeding: boolean): Html =>
    rect(isExceeding ? `${classes} exceeds` : classes, place, rx);
  const alone = cluster.nodes.length === 1 && exceeds(0);
  const rows = content.rows.map(({ y, height }, index) => {
    const place = { x: box.x + ROW_MARGIN, y: box.y + y, width: box.width - 2 * ROW_MARGIN, height };
    return [outline("row", place, 5, exceeds(index)), exceeds(index) && badge(place)];
  });
  const texts = content.texts.map(({ style, text: words, address, inset, y }) => [
    text(style, box.x + inset, box.y + y, words),
    address !== undefined && text("address at-end", box.x + box.width - inset, box.y + y, address),
  ]);
  const owner = cluster.shared ? "shared" : cluster.ours ? "ours" : "others";
  return h("g", { class: owner }, outline("box", box, 8, alone), rows, texts, alone && badge(box));
}

const BADGE = "! allows more";

/** Marks an end whose groups allow more than its flows. */
function badge(box: Box): HtmlValue {
  const width = textWidth(BADGE, LABEL_FONT_SIZE) + 10;
  const x = box.x + box.width - width - 8;
  return [
    rect("badge", { x, y: box.y - 9, width, height: 18 }, 9),
    text("badge-text", x + width / 2, box.y, BADGE),
  ];
}

function path(classes: string, d: string): Html {
  return h("path", { class: classes, d });
}

function lineMark(placed: PlacedArrow): HtmlValue {
  const missing = placed.arrow.missing ? " missing" : "";
  return [path(`line${missing}`, linePath(placed)), path(`head${missing}`, headPath(placed))];
}

function linkMark(placed: PlacedArrow): Html {
  const { arrow, label } = placed;
  const ids = arrow.flows.map(({ id }) => id);
  const lines = labelLines(arrow);
  const first = label.y + label.height / 2 - ((lines.length - 1) * LABEL_LINE) / 2;
  return h(
    "a",
    {
      class: arrow.missing ? "arrow missing" : "arrow",
      id: arrow.id,
      href: `#${ids[0]}`,
      "data-flows": ids.join(" "),
      "data-title": `${arrow.from.title} → ${arrow.to.title}`,
      "data-service": arrow.label,
      "aria-label": arrowText(arrow),
    },
    path("reach", linePath(placed)),
    path("glow", linePath(placed)),
    path("glow-head", headPath(placed)),
    rect("label", label, 10),
    lines.map((line, index) =>
      text("label-text", label.x + label.width / 2, first + index * LABEL_LINE, line),
    ),
  );
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
