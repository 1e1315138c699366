import { createHash } from "node:crypto";
import { sharedSection, phrase, type PageSection } from "./html/blocks";
import { flowsSection } from "./html/flows-section";
import { groupsSection } from "./html/groups-section";
import { h, type Html, markup } from "./html/html";
import { matrixSection } from "./html/matrix-section";
import { pageHeader } from "./html/page-header";
import { pictureSection } from "./html/picture-section";
import { pageScript, pageStyle } from "./html/style";
import { pictureGraph } from "./picture/graph";
import { drawPicture } from "./picture/svg";
import type { ReportModel } from "./report-model";
import { sourcePhrase } from "./sections/facts";
import { sectionsOf } from "./sections/sections";

/** The report as one page that loads nothing: styles, script and picture are in it, and its policy forbids anything else. */
export function htmlReport(model: ReportModel): string {
  const graph = pictureGraph(model);
  const picture = drawPicture(model, graph);
  const style = pageStyle(picture.width);
  const { warnings, names, proof, assumptions, components, pages, closed } = sectionsOf(model);
  const sections = [
    warnings,
    pictureSection(picture, graph),
    flowsSection(model),
    names,
    matrixSection(model),
    proof,
    assumptions,
    components,
    groupsSection(model),
    pages,
    closed,
  ].flatMap((section) => (section ? ["markup" in section ? section : sharedSection(section)] : []));
  const body = h(
    "body",
    h("a.skip", { href: "#main" }, "Skip to the report"),
    h(
      "div.wrap",
      pageHeader(model),
      contents(sections),
      h(
        "main",
        { id: "main", tabindex: -1 },
        sections.map((section) => section.markup),
      ),
      h("footer", h("p", phrase(sourcePhrase(model)))),
    ),
    markup(`<script>${pageScript()}</script>`),
  );
  return `<!DOCTYPE html>\n${h("html", { lang: "en" }, head(model, style), body).text}\n`;
}

function head({ path }: ReportModel, style: string): Html {
  return h(
    "head",
    h("meta", { charset: "utf-8" }),
    h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    h("meta", { "http-equiv": "Content-Security-Policy", content: contentPolicy(style) }),
    h("meta", { name: "color-scheme", content: "light dark" }),
    h("meta", { name: "referrer", content: "no-referrer" }),
    h("title", `${path}: network flows of Veeam Backup for Microsoft Entra ID`),
    h("link", { rel: "icon", href: "data:," }),
    markup(`<style>${style}</style>`),
  );
}

function contentPolicy(style: string): string {
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(pageScript())}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function contents(sections: readonly PageSection[]): Html {
  const items = sections.map(({ id, title }) => h("li", h("a", { href: `#${id}` }, title)));
  return h("nav", { "aria-label": "Contents" }, h("ul", items));
}
