import { htmlReport } from "../../lib/report/html-report";
import { jsonReport } from "../../lib/report/json-report";
import type { JsonReport } from "./support/json-report-schema";
import { markdownReport } from "../../lib/report/markdown-report";
import { placeOf } from "../../lib/report/sections/components";
import type { ReportComponent } from "../../lib/report/components-and-networks";
import { reportModel } from "../../lib/report/report-model";
import { typeTitle } from "../../lib/report/words";
import { BackupRepositoryType } from "../../lib/ports/component-types";
import { VeeamRole } from "../../lib/ports/port-table";
import { brownfieldBackup, minimalBackup } from "./support/report-inputs";

const model = reportModel(brownfieldBackup()._reportInput());

/** The cells of a component's row in a table of Markdown. */
function markdownRow(component: string): string[] {
  const line = markdownReport(model)
    .split("\n")
    .find((text) => text.startsWith(`| ${component} |`));
  return (line ?? "").split(" | ").slice(1, 3);
}

/** The text of the cell that names a row. */
function headOf(row: string): string | undefined {
  return /<th[^>]*>([^]*?)<\/th>/.exec(row)?.[1].replace(/<[^>]*>/g, "");
}

/** The texts of a component's row in the page. */
function htmlRow(component: string): string[] {
  const page = htmlReport(model);
  const section = page.slice(page.indexOf('id="components"'), page.indexOf('id="groups"'));
  const row = section.split('<tr role="row">').find((text) => headOf(text) === component) ?? "";
  return [...row.matchAll(/<div>([^]*?)<\/div>/g)].map(([, cell]) => cell.replace(/<[^>]*>/g, "").trim());
}

test.each([
  ["Backup server", "Windows", "new subnet: `10.20.0.0/27`"],
  ["HTTP proxy", "", "elsewhere: `10.9.0.4/32`"],
  ["Gateway server `second`", "Windows", "on the machine of `backup-server`"],
  [
    "Backup repository `archive`",
    "Object storage",
    "Azure storage in westeurope: service tag `Storage.WestEurope`",
  ],
  ["Backup repository `endpoint`", "Object storage", "private endpoint elsewhere: `10.2.9.4/32`"],
  ["Backup repository `linux`", "Linux", "existing subnet `snet-repository`: `10.20.0.160/27`"],
  ["Backup repository `share`", "SMB share", "elsewhere: `10.2.0.0/27`, `10.2.1.0/27`, `10.2.4.0/27`"],
])("%s is %s, %s", (component, what, where) => {
  expect(markdownRow(component)).toEqual([what, where]);
  expect(htmlRow(component.replaceAll("`", "")).slice(0, what === "" ? 1 : 2)).toEqual(
    [what, where.replaceAll("`", "")].filter((text) => text !== ""),
  );
});

test("no cell ends with a comma, and none that says where is empty", () => {
  expect(htmlReport(model)).not.toMatch(/,\s*(<code[^>]*><\/code>\s*)?<\/(div|td)>/);
  for (const component of model.components) {
    const end = model.ends.find(({ id }) => id === component.endpointId);
    const text = placeOf(component, end)
      .map((part) => (typeof part === "object" && "name" in part ? part.name : part))
      .join("");
    expect(text).toMatch(/[^\s:,]$/);
  }
});

test("where tags are taken apart, a region has more addresses than anybody reads", () => {
  const component: ReportComponent = {
    role: VeeamRole.BACKUP_REPOSITORY,
    key: "archive",
    label: "backup-repository-archive",
    endpointId: "e",
    type: "objectStorage",
    region: "westeurope",
  };
  const end = { id: "e", label: "l", ours: false, serviceTag: false, components: [component], groups: [] };
  const prefixes = ["20.1.0.0/24", "20.2.0.0/24", "20.3.0.0/24", "20.4.0.0/24", "20.5.0.0/24"];
  expect(placeOf(component, { ...end, prefixes })).toEqual(["Azure storage in westeurope: ", "5 prefixes"]);
  expect(placeOf(component, { ...end, prefixes: [] })).toEqual([
    "Azure storage in westeurope: ",
    "not connected to",
  ]);
});

test("here and elsewhere are explained where they are used", () => {
  for (const report of [markdownReport(model), htmlReport(model)]) {
    expect(report).toContain("Components elsewhere are not part of it");
  }
});

test("JSON has the type, the region and the id of a subnet that exists", () => {
  const { components } = JSON.parse(jsonReport(model)) as JsonReport;
  const of = (key: string): unknown => components.find((component) => component.key === key);
  expect(of("archive")).toMatchObject({ type: "objectStorage", region: "westeurope" });
  expect(of("linux")).toMatchObject({
    subnet: "10.20.0.160/27",
    existingSubnetId: expect.stringMatching(/\/subnets\/snet-repository$/) as string,
  });
  expect(of("windows")).not.toHaveProperty("existingSubnetId");
});

test("every type has words of its own, and where no component says one there is no column", () => {
  const titles = Object.values(BackupRepositoryType).map(typeTitle);
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles.filter((title, index) => title === Object.values(BackupRepositoryType)[index])).toEqual([]);
  expect([typeTitle(undefined), typeTitle("other"), typeTitle("constructor")]).toEqual([
    "",
    "other",
    "constructor",
  ]);
  expect(markdownReport(reportModel(minimalBackup()._reportInput()))).toContain(
    "| Component | Place | Groups |",
  );
});
