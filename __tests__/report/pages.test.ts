import { propsOfDeployment } from "../../lib/app/props";
import type { DeploymentFile } from "../../lib/app/schema";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { csvReport } from "../../lib/report/csv-report";
import { htmlReport } from "../../lib/report/html-report";
import { jsonReport } from "../../lib/report/json-report";
import { jsonReportSchema } from "./support/json-report-schema";
import { markdownReport } from "../../lib/report/markdown-report";
import { type ReportModel, reportModel } from "../../lib/report/report-model";
import { smallestDeployment } from "../support/deployments/sample-deployments";
import { newStack } from "../support/tools/synthesized";
import { parseCsv } from "./support/csv";

// What a report says of Veeam's pages: the rows behind flows and rules, where
// the pages disagree, and what the failover range is worth.

const CACHED = {
  cacheRepositories: { cache: { subnet: "10.20.0.64/27", type: "linux" } },
  gatewayServers: { gw: { subnet: "10.20.0.96/27", type: "windows" } },
  backupRepositories: { hardened: { subnet: "10.20.0.128/27", type: "hardened" } },
};

function modelOf(change: object): ReportModel {
  const deployment = {
    ...smallestDeployment(),
    portTable: "13.1.0.411@2026-08-03",
    virtualNetwork: { addressSpace: ["10.20.0.0/24"] },
    backupServer: { subnet: "10.20.0.0/27", type: "linux" },
    ...CACHED,
    ...change,
  } as unknown as DeploymentFile;
  return reportModel(new EntraIdBackup(newStack(), "backup", propsOfDeployment(deployment))._reportInput());
}

const jsonOf = (model: ReportModel) => jsonReportSchema.parse(JSON.parse(jsonReport(model)));
/** The text of a page, without its tags. */
const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"');

const LOGS = modelOf({ features: ["logBackup"] });
const CACHE_TO_GATEWAY = [
  "Cache repository → Gateway server, TCP 2500-3300",
  "Cache repository → Gateway server, TCP 6162, 2500-3300",
];

test("a flow that several rows ask for names all of them, with page and date, in every format", () => {
  const json = jsonOf(LOGS).flows.find(({ name }) => name === "cache-repository-to-gateway-server");
  expect(
    json?.sources?.map(({ page, pageDate, from, to, protocol, ports }) => [
      `${page}, ${pageDate}`,
      `${from} → ${to}, ${protocol} ${ports.join(", ")}`,
    ]),
  ).toEqual([
    ["Entra ID ports, 2026-03-31", CACHE_TO_GATEWAY[0]],
    ["Used ports, 2026-08-03", CACHE_TO_GATEWAY[1]],
  ]);
  const row = markdownReport(LOGS)
    .split("\n")
    .find((line) => line.startsWith("| `cache-repository-cache` | `gateway-server-gw` | `TCP 2500-3300` |"));
  expect(row).toContain(
    `Entra ID ports, 2026-03-31: ${CACHE_TO_GATEWAY[0]}<br>Used ports, 2026-08-03: ${CACHE_TO_GATEWAY[1]} (`,
  );
  const [head, ...rows] = parseCsv(csvReport(LOGS));
  const cells = rows.filter((cells) => cells[3] === "cache-repository-cache" && cells[8] === "2500-3300");
  expect(cells.length).toBeGreaterThan(0);
  for (const text of cells.map((cell) => cell[head.indexOf("Rows")])) {
    expect(text).toMatch(/^Entra ID ports, 2026-03-31: .*; Used ports, 2026-08-03: /);
  }
  const html = textOf(htmlReport(LOGS));
  for (const text of CACHE_TO_GATEWAY) expect(html).toContain(text);
});

test("every flow of a page names its rows, and every allow rule those of its flows", () => {
  for (const { name, sources } of jsonOf(LOGS).flows) expect([name, sources?.length]).not.toEqual([name, 0]);
  const groups = htmlReport(LOGS).split('<section id="groups"')[1].split("</section>")[0];
  const rows = groups.split("<tr").filter((row) => row.includes("Allow"));
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) expect(textOf(row)).toMatch(/(Entra ID|Used) ports, 20\d\d-\d\d-\d\d: .+ → /);
  const rule = rows.find(
    (row) => row.includes("allow-out-cache-repository-to-gateway-server<") && row.includes("2500"),
  );
  for (const text of CACHE_TO_GATEWAY) expect(textOf(rule ?? "")).toContain(text);
});

