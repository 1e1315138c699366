import {
  BackupRepositoryType,
  CacheRepositoryType,
  TYPES_BEHIND_GATEWAYS,
} from "../lib/ports/component-types";
import { type Connection, CONNECTIONS } from "../lib/ports/connections";
import { BOTH_PAGES } from "../lib/ports/disagreements";
import { FEATURES } from "../lib/ports/features";
import { reasonOutOfScope } from "../lib/ports/out-of-scope";
import { ADMINISTRATOR_ROWS, THROUGH_FIREWALL, THROUGH_HTTP_PROXY } from "../lib/ports/own-rows";
import { connectionsOfPage, connectionsOfRow, partsOfRow } from "../lib/ports/page-connections";
import { ENTRA_ID_PAGES, USED_PORTS_PAGES } from "../lib/ports/pages";
import { membersOfParty, type Party, wordsOfParty } from "../lib/ports/parties";
import type { PageRow, PortPage } from "../lib/ports/port-page";
import { PROXY_PORT } from "../lib/ports/port-table";
import { textOfRow } from "../lib/ports/row-differences";
import { STORAGE_REGIONS } from "../lib/azure/storage-regions";
import { code, rowsAsTable } from "./markdown-table";

// Connections that rows of Used Ports ask for; those of the Entra ID page alone are always allowed.
const OF_USED_PORTS: readonly Connection[] = CONNECTIONS.filter((connection) =>
  USED_PORTS_PAGES.some((page) => connectionsOfPage(page).some((asked) => asked.connection === connection)),
);

const EXAMPLE = `{
  "name": "veeam-entra",
  "location": "westeurope",
  "resourceGroup": "rg-veeam-entra",
  "virtualNetwork": { "addressSpace": ["10.20.0.0/24"] },
  "consoles": ["10.1.0.0/24"],
  "backupServer": { "subnet": "10.20.0.0/27", "type": "linux" },
  "httpProxy": { "addresses": ["10.4.0.4/32"], "port": 3128 },
  "cacheRepositories": { "cache": { "subnet": "10.20.0.64/27", "type": "linux" } },
  "gatewayServers": { "gateway": { "subnet": "10.20.0.96/27", "type": "windows" } },
  "backupRepositories": {
    "primary": { "subnet": "10.20.0.128/27", "type": "windows" },
    "share": { "addresses": ["10.2.0.0/27"], "type": "smb", "gateways": ["gatewayServers.gateway"] },
    "archive": { "type": "objectStorage", "region": "westeurope", "gateways": ["gatewayServers.gateway"] }
  },
  "features": ["logBackup", "tenantBackupCopy", "componentDeployment"],
  "administrators": { "bastionSubnet": "10.5.0.0/26" },
  "services": { "directory": ["10.0.0.4/32"] },
  "transmissionPorts": { "from": 2500, "to": 2699, "concurrentConnections": 100 }
}`;

const MORE = `{
  "name": "veeam-entra",
  "location": "westeurope",
  "resourceGroup": "rg-veeam-entra",
  "virtualNetwork": { "addressSpace": ["10.20.0.0/24"], "dnsServers": ["10.0.0.4"] },
  "consoles": ["10.1.0.0/24"],
  "backupServer": { "subnet": "10.20.0.0/27", "type": "linux" },
  "backupRepositories": {
    "primary": { "subnet": "10.20.0.64/27", "type": "windows" },
    "secondary": { "subnet": "10.20.0.96/27", "type": "linux" },
    "offsite": { "addresses": ["10.2.0.0/27"], "type": "linux" }
  },
  "features": ["tenantBackupCopy", "licenceUpdates"],
  "administrators": ["10.5.0.0/24"],
  "restClients": ["10.6.0.4/32"],
  "services": { "ntp": ["10.0.0.5/32"], "mail": ["10.0.0.6/32"], "syslogTls": ["10.0.0.7/32"] },
  "dnsNames": { "firewall": { "addresses": ["10.0.1.4/32"], "port": 8443 } },
  "backupCopies": [{ "from": "primary", "to": "offsite" }],
  "scaleOutRepositories": { "pool": { "extents": ["primary", "secondary"] } }
}`;

