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
      <h2 id="proof-h">The proof</h2>
      <p class="lead">
        Found by evaluating the rules as Azure does, over all addresses, ports and protocols, not by trying
        some.
      </p>
      <ul class="checks">
        ${check(
          missing.length === 0,
          "Nothing is missing",
          missing.length === 0
            ? `${flows}, each open at every end that is filtered here.`
            : "These flows are closed, or a part of them is.",
          missing.length > 0 &&
            table({
              caption: "Flows that are closed",
              heads: ["Flow", "From", "To", "Closed by", "For instance"],
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
          "Nothing else is open",
          excess.length === 0
            ? "Judged at each end alone, as though the other end allowed everything."
            : "These ends allow, whatever the other end does, what no flow asks for.",
          excess.length > 0 &&
            table({
              caption: "What is open that no flow asks for",
              heads: ["End", "Allowed by", "For instance"],
              rows: excess.map((found) => [found.endpoint, allowedText(found), instanceText(found)]),
            }),
        )}
        ${remark(
          "Every rule can match",
          "Rules that no connection can reach",
          "Earlier rules decide everything that they speak of, so that they do nothing.",
          shadowedRules.map(
            (found) =>
              html`<li>
                <code>${ruleReferenceText(found.rule)}</code>, ${found.direction.toLowerCase()}:
                ${unmatchableText(found)}.
              </li>`,
          ),
        )}
        ${remark(
          "Every allow is asked for",
          "Allows that no flow asks for",
          "What they open, if anything, is listed above as open.",
          rulesWithoutFlow.map((rule) => html`<li><code>${ruleReferenceText(rule)}</code></li>`),
        )}
      </ul>
    </section>
    <section id="assumptions" aria-labelledby="assumptions-h">
      <h2 id="assumptions-h">What the proof assumes</h2>
      <p class="lead">What no look at rules can see.</p>
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
    <h3>${found} <span class="tag">${count} to know of</span></h3>
    <p class="muted">${meaning}</p>
    <ul class="plain">
      ${items}
    </ul>
  </li>`;
}

function instanceText({ example, dependsOn }: MissingFlow | ExcessConnection): string {
  return `${exampleText(example)}. ${dependenceText(dependsOn)}`;
}
