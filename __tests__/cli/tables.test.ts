import { ExitCode } from "../../lib/cli/exit-code";
import { DEFAULT_REVISION, REVISIONS } from "../../lib/ports/revisions";
import { veeamPorts } from "../support/tools/fake-io";

test("the revisions are listed with their build, page and number of rows", async () => {
  const { out, exitCode } = await veeamPorts(["tables"]);
  const lines = out.split("\n");
  for (const revision of REVISIONS)
    expect(lines.filter((line) => line.includes(` ${revision} `))).toHaveLength(1);
  expect(lines.find((line) => line.includes("(default)"))).toMatch(
    /│ 13\.0\.1\.1071@2026-02-12 \(default\) │ 13\.0\.1\.1071 │ 2026-02-12 │ 12 +│ https:\/\/helpcenter\.veeam\.com\/\S+ +│/,
  );
  expect(exitCode).toBe(ExitCode.HOLDS);
});

test("the rows of a revision are listed", async () => {
  const { out } = await veeamPorts(["tables", DEFAULT_REVISION]);
  expect(out).toMatch(/^Veeam's port table 13\.0\.1\.1071@2026-02-12, page of 2026-02-12: https:/);
  expect(out).toMatch(
    /│ 120 +│ backup-server +│ postgresql +│ TCP +│ 5432 +│ database of the Entra ID backup repository/,
  );
});

test("machines get the same", async () => {
  const { revisions } = JSON.parse((await veeamPorts(["tables", "--json"])).out) as {
    revisions: Array<{ revision: string; rowCount: number; isDefault: boolean }>;
  };
  expect(revisions.map(({ revision }) => revision)).toEqual(REVISIONS);
  expect(revisions.filter(({ isDefault }) => isDefault)).toEqual([
    expect.objectContaining({ revision: DEFAULT_REVISION, rowCount: 12 }),
  ]);
  const table = JSON.parse((await veeamPorts(["tables", "--json", DEFAULT_REVISION])).out) as {
    rows: object[];
  };
  expect(table.rows).toHaveLength(12);
});

test("a revision that is not known is answered with those that are, and the one that was probably meant", async () => {
  const { exitCode, err } = await veeamPorts(["tables", "13.0.1.1071@2026-02-13"]);
  expect(exitCode).toBe(ExitCode.UNUSABLE);
  expect(err).toContain(REVISIONS.join(", "));
  expect(err).toContain('Did you mean "13.0.1.1071@2026-02-12"?');
});
