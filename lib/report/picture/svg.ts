import { h, type Html, type HtmlValue, markup } from "../html/html";
import { pictureStyle } from "../html/style";
import type { ReportModel } from "../report-model";
import { FONT_SIZE, LABEL_LINE, labelLines, ROW_MARGIN, textWidth } from "./boxes";
import { type Arrow, type PictureGraph, pictureGraph } from "./graph";
import { type Box, layoutOf, type PlacedArrow, type PlacedCluster } from "./layout";

/** A picture as SVG, and its natural size in CSS pixels. */
export type DrawnPicture = ReturnType<typeof drawPicture>;

const RADIUS = 8;
const HEAD_LENGTH = 8;
const HEAD_HALF = 4.5;

/** The picture of a page. Screen readers skip the boxes and read the arrows, which are links to their flows. */
export function drawPicture(model: ReportModel, graph: PictureGraph) {
  const { width, height, boxes, arrows } = drawing(model, graph);
  const attributes = {
    class: "picture",
    viewBox: `0 0 ${width} ${height}`,
    role: "group",
    "aria-labelledby": "picture-title",
    "aria-describedby": "picture-text",
  };
  const title = h("title", { id: "picture-title" }, `Connections in ${model.path}`);
  const links = arrows.map(({ arrow, marks }) => {
    const ids = arrow.flows.map(({ id }) => id);
    const link = {
      class: classesOf(arrow),
      id: arrow.id,
      href: `#${ids[0]}`,
      "data-flows": ids.join(" "),
      "data-title": `${arrow.from.title} → ${arrow.to.title}`,
      "data-service": arrow.label,
      "aria-label": arrowText(arrow),
    };
    return h("a", link, marks);
  });
  return { svg: h("svg", attributes, title, h("g", { "aria-hidden": "true" }, boxes), links), width, height };
}

/** The picture alone, as an SVG file on white ground, for pages that show images. Its arrows lead nowhere. */
export function svgReport(model: ReportModel): string {
  const { width, height, boxes, arrows } = drawing(model, pictureGraph(model));
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  return h(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", class: "picture", ...size },
    markup(`\n<style>${pictureStyle()}</style>\n`),
    h("rect", { width, height, rx: 8, fill: "#ffffff" }),
    boxes,
    arrows.map(({ arrow, marks }) => h("g", { class: classesOf(arrow) }, marks)),
  ).text;
}

/** The marks of a picture; its arrows as one reads, from left to right and from top to bottom. */
function drawing(model: ReportModel, graph: PictureGraph) {
  const { width, height, frame, clusters, arrows } = layoutOf(graph);
  const exceeding = new Set(model.proof.excess.map(({ endpoint }) => endpoint));
  const inReadingOrder = [...arrows].sort(
    (a, b) => a.tail.x - b.tail.x || a.label.y - b.label.y || a.label.x - b.label.x,
  );
  return {
    width,
    height,
    boxes: [frame && frameMark(frame), clusters.map((cluster) => clusterMark(cluster, exceeding))],
    arrows: inReadingOrder.map((placed) => ({ arrow: placed.arrow, marks: arrowMarks(placed) })),
  };
}

function rect(classes: string, { x, y, width, height }: Box, rx: number): Html {
  return h("rect", { class: classes, x, y, width, height, rx });
}

function text(classes: string, x: number, y: number, content: string | undefined, size = FONT_SIZE): Html {
  return h("text", { class: classes, x, y, "font-size": size }, content);
}

function frameMark(frame: Box): HtmlValue {
  const isWide = frame.width > 300;
  const title = isWide ? "Network security groups of this deployment" : "This deployment";
  return [rect("frame", frame, 12), text("frame-title", frame.x + 14, frame.y + 15, title)];
}

function clusterMark({ cluster, box, content }: PlacedCluster, exceeding: ReadonlySet<string>): Html {
  const { nodes } = cluster;
  const outline = (classes: string, place: Box, rx: number, label?: string): HtmlValue => {
    const exceeds = label !== undefined && exceeding.has(label);
    return [rect(exceeds ? `${classes} exceeds` : classes, place, rx), exceeds && badge(place)];
  };
  const rows = content.rows.map(({ y, height }, index) => {
    const place = { x: box.x + ROW_MARGIN, y: box.y + y, width: box.width - 2 * ROW_MARGIN, height };
    return outline("row", place, 5, nodes[index].end.label);
  });
  const texts = content.texts.map(({ style, text: words, address, size, inset, y }) => [
    text(style, box.x + inset, box.y + y, words, size),
    address !== undefined && text("address at-end", box.x + box.width - inset, box.y + y, address),
  ]);
  const owner = cluster.shared ? "shared" : cluster.ours ? "ours" : "others";
  const alone = nodes.length === 1 ? nodes[0].end.label : undefined;
  return h("g", { class: owner }, outline("box", box, 8, alone), rows, texts);
}

const BADGE = "! allows more";

/** Marks an end whose groups allow more than its flows. */
function badge(box: Box): HtmlValue {
  const width = textWidth(BADGE, FONT_SIZE) + 10;
  const x = box.x + box.width - width - 8;
  return [
    rect("badge", { x, y: box.y - 9, width, height: 18 }, 9),
    text("badge-text", x + width / 2, box.y, BADGE),
  ];
}

function classesOf({ missing }: Arrow): string {
  return missing ? "arrow missing" : "arrow";
}

function arrowMarks(placed: PlacedArrow): HtmlValue {
  const { arrow, label } = placed;
  const lines = labelLines(arrow);
  const first = label.y + label.height / 2 - ((lines.length - 1) * LABEL_LINE) / 2;
  const line = linePath(placed);
  return [
    h("path", { class: "reach", d: line }),
    h("path", { class: "line", d: line }),
    h("path", { class: "head", d: headPath(placed) }),
    rect("label", label, 10),
    lines.map((words, index) =>
      text("label-text", label.x + label.width / 2, first + index * LABEL_LINE, words),
    ),
  ];
}

/** An arrow in words, those of its label among them. */
export function arrowText({ from, to, label, flows, missing }: Arrow): string {
  const reasons = [...new Set(flows.map(({ flow }) => flow.reason))].join("; ");
  const [blocked, why] = missing ? ["✕ blocked: ", " Blocked, although needed."] : ["", ""];
  return `${from.title} to ${to.title}, ${blocked}${label}: ${reasons}.${why}`;
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
