import { BOTH_PAGES } from "../../ports/disagreements";
import { disagreementHeads, failoverText } from "../pages-text";
import type { ReportModel } from "../report-model";
import { html, type Html } from "./html";
import { clauses } from "./inventory-sections";
import { table } from "./table";

/** Where Veeam's pages disagree, row against row, and what the failover range is for. */
export function pagesSection(model: ReportModel): Html | false {
  const failover = failoverText(model);
  if (model.disagreements.length === 0 && failover.length === 0) return false;
  return html`<section id="pages" aria-labelledby="pages-h">
    <h2 id="pages-h">Veeam's pages</h2>
    ${
      model.disagreements.length > 0 &&
      html`<p class="lead">The pages disagree on these connections. ${BOTH_PAGES}</p>
        ${table({
          caption: "Where the pages disagree",
          heads: disagreementHeads(model),
          rows: model.disagreements.map(({ entraId, usedPorts, follows }) => [
            entraId,
            clauses(usedPorts),
            follows,
          ]),
        })}`
    }
    ${failover.length > 0 && html`<h3>Failover range</h3>`} ${failover.map((text) => html`<p>${text}</p>`)}
  </section>`;
}
