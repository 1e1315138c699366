import { endsText } from "../../lib/report/html/flows-section";
import { htmlReport } from "../../lib/report/html-report";
import { type ReportEnd, reportModel } from "../../lib/report/report-model";
import { VeeamRole } from "../../lib/ports/port-table";
import { brownfieldBackup, largeBackup } from "./support/report-inputs";

function end(label: string, role?: VeeamRole, ours = true): ReportEnd {
  const component = role && { role, key: label, label, endpointId: label };
  return {
    id: label,
    label,
    prefixes: [],
    ours,
    serviceTag: false,
    components: component ? [component] : [],
    groups: [],
  };
}

const server = end("backup-server", VeeamRole.BACKUP_SERVER);
const dns = end("DNS servers", undefined, false);
const gateways = ["g1", "g2", "g3", "g4"].map((label) => end(label, VeeamRole.GATEWAY_SERVER));
const repositories = ["r1", "r2", "r3", "r4"].map((label) => end(label, VeeamRole.BACKUP_REPOSITORY));
const elsewhere = ["e1", "e2", "e3", "e4"].map((label) => end(label, VeeamRole.BACKUP_REPOSITORY, false));
const caches = ["c1", "c2"].map((label) => end(label, VeeamRole.CACHE_REPOSITORY));
const among = [server, ...caches, ...gateways, ...repositories, ...elsewhere, dns];

test.each([
  [[server], "backup-server"],
  [[dns, server], "backup-server and DNS servers"],
  [caches, "c1 and c2"],
  [gateways, "all 4 gateway servers"],
  [gateways.slice(1), "g2, g3 and g4"],
  [repositories, "all 4 backup repositories in this deployment"],
  [elsewhere, "all 4 backup repositories elsewhere"],
  [[...repositories, ...elsewhere], "all 8 backup repositories"],
  [[...repositories, ...elsewhere.slice(2)], "all 4 backup repositories in this deployment, e3 and e4"],
  [[server, ...gateways, dns], "backup-server, all 4 gateway servers and DNS servers"],
  [[], ""],
])("ends in a sentence (%#)", (ends, text) => {
  expect(endsText(ends, among)).toBe(text);
  expect(endsText([...ends, ...ends].reverse(), among)).toBe(text);
});

test.each([
  ["many features", brownfieldBackup],
  ["many components", largeBackup],
])("no flow of %s is between ends without names", (_, backup) => {
  const page = htmlReport(reportModel(backup()._reportInput()));
  const pairs = [...page.matchAll(/<span class="pair">(.*?)<\/span>/gs)].map(([, text]) => text);
  expect(pairs.length).toBeGreaterThan(10);
  for (const pair of pairs) expect(pair).not.toMatch(/\d+ ends|(?<!all )\b\d+ (backup|gateway|cache)/);
});

test("administrators' and name servers' flows say who is at the other end", () => {
  const page = htmlReport(reportModel(brownfieldBackup()._reportInput()));
  expect(page).toContain("Azure Bastion → gateway-server-first and backup-repository-windows");
  expect(page).toContain(
    "backup-server, postgresql, cache-repository-cache, gateway-server-first, backup-repository-linux, backup-repository-shared and backup-repository-windows → DNS servers",
  );
});
