import {
  BackupRepositoryType,
  CacheRepositoryType,
  TYPES_BEHIND_GATEWAYS,
} from "../lib/ports/component-types";
import { type Connection, CONNECTIONS } from "../lib/ports/connections";
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

// Connections that rows of Used Ports ask for; those of the Entra ID page alone are always open.
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
    "What Veeam's page for Microsoft Entra ID prints is open in every deployment whose roles it is about. Everything else that Veeam asks for, on its page Used Ports, is closed until a deployment asks for it: by a feature, by naming addresses, or by naming what moves between repositories. Each connection below becomes one rule at each end that is ours, for the components that exist and no others, with the ports that the revision prints.",
    "```json\n" + EXAMPLE + "\n```",
    "Without an HTTP proxy, with administrators by their prefixes, a firewall for what has DNS names only, a copy, and a scale-out repository:",
    "```json\n" + MORE + "\n```",
    "Types decide ports, so a feature that depends on them asks for the `type` of the components that it is about; a component that shares a machine (`on`) has that machine's. Where the backup server is named as a proxy, that is because Veeam supports no other.",
    "## By feature",
    ...FEATURES.flatMap(({ feature, title }) => [
      `### ${code(feature)}`,
      `${title}.`,
      table(OF_USED_PORTS.filter(({ features }) => features.includes(feature))),
    ]),
    "## By naming what is there",
    ...byName().flatMap(([property, rows]) => [`### ${code(property)}`, table(rows)]),
    "## Administrators of other machines",
    "Veeam prints how administrators reach the backup server. Whoever names administrators wants to log on to the other machines too, so these rows open beside those above. Public prefixes are refused, and so are prefixes known only at apply.",
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
    `Repositories of the types ${TYPES_BEHIND_GATEWAYS.map(code).join(", ")} run none of Veeam's services. Veeam chooses who speaks to them among the gateway servers and the backup server, so the rows open from all of them; ${code("gateways")} on a repository narrows them to those that Veeam has been told to use.`,
    `Object storage is reached by ${code("region")}, the service tag of the region's storage, or by ${code("addresses")}, those of its private endpoint. Azure takes one service tag a rule, so each region has a rule of its own (${code("gateway-to-object-storage-<region>")}, priorities ${STORAGE_REGIONS[0].priority} to ${STORAGE_REGIONS[STORAGE_REGIONS.length - 1].priority}): ${STORAGE_REGIONS.map(({ region }) => region).join(", ")}.`,
    "## Endpoints without a service tag",
    `A security group cannot filter by DNS name, and a rule to ${code("Internet")} would be far wider than the row. With an HTTP proxy, machines reach these endpoints through it (${code(THROUGH_HTTP_PROXY.name)}; for the backup server the port table's own row to the proxy). A proxy elsewhere has its own way on. A proxy in a subnet of ours, and a deployment without a proxy, need ${code("dnsNames")}: a firewall that takes connections itself, such as Azure Firewall's explicit proxy (${code(THROUGH_FIREWALL.name)}), or the addresses of the endpoints. Without either the deployment is refused.`,
    rowsAsTable(
      ["`dnsNames.addresses`", "DNS names", "Protocol", "Ports", "For"],
      dnsNameConnections().map((row) => {
        const to = membersOfParty(row.to);
        return [
          code(to.kind === "dnsNames" ? to.group : ""),
          namesOf(row).map(code).join(", ") || "those that the certificates name",
          row.protocol.toUpperCase(),
          row.ports.join(", "),
          row.reason,
        ];
      }),
    ),
    "## The range for data channels",
    `Rows that print 2500-3300 take the range that Veeam has been told to use, in ${code("transmissionPorts")}. Each connection takes a port, and Veeam keeps the range on each server. A range with fewer ports than ${code("concurrentConnections")} is warned of.`,
    "## What Veeam does not support",
    "Refused, each with its reason:",
    [
      `- cache repositories of other types than ${Object.values(CacheRepositoryType).map(code).join(", ")}, object storage among them`,
      `- backup repositories of other types than ${Object.values(BackupRepositoryType).map(code).join(", ")}, Cloud Connect repositories among them`,
      "- remote backup proxies: the backup server is the only one",
      "- several repositories of Microsoft Entra ID",
    ].join("\n"),
    "## Revisions",
    "Every text of the two pages that is known:",
    rowsAsTable(
      ["Page", "Day", "Build", "Rows"],
      [...ENTRA_ID_PAGES, ...USED_PORTS_PAGES].map(({ name, source, pageDate, build, rows }) => [
        `[${name}](${source})`,
        pageDate,
        build,
        String(rows.length),
      ]),
    ),
    "## Every row",
    "Each row as the page printed it, from the first to the last day on which it did, with the rules that it is part of.",
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

/** Connections that no feature opens, by what a deployment names for them. */
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
