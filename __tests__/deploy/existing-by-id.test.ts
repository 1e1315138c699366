import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { BackupResourceGroup, BackupVirtualNetwork, EntraIdBackup } from "cdktf-veeam-entra-id";
import { applyPlanEmptyAndDestroy, describeWithTerraform } from "../support/tools/terraform";
import { temporaryFolder } from "../support/tools/temporary-folder";

type Existing = (
  group: ResourceGroup,
  network: VirtualNetwork,
) => [resourceGroup: BackupResourceGroup, virtualNetwork: BackupVirtualNetwork];

/** A group and a network managed elsewhere, and a deployment in it, made by a provider of its own. */
function synthesize(outdir: string, existing: Existing): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "stack");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const provider = new AzurermProvider(stack, "spoke", { alias: "spoke", features: [{}] });
  new LocalBackend(stack, { path: "terraform.tfstate" });
  const group = new ResourceGroup(stack, "group", { name: "rg-network", location: "westeurope", provider });
  const network = new VirtualNetwork(stack, "network", {
    name: "vnet-spoke",
    location: "westeurope",
    resourceGroupName: group.name,
    addressSpace: ["10.20.0.0/24"],
    provider,
  });
  const [resourceGroup, virtualNetwork] = existing(group, network);
  new EntraIdBackup(stack, "backup", {
    name: "by-id",
    location: "westeurope",
    resourceGroup,
    virtualNetwork,
    provider,
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
    gatewayServers: { gw: { subnet: "10.20.0.32/27" } },
  });
  app.synth();
  return join(outdir, "stacks", "stack");
}

describeWithTerraform("in a network that exists, by a provider of its own", () => {
  const folder = temporaryFolder("veeam-existing-");
  afterAll(folder.remove);

  test.each<[string, Existing]>([
    [
      "found by ids that are known only at apply",
      (group, network) => [
        BackupResourceGroup.fromId(group.id),
        BackupVirtualNetwork.fromId({
          id: network.id,
          addressSpace: ["10.20.0.0/24"],
          dnsServers: [],
        }),
      ],
    ],
    [
      "found by the construct that makes it",
      (group, network) => [
        BackupResourceGroup.fromResource(group),
        BackupVirtualNetwork.fromResource(network),
      ],
    ],
  ])("%s, it applies, plans empty after, and is destroyed", (title, existing) => {
    // Two of the others, two subnets of three resources, the way out of the backup server: gateway, address, and two associations.
    expect(applyPlanEmptyAndDestroy(synthesize(join(folder.path, title.length.toString()), existing))).toBe(
      12,
    );
  });
});
