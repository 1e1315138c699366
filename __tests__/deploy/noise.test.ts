import { fullDeployment } from "../support/deployments/sample-deployments";
import { LiveStack } from "../support/tools/live-stack";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { describeWithTerraform } from "../support/tools/terraform";

describeWithTerraform("a plan", () => {
  const folder = temporaryFolder("veeam-noise-");
  afterAll(folder.remove);

  test("shows no rule that nobody changed", () => {
    const live = new LiveStack(folder.path);
    const deployment = fullDeployment();
    live.write(deployment);
    live.apply();
    // The consoles stand in one rule of the backup server.
    live.write({ ...deployment, consoles: ["10.1.0.0/24", "10.1.9.0/24"] });
    const plan = live.plan();
    expect(plan).toContain("0 to add, 1 to change, 0 to destroy");
    const shown = [...plan.matchAll(/^ *[-+] name += "(.+)"$/gm)].map(([, name]) => name);
    expect([...new Set(shown)].sort()).toEqual([
      "allow-in-console-to-backup-server",
      "allow-in-console-to-backup-server-rest-api",
    ]);
  });
});
