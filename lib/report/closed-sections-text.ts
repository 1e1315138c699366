import type { ClosedSection } from "../plan/flows/closed-sections";
import type { DnsNamedConnection } from "../plan/flows/dns-name-flows";

/** What Veeam documents for the roles of a deployment and what is closed, for a terminal. */
export function closedSectionsText(sections: readonly ClosedSection[]): string {
  if (sections.length === 0) return "Nothing that Veeam documents for these roles is closed.";
  return [
    "Closed, of what Veeam documents for these roles:",
    ...sections.flatMap((section) => [
      `  ${section.section} (${section.closedRows.length} of ${section.rowsInQuestion} rows)`,
      ...consequences(section).map((line) => `    - ${line}`),
    ]),
  ].join("\n");
}

/** What does not work, and what opens it; each once. */
function consequences({ closedRows }: ClosedSection): string[] {
  const lines = closedRows.map(
    ({ without, optional, opensWith }) =>
      `${without}${optional ? " (optional)" : ""}; opens with ${opensWith.join(" and ")}`,
  );
  return [...new Set(lines)];
}

/** What a deployment reaches by DNS name, for those who configure the proxy or the firewall; nothing where it reaches nothing so. */
export function dnsNamesText(connections: readonly DnsNamedConnection[]): string {
  if (connections.length === 0) return "";
  return [
    "Reached by DNS name, which no security group can filter by:",
    ...connections.map(
      ({ names, ports, from, reason }) =>
        `  ${names.join(", ") || "endpoints that certificates name"}, TCP ${ports.join(", ")}, from ${from.join(", ")}: ${reason}`,
    ),
  ].join("\n");
}
