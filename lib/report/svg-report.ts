import { pictureStyle } from "./html/style";
import { pictureGraph } from "./picture/graph";
import { drawPicture } from "./picture/svg";
import type { ReportModel } from "./report-model";

/** The picture alone, as an SVG file on white ground, for pages that show images. */
export function svgReport(model: ReportModel): string {
  const { svg, width, height } = drawPicture(model, pictureGraph(model));
  const drawn = svg.text;
  const content = drawn
    .slice(drawn.indexOf(">") + 1, drawn.lastIndexOf("</svg>"))
    // The arrows have no page with flows to lead to.
    .replace(/<a\s[^>]*?class="([^"]*)"[^>]*>/g, '<g class="$1">')
    .replace(/<\/a\s*>/g, "</g>")
    .trim();
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<style>${pictureStyle()}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#ffffff" />`,
    content,
    "</svg>",
    "",
  ].join("\n");
}
