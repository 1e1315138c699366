import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider/index.js";
import { App, AzurermBackend, TerraformStack } from "cdktf";
import { BackupResourceGroup, BackupVirtualNetwork, EntraIdBackup } from "cdktf-veeam-entra-id";

// Five tenants in each of ten regions: fifty stacks in one app. Each has its own
// state, and can be planned and deployed without the others.
const regions = [
  "westeurope",
  "northeurope",
  "uksouth",
  "francecentral",
  "germanywestcentral",
  "swedencentral",
  "eastus",
  "westus3",
  "southeastasia",
  "australiaeast",
];
const tenants = ["alpha", "bravo", "charlie", "delta", "echo"];

const app = new App();
export const backups = regions.flatMap((location, region) =>
  tenants.map((tenant, index) => {
    const name = `veeam-${tenant}-${location}`;
    const base = `10.${100 + region}.${index}`;
    const stack = new TerraformStack(app, name);
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new AzurermBackend(stack, {
      resourceGroupName: "rg-terraform-state",
      storageAccountName: "stterraformstate",
      containerName: "veeam",
      key: `${name}.tfstate`,
      useAzureadAuth: true,
    });
    return new EntraIdBackup(stack, "backup", {
      name,
      location,
      resourceGroup: BackupResourceGroup.create(`rg-${name}`),
      virtualNetwork: BackupVirtualNetwork.create({ addressSpace: [`${base}.0/24`] }),
      consoles: ["10.1.0.0/24"],
      backupServer: { subnet: `${base}.0/27` },
      postgresql: { subnet: `${base}.32/28` },
      cacheRepositories: { cache: { subnet: `${base}.64/27` } },
      backupRepositories: { primary: { subnet: `${base}.96/27` } },
      tags: { tenant },
    });
  }),
);
app.synth();
