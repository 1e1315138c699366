import fc from "fast-check";
import { ExitCode } from "../../lib/cli/exit-code";
import type { ConnectionDifference } from "../../lib/proof/evaluation/connection-range";
import { REVISIONS } from "../../lib/ports/revisions";
import { azLists, renumbered } from "../support/files/az-files";
import { Drift } from "../support/oracle/drift";
import { veeamPorts } from "../support/tools/fake-io";
import { runs } from "../support/arbitraries/property-settings";
import { smallestDeployment } from "../support/deployments/sample-deployments";

const OLD = "13.0.1.1071@2025-12-19";
const YOUNG = "13.0.1.1071@2026-02-12";

test("two revisions differ in connections between parties, each once", async () => {
  const { out, exitCode, err } = await veeamPorts(["diff", OLD, YOUNG]);
  expect(out.trimEnd().split("\n").sort()).toEqual([
    "+ backup-server -> cache-repository, TCP port 6160, 6162",
    "+ backup-server -> http-proxy, TCP port <proxy port>",
    "+ backup-server -> migrating-cache-repositories, TCP port 2500-3300",
    "+ cache-repository -> backup-repository, TCP port 2500-3300",
    "+ cache-repository -> gateway-server, TCP port 2500-3300",
    "- backup-server -> http-proxy, TCP port 3128",
  ]);
  expect([exitCode, err]).toEqual([ExitCode.DOES_NOT_HOLD, ""]);
});

test("where a terminal shows colours, what is opened and what is closed has one", async () => {
  const lines = (await veeamPorts(["diff", OLD, YOUNG], {}, true)).out.split("\n");
  expect(lines[0]).toBe("\u001b[31m- backup-server -> http-proxy, TCP port 3128\u001b[39m");
  expect(lines[1]).toMatch(/^\u001b\[32m\+ /);
});

test("of any two revisions, each difference is said once", async () => {
  for (const [before, after] of REVISIONS.flatMap((one) => REVISIONS.map((other) => [one, other]))) {
    const lines = (await veeamPorts(["diff", before, after])).out.trim().split("\n");
    expect(new Set(lines).size).toBe(lines.length);
  }
});

test("the other way round, what was opened is closed", async () => {
  const [forth, back] = await Promise.all(
    [
      [OLD, YOUNG],
      [YOUNG, OLD],
    ].map(
      async (pair) => JSON.parse((await veeamPorts(["diff", "--json", ...pair])).out) as ConnectionDifference,
    ),
  );
  expect(back).toEqual({ same: false, opened: forth.closed, closed: forth.opened });
});

test("revisions of the same ports do not differ", async () => {
  const { out, exitCode } = await veeamPorts(["diff", "13.0.1.1071@2026-02-18", "13.0.1.2067@2026-03-31"]);
  expect([out, exitCode]).toEqual(["No connection is opened or closed.\n", ExitCode.HOLDS]);
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
  [["13.0.1.1071@2026-02-13", YOUNG], 'Did you mean "13.0.1.1071@2026-02-12"?'],
  [
    [YOUNG, "plan.json"],
    `${YOUNG} is a revision of the port table, and "plan.json" is none. Give a revision beside it: `,
  ],
  [["13.0.1", "plan.json"], `"13.0.1" is no revision of the port table. Known: ${REVISIONS.join(", ")}. `],
  [["plan.json", "13.0.1.1071"], '"13.0.1.1071" is no revision of the port table. Known: '],
  [["14.0.0.0@2027-01-01", "14.0.0.1@2027-01-01"], '"14.0.0.0@2027-01-01" is no revision of the port table'],
  [["no-such-file.json", "no-such-file.json"], "is not there"],
  [["lib", "lib"], "is a folder"],
])("%j is wrong usage, and what to change is said", async (pair, message) => {
  const { exitCode, out, err } = await veeamPorts(["diff", ...pair]);
  expect([exitCode, out]).toEqual([ExitCode.UNUSABLE, ""]);
  expect(err).toContain(message);
});
