import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { BackupResourceGroup, BackupVirtualNetwork, EntraIdBackup, StateMoves } from "cdktf-veeam-entra-id";
import { Construct } from "constructs";
import { describeWithTerraform, terraform } from "../support/tools/terraform";
import { temporaryFolder } from "../support/tools/temporary-folder";

function synthesize(outdir: string, build: (stack: TerraformStack) => void): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "stack");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  new LocalBackend(stack, { path: "terraform.tfstate" });
  build(stack);
  app.synth();
  return join(outdir, "stacks", "stack");
}

function backupIn(scope: Construct, id: string): EntraIdBackup {
  return new EntraIdBackup(scope, id, {
    name: "moved",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.create("rg-moved"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
  });
}

describeWithTerraform("a construct that is renamed and nested", () => {
  const folder = temporaryFolder("veeam-moved-");
  afterAll(folder.remove);

  test("keeps its resources when asked to, and only then", () => {
    const plan = (stack: string): string => terraform(stack, "plan", "-no-color", "-input=false");
    const stack = synthesize(folder.path, (scope) => void backupIn(scope, "backup"));
    terraform(stack, "init", "-input=false", "-no-color");
    terraform(stack, "apply", "-auto-approve", "-input=false", "-no-color");

    const nested = (scope: TerraformStack): EntraIdBackup =>
      backupIn(new Construct(scope, "platform"), "veeam");
    synthesize(folder.path, (scope) => void nested(scope));
    expect(plan(stack)).toContain("9 to add, 0 to change, 9 to destroy");

    synthesize(folder.path, (scope) => StateMoves.moveFromPath(nested(scope), "backup"));
    const kept = plan(stack);
    expect(kept.match(/has moved to/g)).toHaveLength(9);
    expect(kept).toContain("0 to add, 0 to change, 0 to destroy");
    terraform(stack, "apply", "-auto-approve", "-input=false", "-no-color");

    synthesize(folder.path, (scope) => void nested(scope));
    expect(plan(stack)).toContain("No changes");
  });
});
