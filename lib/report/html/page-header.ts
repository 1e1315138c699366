import type { ReportModel } from "../report-model";
import { countFacts, type Fact, networkFacts } from "../sections/facts";
import { verdictText } from "../verdict";
import { phrase } from "./blocks";
import { h, type Html, type HtmlValue } from "./html";

/** The verdict, and what a reviewer asks first: how much there is, and where it lives. */
export function pageHeader(model: ReportModel): Html {
  const { path, proof, warnings, networks } = model;
  const icon = h(
    "svg",
    {
      viewBox: "0 0 24 24",
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 2.75,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
      "aria-hidden": "true",
    },
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
