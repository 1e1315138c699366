import fc from "fast-check";
import { ExitCode } from "../../lib/cli/exit-code";
import { REVISIONS } from "../../lib/ports/revisions";
import { azLists, renumbered } from "../support/files/az-files";
import { Drift } from "../support/oracle/drift";
import { veeamPorts } from "../support/tools/fake-io";
import { runs } from "../support/arbitraries/property-settings";
import { smallestDeployment } from "../support/deployments/sample-deployments";

const OLD = "13.0.1.1071@2025-12-19";
const YOUNG = "13.0.1.1071@2026-02-12";

test("two revisions differ in rows of the pages, each once", async () => {
  const { out, exitCode, err } = await veeamPorts(["diff", OLD, "13.0.1.1071@2026-01-14"]);
  const database = "PostgreSQL server (Microsoft Entra ID backup repository)";
  expect(out.trimEnd().split("\n")).toEqual([
    "Entra ID ports, 2025-12-19 to 2026-01-14:",
    `~ Backup server -> ${database}, TCP 5432 -> TCP 5432 (optional)`,
    "- Backup server -> Proxy server, TCP 3128",
    "+ Backup server -> HTTP proxy server, TCP <proxy port> (optional)",
  ]);
  expect([exitCode, err]).toEqual([ExitCode.DOES_NOT_HOLD, ""]);
});

test("a page that is not known yet is new with all of its rows", async () => {
  const { out } = await veeamPorts(["diff", OLD, YOUNG]);
  expect(out).toContain("Used ports, not known to 2026-02-12:\n+ ");
  expect(out.match(/^\+ /gm)).toHaveLength(142 + 7);
});

