import { ConnectionEnd } from "../../proof/network";
import type { ReportEnd, ReportFlow, ReportModel } from "../report-model";
import { portsText, protocolText, sentenceList, serviceText } from "../words";
import { bullets, pageSection, type PageSection, sideways } from "./blocks";
import { h, type Html, type HtmlValue } from "./html";

/** With more ends than this, cells show letters instead of ports. */
const MAX_ENDS_WITH_PORTS = 10;

/** The allowed connections of every pair of ends: a matrix, or a list if a matrix has no room. */
export function matrixSection(model: ReportModel): PageSection {
  return pageSection(
    { id: "matrix", title: "Matrix" },
    h("div.on-wide", matrix(model)),
    h("div.on-narrow", list(model)),
  );
}

function matrix(model: ReportModel): HtmlValue {
  const { ends } = model;
  const codes = ends.length > MAX_ENDS_WITH_PORTS ? codesOf(model) : undefined;
  const head = (end: ReportEnd): Html => {
    const label = codes ? end.label : breakable(end.label);
    return h("th", { scope: "col" }, h("span", label, exceeds(model, end, ConnectionEnd.DESTINATION)));
  };
  const row = (from: ReportEnd): Html => {
    const name = h("th", { scope: "row" }, from.label, exceeds(model, from, ConnectionEnd.SOURCE));
    return h(
      "tr",
      name,
      ends.map((to) => cell(from, to, model, codes)),
    );
  };
  const corner = h("th", { scope: "col" }, h("small", "from ↓ to →"));
  return [
    h(
      "p.lead",
      "Rows are sources, columns are destinations. Connections of empty cells are denied by this deployment's network security groups. Shaded cells are between ends that are not part of this deployment.",
      excessNote(model),
    ),
    codes &&
      bullets(
        [...codes].map(([service, code]) => [h("b", code), ` ${service}`]),
        "ul.codes",
      ),
    sideways(
      "Matrix of connections",
      h(
        "table",
        { class: codes ? "matrix coded" : "matrix" },
        h("caption.unseen", "Allowed connections from each end (rows) to each end (columns)"),
        h("thead", h("tr", corner, ends.map(head))),
        h("tbody", ends.map(row)),
      ),
    ),
  ];
}

/** The same, end by end, with ports in place of letters. */
function list(model: ReportModel): HtmlValue {
  const silent = model.ends.filter((end) => !model.flows.some(({ from }) => from === end));
  const item = (from: ReportEnd): Html => {
    const pairs = model.ends.map((to) => {
      const flows = flowsBetween(from, to, model);
      const links = linksTo(flows, ", ", ({ id, flow }) =>
        h("a", { href: `#${id}` }, serviceText(flow.protocol, flow.ports)),
      );
      const whole = exceeds(model, to, ConnectionEnd.DESTINATION);
      return flows.length > 0 && h("li", `→ ${to.label}`, whole, ": ", links);
    });
    const title = h("h3", from.label, exceeds(model, from, ConnectionEnd.SOURCE));
    return h("li", title, h("ul", pairs));
  };
  const others = [
    h("h3", "Ends that open no connections"),
    h("p", sentenceList(silent.map(({ label }) => label))),
  ];
  return [
    h(
      "p.lead",
      "The connections that each end opens. All others are denied by this deployment's network security groups.",
      excessNote(model),
    ),
    h(
      "ul.list.by-end",
      model.ends.filter((end) => !silent.includes(end)).map(item),
      silent.length > 0 && h("li", others),
    ),
  ];
}

function flowsBetween(from: ReportEnd, to: ReportEnd, { flows }: ReportModel): ReportFlow[] {
  return flows.filter((flow) => flow.from === from && flow.to === to);
}

function linksTo(
  flows: readonly ReportFlow[],
  between: HtmlValue,
  linkTo: (flow: ReportFlow) => Html,
): HtmlValue {
  return flows.map((flow, index) => [index > 0 && between, linkTo(flow), flow.missing && BLOCKED]);
}

function mark(sign: string, meaning: string): Html {
  return h("span.mark", sign, h("span.unseen", meaning));
}

const BLOCKED = mark(" ✕", " blocked");

function exceeds({ proof }: ReportModel, { label }: ReportEnd, end: ConnectionEnd): HtmlValue {
  const found = proof.excess.some((excess) => excess.endpoint === label && excess.end === end);
  return found && [" ", mark("!", " allows more")];
}

function excessNote({ proof }: ReportModel): HtmlValue {
  return (
    proof.excess.length > 0 && [
      " ",
      h("b", "!"),
      " marks ends that allow more than the flows; see Verification.",
    ]
  );
}

/** A label that may break where its words do. */
function breakable(label: string): HtmlValue {
  const words = label.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[-_.])/);
  return words.map((word, index) => [index > 0 && h("wbr"), word]);
}

function cell(
  from: ReportEnd,
  to: ReportEnd,
  model: ReportModel,
  codes: ReadonlyMap<string, string> | undefined,
): Html {
  const flows = flowsBetween(from, to, model);
  if (flows.length === 0) {
    if (from.ours || to.ours) return h("td");
    const text = h("span.unseen", "not part of this deployment");
    return h("td.not-ours", text);
  }
  const links = linksTo(flows, codes ? " " : h("br"), ({ id, flow: { protocol, ports, reason } }) => {
    const service = serviceText(protocol, ports);
    const whole = ports.length === 0 ? service : [h("small", protocolText(protocol)), ` ${portsText(ports)}`];
    return h(
      "a",
      { href: `#${id}`, title: `${service}: ${reason}`, "aria-label": codes && service },
      codes ? codes.get(service) : whole,
    );
  });
  return h("td", { class: flows.some(({ missing }) => missing) ? "open closed-flow" : "open" }, links);
}

/** A letter for each service, in the order of the flows: a to z, then aa, ab. */
function codesOf(model: ReportModel): Map<string, string> {
  const services = new Set(model.flows.map(({ flow }) => serviceText(flow.protocol, flow.ports)));
  return new Map([...services].map((service, index) => [service, letters(index)]));
}

function letters(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : letters(Math.floor(index / 26) - 1) + letter;
}
