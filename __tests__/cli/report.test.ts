import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExitCode } from "../../lib/cli/exit-code";
import { addMachines } from "../../lib/app/machines";
import { propsOfDeployment } from "../../lib/app/props";
import type { DeploymentFile } from "../../lib/app/schema";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { FlowReport } from "../../lib/report/report";
import { veeamPorts } from "../support/tools/fake-io";
import {
  deploymentWithMachines,
  existingNetwork,
  fullDeployment,
  smallestDeployment,
} from "../support/deployments/sample-deployments";
import { newStack } from "../support/tools/synthesized";

const FILES = { "cdktf.json": { context: { entraIdBackup: smallestDeployment() } } };
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "veeam-ports-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const shared = {
  id: "/subscriptions/s/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet/subnets/old",
  addressPrefixes: ["10.20.0.160/27"],
  group: { name: "nsg", resourceGroup: "rg-network", firstPriority: 1000, lastPriority: 1199 },
};

test.each<[string, DeploymentFile]>([
  ["the smallest deployment", smallestDeployment()],
  ["one with every role", fullDeployment()],
  ["one with machines", deploymentWithMachines()],
  [
    "one in an existing network, with a group that is managed elsewhere",
    {
      ...smallestDeployment(),
      ...existingNetwork("vnet", "rg-network"),
      resourceGroup: { existing: "rg-veeam" },
      egress: "existing",
      postgresql: { existingSubnet: shared },
    },
  ],
])("the report on %s is what the app would write, byte by byte", async (_title, deployment) => {
  const [ours, theirs] = [join(folder, "ours"), join(folder, "theirs")];
  const given = { "cdktf.json": { context: { entraIdBackup: deployment } } };
  const { exitCode, out, err } = await veeamPorts(["report", "--out", ours], given);
  expect([exitCode, err]).toEqual([
    ExitCode.HOLDS,
    expect.stringMatching(
      /^Not enabled: \d+ connections that Veeam documents for these roles; the report lists them\.\n$/,
    ),
  ]);
  const backup = new EntraIdBackup(newStack(deployment.name), "backup", propsOfDeployment(deployment));
  addMachines(backup, deployment);
  FlowReport.of(backup).write(theirs);
  const files = readdirSync(theirs);
  expect(files).toHaveLength(4);
  expect(out.trim().split("\n").sort()).toEqual(files.map((file) => join(ours, file)).sort());
  for (const file of files) {
    expect(readFileSync(join(ours, file), "utf8")).toBe(readFileSync(join(theirs, file), "utf8"));
  }
});

test.each([
  ["below a file", () => join(folder, "taken", "inside")],
  // The system says that /proc does not exist, and Node.js would create it again and again.
  ["in /proc", () => "/proc/nope"],
])("a folder %s cannot be created, and is refused with what to change", async (_, out) => {
  writeFileSync(join(folder, "taken"), "");
  const { exitCode, err } = await veeamPorts(["report", "--out", out()], FILES);
  expect(exitCode).toBe(ExitCode.UNUSABLE);
  expect(err).toContain("Give --out a folder that can be written to.");
});

test("a deployment that is refused writes nothing", async () => {
  const out = join(folder, "out");
  const wrong = { "cdktf.json": { context: { entraIdBackup: { ...smallestDeployment(), consoles: [] } } } };
  const { exitCode, err } = await veeamPorts(["report", "--out", out], wrong);
  expect([exitCode, err]).toEqual([ExitCode.UNUSABLE, expect.stringContaining("consoles")]);
  expect(existsSync(out)).toBe(false);
});
