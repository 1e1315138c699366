import { spawnSync } from "node:child_process";
import { join } from "node:path";

const TOP = join(__dirname, "..", "..");

/** What the tests of Terraform do without its provider. */
function run(required: string) {
  const { TERRAFORM_PROVIDER_STAND_IN: _standIn, ...environment } = process.env;
  return spawnSync(
    process.execPath,
    [join(TOP, "node_modules", "jest", "bin", "jest.js"), "__tests__/deploy/features.test.ts"],
    { cwd: TOP, encoding: "utf8", env: { ...environment, TEST_COUNTS: "", TEST_TOOLS_REQUIRED: required } },
  );
}

test("a skipped suite says its name, what is missing and where to get it", () => {
  const { status, stdout, stderr } = run("0");
  expect(stderr).toMatch(
    /SKIPPED: features with Terraform\. Missing: Terraform .*\. To get it: install Terraform/,
  );
  expect(stdout).toMatch(/^0 passed, 0 failed, [1-9]\d* skipped$/m);
  expect(status).toBe(0);
});

test("where every tool is required, it fails", () => {
  const { status, stdout } = run("1");
  expect(stdout).toMatch(/^0 passed, 1 failed, 0 skipped$/m);
  expect(status).toBe(1);
});
