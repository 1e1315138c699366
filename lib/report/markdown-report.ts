import type { ReportModel } from "./report-model";
import {
  type Block,
  type Cell,
  type Check,
  linesOf,
  type Phrase,
  phraseOf,
  type Section,
  type Table,
  tableOf,
} from "./sections/document";
import { countFacts, type Fact, networkFacts, sourcePhrase, verdictText } from "./sections/facts";
import { sectionsOf } from "./sections/sections";
import { requestsOf, serviceText, visibleText } from "./words";

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
  const none = { kind: "text" as const, text: "The deployment has no flows." };
  return { id: "flows", title: "Flows", blocks: rows.length === 0 ? [none] : tableOf("Flows", heads, rows) };
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

// Characters that cannot end a code span or a table cell.
const SAFE_AS_CODE = /^[^`|\\]*$/;

/** Text without markup, links and mentions in Markdown, also in a table. */
export function markdownText(text: string): string {
  return visibleText(text)
    .replace(/[&<>|`\\*_[\]~#$]/g, entity)
    .replace(/^([-+]|\d+[.)])(?=\s|$)/, (start) => [...start].map(entity).join(""))
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, entity)
    .replace(/(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])/g, "&#64;<!-- -->");
}

/** A name, address or port as code; as an element where backticks could be broken out of. */
export function markdownCode(text: string): string {
  const visible = visibleText(text);
  if (visible === "") return "";
  if (SAFE_AS_CODE.test(visible) && visible.trim() === visible) return `\`${visible}\``;
  return `<code>${[...visible].map((character) => (/[A-Za-z0-9 ]/.test(character) ? character : entity(character))).join("")}</code>`;
}

/** A link to the web; an address of anything else leads nowhere. */
function markdownLink(text: string, address: string): string {
  const target = !/^https?:\/\//i.test(address)
    ? "#"
    : visibleText(address).replace(/[^A-Za-z0-9:/?#@!$&*+,;=._~%-]/gu, (character) =>
        "()'".includes(character)
          ? `%${character.charCodeAt(0).toString(16)}`
          : encodeURIComponent(character),
      );
  return `[${markdownText(text)}](${target})`;
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
