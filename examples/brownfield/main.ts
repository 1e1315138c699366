import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider/index.js";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  BackupResourceGroup,
  BackupVirtualNetwork,
  Egress,
  EntraIdBackup,
  ExistingSubnet,
} from "cdktf-veeam-entra-id";

// Two subnets exist. The gateway server lives in one whose group the storage
// team owns: rules are added there, between 1000 and 1199. The cache repository
// has the other to itself, so it gets a group from here.
const network =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-old/providers/Microsoft.Network/virtualNetworks/vnet-old";

const app = new App();
const stack = new TerraformStack(app, "brownfield");
new AzurermProvider(stack, "azurerm", { features: [{}] });
// Beside this program, seen from the stack's folder: whoever deletes cdktf.out keeps the state.
new LocalBackend(stack, { path: "../../../terraform.brownfield.tfstate" });

export const backup = new EntraIdBackup(stack, "backup", {
  name: "veeam-brownfield",
  location: "northeurope",
  resourceGroup: BackupResourceGroup.fromName("rg-backup"),
  virtualNetwork: BackupVirtualNetwork.fromName({
    name: "vnet-old",
    resourceGroup: "rg-old",
    addressSpace: ["10.70.0.0/16"],
    dnsServers: [],
  }),
  egress: Egress.managedElsewhere(),
  consoles: ["10.1.0.0/24"],
  backupServer: { subnet: "10.70.9.0/27" },
  cacheRepositories: {
    cache: { existingSubnet: ExistingSubnet.dedicated(`${network}/subnets/snet-cache`, "10.70.2.0/27") },
  },
  gatewayServers: {
    gateway: {
      existingSubnet: ExistingSubnet.shared(
        `${network}/subnets/snet-storage`,
        { name: "nsg-storage", resourceGroup: "rg-old", firstPriority: 1000, lastPriority: 1199 },
        "10.70.3.0/24",
      ),
    },
  },
  backupRepositories: { primary: { on: "gatewayServers.gateway" } },
});

// What cannot be proven because others own the rest of a group is said in words.
console.log(backup.proof.assumptions.filter((assumption) => assumption.includes("others'")).join("\n"));
app.synth();
