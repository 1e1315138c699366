import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  discardStacks,
  earlierStack,
  forgetEarlierStack,
  warningsOfOtherStacks,
} from "../../lib/app/output-folder";
import { reportModel } from "../../lib/report/report-model";
import { writeReport } from "../../lib/report/report";
import { minimalBackup } from "../report/support/report-inputs";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "output-folder-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(...files: string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "{}");
  }
}

test("deletes every stack, in JSON and in HCL, and the list of them", () => {
  const stacks = ["stacks/a/cdk.tf.json", "stacks/b/cdk.tf", "stacks/b/metadata.json"];
  write("manifest.json", ...stacks);
  discardStacks(folder);
  expect(["manifest.json", ...stacks].filter((file) => existsSync(join(folder, file)))).toEqual([]);
});

test("deletes the plan that cdktf diff leaves, which terraform apply would deploy", () => {
  write("stacks/a/plan");
  discardStacks(folder);
  expect(existsSync(join(folder, "stacks/a/plan"))).toBe(false);
});

test("deletes the report of an earlier run in every format", () => {
  const files = writeReport(reportModel(minimalBackup()._reportInput()), join(folder, "stacks", "a"));
  expect(files.every((file) => existsSync(file))).toBe(true);
  discardStacks(folder);
  expect(files.filter((file) => existsSync(file))).toEqual([]);
});

test("keeps Terraform's own files next to a stack, and all other files", () => {
  const kept = [
    "stacks/a/.terraform.lock.hcl",
    "stacks/a/terraform.tfvars",
    "stacks/b/plan/mine.txt",
    "stacks/b/report.html",
    "stacks/b/my.report.html.txt",
    "stacks/notes.txt",
    "notes.txt",
  ];
  write("stacks/a/cdk.tf.json", ...kept);
  discardStacks(folder);
  expect(kept.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
});

test.each([
  ["a folder that is not there", "nowhere"],
  ["an empty folder", "."],
  ["a file in place of the folder", "file"],
  ["a file in place of the stacks", "odd"],
])("has nothing to do in %s", (_title, outdir) => {
  write("file", "odd/stacks");
  expect(() => discardStacks(join(folder, outdir))).not.toThrow();
});

test("a stack that is discarded is kept as the earlier one, until a new one replaces it", () => {
  expect(earlierStack(folder, "a")).toBeUndefined();
  write("stacks/a/cdk.tf.json");
  expect(earlierStack(folder, "a")).toBe("{}");
  discardStacks(folder);
  discardStacks(folder);
  expect(earlierStack(folder, "a")).toBe("{}");
  forgetEarlierStack(folder, "a");
  expect(earlierStack(folder, "a")).toBeUndefined();
});

describe("a deployment of another name", () => {
  const warnings = (): string[] => warningsOfOtherStacks(join(folder, "out"), "veeam", folder);
  const told = [expect.stringMatching(/^name: the deployment "old" was synthesized here before/)];

  test("is announced if its output still exists", () => {
    expect(warnings()).toEqual([]);
    write("out/stacks/veeam/cdk.tf.json");
    expect(warnings()).toEqual([]);
    write("out/stacks/old/cdk.tf.json");
    expect(warnings()).toEqual(told);
  });

  test("is announced while its local state has resources, and not after it is destroyed", () => {
    const state = join(folder, "terraform.old.tfstate");
    writeFileSync(state, '{ "resources": [{ "mode": "managed" }] }');
    writeFileSync(join(folder, "terraform.veeam.tfstate"), '{ "resources": [{ "mode": "managed" }] }');
    expect(warnings()).toEqual(told);
    writeFileSync(state, '{ "resources": [] }');
    expect(warnings()).toEqual([]);
  });
});