test("where a terminal shows colours, what is new and what is gone has one", async () => {
  const lines = (await veeamPorts(["diff", OLD, "13.0.1.1071@2026-01-14"], {}, true)).out.split("\n");
  expect(lines[2]).toMatch(/^\u001b\[31m- /);
  expect(lines[3]).toMatch(/^\u001b\[32m\+ /);
});

test("the other way round, what was new is gone", async () => {
  type Pages = { pages: Array<{ differences: Array<{ kind: string }> }> };
  const count = async (kind: string, ...pair: string[]): Promise<number> => {
    const { pages } = JSON.parse((await veeamPorts(["diff", "--json", ...pair])).out) as Pages;
    return pages.flatMap(({ differences }) => differences).filter((one) => one.kind === kind).length;
  };
  for (const [before, after] of REVISIONS.slice(1).map((later, at) => [REVISIONS[at], later])) {
    expect(await count("new", before, after)).toBe(await count("gone", after, before));
    expect(await count("changed", before, after)).toBe(await count("changed", after, before));
  }
});

test("for a deployment, two revisions differ in the connections that they open and close", async () => {
  const deployment = {
    ...smallestDeployment(),
    backupServer: { subnet: "10.20.0.0/27", type: "linux" },
    cacheRepositories: { cache: { subnet: "10.20.0.32/27", type: "linux" } },
    gatewayServers: { gateway: { subnet: "10.20.0.64/27", type: "linux" } },
    features: ["logBackup"],
  };
  const files = { "cdktf.json": { context: { entraIdBackup: deployment } } };
  const diff = (after: string) => veeamPorts(["diff", YOUNG, after, "--deployment", "cdktf.json"], files);
  const { out, exitCode } = await diff("13.1.0.411@2026-08-03");
  expect(out.trimEnd().split("\n").sort()).toEqual([
    "+ 10.20.0.0/27 -> 10.20.0.32/27, TCP port 22",
    "+ 10.20.0.32/27 -> 10.20.0.64/27, TCP port 6162",
  ]);
  expect(exitCode).toBe(ExitCode.DOES_NOT_HOLD);
  expect((await diff("13.0.1.1071@2026-02-12")).exitCode).toBe(ExitCode.HOLDS);
});

test("revisions of the same rows do not differ", async () => {
  const { out, exitCode } = await veeamPorts(["diff", "13.0.1.2067@2026-03-30", "13.0.1.2067@2026-03-31"]);
  expect([out, exitCode]).toEqual(["No row is new, gone or changed.\n", ExitCode.HOLDS]);
});

test("two files differ in connections, not in rules", async () => {
  const deployment = { ...smallestDeployment(), postgresql: { subnet: "10.20.0.32/28" } };
  const [before, renamed, widened] = [new Drift(deployment), new Drift(deployment), new Drift(deployment)];
  Object.assign(renamed.rule("postgresql", "allow-in-backup-server-to-postgresql"), {
    name: "database",
    priority: 300,
  });
  for (const [component, rule] of [
    ["postgresql", "allow-in-backup-server-to-postgresql"],
    ["backup-server", "allow-out-backup-server-to-postgresql"],
  ]) {
    widened.rule(component, rule).destination_port_range = "5432-5433";
  }
  const files = { "a.json": before.json, "b.json": renamed.json, "c.json": widened.json };
  expect(await veeamPorts(["diff", "a.json", "b.json"], files)).toMatchObject({
    exitCode: ExitCode.HOLDS,
    err: "",
  });
  expect(await veeamPorts(["diff", "a.json", "c.json"], files)).toEqual({
    exitCode: ExitCode.DOES_NOT_HOLD,
    out: "+ 10.20.0.0/27 -> 10.20.0.32/28, TCP port 5433\n",
    err: "",
  });
});

test("a file does not differ from itself, nor from one whose rules have other names and priorities", async () => {
  const sameness = async (files: Record<string, unknown>, ...options: string[]) =>
    Promise.all(
      ["a.json", "b.json"].map(
        async (other) => (await veeamPorts(["diff", "a.json", other, ...options], files)).out,
      ),
    );
  await fc.assert(
    fc.asyncProperty(azLists, async ({ nsgs, vnets }) => {
      const files = { "a.json": nsgs, "b.json": renumbered(nsgs), "vnets.json": vnets };
      const nothing = ["No connection is opened or closed.\n", "No connection is opened or closed.\n"];
      expect(await sameness(files)).toEqual(nothing);
      expect(await sameness(files, "--subnets", "vnets.json")).toEqual(nothing);
    }),
    runs(20),
  );
});

test("a rule whose group cannot be told is not compared, and that is a difference", async () => {
  const drift = new Drift(smallestDeployment());
  const rule = drift.rule("backup-server", "deny-all-in");
  const lost = { ...rule, name: "lost", priority: 4000, network_security_group_name: "${var.group}" };
  const files = {
    "a.json": drift.json,
    "b.json": { resource: { ...drift.json.resource, azurerm_network_security_rule: { lost } } },
  };
  const { out, exitCode } = await veeamPorts(["diff", "a.json", "b.json"], files);
  expect(out).toMatch(
    /^No connection is opened or closed\.\n\? azurerm_network_security_rule\.lost of b\.json may be a rule of /,
  );
  expect(exitCode).toBe(ExitCode.DOES_NOT_HOLD);
  const json = await veeamPorts(["diff", "--json", "a.json", "b.json"], files);
  expect(JSON.parse(json.out)).toMatchObject({ same: false, notCompared: [expect.any(String)] });
  const copies = { ...files, "c.json": files["b.json"] };
  expect((await veeamPorts(["diff", "b.json", "c.json"], copies)).exitCode).toBe(ExitCode.HOLDS);
});

test.each([
  [["13.0.1.1071@2026-02-14", YOUNG], 'Did you mean "13.0.1.1071@2026-'],
  [
    [YOUNG, "plan.json"],
    `${YOUNG} is a revision of the port table, and "plan.json" is not. Give another revision: `,
  ],
  [["13.0.1", "plan.json"], `"13.0.1" is not a revision of the port table. Known: ${REVISIONS.join(", ")}. `],
  [["plan.json", "13.0.1.1071"], '"13.0.1.1071" is not a revision of the port table. Known: '],
  [
    ["14.0.0.0@2027-01-01", "14.0.0.1@2027-01-01"],
    '"14.0.0.0@2027-01-01" is not a revision of the port table',
  ],
  [["no-such-file.json", "no-such-file.json"], "does not exist"],
  [["lib", "lib"], "is a folder"],
])("%j is wrong usage, and what to change is said", async (pair, message) => {
  const { exitCode, out, err } = await veeamPorts(["diff", ...pair]);
  expect([exitCode, out]).toEqual([ExitCode.UNUSABLE, ""]);
  expect(err).toContain(message);
});
