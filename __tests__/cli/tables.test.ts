import { ExitCode } from "../../lib/cli/exit-code";
import { DEFAULT_REVISION, REVISIONS } from "../../lib/ports/revisions";
import { PAGES } from "../support/expected/veeam-pages";
import { htmlOf } from "../support/files/saved-pages";
import { veeamPorts } from "../support/tools/fake-io";

test("the revisions are listed with the days of their pages and with what changed", async () => {
  const { out, exitCode } = await veeamPorts(["tables"]);
  const lines = out.split("\n");
  for (const revision of REVISIONS) {
    expect(lines.filter((line) => line.includes(` ${revision} `))).toHaveLength(1);
  }
  const lineOf = (revision: string): string => lines.find((line) => line.includes(revision)) ?? "";
  expect(lineOf("(default)")).toContain(` ${DEFAULT_REVISION} (default) `);
  expect(lineOf("13.0.1.2067@2026-04-02")).toMatch(/@2026-04-02 +│ 2026-03-31 +│ 2026-04-02 +│/);
  expect(lineOf("2026-02-12")).toContain("Entra ID ports: 6 new, 2 gone");
  expect(lineOf("2026-02-18")).toContain("Entra ID ports: same rows");
  expect(lineOf("2026-04-07")).toContain("Used ports: 1 gone");
  expect(exitCode).toBe(ExitCode.HOLDS);
});

test("the rows of a revision are listed in the words of both pages, with the rules that they are part of", async () => {
  const { out } = await veeamPorts(["tables", "13.0.1.2067@2026-04-02"]);
  expect(out).toMatch(/^Entra ID ports, page of 2026-03-31, build 13\.0\.1\.2067: https:/);
  expect(out).toContain("Used ports, page of 2026-04-02, build 13.0.1.2067: https:");
  expect(out).toMatch(
    /│ Old cache repository +│ New cache repository +│ TCP +│ 2500-3300 +│ old-cache-repository-to-new/,
  );
  expect(out).toMatch(/│ NFS backup repository \(NFS v3\) +│ TCP, UDP +│ <lockd_port> +│ out of scope/);
});

test("where the pages of a revision disagree, their rows stand side by side with both days", async () => {
  const { out } = await veeamPorts(["tables", "13.1.0.411@2026-08-03"]);
  const lines = out.slice(out.indexOf("The pages disagree.")).trimEnd().split("\n").slice(1);
  const range = "TCP 2500-3300 (Entra ID ports, 2026-03-31)";
  expect(lines.map((line) => line.split(";")[0].trim())).toEqual([
    `Cache repository → Gateway server, ${range}`,
    `Cache repository → Primary or secondary backup repository, ${range}`,
    "Backup server → Cache repository, TCP 6160, 6162 (Entra ID ports, 2026-03-31)",
    `Backup server → Old cache repository, new cache repository, ${range}`,
  ]);
  expect(lines[3]).toContain("Old cache repository → New cache repository, TCP 2500-3300");
  expect((await veeamPorts(["tables", "13.0.1.1071@2026-01-14"])).out).not.toContain("disagree");
});

test("programs get the same", async () => {
  const { revisions } = JSON.parse((await veeamPorts(["tables", "--json"])).out) as {
    revisions: Array<{ revision: string; rowCount: number; isDefault: boolean }>;
  };
  expect(revisions.map(({ revision }) => revision)).toEqual(REVISIONS);
  expect(revisions.filter(({ isDefault }) => isDefault).map(({ revision }) => revision)).toEqual([
    DEFAULT_REVISION,
  ]);
  expect(revisions.find(({ revision }) => revision === "13.1.0.411@2026-08-03")).toMatchObject({
    rowCount: 104,
    usedPortsPage: "2026-08-03",
  });
  const { pages } = JSON.parse((await veeamPorts(["tables", "--json", "13.1.0.411@2026-08-03"])).out) as {
    pages: Array<{ rows: object[] }>;
  };
  expect(pages.map(({ rows }) => rows.length)).toEqual([12, 92]);
});

test("a revision that is not known is answered with those that are, and the one that was probably meant", async () => {
  const { exitCode, err } = await veeamPorts(["tables", "13.0.1.1071@2026-02-14"]);
  expect(exitCode).toBe(ExitCode.UNUSABLE);
  expect(err).toContain(REVISIONS.join(", "));
  expect(err).toContain("Did you mean");
});

describe("--compare", () => {
  const newest = PAGES.usedPorts[PAGES.usedPorts.length - 1];
  const html = htmlOf(newest);
  const files = {
    "used-ports.html": html,
    "changed.html": html.replace("<p>9419</p>", "<p>9420</p>"),
    "entra-id.html": htmlOf(PAGES.entraIdPorts[3]),
    "else.html": "<p>Not found</p>",
  };
  const compare = (...args: string[]) => veeamPorts(["tables", ...args], files);

  test("a page as it is in the newest revision does not differ", async () => {
    expect(await compare("--compare", "used-ports.html")).toEqual({
      exitCode: ExitCode.HOLDS,
      out: `Used ports, page of ${newest.pageDate}, against used-ports.html:\nNo row is new, gone or changed.\n`,
      err: "",
    });
  });

  test("a page that says otherwise ends with 1 and its rows", async () => {
    const { exitCode, out } = await compare("--compare", "changed.html");
    expect(exitCode).toBe(ExitCode.DOES_NOT_HOLD);
    expect(out.split("\n")[1]).toBe("~ REST client -> Backup server, TCP 9419 -> TCP 9420");
    const json = JSON.parse((await compare("--json", "--compare", "changed.html")).out) as object;
    expect(json).toMatchObject({ same: false, page: "Used ports", pageDate: newest.pageDate });
  });

  test("the page is recognised by its rows, and the revision can be given", async () => {
    const { exitCode, out } = await compare("13.0.1.1071@2026-02-13", "--compare", "entra-id.html");
    expect([exitCode, out.split("\n")[0]]).toEqual([
      ExitCode.HOLDS,
      "Entra ID ports, page of 2026-02-12, against entra-id.html:",
    ]);
  });

  test.each([
    [["--compare", "else.html"], "has no table with the columns From, To, Protocol and Port"],
    [["--compare", "none.html"], "does not exist"],
    [["13.0.1.1071@2026-01-14", "--compare", "used-ports.html"], "from 13.0.1.1071@2026-02-12 on"],
  ])("%j cannot be compared", async (args, message) => {
    const { exitCode, out, err } = await compare(...args);
    expect([exitCode, out]).toEqual([ExitCode.UNUSABLE, ""]);
    expect(err).toContain(message);
  });
});
