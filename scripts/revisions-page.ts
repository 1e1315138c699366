import type { Deployment } from "../lib/plan/deployment";
import { plan } from "../lib/plan/plan";
import { allPortTables } from "../lib/ports/revisions";
import { code, rowsAsTable } from "./markdown-table";

/** A deployment that the page shows in every revision. */
export interface NamedDeployment {
  readonly title: string;
  /** What it is made of, in a sentence. */
  readonly text: string;
  readonly deployment: Deployment;
}

const named = (name: string): object => ({
  name,
  location: "westeurope",
  resourceGroup: `rg-${name}`,
  virtualNetwork: { addressSpace: ["10.20.0.0/24"] },
  consoles: ["10.1.0.0/24"],
  backupServer: { subnet: "10.20.0.0/27", type: "linux" },
});

/** The deployments whose connections the page lists. */
export const NAMED_DEPLOYMENTS: readonly NamedDeployment[] = [
  {
    title: "Tenant backup copy through an SMB repository behind a gateway server",
    text: "A Windows gateway server with a subnet, an SMB share elsewhere, and the domain controllers for its accounts.",
    deployment: {
      ...named("smb"),
      gatewayServers: { gateway: { subnet: "10.20.0.32/27", type: "windows" } },
      backupRepositories: {
        share: { addresses: ["10.2.0.4/32"], type: "smb", gateways: ["gatewayServers.gateway"] },
      },
      services: { directory: ["10.0.0.4/32"] },
      features: ["tenantBackupCopy"],
    },
  },
  {
    title: "Log backup to a Linux cache repository and a hardened repository",
    text: "A cache repository and a backup repository, each with a subnet.",
    deployment: {
      ...named("logs"),
      cacheRepositories: { cache: { subnet: "10.20.0.32/27", type: "linux" } },
      backupRepositories: { hardened: { subnet: "10.20.0.64/27", type: "hardened" } },
      features: ["logBackup"],
    },
  },
  {
    title: "Tenant backup copy to object storage",
    text: "A Linux gateway server with a subnet, object storage identified by its region, and a firewall for certificate revocation.",
    deployment: {
      ...named("storage"),
      gatewayServers: { gateway: { subnet: "10.20.0.32/27", type: "linux" } },
      backupRepositories: {
        archive: { type: "objectStorage", region: "westeurope", gateways: ["gatewayServers.gateway"] },
      },
      dnsNames: { firewall: { addresses: ["10.0.1.4/32"], port: 8443 } },
      features: ["tenantBackupCopy"],
    },
  },
  {
    title: "An infrastructure appliance as the only repository",
    text: "A Veeam Infrastructure Appliance with a subnet; administrators, a time server, domain controllers and a mirror for its updates.",
    deployment: {
      ...named("appliance"),
      backupRepositories: { appliance: { subnet: "10.20.0.32/27", type: "infrastructureAppliance" } },
      features: ["tenantBackupCopy", "componentDeployment"],
      administrators: ["10.1.1.0/24"],
      services: { ntp: ["10.0.0.5/32"], directory: ["10.0.0.4/32"], updateMirror: ["10.0.0.6/32"] },
    },
  },
] as unknown as readonly NamedDeployment[];

/** `docs/revisions.md`: what each revision allows for the deployments, from the data alone. */
export function revisionsPage(): string {
  const tables = allPortTables();
  return [
    "<!-- Written by scripts/write-features-page.ts from lib/ports; do not edit. -->",
    "# Connections in each revision",
    `The connections of ${NAMED_DEPLOYMENTS.length} deployments in each revision of Veeam's pages, with ${code("portTable")} set to the revision. A revision without the page "Used Ports" refuses all features, and roles that are missing on its Entra ID page.`,
    rowsAsTable(
      [
        "Revision",
        "Entra ID ports",
        "Used ports",
        ...NAMED_DEPLOYMENTS.map(({ deployment }) => code(deployment.name)),
      ],
      tables.map(({ revision, entraId, usedPorts }) => [
        revision,
        entraId.pageDate,
        usedPorts?.pageDate ?? "",
        ...NAMED_DEPLOYMENTS.map(({ deployment }) => outcomeText(deployment, revision)),
      ]),
    ),
    ...NAMED_DEPLOYMENTS.flatMap(({ title, text, deployment }) => [
      `## ${title}`,
      text,
      "```json\n" + jsonText(deployment) + "\n```",
      rowsAsTable(["From", "To", "Ports", "Revisions"], connections(deployment)),
    ]),
  ]
    .join("\n\n")
    .concat("\n");
}

/** JSON as Prettier formats it: lists of texts in one line. */
function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(/\[[^{}[\]]*\]/g, (list) =>
    list.replace(/\s+/g, " ").replace("[ ", "[").replace(" ]", "]"),
  );
}

function outcomeText(deployment: Deployment, portTable: string): string {
  const { problems, flows } = plan({ ...deployment, portTable });
  return problems.length > 0 ? "refused" : `${flows.length} flows`;
}

/** Each connection of a deployment, with the revisions that allow it. */
function connections(deployment: Deployment): string[][] {
  const days = allPortTables().map(({ date }) => date);
  const found = new Map<string, { cells: string[]; priority: number; open: string[] }>();
  for (const { revision, date } of allPortTables()) {
    for (const { from, to, protocol, ports, priority } of plan({ ...deployment, portTable: revision })
      .flows) {
      const cells = [from.label, to.label, `${protocol.toUpperCase()} ${ports.join(", ")}`];
      const key = [priority, ...cells].join(" | ");
      const known = found.get(key) ?? { cells, priority, open: [] };
      found.set(key, { ...known, open: [...known.open, date] });
    }
  }
  return [...found.values()]
    .sort((a, b) => a.priority - b.priority)
    .map(({ cells, open }) => [...cells, spansOf(open, days)]);
}

/** The days as spans of revisions that follow each other. */
function spansOf(open: readonly string[], days: readonly string[]): string {
  const spans: string[][] = [];
  for (const day of open) {
    const last = spans[spans.length - 1];
    if (last && days.indexOf(day) === days.indexOf(last[last.length - 1]) + 1) last.push(day);
    else spans.push([day]);
  }
  return spans
    .map((span) => {
      const last = span[span.length - 1];
      if (last === days[days.length - 1]) return `since ${span[0]}`;
      return span.length === 1 ? last : `${span[0]} to ${last}`;
    })
    .join(", ");
}
