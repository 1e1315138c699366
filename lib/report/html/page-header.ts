import { type Fact, networkFacts, operatingSystemsText } from "../network-facts";
import type { ReportModel } from "../report-model";
import { verdictText } from "../verdict";
import { html, type Html } from "./html";
import { phraseMarkup } from "./table";

/** The verdict, and what a reviewer asks first: how much there is, and where it lives. */
export function pageHeader(model: ReportModel): Html {
  const { holds } = model.proof;
  const icon = holds ? "M5 12.5l4.5 4.5L19 7.5" : "M6.5 6.5l11 11M17.5 6.5l-11 11";
  return html`<header>
    <p class="kicker">Veeam Backup for Microsoft Entra ID on Azure: network flows</p>
    <h1>${model.path}</h1>
    <p class="verdict ${holds ? "holds" : "fails"}">
      <svg
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="2.75"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
      >
        <path d="${icon}" /></svg
      ><span>${verdictText(model)}${!holds && html` <a href="#proof">See why</a>`}</span>
    </p>
    <dl class="facts">
      ${counts(model).map(factItem)}
      ${
        model.warnings.length > 0 &&
        html`<div>
          <dt>Warnings</dt>
          <dd><a href="#warnings">${model.warnings.length}</a></dd>
        </div>`
      }
    </dl>
    ${model.networks.map((network) => html`<dl class="facts place">${networkFacts(network, model).map(factItem)}</dl> `)}
  </header>`;
}

function counts(model: ReportModel): Fact[] {
  const rules = model.groups.reduce((count, group) => count + group.rules.length, 0);
  const systems = operatingSystemsText(model.components);
  return [
    { title: "Port table", phrase: [model.portTable.revision] },
    { title: "Components", phrase: [String(model.components.length)] },
    ...(systems === "" ? [] : [{ title: "Operating systems", phrase: [systems] }]),
    { title: "Flows", phrase: [String(model.flows.length)] },
    { title: "Groups", phrase: [String(model.groups.length)] },
    { title: "Rules", phrase: [String(rules)] },
  ];
}

function factItem({ title, phrase }: Fact): Html {
  return html`<div>
    <dt>${title}</dt>
    <dd>${phraseMarkup(phrase)}</dd>
  </div> `;
}
