import type { ExcessConnection, MissingFlow } from "../../proof/prove";
import type { ReportModel } from "../report-model";
import {
  allowedText,
  blockedText,
  dependenceText,
  ruleReferenceText,
  unmatchableText,
  exampleText,
} from "../proof-text";
import { plural } from "../words";
import { html, type Html } from "./html";
import { table } from "./table";

/** What was proven, finding by finding. */
export function proofSection(model: ReportModel): Html {
  const { missing, excess, shadowedRules: shadowedRules, rulesWithoutFlow: rulesWithoutFlow } = model.proof;
  const flows = plural(model.flows.length, "flow");
  return html`<section id="proof" aria-labelledby="proof-h">
      <h2 id="proof-h">Verification</h2>
      <p class="lead">
        The rules were evaluated as Azure evaluates them, for all addresses, ports and protocols.
      </p>
      <ul class="checks">
        ${check(
          missing.length === 0,
          "Every flow is allowed",
          missing.length === 0
            ? `${flows}, each allowed at every end in this deployment.`
            : "These flows are blocked, fully or in part.",
          missing.length > 0 &&
            table({
              caption: "Blocked flows",
              heads: ["Flow", "From", "To", "Blocked by", "Example"],
              rows: missing.map((found) => [
                html`<code>${found.flow}</code>`,
                found.from,
                found.to,
                blockedText(found),
                instanceText(found),
              ]),
            }),
        )}
        ${check(
          excess.length === 0,
          "Nothing else is allowed",
          excess.length === 0
            ? "Each end was evaluated alone, as if the other end allowed everything."
            : "These ends allow connections that belong to no flow.",
          excess.length > 0 &&
            table({
              caption: "Connections allowed without a flow",
              heads: ["End", "Allowed by", "Example"],
              rows: excess.map((found) => [found.endpoint, allowedText(found), instanceText(found)]),
            }),
        )}
        ${remark(
          "Every rule can match",
          "Shadowed rules",
          "Rules with a lower priority number decide all their connections, so these rules have no effect.",
          shadowedRules.map(
            (found) =>
              html`<li>
                <code>${ruleReferenceText(found.rule)}</code>, ${found.direction.toLowerCase()}:
                ${unmatchableText(found)}.
              </li>`,
          ),
        )}
        ${remark(
          "Every allow rule has a flow",
          "Allow rules without a flow",
          "If they allow any connection, it is listed above.",
          rulesWithoutFlow.map((rule) => html`<li><code>${ruleReferenceText(rule)}</code></li>`),
        )}
      </ul>
    </section>
    <section id="assumptions" aria-labelledby="assumptions-h">
      <h2 id="assumptions-h">Assumptions</h2>
      <p class="lead">Limits of this analysis.</p>
      <ul class="plain">
        ${model.proof.assumptions.map((assumption) => html`<li>${assumption}</li>`)}
      </ul>
    </section>`;
}

function check(holds: boolean, title: string, text: string, details: Html | false): Html {
  const tag = holds
    ? html`<span class="tag good">✓ holds</span>`
    : html`<span class="tag bad">✕ does not hold</span>`;
  return html`<li>
    <h3>${title} ${tag}</h3>
    <p class="muted">${text}</p>
    ${details}
  </li>`;
}

/** What is worth knowing, but does not make the proof fail. */
function remark(clean: string, found: string, meaning: string, items: readonly Html[]): Html {
  const count = items.length;
  if (count === 0) {
    return html`<li>
      <h3>${clean} <span class="tag good">✓ holds</span></h3>
    </li>`;
  }
  return html`<li>
    <h3>${found} <span class="tag">${count} found</span></h3>
    <p class="muted">${meaning}</p>
    <ul class="plain">
      ${items}
    </ul>
  </li>`;
}

function instanceText({ example, dependsOn }: MissingFlow | ExcessConnection): string {
  return `${exampleText(example)}. ${dependenceText(dependsOn)}`;
}
