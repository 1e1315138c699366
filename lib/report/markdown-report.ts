import {
  type Block,
  type Cell,
  type Check,
  linesOf,
  phraseOf,
  type Phrase,
  type Section,
  type Table,
} from "./sections/document";
import { countFacts, type Fact, networkFacts, sourcePhrase } from "./sections/facts";
import { sectionsOf } from "./sections/sections";
import { markdownCode, markdownLink, markdownText } from "./markdown-text";
import { requestsOf } from "./requests";
import type { ReportModel } from "./report-model";
import { verdictText } from "./verdict";
import { serviceText } from "./words";

/** The report for a pull request, in GitHub's Markdown. */
export function markdownReport(model: ReportModel): string {
  const { warnings, names, proof, assumptions, components, pages, closed } = sectionsOf(model);
  const sections = [warnings, flowsSection(model), names, proof, assumptions, components, pages, closed];
  const parts = [
    `# ${markdownText(model.path)}: network flows`,
    `**${model.proof.holds ? "✅" : "❌"} ${markdownText(verdictText(model))}**`,
    facts(countFacts(model)).join(" · "),
    ...model.networks.map((network) => bullets(facts(networkFacts(network, model)))),
    ...sections.flatMap((section) => (section ? sectionMarkdown(section) : [])),
    phraseMarkdown(sourcePhrase(model)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function facts(all: readonly Fact[]): string[] {
  return all.map(({ title, phrase }) => `${title}: ${phraseMarkdown(phrase)}`);
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function flowsSection({ flows }: ReportModel): Section {
  const rows = flows.map((one) => [
    [{ name: one.from.label }],
    [{ name: one.to.label }],
    [{ name: serviceText(one.flow.protocol, one.flow.ports) }],
    one.flow.reason,
    { lines: requestsOf(one.flow) },
    one.missing ? "❌ blocked" : "✅ allowed",
  ]);
  const heads = ["From", "To", "Protocol and ports", "Purpose", "Requested by", "Status"];
  const block: Block =
    rows.length === 0
      ? { kind: "text", text: "The deployment has no flows." }
      : { kind: "table", caption: "Flows", heads, rows };
  return { id: "flows", title: "Flows", blocks: [block] };
}

function sectionMarkdown({ title, lead, blocks }: Section): string[] {
  return [
    `## ${title}`,
    ...(lead === undefined ? [] : [markdownText(lead)]),
    ...blocks.flatMap(blockMarkdown),
  ];
}

function blockMarkdown(block: Block): string[] {
  switch (block.kind) {
    case "table":
      return [tableMarkdown(block)];
    case "list":
      return [bullets(block.items.map(phraseMarkdown))];
    case "checks":
      return [bullets(block.checks.map(checkLine)), ...block.checks.flatMap(checkFindings)];
    case "heading":
      return [`### ${block.text}`];
    case "text":
      return [markdownText(block.text)];
  }
}

const MARKS = { holds: "✅", fails: "❌", remark: "⚠️" } as const;

function checkLine({ result, title, tag, text }: Check): string {
  const line = `${title}${result === "remark" ? `: ${tag}` : ""}.`;
  return `${MARKS[result]} ${line}${text === undefined ? "" : ` ${markdownText(text)}`}`;
}

function checkFindings({ title, found }: Check): string[] {
  if (!found) return [];
  return [`### ${found.kind === "table" ? found.caption : title}`, ...blockMarkdown(found)];
}

function tableMarkdown({ heads, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [heads.map(markdownText), heads.map(() => "---"), ...rows.map((cells) => cells.map(cellMarkdown))]
    .map(line)
    .join("\n");
}

function cellMarkdown(cell: Cell): string {
  return linesOf(cell).map(phraseMarkdown).join("<br>");
}

function phraseMarkdown(phrase: string | Phrase): string {
  return phraseOf(phrase)
    .map((part) => {
      if (typeof part === "string") return markdownText(part);
      return "name" in part ? markdownCode(part.name) : markdownLink(part.text, part.address);
    })
    .join("");
}
