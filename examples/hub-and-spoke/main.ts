import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider/index.js";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  BackupResourceGroup,
  BackupVirtualNetwork,
  Egress,
  EntraIdBackup,
  Peer,
  Port,
} from "cdktf-veeam-entra-id";

// The network team created the spoke and peered it with a hub, which has the
// domain's DNS servers and a firewall. The backup team creates its subnets in the spoke.
const app = new App();
const stack = new TerraformStack(app, "hub-and-spoke");
new AzurermProvider(stack, "azurerm", { features: [{}] });
// The path is relative to the stack's folder: the state is next to this program, outside cdktf.out.
new LocalBackend(stack, { path: "../../../terraform.hub-and-spoke.tfstate" });

export const backup = new EntraIdBackup(stack, "backup", {
  name: "veeam-spoke",
  location: "westeurope",
  resourceGroup: BackupResourceGroup.create("rg-veeam-spoke"),
  virtualNetwork: BackupVirtualNetwork.fromName({
    name: "vnet-spoke-backup",
    resourceGroup: "rg-spoke-network",
    addressSpace: ["10.40.0.0/24"],
    dnsServers: ["10.0.0.4", "10.0.0.5"],
  }),
  egress: Egress.managedElsewhere(), // connections to the Internet pass the hub's firewall
  consoles: ["10.0.8.0/26"],
  backupServer: { subnet: "10.40.0.0/27" },
  postgresql: { subnet: "10.40.0.32/28" },
  cacheRepositories: { cache: { subnet: "10.40.0.64/27" } },
  gatewayServers: { gateway: { on: "backupServer" } },
  backupRepositories: { primary: { subnet: "10.40.0.96/27" }, offsite: { addresses: ["10.60.2.0/28"] } },
});

// The hub's monitoring reads metrics of the two machines that contain data.
for (const component of backup.components.filter(({ key }) => ["cache", "primary"].includes(key))) {
  component.connections.allowFrom(
    Peer.cidr("10.0.9.0/28"),
    Port.tcp(9182),
    "metrics for the hub's monitoring",
  );
}

app.synth();
