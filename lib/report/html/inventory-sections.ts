import type { SecurityRule } from "../../azure/security-rule";
import { isSingle } from "../../ports/port-table";
import type { ReportComponent, ReportSharedGroup } from "../../plan/report-input";
import type { ReportEnd, ReportGroup, ReportModel } from "../report-model";
import { groupsOf, HERE_AND_ELSEWHERE, placeOf, placeOfOthers } from "../place-text";
import { machineText, plural, portsText, protocolText, roleTitle, sentenceList, typeTitle } from "../words";
import { requestsOfRules, ruleKey } from "../pages-text";
import { pageLink } from "./flows-section";
import { html, type Html, type HtmlValue } from "./html";
import { sideCodes } from "./rules";
import { codes, phraseMarkup, table } from "./table";

/** The components of the deployment, and where each is. */
export function componentsSection(model: ReportModel): Html {
  const columns = columnsOf(model);
  const others = model.ends.filter(({ components }) => components.length === 0);
  return html`<section id="components" aria-labelledby="components-h">
    <h2 id="components-h">Components</h2>
    <p class="lead">${HERE_AND_ELSEWHERE}</p>
    ${table({
      caption: "Components and their places",
      heads: ["Component", ...columns.map(({ head }) => head)],
      rows: [
        ...model.components.map((component) => {
          const end = model.ends.find(({ id }) => id === component.endpointId);
          return [nameText(component), ...columns.map(({ of }) => of(component, end))];
        }),
        ...others.map((end) => [end.label, ...columns.map(({ ofOthers }) => ofOthers(end))]),
      ],
    })}
  </section>`;
}

interface Column {
  readonly head: string;
  of(component: ReportComponent, end: ReportEnd | undefined): HtmlValue;
  ofOthers(end: ReportEnd): HtmlValue;
}

/** What nothing can be said of has no column. */
function columnsOf({ components }: ReportModel): Column[] {
  const nothing = (): string => "";
  const type: Column = { head: "Type", of: (one) => typeTitle(one.type), ofOthers: nothing };
  const machine: Column = { head: "Machine", of: (one) => machineText(one.machine), ofOthers: nothing };
  return [
    ...(components.some((one) => one.type !== undefined) ? [type] : []),
    {
      head: "Place",
      of: (component, end) => phraseMarkup(placeOf(component, end)),
      ofOthers: (end) => phraseMarkup(placeOfOthers(end)),
    },
    {
      head: "Group",
      of: (_, end) => phraseMarkup(groupsOf(end)),
      ofOthers: (end) => phraseMarkup(groupsOf(end)),
    },
    ...(components.some((one) => one.machine !== undefined) ? [machine] : []),
  ];
}

function nameText({ role, key }: ReportComponent): string {
  return `${roleTitle(role)}${isSingle(role) ? "" : ` ${key}`}`;
}

/** Every group with all its rules. */
export function groupsSection(model: ReportModel): Html {
  const requests = requestsOfRules(model.flows);
  return html`<section id="groups" aria-labelledby="groups-h">
    <h2 id="groups-h">Network security groups</h2>
    <p class="lead">
      The matching rule with the lowest priority number decides. Azure's default rules come after these.
    </p>
    <ul class="list">
      ${model.groups.map((group) => groupItem(group, groupHint(group), requests))}
      ${model.ends.map(
        ({ label, sharedGroup: group }) =>
          group &&
          groupItem(
            { name: group.name, rules: group.rules.map(({ rule }) => rule) },
            addedHint(group, label),
            requests,
          ),
      )}
    </ul>
  </section>`;
}

function groupHint({ rules, ends }: ReportGroup): string {
  const before = ends.length === 0 ? "nothing" : sentenceList(ends.map(({ label }) => label));
  return `${plural(rules.length, "rule")}, on ${before}`;
}

function addedHint({ rules }: ReportSharedGroup, label: string): string {
  return `${plural(rules.length, "rule")} added, on ${label}; the group is managed elsewhere`;
}

function groupItem(
  { name, rules }: { readonly name: string; readonly rules: readonly SecurityRule[] },
  hint: string,
  requests: ReadonlyMap<string, ReadonlySet<string>>,
): Html {
  return html`<li>
    <details>
      <summary>
        <span class="pair"><code>${name}</code></span
        ><span class="hint">${hint}</span>
      </summary>
      ${table({
        caption: `Rules of ${name}`,
        heads: [
          "Direction",
          "Priority",
          "Rule",
          "Access",
          "Protocol",
          "Source",
          "Destination",
          "Ports",
          "Requested by",
        ],
        naming: 2,
        rows: rules.map((rule) => [
          rule.direction,
          rule.priority,
          codes([rule.name]),
          rule.access,
          protocolText(rule.protocol),
          sideCodes(rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroupIds),
          sideCodes(rule.destinationAddressPrefixes, rule.destinationApplicationSecurityGroupIds),
          portsText(rule.destinationPortRanges),
          clauses([...(requests.get(ruleKey({ group: name, rule })) ?? [])]),
        ]),
      })}
    </details>
  </li> `;
}

/** Documented connections that are not enabled. */
export function closedSection(model: ReportModel): Html | false {
  if (model.closedSections.length === 0) return false;
  return html`<section id="closed" aria-labelledby="closed-h">
    <h2 id="closed-h">Not enabled</h2>
    <p class="lead">Connections that Veeam documents for these roles and this deployment does not enable.</p>
    ${table({
      caption: "Connections that are not enabled",
      heads: ["Section", "Connections", "Consequence", "Source"],
      rows: model.closedSections.map(({ section, neededFor, breaks, source, pageDate }) => [
        section,
        clauses(neededFor.split("; ")),
        clauses(breaks.split("; ")),
        pageLink(source, pageDate),
      ]),
    })}
  </section>`;
}

/** Several texts as a list. */
export function clauses(parts: readonly string[]): Html {
  return parts.length < 2
    ? html`${parts.join("")}`
    : html`<ul>
        ${parts.map((part) => html`<li>${part}</li>`)}
      </ul>`;
}
