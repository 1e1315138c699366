import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { copyOfProject, describeWithTerraform, terraform } from "../support/tools/terraform";

describeWithTerraform("the Terraform CDK's command", () => {
  const folder = temporaryFolder("veeam-cdktf-");
  afterAll(folder.remove);

  test("deploys the shipped deployment, has nothing left to do, and destroys it", () => {
    copyOfProject(folder.path);
    const cdktf = (...args: string[]): string =>
      execFileSync(process.execPath, [join("node_modules", "cdktf-cli", "bundle", "bin", "cdktf"), ...args], {
        cwd: folder.path,
        encoding: "utf8",
        env: { ...process.env, FORCE_COLOR: "0" },
      });
    const state = (): { resources: unknown[] } =>
      JSON.parse(readFileSync(join(folder.path, "terraform.veeam-entra.tfstate"), "utf8")) as {
        resources: unknown[];
      };

    // On a busy machine, the command's terminal loses the end of what Terraform prints: the state tells.
    cdktf("deploy", "veeam-entra", "--auto-approve");
    expect(state().resources).toHaveLength(24);
    cdktf("diff", "veeam-entra");
    const stack = join(folder.path, "cdktf.out", "stacks", "veeam-entra");
    terraform(stack, "plan", "-detailed-exitcode", "-input=false", "-no-color");
    cdktf("destroy", "veeam-entra", "--auto-approve");
    expect(state().resources).toHaveLength(0);
  });
});
