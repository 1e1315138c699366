import { Protocol } from "../../azure/security-rule";
import type { ReportModel } from "../report-model";
import { dnsNamesText, serviceText } from "../words";
import { componentsSection } from "./components";
import { namesIn, type Section } from "./document";
import { pageLink } from "./facts";
import { closedSection, pagesSection } from "./pages";
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
  const items = warnings.map((warning) => [warning]);
  return { id: "warnings", title: "Warnings", blocks: items.length === 0 ? [] : [{ kind: "list", items }] };
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
  const heads = ["Names", "Ports", "From", "Through", "Purpose", "Requested by"];
  return {
    id: "names",
    title,
    lead: "Network security groups cannot filter by name. Allow these names on the HTTP proxy or firewall.",
    blocks: rows.length === 0 ? [] : [{ kind: "table", caption: title, heads, rows }],
  };
}
