import { packageVersion } from "../base/package-files";
import { Protocol } from "../azure/security-rule";
import { BY_NAME, STRAIGHT } from "./words";
import { markdownCode, markdownPhrase, markdownText } from "./markdown-text";
import { type Fact, networkFacts, operatingSystemsText } from "./network-facts";
import {
  allowedText,
  blockedText,
  dependenceText,
  ruleReferenceText,
  unmatchableText,
  exampleText,
} from "./proof-text";
import { BOTH_PAGES } from "../ports/disagreements";
import { disagreementHeads, failoverText, requestsOf } from "./pages-text";
import type { ReportFlow, ReportModel, ReportNamed } from "./report-model";
import { groupsOf, HERE_AND_ELSEWHERE, placeOf } from "./place-text";
import { verdictText } from "./verdict";
import { visibleText } from "./visible-text";
import { dnsNamesText, machineText, plural, roleTitle, serviceText, typeTitle } from "./words";

/** The report for a pull request, in GitHub's Markdown. */
export function markdownReport(model: ReportModel): string {
  const rules = model.groups.reduce((count, group) => count + group.rules.length, 0);
  const systems = operatingSystemsText(model.components);
  const sections = [
    `# ${markdownText(model.path)}: network flows`,
    `**${model.proof.holds ? "✅" : "❌"} ${markdownText(verdictText(model))}**`,
    `Port table ${markdownCode(model.portTable.revision)} (${pageLinks(model)}), ${plural(model.components.length, "component")}, ${plural(model.flows.length, "flow")}, ${plural(model.groups.length, "group")} with ${plural(rules, "rule")}.${systems && ` Operating systems: ${systems}.`}`,
    ...model.networks.map((network) => factList(networkFacts(network, model))),
    ...list("## Warnings", model.warnings.map(markdownText)),
    "## Flows",
    table(
      ["From", "To", "Protocol and ports", "Purpose", "Requested by", "Status"],
      model.flows.map(flowRow),
      "The deployment has no flows.",
    ),
    ...namesSection(model),
    ...proofSections(model),
    ...componentsSection(model),
    ...pagesSection(model),
    ...closedSections(model),
    ...list("## Assumptions", model.proof.assumptions.map(markdownText)),
    `Written by cdktf-veeam-entra-id ${packageVersion()}.`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function pageLinks({ portTable: { usedPorts, ...entraId } }: ReportModel): string {
  return [["Entra ID ports", entraId] as const, ...(usedPorts ? [["Used ports", usedPorts] as const] : [])]
    .map(([name, { source, pageDate }]) => `[${name}](${markdownLink(source)}) of ${markdownText(pageDate)}`)
    .join(", ");
}

function factList(facts: readonly Fact[]): string {
  return facts.map(({ title, phrase }) => `- ${title}: ${markdownPhrase(phrase)}`).join("\n");
}

function componentsSection({ components, ends }: ReportModel): string[] {
  const hasTypes = components.some(({ type }) => type !== undefined);
  const hasMachines = components.some(({ machine }) => machine !== undefined);
  const heads = [
    "Component",
    ...(hasTypes ? ["Type"] : []),
    "Place",
    "Groups",
    ...(hasMachines ? ["Machine"] : []),
  ];
  const rows = components.map((component) => {
    const end = ends.find(({ id }) => id === component.endpointId);
    return [
      `${roleTitle(component.role)} ${markdownCode(component.key)}`,
      ...(hasTypes ? [markdownText(typeTitle(component.type))] : []),
      markdownPhrase(placeOf(component, end)),
      markdownPhrase(groupsOf(end)),
      ...(hasMachines ? [markdownText(machineText(component.machine))] : []),
    ];
  });
  return ["## Components", HERE_AND_ELSEWHERE, table(heads, rows, "None.")];
}

function flowRow({ flow, from, to, missing }: ReportFlow): string[] {
  return [
    markdownCode(from.label),
    markdownCode(to.label),
    markdownCode(serviceText(flow.protocol, flow.ports)),
    markdownText(flow.reason),
    requestsOf(flow).map(markdownText).join("<br>"),
    missing ? "❌ blocked" : "✅ allowed",
  ];
}

/** For the owner of the HTTP proxy or firewall. */
function namesSection({ dnsNames }: ReportModel): string[] {
  if (dnsNames.length === 0) return [];
  const heads = ["Names", "Ports", "From", "Through", "Purpose", "Requested by"];
  return ["## DNS names to allow", BY_NAME, table(heads, dnsNames.map(namesRow), "")];
}

function namesRow({ named, from, through }: ReportNamed): string[] {
  return [
    named.names.length > 0 ? named.names.map(markdownCode).join("<br>") : markdownText(dnsNamesText([])),
    markdownCode(serviceText(Protocol.TCP, named.ports)),
    from.map(({ label }) => markdownCode(label)).join(", "),
    through ? markdownCode(through.label) : STRAIGHT,
    markdownText(named.reason),
    originText(named),
  ];
}

function originText({ source, origin }: { readonly source?: string; readonly origin: string }): string {
  return source === undefined ? markdownText(origin) : `[${markdownText(origin)}](${markdownLink(source)})`;
}

function proofSections({ proof }: ReportModel): string[] {
  const { missing, excess, shadowedRules: shadowedRules, rulesWithoutFlow: rulesWithoutFlow } = proof;
  return [
    "## Verification",
    [
      `- ${missing.length === 0 ? "✅ Every flow is allowed." : "❌ Flows are blocked, see below."}`,
      `- ${excess.length === 0 ? "✅ Nothing else is allowed. Each end was evaluated alone, as if the other end allowed everything." : "❌ More is allowed than the flows, see below."}`,
      `- ${shadowedRules.length === 0 ? "✅ Every rule can match." : `⚠️ ${plural(shadowedRules.length, "rule")} can never match, see below.`}`,
      `- ${rulesWithoutFlow.length === 0 ? "✅ Every allow rule has a flow." : `⚠️ ${plural(rulesWithoutFlow.length, "allow rule")} without a flow, see below.`}`,
    ].join("\n"),
    ...findings(
      "### Blocked flows",
      ["Flow", "From", "To", "Blocked", "Example"],
      missing.map((found) => [
        markdownCode(found.flow),
        markdownCode(found.from),
        markdownCode(found.to),
        markdownText(blockedText(found)),
        markdownText(`${exampleText(found.example)}. ${dependenceText(found.dependsOn)}`.trim()),
      ]),
    ),
    ...findings(
      "### Connections allowed without a flow",
      ["End", "Allowed", "Example"],
      excess.map((found) => [
        markdownCode(found.endpoint),
        markdownText(allowedText(found)),
        markdownText(`${exampleText(found.example)}. ${dependenceText(found.dependsOn)}`.trim()),
      ]),
    ),
    ...list(
      "### Shadowed rules",
      shadowedRules.map(
        (found) =>
          `${markdownText(ruleReferenceText(found.rule))}, ${found.direction.toLowerCase()}: ${markdownText(unmatchableText(found))}`,
      ),
    ),
    ...list(
      "### Allow rules without a flow",
      rulesWithoutFlow.map((rule) => markdownText(ruleReferenceText(rule))),
    ),
  ];
}

/** Where the pages disagree, and what the failover range is for. */
function pagesSection(model: ReportModel): string[] {
  const rows = model.disagreements.map(({ entraId, usedPorts, follows }) => [
    markdownText(entraId),
    usedPorts.map(markdownText).join("<br>"),
    markdownText(follows),
  ]);
  return [
    ...(rows.length === 0
      ? []
      : [
          "## Where Veeam's pages disagree",
          BOTH_PAGES,
          table(disagreementHeads(model).map(markdownText), rows, ""),
        ]),
    ...list("## Failover range", failoverText(model).map(markdownText)),
  ];
}

function closedSections({ closedSections: closed }: ReportModel): string[] {
  return findings(
    "## Not enabled",
    ["Section", "Connections", "Consequence", "Source"],
    closed.map(({ section, neededFor, breaks, source, pageDate }) => [
      markdownText(section),
      clauses(neededFor),
      clauses(breaks),
      `[page${pageDate === undefined ? "" : ` of ${markdownText(pageDate)}`}](${markdownLink(source)})`,
    ]),
  );
}

/** A text of several clauses, a line each. */
function clauses(text: string): string {
  return text.split("; ").map(markdownText).join("<br>");
}

function findings(
  heading: string,
  heads: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): string[] {
  return rows.length === 0 ? [] : [heading, table(heads, rows, "")];
}

function list(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [heading, items.map((item) => `- ${item}`).join("\n")];
}

function table(heads: readonly string[], rows: ReadonlyArray<readonly string[]>, empty: string): string {
  if (rows.length === 0) return empty;
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** An address as the target of a link: one that leads to the web, without what would end it. */
function markdownLink(address: string): string {
  if (!/^https?:\/\//i.test(address)) return "#";
  return visibleText(address).replace(/[^A-Za-z0-9:/?#@!$&*+,;=._~%-]/gu, (character) =>
    "()'".includes(character) ? `%${character.charCodeAt(0).toString(16)}` : encodeURIComponent(character),
  );
}
