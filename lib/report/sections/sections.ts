import { Protocol } from "../../azure/security-rule";
import type { FailoverUse } from "../../plan/flows/page-notes";
import { BOTH_PAGES } from "../../ports/disagreements";
import type { ReportEnd, ReportModel } from "../report-model";
import { dnsNamesText, serviceText } from "../words";
import { componentsSection } from "./components";
import { listOf, namesIn, type Section, tableOf } from "./document";
import { pageLink } from "./facts";
import { assumptionsSection, proofSection } from "./proof";

/** The sections that HTML and Markdown share, by id. One without content is missing. */
export function sectionsOf(model: ReportModel): { readonly [id: string]: Section | undefined } {
  const sections = [
    warningsSection(model),
    namesSection(model),
    proofSection(model),
    assumptionsSection(model),
    componentsSection(model),
    pagesSection(model),
    closedSection(model),
  ];
  return Object.fromEntries(sections.filter(({ blocks }) => blocks.length > 0).map((one) => [one.id, one]));
}

function warningsSection({ warnings }: ReportModel): Section {
  return { id: "warnings", title: "Warnings", blocks: listOf(warnings) };
}

/** DNS names that the owner of the HTTP proxy or firewall has to allow. */
function namesSection({ dnsNames }: ReportModel): Section {
  const title = "DNS names to allow";
  const rows = dnsNames.map(({ names, ports, reason, origin, source, pageDate, from, through }) => [
    names.length > 0 ? { lines: names.map((name) => [{ name }]) } : dnsNamesText([]),
    [{ name: serviceText(Protocol.TCP, ports) }],
    namesIn(from.map(({ label }) => label)),
    through ? [{ name: through.label }] : "directly, by the configured addresses",
    reason,
    source === undefined ? origin : [`${origin}, `, pageLink(source, pageDate)],
  ]);
  return {
    id: "names",
    title,
    lead: "Network security groups cannot filter by name. Allow these names on the HTTP proxy or firewall.",
    blocks: tableOf(title, ["Names", "Ports", "From", "Through", "Purpose", "Requested by"], rows),
  };
}

/** Where Veeam's pages disagree, row against row, and what the failover range is for. */
function pagesSection(model: ReportModel): Section {
  const { disagreements, portTable } = model;
  const failover = failoverText(model);
  const heads = [
    `Entra ID ports, page of ${portTable.entraId.pageDate}`,
    `Used ports, page of ${portTable.usedPorts?.pageDate}`,
    "Followed here",
  ];
  const rows = disagreements.map(({ entraId, usedPorts, follows }) => [
    entraId,
    { lines: usedPorts },
    follows,
  ]);
  return {
    id: "pages",
    title: "Veeam's pages",
    lead: disagreements.length > 0 ? `The pages differ in these connections. ${BOTH_PAGES}` : undefined,
    blocks: [
      ...tableOf("Differences between the pages", heads, rows),
      ...(failover.length === 0 ? [] : [{ kind: "heading" as const, text: "Failover range" }]),
      ...failover.map((text) => ({ kind: "text" as const, text })),
    ],
  };
}

/** Documented connections that are not enabled. */
function closedSection({ closedSections }: ReportModel): Section {
  const rows = closedSections.map(({ section, neededFor, breaks, source, pageDate }) => [
    section,
    { lines: neededFor.split("; ") },
    { lines: breaks.split("; ") },
    [pageLink(source, pageDate)],
  ]);
  const heads = ["Section", "Connections", "Consequence", "Source"];
  return {
    id: "closed",
    title: "Not enabled",
    lead: "Connections that Veeam documents for these roles and this deployment does not enable.",
    blocks: tableOf("Connections that are not enabled", heads, rows),
  };
}

/** The failover range in sentences: the deployment's choice, and what another would close. */
function failoverText({ failover, portTable }: ReportModel): string[] {
  if (!failover) return [];
  const { choice, range, closed, closedOnBothPages } = failover;
  const entraId = `Entra ID ports of ${portTable.entraId.pageDate}`;
  const used = `Used ports of ${portTable.usedPorts?.pageDate}`;
  const reason = `${used} has ${range} as failover for port 6162 only.`;
  const saved = `${savedText(failover)} between ${pairsText(closed)}`;
  const open = `It is allowed. failoverRange "closed" would leave ${saved}.`;
  const narrow = `It is closed (failoverRange "${choice}"), which leaves ${saved}. While port 6162 is unavailable, no data is transferred there.`;
  const more = `${entraId} has the range without that condition between ${pairsText(closedOnBothPages)}.`;
  const both =
    choice === "closedOnBothPages"
      ? `It is closed there too, because the deployment follows ${used}.`
      : 'failoverRange "closedOnBothPages" would close it there too.';
  return [
    closed.length === 0 ? reason : `${reason} ${choice === "open" ? open : narrow}`,
    ...(closedOnBothPages.length === 0 ? [] : [`${more} ${both}`]),
  ];
}

function savedText({ range }: FailoverUse<ReportEnd>): string {
  const [first, last = first] = range.split("-").map(Number);
  return `one port instead of ${Number.isInteger(last - first) ? last - first + 1 : "the range"}`;
}

function pairsText(pairs: FailoverUse<ReportEnd>["closed"]): string {
  return pairs.map(({ from, to }) => `${from.label} → ${to.label}`).join("; ");
}