describe("where the pages disagree", () => {
  const followed = (change: object): Record<string, string> =>
    Object.fromEntries(jsonOf(modelOf(change)).disagreements.map((one) => [one.entraId, one.follows]));
  const [range] = CACHE_TO_GATEWAY;

  test("rows stand against rows with both dates, and with those that the deployment follows", () => {
    const [first] = jsonOf(LOGS).disagreements.filter(({ entraId }) => entraId === range);
    expect(first.usedPorts).toEqual([
      "Cache repository → Gateway server, TCP 6162, 2500-3300 (2500-3300 as failover)",
    ]);
    const [markdown, html] = [markdownReport(LOGS), textOf(htmlReport(LOGS))];
    for (const text of [markdown, html]) {
      expect(text).toContain("Entra ID ports, page of 2026-03-31");
      expect(text).toContain("Used ports, page of 2026-08-03");
      expect(text).toContain(first.usedPorts[0]);
      expect(text).toContain(first.follows);
    }
  });

  test("a deployment follows one page, both, or the other by its own choice", () => {
    expect(followed({})[range]).toBe(
      "Entra ID ports. The rows of Used ports are not enabled; logBackup enables them.",
    );
    expect(followed({ features: ["logBackup"] })[range]).toMatch(/^Both: /);
    const closed = { features: ["logBackup"], failoverRange: "closedOnBothPages" };
    expect(followed(closed)[range]).toMatch(/^Used ports: failoverRange is closedOnBothPages, .*2026-08-03/);
    expect(followed({ features: ["logBackup"], failoverRange: "closed" })[range]).toMatch(/^Both: /);
  });

  test("only connections of the deployment count", () => {
    expect(followed({ cacheRepositories: undefined, features: ["logBackup"] })).toEqual({});
    const old = { portTable: "13.0.1.1071@2026-02-12" };
    expect(Object.keys(followed({ ...old, features: ["logBackup"] }))).not.toContain(range);
    const rows = Object.keys(followed({}));
    expect(rows.filter((row) => row.includes("Old cache repository"))).toEqual([]);
  });
});

describe("the failover range", () => {
  const textsOf = (change: object): string => {
    const model = modelOf(change);
    const text = textOf(htmlReport(model));
    const markdown = markdownReport(model).split("## Failover range")[1]?.split("\n##")[0] ?? "";
    for (const line of markdown.split("\n").filter((one) => one.includes("failover"))) {
      expect(text).toContain(line);
    }
    return markdown;
  };

  test("says what closing it would save", () => {
    const text = textsOf({ features: ["logBackup"] });
    expect(text).toContain(
      'It is allowed. failoverRange "closed" would leave one port instead of 801 between backup-server → cache-repository-cache; backup-server → gateway-server-gw; backup-server → backup-repository-hardened.',
    );
    expect(text).toContain(
      'Entra ID ports of 2026-03-31 has the range without that condition between cache-repository-cache → gateway-server-gw; cache-repository-cache → backup-repository-hardened. failoverRange "closedOnBothPages" would close it there too.',
    );
  });

  test("says what it closes, and why rows of Entra ID ports are narrowed", () => {
    expect(textsOf({ features: ["logBackup"], failoverRange: "closed" })).toContain(
      'It is closed (failoverRange "closed"), which leaves one port instead of 801 between',
    );
    expect(textsOf({ features: ["logBackup"], failoverRange: "closedOnBothPages" })).toContain(
      "backup-repository-hardened. It is closed there too, because the deployment follows Used ports of 2026-08-03.",
    );
  });

  test("counts the ports of the deployment's own range, and is not mentioned where nothing depends on it", () => {
    const transmissionPorts = { from: 2600, to: 2609, concurrentConnections: 5 };
    expect(textsOf({ features: ["logBackup"], transmissionPorts })).toContain("one port instead of 10 ");
    expect(textsOf({ ...NOTHING, features: [] })).toBe("");
  });
});

const NOTHING = { cacheRepositories: undefined, gatewayServers: undefined, backupRepositories: undefined };
