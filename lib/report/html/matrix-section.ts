import { ConnectionEnd } from "../../proof/network";
import type { ReportEnd, ReportFlow, ReportModel } from "../report-model";
import { portsText, protocolText, sentenceList, serviceText } from "../words";
import { html, type Html } from "./html";

/** With more ends than this, cells show letters instead of ports. */
const MAX_ENDS_WITH_PORTS = 10;

/** The allowed connections of every pair of ends: a matrix, or a list if a matrix has no room. */
export function matrixSection(model: ReportModel, flowIds: ReadonlyMap<ReportFlow, string>): Html {
  return html`<section id="matrix" aria-labelledby="matrix-h">
    <h2 id="matrix-h">Matrix</h2>
    <div class="on-wide">${matrix(model, flowIds)}</div>
    <div class="on-narrow">${list(model, flowIds)}</div>
  </section>`;
}

function matrix(model: ReportModel, flowIds: ReadonlyMap<ReportFlow, string>): Html {
  const codes = model.ends.length > MAX_ENDS_WITH_PORTS ? codesOf(model) : undefined;
  return html`<p class="lead">
      Rows open connections to columns. Empty cells are denied by this deployment's network security groups.
      Shaded cells are between ends that are not part of this deployment.${excessNote(model)}
    </p>
    ${
      codes &&
      html`<ul class="codes">
        ${[...codes].map(([service, code]) => html`<li><b>${code}</b> ${service}</li>`)}
      </ul>`
    }
    <div class="scroll" role="region" aria-label="Matrix of connections, scrolls sideways" tabindex="0">
      <table class="matrix${codes && " coded"}">
        <caption class="unseen">
          Allowed connections from each end (rows) to each end (columns)
        </caption>
        <thead>
          <tr>
            <th scope="col"><small>from ↓ to →</small></th>
            ${model.ends.map((end) => html`<th scope="col"><span>${codes ? end.label : breakable(end.label)}${exceeds(model, end, ConnectionEnd.DESTINATION)}</span></th>`)}
          </tr>
        </thead>
        <tbody>
          ${model.ends.map(
            (from) =>
              html`<tr>
                <th scope="row">${from.label}${exceeds(model, from, ConnectionEnd.SOURCE)}</th>
                ${model.ends.map((to) => cell(from, to, model, flowIds, codes))}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>`;
}

/** The same, end by end, with ports in place of letters. */
function list(model: ReportModel, flowIds: ReadonlyMap<ReportFlow, string>): Html {
  const silent = model.ends.filter((end) => !model.flows.some(({ from }) => from === end));
  return html`<p class="lead">
      The connections that each end opens. All others are denied by this deployment's network security
      groups.${excessNote(model)}
    </p>
    <ul class="list by-end">
      ${model.ends
        .filter((end) => !silent.includes(end))
        .map(
          (from) =>
            html`<li>
              <h3>${from.label}${exceeds(model, from, ConnectionEnd.SOURCE)}</h3>
              <ul>
                ${model.ends.map((to) => pairItem(from, to, model, flowIds))}
              </ul>
            </li> `,
        )}
      ${
        silent.length > 0 &&
        html`<li>
          <h3>Ends that open no connections</h3>
          <p>${sentenceList(silent.map(({ label }) => label))}</p>
        </li>`
      }
    </ul>`;
}

function pairItem(
  from: ReportEnd,
  to: ReportEnd,
  model: ReportModel,
  flowIds: ReadonlyMap<ReportFlow, string>,
): Html | false {
  const flows = model.flows.filter((flow) => flow.from === from && flow.to === to);
  if (flows.length === 0) return false;
  const links = flows.map(
    (one, index) =>
      html`${index > 0 && ", "}<a href="#${flowIds.get(one)}"
          >${serviceText(one.flow.protocol, one.flow.ports)}</a
        >${one.missing && CLOSED}`,
  );
  return html`<li>→ ${to.label}${exceeds(model, to, ConnectionEnd.DESTINATION)}: ${links}</li> `;
}

const CLOSED = html`<span class="mark"> ✕<span class="unseen"> blocked</span></span>`;

function excessNote({ proof }: ReportModel): Html | false {
  return (
    proof.excess.length > 0 && html` <b>!</b> marks ends that allow more than the flows; see Verification.`
  );
}

/** A label that may break where its words do. */
function breakable(label: string): Html[] {
  const words = label.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[-_.])/);
  return words.map((word, index) => html`${index > 0 && html`<wbr />`}${word}`);
}

function cell(
  from: ReportEnd,
  to: ReportEnd,
  model: ReportModel,
  flowIds: ReadonlyMap<ReportFlow, string>,
  codes: ReadonlyMap<string, string> | undefined,
): Html {
  const flows = model.flows.filter((flow) => flow.from === from && flow.to === to);
  if (flows.length === 0) {
    if (from.ours || to.ours) return html`<td></td>`;
    return html`<td class="not-ours"><span class="unseen">not part of this deployment</span></td>`;
  }
  const links = flows.map((one, index) => {
    const service = serviceText(one.flow.protocol, one.flow.ports);
    const text = codes ? codes.get(service) : one.flow.ports.length > 0 ? cellText(one) : service;
    return html`${index > 0 && (codes ? " " : html`<br />`)}<a
        href="#${flowIds.get(one)}"
        title="${service}: ${one.flow.reason}"
        ${codes && html` aria-label="${service}"`}
        >${text}</a
      >${one.missing && CLOSED}`;
  });
  return html`<td class="open${flows.some(({ missing }) => missing) ? " closed-flow" : ""}">${links}</td>`;
}

function cellText({ flow }: ReportFlow): Html {
  return html`<small>${protocolText(flow.protocol)}</small> ${portsText(flow.ports)}`;
}

function exceeds(model: ReportModel, { label }: ReportEnd, end: ConnectionEnd): Html | false {
  const found = model.proof.excess.some((excess) => excess.endpoint === label && excess.end === end);
  return found && html` <span class="mark">!<span class="unseen"> allows more</span></span>`;
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
