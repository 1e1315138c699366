import {
  BackupRepositoryType,
  CacheRepositoryType,
  TYPES_BEHIND_GATEWAYS,
} from "../lib/ports/component-types";
import { FEATURES } from "../lib/ports/features";
import { ADMINISTRATOR_ROWS, THROUGH_FIREWALL, THROUGH_HTTP_PROXY } from "../lib/ports/own-rows";
import { membersOfParty, type Party, wordsOfParty } from "../lib/ports/parties";
import { type PortSection, PROXY_PORT, type SectionRow } from "../lib/ports/port-table";
import { allPortSections } from "../lib/ports/sections";
import { STORAGE_REGIONS } from "../lib/azure/storage-regions";

/** A row with the section that it stands in. */
interface Placed {
  readonly section: PortSection;
  readonly row: SectionRow;
}

const ROWS: readonly Placed[] = allPortSections().flatMap((section) =>
  section.rows.map((row) => ({ section, row })),
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
    "What Veeam's page for Microsoft Entra ID prints is open in every deployment whose roles it is about. Everything else that Veeam asks for is closed until a deployment asks for it: by a feature, by naming addresses, or by naming what moves between repositories. Each row below becomes one rule at each end that is ours, for the components that exist and no others.",
    "```json\n" + EXAMPLE + "\n```",
    "Without an HTTP proxy, with administrators by their prefixes, a firewall for what has DNS names only, a copy, and a scale-out repository:",
    "```json\n" + MORE + "\n```",
    "Types decide ports, so a feature that depends on them asks for the `type` of the components that it is about; a component that shares a machine (`on`) has that machine's. Where the backup server is named as a proxy, that is because Veeam supports no other.",
    "## By feature",
    ...FEATURES.flatMap(({ feature, title }) => [
      `### ${code(feature)}`,
      `${title}.`,
      table(ROWS.filter(({ row }) => row.features.includes(feature))),
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
      dnsNameRows().map(({ row }) => {
        const to = membersOfParty(row.to);
        const [group, names] = to.kind === "dnsNames" ? [to.group, to.names] : ["", []];
        return [
          code(group),
          names.map(code).join(", ") || "those that the certificates name",
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
    "## Sections",
    "Where the rows come from:",
    rowsAsTable(
      ["Section", "Page of", "Build", "Rows"],
      allPortSections().map(({ section, source, pageDate, build, rows }) => [
        section,
        `[${pageDate}](${source})`,
        build,
        String(rows.length),
      ]),
    ),
  ]
    .join("\n\n")
    .concat("\n");
}

/** Rows that no feature opens, by what a deployment names for them. */
function byName(): Array<readonly [string, Placed[]]> {
  const properties = new Map<string, Placed[]>();
  for (const placed of ROWS) {
    if (placed.row.features.length > 0) continue;
    const property = propertyOf(placed.row.from) ?? propertyOf(placed.row.to) ?? "";
    properties.set(property, [...(properties.get(property) ?? []), placed]);
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

function dnsNameRows(): Placed[] {
  return ROWS.filter(({ row }) => membersOfParty(row.to).kind === "dnsNames");
}

function table(rows: readonly Placed[]): string {
  return rowsAsTable(
    ["From", "To", "Protocol", "Ports", "When", "Without it", "Rule", "Source"],
    rows.map(({ row, section }) => [
      words(row.from),
      words(row.to),
      row.protocol.toUpperCase(),
      row.ports.map((port) => (port === PROXY_PORT ? "the proxy's" : port)).join(", "),
      row.condition ?? "",
      row.without,
      `${code(row.name)}, ${row.priority}`,
      `[${section.section}, ${section.pageDate}](${section.source})`,
    ]),
  );
}

/** Veeam's words, in which an asterisk is one. */
function words(party: Party): string {
  return wordsOfParty(party).replaceAll("*", "\\*");
}

function code(text: string): string {
  return `\`${text}\``;
}

/** A Markdown table with columns as wide as their widest cell. */
function rowsAsTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column].length)));
  const format = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [
    format(lines[0]),
    format(widths.map((width) => "-".repeat(width))),
    ...lines.slice(1).map(format),
  ].join("\n");
}
