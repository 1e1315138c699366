import type { Flow } from "../azure/flow";
import { groupBy } from "../base/collections";
import type { ClosedRow, ClosedSection } from "../plan/flows/closed-sections";
import type { ReportModel } from "./report-model";
import { verdictText } from "./sections/facts";
import { plural, servicesText } from "./words";

/** The allowed connections of a deployment, what was verified, and how much is not enabled: about 25 lines. */
export function deploymentSummary(model: ReportModel, closedSections: readonly ClosedSection[]): string {
  const rules = model.groups.reduce((count, group) => count + group.rules.length, 0);
  const counts = [
    plural(model.flows.length, "flow"),
    plural(model.groups.length, "network security group"),
    plural(rules, "rule"),
  ];
  return [
    `Allowed connections (Veeam port table ${model.portTable.revision}):`,
    connectionsTable(model.flows.map(({ flow }) => flow)),
    `${counts.join(", ")}. ${verdictText(model)}`,
    ...dnsNamesLine(model),
    notEnabledLine(closedSections),
  ].join("\n");
}

/** One line for each pair of ends. */
function connectionsTable(flows: readonly Flow[]): string {
  const pairs = groupBy(flows, ({ from, to }) => `${from.id}\n${to.id}`);
  const rows = [...pairs.values()].map((same) => [
    same[0].from.label,
    same[0].to.label,
    servicesText(same),
    purposeText(same),
  ]);
  return alignedColumns([["From", "To", "Ports", "Purpose"], ...rows]);
}

function alignedColumns(rows: readonly string[][]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd();
  return rows.map((row) => `  ${line(row)}`).join("\n");
}

const LONGEST_PURPOSE = 50;

function purposeText(flows: readonly Flow[]): string {
  const [first, ...others] = new Set(flows.map(({ reason }) => reason));
  const words = first.slice(0, LONGEST_PURPOSE + 1).replace(/\W*\s\S*$/, "");
  const short = first.length > LONGEST_PURPOSE ? `${words} …` : first;
  return others.length === 0 ? short : `${short} (+${others.length})`;
}

function dnsNamesLine({ dnsNames }: ReportModel): string[] {
  const names = new Set(dnsNames.flatMap(({ names: some }) => some)).size;
  return names === 0
    ? []
    : [`To allow on the HTTP proxy or firewall: ${plural(names, "DNS name")}; the report lists them.`];
}

/** How much of what Veeam documents for the roles is not enabled. */
export function notEnabledLine(sections: readonly ClosedSection[]): string {
  const rows = sections.reduce((count, { closedRows }) => count + closedRows.length, 0);
  if (rows === 0) return "Everything that Veeam documents for these roles is enabled.";
  return `Not enabled: ${plural(rows, "connection")} that Veeam documents for these roles; the report lists them.`;
}

/** What Veeam documents for the roles of a deployment and the deployment does not enable, with how to enable it. */
export function notEnabledText(sections: readonly ClosedSection[]): string {
  if (sections.length === 0) return notEnabledLine(sections);
  return [
    "Documented by Veeam for these roles, but not enabled:",
    ...sections.flatMap(({ section, closedRows, rowsInQuestion }) => [
      `  ${section} (${closedRows.length} of ${plural(rowsInQuestion, "row")})`,
      ...new Set(closedRows.map(consequence)),
    ]),
  ].join("\n");
}

function consequence({ without, optional, opensWith }: ClosedRow): string {
  return `    - ${without}${optional ? " (optional)" : ""}; to enable: ${opensWith.join(" and ")}`;
}
