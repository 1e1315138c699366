import { createHash } from "node:crypto";
import { bullets, type PageSection, phrase, sharedSection } from "./html/blocks";
import { flowsSection } from "./html/flows-section";
import { groupsSection } from "./html/groups-section";
import { h, type Html, type HtmlValue, markup } from "./html/html";
import { matrixSection } from "./html/matrix-section";
import { pictureSection } from "./html/picture-section";
import { pageScript, pageStyle } from "./html/style";
import { pictureGraph } from "./picture/graph";
import { drawPicture } from "./picture/svg";
import type { ReportModel } from "./report-model";
import { countFacts, type Fact, networkFacts, sourcePhrase, verdictText } from "./sections/facts";
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
  const links = sections.map(({ id, title }) => h("a", { href: `#${id}` }, title));
  return h("nav", { "aria-label": "Contents" }, bullets(links));
}

/** The verdict, the numbers and the network: what a reviewer needs first. */
function pageHeader(model: ReportModel): Html {
  const { path, proof, warnings, networks } = model;
  const icon = h(
    "svg",
    { viewBox: "0 0 24 24", "aria-hidden": "true" },
    h("path", { d: proof.holds ? "M5 12.5l4.5 4.5L19 7.5" : "M6.5 6.5l11 11M17.5 6.5l-11 11" }),
  );
  const reasons = !proof.holds && [" ", h("a", { href: "#proof" }, "See why")];
  return h(
    "header",
    h("p.kicker", "Veeam Backup for Microsoft Entra ID on Azure: network flows"),
    h("h1", path),
    h(
      "p",
      { class: proof.holds ? "verdict holds" : "verdict fails" },
      icon,
      h("span", verdictText(model), reasons),
    ),
    h(
      "dl.facts",
      countFacts(model).map(factItem),
      warnings.length > 0 && item("Warnings", h("a", { href: "#warnings" }, warnings.length)),
    ),
    networks.map((network) => h("dl.facts.place", networkFacts(network, model).map(factItem))),
  );
}

function factItem({ title, phrase: content }: Fact): Html {
  return item(title, phrase(content));
}

function item(title: string, content: HtmlValue): Html {
  return h("div", h("dt", title), h("dd", content));
}
