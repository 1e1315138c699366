import { DEFAULT_REVISION, findPortTable } from "../../lib/ports/revisions";
import { csvReport } from "../../lib/report/csv-report";
import { htmlReport } from "../../lib/report/html-report";
import { jsonReport } from "../../lib/report/json-report";
import type { JsonReport } from "./support/json-report-schema";
import { markdownReport } from "../../lib/report/markdown-report";
import { reportModel, type ReportModel } from "../../lib/report/report-model";
import { VeeamFeature } from "../../lib/ports/features";
import { BackupRepositoryType, OperatingSystem } from "../../lib/ports/component-types";
import { DnsNames } from "../../lib/constructs/roles/dns-names";
import { parseCsv } from "./support/csv";
import { backupOf, brownfieldBackup, minimalBackup } from "./support/report-inputs";

type Placements = Parameters<typeof backupOf>[0];

const LICENCE = "autolk.veeam.com; vbr.butler.veeam.com";
const CERTIFICATES = "*.amazontrust.com; *.ss2.us";

function licensed(more: Partial<Placements>): ReportModel {
  const backup = backupOf({
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27", type: OperatingSystem.WINDOWS },
    features: [VeeamFeature.LICENCE_UPDATES],
    ...more,
  });
  return reportModel(backup._reportInput());
}

/** The rows for names, but for what asks for them. */
function requestsOf(model: ReportModel): string[] {
  return parseCsv(csvReport(model))
    .filter((row) => row[5] === "DNS names")
    .map((row) => row.slice(0, 10).join(" | "));
}

const elsewhere = { addresses: ["10.9.0.4/32"], port: 3128 };
const here = { subnet: "10.20.0.32/28", port: 3128 };
const firewall = DnsNames.throughFirewall({ addresses: ["10.3.0.4/32"], port: 8080 });

test("the owner of an HTTP proxy elsewhere is asked for each name, Microsoft's among them", () => {
  expect(requestsOf(licensed({ httpProxy: elsewhere }))).toEqual([
    `request | http-proxy | outbound | http-proxy | 10.9.0.4/32 | DNS names | ${CERTIFICATES} | TCP | 80 | certificates of the licence servers, from backup-server`,
    `request | http-proxy | outbound | http-proxy | 10.9.0.4/32 | DNS names | ${LICENCE} | TCP | 443 | renewal of the licence, from backup-server`,
    "request | http-proxy | outbound | http-proxy | 10.9.0.4/32 | DNS names | graph.microsoft.com; login.microsoftonline.com; management.azure.com | TCP | 443 | Microsoft Graph, sign-in of Microsoft Entra ID, and Azure Resource Manager, from backup-server",
  ]);
});

test("a proxy of ours and the firewall behind it are asked both; Microsoft is a flow of the proxy then", () => {
  const requests = requestsOf(licensed({ httpProxy: here, dnsNames: firewall }));
  expect(requests).toHaveLength(4);
  expect(requests.filter((request) => request.startsWith("request | http-proxy |"))).toHaveLength(2);
  expect(requests).toContain(
    `request | firewall | outbound | firewall | 10.3.0.4/32 | DNS names | ${LICENCE} | TCP | 443 | renewal of the licence, from http-proxy`,
  );
});

test("without a proxy the firewall is asked, for the machines themselves", () => {
  expect(requestsOf(licensed({ dnsNames: firewall }))).toContain(
    `request | firewall | outbound | firewall | 10.3.0.4/32 | DNS names | ${LICENCE} | TCP | 443 | renewal of the licence, from backup-server`,
  );
});

test("beside a proxy elsewhere, machines with a way of their own need the firewall too", () => {
  const requests = requestsOf(
    licensed({ httpProxy: { ...elsewhere, directAccess: true }, dnsNames: firewall }),
  );
  expect(requests.map((request) => request.split(" | ")[1])).toEqual([
    "http-proxy",
    "http-proxy",
    "http-proxy",
    "firewall",
    "firewall",
  ]);
});

test("addresses in place of names are flows, and nobody is asked twice", () => {
  const dnsNames = DnsNames.byAddresses({
    licenceUpdates: ["203.0.113.4/32"],
    licenceCertificates: ["203.0.113.5/32"],
  });
  const model = licensed({ dnsNames });
  expect(requestsOf(model)).toEqual([]);
  expect(markdownReport(model)).toContain("directly, by the configured addresses");
});

test("names are in every format, with who connects, and through what", () => {
  const model = reportModel(brownfieldBackup()._reportInput());
  const row =
    "| `autolk.veeam.com`<br>`vbr.butler.veeam.com` | `TCP 443` | `backup-server` | `http-proxy` | renewal of the licence |";
  expect(markdownReport(model)).toContain(row);
  const page = htmlReport(model);
  const section = page.slice(page.indexOf('id="names"'), page.indexOf('id="matrix"'));
  for (const name of ["autolk.veeam.com", "*.ss2.us", "graph.microsoft.com"]) expect(section).toContain(name);
  expect(section).toContain("endpoints named in object storage certificates");
  const { dnsNames } = JSON.parse(jsonReport(model)) as JsonReport;
  expect(dnsNames.find(({ group }) => group === "licenceUpdates")).toEqual({
    group: "licenceUpdates",
    names: ["autolk.veeam.com", "vbr.butler.veeam.com"],
    ports: ["443"],
    from: ["veeam-prod/backup/backup-server/network"],
    through: "veeam-prod/backup/http-proxy",
    reason: "renewal of the licence",
    origin: "Used ports",
    source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
    pageDate: findPortTable(DEFAULT_REVISION)?.usedPorts?.pageDate,
  });
});

test("the console's list is in the report, whole", () => {
  const backup = brownfieldBackup();
  const reported = reportModel(backup._reportInput()).dnsNames;
  for (const { names, ports } of backup.dnsNamedConnections) {
    expect(reported).toContainEqual(expect.objectContaining({ names: [...names].sort(), ports }));
  }
});

test("object storage's certificates name endpoints that nobody knows beforehand", () => {
  const model = licensed({
    httpProxy: elsewhere,
    features: [VeeamFeature.LOG_BACKUP],
    backupRepositories: { archive: { type: BackupRepositoryType.OBJECT_STORAGE, region: "westeurope" } },
  });
  expect(requestsOf(model)).toContain(
    "request | http-proxy | outbound | http-proxy | 10.9.0.4/32 | DNS names | endpoints named in object storage certificates | TCP | 80 | revocation of the object storage's certificates, from backup-server",
  );
});

test("where nothing is reached by name, nothing is said of it", () => {
  const model = reportModel(minimalBackup()._reportInput());
  expect(markdownReport(model)).not.toContain("DNS name");
  expect(htmlReport(model)).not.toContain('id="names"');
  expect((JSON.parse(jsonReport(model)) as JsonReport).dnsNames).toEqual([]);
});
