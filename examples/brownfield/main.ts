import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider/index.js";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  BackupResourceGroup,
  BackupVirtualNetwork,
  Egress,
  EntraIdBackup,
  ExistingSubnet,
} from "cdktf-veeam-entra-id";

// Two subnets exist. The gateway server is in one whose group the storage team
// manages: rules are added to it, with priorities from 1000 to 1199. The other
// is dedicated to the cache repository, so this deployment creates its group.
const network =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-old/providers/Microsoft.Network/virtualNetworks/vnet-old";

const app = new App();
const stack = new TerraformStack(app, "brownfield");
new AzurermProvider(stack, "azurerm", { features: [{}] });
// The path is relative to the stack's folder: the state is next to this program, outside cdktf.out.
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

// The assumptions of the proof say what cannot be verified in a group that is managed elsewhere.
console.log(
  backup.proof.assumptions.filter((assumption) => assumption.includes("managed elsewhere")).join("\n"),
);
app.synth();
