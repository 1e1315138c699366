import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { propsOfDeployment } from "../../lib/app/props";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { copyingDeployment } from "../support/deployments/feature-deployments";
import { refusalsOf } from "../support/expected/refusals";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { applyPlanEmptyAndDestroy, describeWithTerraform } from "../support/tools/terraform";

describeWithTerraform("features with Terraform", () => {
  test("log backup and tenant backup copy over Windows, Linux, SMB and object storage apply, plan empty and go", () => {
    const deployment = copyingDeployment();
    expect(refusalsOf(deployment)).toEqual([]);
    const folder = temporaryFolder("veeam-features-");
    const app = new App({ outdir: folder.path });
    const stack = new TerraformStack(app, deployment.name);
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    new EntraIdBackup(stack, "backup", propsOfDeployment(deployment));
    // With its validations, the proof among them.
    app.synth();
    // Group and network; six subnets with a group and an association each; a way
    // out with its address, and two subnets on it for the tags of object storage.
    expect(applyPlanEmptyAndDestroy(`${folder.path}/stacks/${deployment.name}`)).toBe(2 + 18 + 3 + 2);
    folder.remove();
  });
});