/** `docs/features.md`, from the data alone. */
export function featuresPage(): string {
  return [
    "<!-- Written by scripts/write-features-page.ts from lib/ports; do not edit. -->",
    "# Features",
    "Every deployment allows the rows of Veeam's page for Microsoft Entra ID that concern its roles. The rows of Veeam's page Used Ports are allowed only if a deployment enables them: with a feature, with addresses, or with copies between repositories. Each connection below becomes one rule in the group of each end that has a group, with the ports of the revision. This deployment enables many of them:",
    "```json\n" + EXAMPLE + "\n```",
    "This one has no HTTP proxy. It lists prefixes of administrators, a firewall for endpoints that have only DNS names, a backup copy, and a scale-out repository:",
    "```json\n" + MORE + "\n```",
    "Some ports depend on the operating system or kind of storage. If those of a feature do, its components need a `type`; a component that shares a machine (`on`) has the type of that machine. Rows for a backup proxy apply to the backup server, the only proxy that Veeam supports here.",
    "## Connections enabled by features",
    ...FEATURES.flatMap(({ feature, title }) => [
      `### ${code(feature)}`,
      `${title}.`,
      table(OF_USED_PORTS.filter(({ features }) => features.includes(feature))),
    ]),
    "## Connections enabled by properties",
    ...byName().flatMap(([property, rows]) => [`### ${code(property)}`, table(rows)]),
    "## Administrators of other machines",
    "Veeam documents how administrators reach the backup server. With `administrators`, these rows also let them log on to the other machines. Public prefixes and prefixes known only at apply are refused.",
    rowsAsTable(
      ["From", "To", "Protocol", "Ports", "For"],
      ADMINISTRATOR_ROWS.map((row) => [
        wordsOfParty(row.from),
        wordsOfParty(row.to),
        row.protocol.toUpperCase(),
        row.ports.join(", "),
        row.reason,
      ]),
    ),
    "## Repositories behind gateways",
    `Repositories of the types ${TYPES_BEHIND_GATEWAYS.map(code).join(", ")} do not run Veeam's services. Veeam reaches them through any gateway server or the backup server, so the rows are allowed from all of these; ${code("gateways")} on a repository limits them to those that Veeam is configured to use.`,
    `Object storage has a ${code("region")}, which selects the service tag of the region's storage, or ${code("addresses")} of its private endpoint. Azure accepts one service tag per rule, so each region has its own rule (${code("gateway-to-object-storage-<region>")}, priorities ${STORAGE_REGIONS[0].priority} to ${STORAGE_REGIONS[STORAGE_REGIONS.length - 1].priority}): ${STORAGE_REGIONS.map(({ region }) => region).join(", ")}.`,
    "## Endpoints without a service tag",
    `A security group cannot filter by DNS name, and a rule to ${code("Internet")} would allow far more than the row. With an HTTP proxy, machines reach these endpoints through it (${code(THROUGH_HTTP_PROXY.name)}; for the backup server, the row to the proxy in the port table). If the proxy is managed elsewhere, nothing else is needed. If the proxy is in a subnet of the deployment, or the deployment has no proxy, set ${code("dnsNames")}: a firewall that accepts connections itself, such as Azure Firewall's explicit proxy (${code(THROUGH_FIREWALL.name)}), or the addresses of the endpoints. Without either, the deployment is refused.`,
    rowsAsTable(
      ["`dnsNames.addresses`", "DNS names", "Protocol", "Ports", "For"],
      dnsNameConnections().map((row) => {
        const to = membersOfParty(row.to);
        return [
          code(to.kind === "dnsNames" ? to.group : ""),
          namesOf(row).map(code).join(", ") || "the names in the certificates",
          row.protocol.toUpperCase(),
          row.ports.join(", "),
          row.reason,
        ];
      }),
    ),
    "## The range for data channels",
    `Rows with 2500-3300 use the range that Veeam is configured to use, in ${code("transmissionPorts")}. Each connection takes a port. If the range has fewer ports than ${code("concurrentConnections")}, a warning says so.`,
    `Since 2026-02-13, Used Ports documents the range as failover for port 6162 in most rows. ${code("failoverRange")} allows it with ${code("open")} (the default); ${code("closed")} removes it from these rows, which leaves one port instead of 801; ${code("closedOnBothPages")} also removes it from the rows of the Entra ID page between the same ends. The report lists the connections that each choice would remove.`,
    "## Differences between the pages",
    `${BOTH_PAGES} While a cache repository is changed (${code("cacheMigration")}), the rows of both pages are allowed. ${code("veeam-ports tables REVISION")} lists the rows that differ. The report shows which of them the deployment follows.`,
    "## Not supported by Veeam",
    "These are refused, each with its reason:",
    [
      `- cache repositories of types other than ${Object.values(CacheRepositoryType).map(code).join(", ")}, for example object storage`,
      `- backup repositories of types other than ${Object.values(BackupRepositoryType).map(code).join(", ")}, for example Cloud Connect repositories`,
      "- remote backup proxies: the backup server is the only one",
      "- more than one Entra ID backup repository",
    ].join("\n"),
    "## Revisions",
    "All known revisions of the two pages. [Connections in each revision](revisions.md) shows the flows of four deployments.",
    rowsAsTable(
      ["Page", "Date", "Build", "Rows"],
      [...ENTRA_ID_PAGES, ...USED_PORTS_PAGES].map(({ name, source, pageDate, build, rows }) => [
        `[${name}](${source})`,
        pageDate,
        build,
        String(rows.length),
      ]),
    ),
    "## All rows",
    "All rows in the words of the page, with the dates of the revisions that contain them, and their rules.",
    ...[ENTRA_ID_PAGES, USED_PORTS_PAGES].flatMap(everyRow),
  ]
    .join("\n\n")
    .concat("\n");
}

