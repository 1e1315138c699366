import { FONT_SIZE } from "../picture/boxes";
import type { PictureGraph } from "../picture/graph";
import { arrowText, type DrawnPicture } from "../picture/svg";
import { bullets, pageSection, type PageSection, sideways } from "./blocks";
import { h, type Html, type HtmlValue } from "./html";

/** Up to this width, the letters of a picture can be read on an upright sheet of paper. */
const WIDEST_UPRIGHT = 1000;

/** On a sheet lying sideways, the room for a picture below the header, in pixels. */
const BELOW_HEADER = { width: 1062, height: 393 };
/** Letters are not made smaller than this, in points, to get the picture onto the first sheet. */
const SMALLEST_LETTERS = 5.5;

/** The picture, its key, the same in words, and the place where a selected flow's rules appear. */
export function pictureSection(picture: DrawnPicture, { arrows, clusters }: PictureGraph): PageSection {
  const isWide = picture.width > WIDEST_UPRIGHT;
  const scale = Math.min(BELOW_HEADER.width / picture.width, BELOW_HEADER.height / picture.height);
  const isFirst = scale * FONT_SIZE * 0.75 > SMALLEST_LETTERS;
  const selection = h(
    "div",
    { id: "selection", class: "selection", role: "region", "aria-label": "Rules at both ends", hidden: true },
    h(
      "div.selection-head",
      h("p", { role: "status", id: "selection-status" }),
      h("button", { type: "button", id: "selection-close" }, "Close"),
    ),
    h("div.ends", { id: "selection-ends" }),
  );
  const sentences = arrows.length === 0 ? ["There are no connections."] : arrows.map(arrowText);
  const words = h(
    "details.words",
    h("summary", "The picture in words"),
    bullets(sentences, "ul.plain", "picture-text"),
  );
  const classes = isWide ? (isFirst ? "sideways first" : "sideways") : undefined;
  return pageSection(
    { id: "picture", title: "Connections", classes },
    h("p.lead.no-print", "Select an arrow to see the rules at both ends."),
    h(
      "figure",
      sideways("Picture of the flows", picture.svg),
      key(
        arrows.some(({ missing }) => missing),
        clusters.some(({ shared }) => shared),
      ),
    ),
    selection,
    words,
  );
}

function key(hasMissing: boolean, hasShared: boolean): Html {
  const part = (width: number, text: string, ...shapes: HtmlValue[]): Html =>
    h("span", h("svg", { width, height: 16, "aria-hidden": "true" }, ...shapes), text);
  const box = (owner: string): Html =>
    h("g", { class: owner }, h("rect", { class: "box", x: 1, y: 1, width: 24, height: 14, rx: 4 }));
  const path = (classes: string, d: string): Html => h("path", { class: classes, d });
  const blocked = h("g", { class: "missing" }, path("line", "M1 8H33"));
  return h(
    "figcaption",
    part(26, "network security group of this deployment", box("ours")),
    hasShared && part(26, "group managed elsewhere, with rules of this deployment", box("shared")),
    part(26, "not part of this deployment", box("others")),
    part(34, "opens connections to", path("line", "M1 8H26"), path("head", "M33 8L25 3.5L25 12.5Z")),
    hasMissing && part(34, "✕ blocked, although needed", blocked),
  );
}
