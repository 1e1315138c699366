import { csvReport } from "../../lib/report/csv-report";
import { htmlReport } from "../../lib/report/html-report";
import { jsonReport } from "../../lib/report/json-report";
import type { JsonReport } from "./support/json-report-schema";
import { markdownReport } from "../../lib/report/markdown-report";
import { pictureGraph } from "../../lib/report/picture/graph";
import type { Flow } from "../../lib/azure/flow";
import { Direction } from "../../lib/azure/security-rule";
import { cardsOf } from "../../lib/report/html/rules";
import { type ReportFlow, reportModel } from "../../lib/report/report-model";
import { parseCsv } from "./support/csv";
import { brownfieldBackup } from "./support/report-inputs";

// The repository `shared` is behind nsg-storage, a group managed elsewhere.
const input = brownfieldBackup()._reportInput();
const model = reportModel(input);

test("no owner is asked for rules added to a group managed elsewhere", () => {
  const [, ...rows] = parseCsv(csvReport(model));
  const own = rows.filter(([, at]) => at === "backup-repository-shared");
  expect(own.length).toBeGreaterThan(0);
  expect(new Set(own.map(([todo]) => todo))).toEqual(new Set(["done"]));
  expect(htmlReport(model)).not.toContain("backup-repository-shared is elsewhere");
});

test("the page shows the rules that are added, at their flows and in a list", () => {
  const page = htmlReport(model);
  const flows = page.slice(page.indexOf('id="flows"'), page.indexOf('id="names"'));
  expect(flows).toMatch(
    /<code>allow-in-backup-server-to-linux-repository-ssh-of-veeam-prod-[a-z0-9-]+<\/code>[^]{0,400}in <code>nsg-storage<\/code>, managed elsewhere: rules with a lower priority number decide first/,
  );
  const groups = page.slice(page.indexOf('id="groups"'), page.indexOf('id="closed"'));
  expect(groups).toContain("nsg-storage");
  expect(groups).toMatch(/\d+ rules added, on backup-repository-shared; the group is managed elsewhere/);
});

test("a flow that another rule covers there shows that rule", () => {
  const [place] = input.places.filter(({ sharedGroup }) => sharedGroup);
  const group = place.sharedGroup as NonNullable<typeof place.sharedGroup>;
  const covered = model.flows.find(({ to }) => to.label === "backup-repository-shared")?.flow as Flow;
  const [{ rule }] = group.rules;
  const wide = { rule: { ...rule, name: "wide", direction: Direction.INBOUND }, flows: [covered] };
  const changed = { ...place, sharedGroup: { ...group, rules: [wide] } };
  const shown = reportModel({
    ...input,
    places: input.places.map((one) => (one === place ? changed : one)),
  });
  const flow = shown.flows.find(
    ({ flow: one }) => one.name === covered.name && one.to.id === covered.to.id,
  ) as ReportFlow;
  expect(cardsOf(flow, Direction.INBOUND).map(({ content }) => content([]).text)).toEqual([
    expect.stringContaining("<code>wide</code>"),
  ]);
});

test("its group is named in Markdown and JSON", () => {
  expect(markdownReport(model)).toContain("| `nsg-storage`, managed elsewhere; rules are added |");
  const { sharedGroups } = JSON.parse(jsonReport(model)) as JsonReport;
  expect(sharedGroups).toHaveLength(1);
  expect(sharedGroups[0]).toMatchObject({
    name: "nsg-storage",
    resourceGroup: "rg-network",
    end: "veeam-prod/backup/backup-repository-shared/network",
  });
  expect(sharedGroups[0].rules.length).toBeGreaterThan(3);
  for (const { access, priority } of sharedGroups[0].rules) {
    expect(access).toBe("Allow");
    expect(priority).toBeGreaterThanOrEqual(1000);
    expect(priority).toBeLessThanOrEqual(1199);
  }
});

test("the picture has it in the frame, drawn apart from what is in this deployment and from what is elsewhere", () => {
  const { clusters } = pictureGraph(model);
  const own = clusters.find(({ nodes }) => nodes.some(({ end }) => end.label === "backup-repository-shared"));
  expect(own).toMatchObject({ ours: true, shared: true });
  expect(own?.nodes).toHaveLength(1);
});
