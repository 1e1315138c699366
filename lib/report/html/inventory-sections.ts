import { isSingle } from "../../ports/port-table";
import type { ReportComponent } from "../report-input";
import type { ReportGroup, ReportModel } from "../report-model";
import {
  machineText,
  plural,
  portsText,
  prefixesText,
  protocolText,
  roleTitle,
  sentenceList,
} from "../words";
import { safeAddress } from "./flows-section";
import { html, type Html } from "./html";
import { sideText } from "./rules";

/** What the deployment is made of, and where each part lives. */
export function componentsSection(model: ReportModel): Html {
  return html`<section id="components" aria-labelledby="components-h">
    <h2 id="components-h">Components</h2>
    <div class="scroll" role="region" aria-label="Components, scrolls sideways" tabindex="0">
      <table>
        <caption class="unseen">
          Components and where they live
        </caption>
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col">Where</th>
            <th scope="col">Group</th>
            ${hasMachines(model) && html`<th scope="col">Machine</th>`}
          </tr>
        </thead>
        <tbody>
          ${model.components.map((component) => componentRow(component, model))}${model.ends
            .filter(({ components }) => components.length === 0)
            .map(
              (end) =>
                html`<tr>
                  <th scope="row">${end.label}</th>
                  <td class="wraps">
                    ${end.serviceTag ? "service tag of Azure" : html`<code>${prefixesText(end.prefixes)}</code>`}
                  </td>
                  <td>${end.ours ? end.groups.join(", ") : "none here"}</td>
                  ${hasMachines(model) && html`<td></td>`}
                </tr> `,
            )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function hasMachines(model: ReportModel): boolean {
  return model.components.some(({ machine }) => machine !== undefined);
}

function componentRow(component: ReportComponent, model: ReportModel): Html {
  const { role, key, machine } = component;
  const end = model.ends.find(({ id }) => id === component.endpointId);
  const groups = end?.groups ?? [];
  return html`<tr>
    <th scope="row">${roleTitle(role)}${isSingle(role) ? "" : ` ${key}`}</th>
    <td class="wraps">${whereText(component)}</td>
    <td>${groups.length > 0 ? groups.map((name) => html`<code>${name}</code>`) : "none here"}</td>
    ${hasMachines(model) && html`<td class="wraps">${machineText(machine)}</td>`}
  </tr> `;
}

function whereText({ subnet, addresses, sharesMachineOf }: ReportComponent): Html {
  if (sharesMachineOf !== undefined) return html`on the machine of ${sharesMachineOf}`;
  if (subnet !== undefined) return html`subnet <code>${subnet}</code>`;
  return html`elsewhere, <code>${prefixesText(addresses ?? [])}</code>`;
}

/** Every group with all its rules. */
export function groupsSection(model: ReportModel): Html {
  return html`<section id="groups" aria-labelledby="groups-h">
    <h2 id="groups-h">Groups and their rules</h2>
    <p class="lead">
      As deployed: the lowest priority that matches decides. Azure's own rules come after these.
    </p>
    <ul class="list">
      ${model.groups.map(groupItem)}
    </ul>
  </section>`;
}

function groupItem({ name, ends, rules }: ReportGroup): Html {
  const before =
    ends.length === 0 ? "before nothing" : `before ${sentenceList(ends.map(({ label }) => label))}`;
  return html`<li>
    <details>
      <summary>
        <span class="pair"><code>${name}</code></span
        ><span class="hint">${plural(rules.length, "rule")}, ${before}</span>
      </summary>
      <div class="scroll" role="region" aria-label="Rules of ${name}, scrolls sideways" tabindex="0">
        <table>
          <caption class="unseen">
            Rules of ${name}
          </caption>
          <thead>
            <tr>
              <th scope="col">Direction</th>
              <th scope="col">Priority</th>
              <th scope="col">Rule</th>
              <th scope="col">Access</th>
              <th scope="col">Protocol</th>
              <th scope="col">Source</th>
              <th scope="col">Destination</th>
              <th scope="col">Ports</th>
            </tr>
          </thead>
          <tbody>
            ${rules.map(
              (rule) =>
                html`<tr>
                  <td>${rule.direction}</td>
                  <td>${rule.priority}</td>
                  <th scope="row"><code>${rule.name}</code></th>
                  <td>${rule.access}</td>
                  <td>${protocolText(rule.protocol)}</td>
                  <td class="wraps">
                    <code
                      >${sideText(rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroupIds)}</code
                    >
                  </td>
                  <td class="wraps">
                    <code
                      >${sideText(rule.destinationAddressPrefixes, rule.destinationApplicationSecurityGroupIds)}</code
                    >
                  </td>
                  <td class="wraps">${portsText(rule.destinationPortRanges)}</td>
                </tr> `,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </li> `;
}

/** Sections of Veeam's pages that stay closed, and what would need them. */
export function closedSection(model: ReportModel): Html | false {
  if (model.closedSections.length === 0) return false;
  return html`<section id="closed" aria-labelledby="closed-h">
    <h2 id="closed-h">What stays closed</h2>
    <p class="lead">Sections of Veeam's pages that this deployment does not open.</p>
    <div class="scroll" role="region" aria-label="Sections that stay closed, scrolls sideways" tabindex="0">
      <table>
        <caption class="unseen">
          Sections that stay closed
        </caption>
        <thead>
          <tr>
            <th scope="col">Section</th>
            <th scope="col">Needed for</th>
            <th scope="col">Does not work meanwhile</th>
            <th scope="col">Source</th>
          </tr>
        </thead>
        <tbody>
          ${model.closedSections.map(
            ({ section, neededFor, breaks, source, pageDate }) =>
              html`<tr>
                <th scope="row">${section}</th>
                <td>${clauses(neededFor)}</td>
                <td>${clauses(breaks)}</td>
                <td>
                  <a href="${safeAddress(source)}" rel="noreferrer"
                    >page${pageDate === undefined ? "" : ` of ${pageDate}`}</a
                  >
                </td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** A text of several clauses as a list. */
function clauses(text: string): Html {
  const parts = text.split("; ");
  return parts.length === 1
    ? html`${text}`
    : html`<ul>
        ${parts.map((part) => html`<li>${part}</li>`)}
      </ul>`;
}
