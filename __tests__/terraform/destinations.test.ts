import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { BackupResourceGroup, BackupVirtualNetwork, Destinations, EntraIdBackup } from "cdktf-veeam-entra-id";
import { temporaryFolder } from "../support/temporary-folder";
import { applyPlanEmptyAndDestroy, describeWithTerraform } from "../support/terraform";

const policyId =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/hub";

describeWithTerraform("each way to Microsoft", () => {
  const folder = temporaryFolder("veeam-ways-");
  afterAll(folder.remove);

  test.each([
    // Group, network, subnet, group, association; then a NAT gateway with its address and two associations.
    ["addresses", Destinations.ipRanges(join(__dirname, "..", "fixtures", "service-tags-20251110.json")), 9],
    // Or a route table, its association and the rules on the firewall.
    ["names", Destinations.azureFirewall({ policyId, privateIpAddress: "10.0.1.4", priority: 500 }), 8],
  ])("by %s applies, plans empty after, and is destroyed", (name, destinations, resources) => {
    const outdir = join(folder.path, name);
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "stack");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    new EntraIdBackup(stack, "backup", {
      name: "ways",
      location: "westeurope",
      resourceGroup: BackupResourceGroup.create("rg"),
      virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
      consoles: ["10.1.0.0/24"],
      backupServer: { subnet: "10.20.0.0/27" },
      destinations,
    });
    app.synth();
    expect(applyPlanEmptyAndDestroy(join(outdir, "stacks", "stack"))).toBe(resources);
  });
});
