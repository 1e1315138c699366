import type { ReportDnsNames } from "./dns-names";
import type { ReportEnd, ReportFlow, ReportModel } from "./report-model";
import {
  dnsNamesText,
  portsText,
  prefixesText,
  protocolText,
  rowsOf,
  sentenceList,
  visibleText,
} from "./words";

const COLUMNS = [
  "Action",
  "End",
  "Direction",
  "Source",
  "Source addresses",
  "Destination",
  "Destination addresses",
  "Protocol",
  "Ports",
  "Reason",
  "Requested by",
  "Source page",
  "Page date",
  "Rows",
] as const;

/**
 * Firewall requests: a row for each end of each flow. `request` rows come
 * first: the owner of that end has to allow the connection there. `done` rows
 * are rules of this app, so that owners see both sides. Service tags have no
 * row: nothing has to be allowed there. DNS names are a request to the owner of
 * the HTTP proxy or firewall.
 *
 * RFC 4180: a header, commas, CRLF, quotes doubled. No cell can be taken for
 * a formula by a spreadsheet.
 */
export function csvReport(model: ReportModel): string {
  const rows = model.flows.flatMap((flow) => [
    rowAt(flow.from, "outbound", flow),
    rowAt(flow.to, "inbound", flow),
  ]);
  const known = [...rows, ...model.dnsNames.map(rowOfNames)].filter((row) => row !== undefined);
  const requests = known.filter(([todo]) => todo === REQUEST);
  const done = known.filter(([todo]) => todo !== REQUEST);
  return [COLUMNS, ...requests, ...done].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

const REQUEST = "request";

function rowAt(end: ReportEnd, direction: string, { flow, from, to }: ReportFlow): string[] | undefined {
  if (end.serviceTag && !end.ours) return undefined;
  return [
    end.ours || end.sharedGroup || end.openedBySameApp ? "done" : REQUEST,
    end.label,
    direction,
    from.label,
    addresses(from, flow.from.applicationSecurityGroupIds),
    to.label,
    addresses(to, flow.to.applicationSecurityGroupIds),
    protocolText(flow.protocol),
    portsText(flow.ports),
    flow.reason,
    flow.origin,
    flow.source ?? "",
    flow.pageDate ?? "",
    rowsOf(flow).join("; "),
  ];
}

function rowOfNames({ from, through, ...named }: ReportDnsNames<ReportEnd>): string[] | undefined {
  if (!through) return undefined;
  return [
    REQUEST,
    through.label,
    "outbound",
    through.label,
    addresses(through),
    "DNS names",
    named.names.join("; ") || dnsNamesText(named.names),
    "TCP",
    portsText(named.ports),
    `${named.reason}, from ${sentenceList(from.map(({ label }) => label))}`,
    named.origin,
    named.source ?? "",
    named.pageDate ?? "",
    "",
  ];
}

function addresses(end: ReportEnd, groups: readonly string[] = []): string {
  if (groups.length > 0) return groups.join("; ");
  if (end.serviceTag) return `service tag ${end.label}`;
  return end.prefixes.map((prefix) => prefixesText([prefix])).join("; ");
}

/**
 * One cell. A text that a spreadsheet would compute is preceded by an
 * apostrophe, which spreadsheets take for the mark of a text.
 *
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(text: string): string {
  const visible = visibleText(text);
  const harmless = /^\s*[=+\-@|%\uff0b\uff0d\uff1d\uff20]/.test(visible) ? `'${visible}` : visible;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
