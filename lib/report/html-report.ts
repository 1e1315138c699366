import { createHash } from "node:crypto";
import { packageVersion } from "../base/package-files";
import { flowIds } from "./html/flow-ids";
import { flowsSection, pageLink } from "./html/flows-section";
import { html, type Html, markup } from "./html/html";
import { closedSection, componentsSection, groupsSection } from "./html/inventory-sections";
import { matrixSection } from "./html/matrix-section";
import { namesSection } from "./html/names-section";
import { pageHeader } from "./html/page-header";
import { pagesSection } from "./html/pages-section";
import { pictureSection } from "./html/picture-section";
import { proofSection } from "./html/proof-section";
import { pageScript, pageStyle } from "./html/style";
import { pictureGraph } from "./picture/graph";
import { drawPicture } from "./picture/svg";
import type { ReportModel } from "./report-model";

/** The report as one page that loads nothing: styles, script and picture are in it, and its policy forbids anything else. */
export function htmlReport(model: ReportModel): string {
  const ids = flowIds(model);
  const graph = pictureGraph(model);
  const picture = drawPicture(model, graph, ids);
  const style = pageStyle(picture.width);
  const { usedPorts } = model.portTable;
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy(style)}" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${model.path}: network flows of Veeam Backup for Microsoft Entra ID</title>
        <link rel="icon" href="data:," />
        ${markup(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <div class="wrap">
          ${pageHeader(model)} ${contents(model)}
          <main id="main" tabindex="-1">
            ${warnings(model)} ${pictureSection(picture, graph)} ${flowsSection(model, ids)}
            ${namesSection(model)} ${matrixSection(model, ids)} ${proofSection(model)}
            ${componentsSection(model)} ${groupsSection(model)} ${pagesSection(model)} ${closedSection(model)}
          </main>
          <footer>
            <p>
              Port table ${model.portTable.revision}: Entra ID ports,
              ${pageLink(model.portTable.source, model.portTable.pageDate)}${
                usedPorts && html`; Used ports, ${pageLink(usedPorts.source, usedPorts.pageDate)}`
              }.
              Written by cdktf-veeam-entra-id ${packageVersion()}.
            </p>
          </footer>
        </div>
        ${markup(`<script>${pageScript()}</script>`)}
      </body>
    </html> `.text;
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

function contents(model: ReportModel): Html {
  const parts: Array<readonly [id: string, title: string]> = [
    ["picture", "Picture"],
    ["flows", "Flows"],
    ...(model.dnsNames.length > 0 ? [["names", "DNS names"] as const] : []),
    ["matrix", "Matrix"],
    ["proof", "Proof"],
    ["assumptions", "Assumptions"],
    ["components", "Components"],
    ["groups", "Groups"],
    ...(model.disagreements.length > 0 || model.failover ? [["pages", "Veeam's pages"] as const] : []),
    ...(model.closedSections.length > 0 ? [["closed", "Not enabled"] as const] : []),
  ];
  return html`<nav aria-label="Contents">
    <ul>
      ${parts.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
    </ul>
  </nav>`;
}

function warnings(model: ReportModel): Html | false {
  if (model.warnings.length === 0) return false;
  return html`<section id="warnings" aria-labelledby="warnings-h">
    <h2 id="warnings-h">Warnings</h2>
    <ul class="notes">
      ${model.warnings.map((warning) => html`<li>${warning}</li>`)}
    </ul>
  </section>`;
}