/** Every row of a page in a table for each section, with its dates. */
function everyRow(pages: readonly PortPage[]): string[] {
  const texts = new Map<string, Map<string, { row: PageRow; page: PortPage; days: string[] }>>();
  for (const page of pages) {
    for (const row of page.rows) {
      const section = texts.get(row.section) ?? new Map();
      texts.set(row.section, section);
      const key = [row.from, row.to, textOfRow(row)].join(" | ");
      const known = section.get(key) ?? { row, page, days: [] };
      section.set(key, { ...known, days: [...known.days, page.pageDate] });
    }
  }
  const [{ name }] = pages;
  return [...texts].flatMap(([section, rows]) => [
    `### ${section === "" ? name : `${name}: ${section}`}`,
    rowsAsTable(
      ["From", "To", "Ports", "Days", "Rules"],
      [...rows.values()].map(({ row, page, days }) => [
        plain(row.from),
        plain(row.to),
        plain(textOfRow(row)),
        daysOf(pages, days),
        rulesOf(page, row),
      ]),
    ),
  ]);
}

function rulesOf(page: PortPage, row: PageRow): string {
  const rules = new Set(connectionsOfRow(page, row).map(({ connection: { name } }) => code(name)));
  const reasons = partsOfRow(row).flatMap(([from, to, port]) => reasonOutOfScope(from, to, port) ?? []);
  return rules.size > 0 ? [...rules].join(", ") : `none: ${plain(reasons[0])}`;
}

/** Days as a span; a page keeps a row until its next text lacks it. */
function daysOf(pages: readonly PortPage[], days: readonly string[]): string {
  const last = days[days.length - 1];
  const isNewest = last === pages[pages.length - 1].pageDate;
  return isNewest ? `since ${days[0]}` : days[0] === last ? days[0] : `${days[0]} to ${last}`;
}

function plain(text: string): string {
  return text.replace(/[<>]/g, (bracket) => (bracket === "<" ? "&lt;" : "&gt;")).replaceAll("*", "\\*");
}

/** Connections that no feature enables, by what a deployment names for them. */
function byName(): Array<readonly [string, Connection[]]> {
  const properties = new Map<string, Connection[]>();
  for (const connection of OF_USED_PORTS) {
    if (connection.features.length > 0) continue;
    const property = propertyOf(connection.from) ?? propertyOf(connection.to) ?? "";
    properties.set(property, [...(properties.get(property) ?? []), connection]);
  }
  return [...properties].sort(([a], [b]) => (a < b ? -1 : 1));
}

function propertyOf(party: Party): string | undefined {
  const members = membersOfParty(party);
  switch (members.kind) {
    case "peers":
      return members.given.join(", ");
    case "copy":
      return "backupCopies";
    case "extent":
      return "scaleOutRepositories";
    case "migration":
      return "cacheMigration";
    case "dnsServers":
      return "virtualNetwork.dnsServers";
    default:
      return undefined;
  }
}

function dnsNameConnections(): Connection[] {
  return OF_USED_PORTS.filter(({ to }) => membersOfParty(to).kind === "dnsNames");
}

function rowsOf(connection: Connection): Array<{ row: PageRow; page: PortPage }> {
  return USED_PORTS_PAGES.flatMap((page) =>
    connectionsOfPage(page).filter((asked) => asked.connection === connection),
  );
}

function namesOf(connection: Connection): string[] {
  return [...new Set(rowsOf(connection).flatMap(({ row }) => row.dnsNames))];
}

function table(connections: readonly Connection[]): string {
  return rowsAsTable(
    ["From", "To", "Protocol", "Ports", "Without it", "Rule", "Used ports"],
    connections.map((connection) => [
      words(connection.from),
      words(connection.to),
      connection.protocol.toUpperCase(),
      connection.ports.map((port) => (port === PROXY_PORT ? "the proxy's" : port)).join(", "),
      connection.without,
      `${code(connection.name)}, ${connection.priority}`,
      daysOf(
        USED_PORTS_PAGES,
        rowsOf(connection).map(({ page }) => page.pageDate),
      ),
    ]),
  );
}

/** Veeam's words, in which an asterisk is one. */
function words(party: Party): string {
  return wordsOfParty(party).replaceAll("*", "\\*");
}
