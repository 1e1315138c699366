import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider/index.js";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  BackupNetwork,
  BackupRepository,
  BackupResourceGroup,
  BackupServer,
  BackupVirtualNetwork,
  CacheRepository,
  DocumentedFlows,
  GatewayServer,
} from "cdktf-veeam-entra-id";

// The network and the backup server change rarely, and are one stack. The
// repositories are added and removed with the data, and are another.
const app = new App();

function stackNamed(name: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  // The path is relative to the stack's folder: the states are next to this program, outside cdktf.out.
  new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
  return stack;
}

const core = stackNamed("core");
const data = stackNamed("data");

const network = new BackupNetwork(core, "network", {
  name: "veeam",
  location: "westeurope",
  resourceGroup: BackupResourceGroup.create("rg-veeam"),
  virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.50.0.0/24"] }),
});
const server = new BackupServer(core, "backup-server", { network, subnet: "10.50.0.0/27" });
const cache = new CacheRepository(data, "cache", { network, subnet: "10.50.0.64/27" });
const gateway = new GatewayServer(data, "gateway", { network, subnet: "10.50.0.96/27" });
const primary = new BackupRepository(data, "primary", { network, subnet: "10.50.0.128/27" });
const secondary = new BackupRepository(data, "secondary", { network, addresses: ["10.2.0.0/27"] });

// One DocumentedFlows for both stacks: each group gets the rules for its end, in its own stack.
export const flows = new DocumentedFlows(core, "flows", {
  consoles: ["10.1.0.0/24"],
  components: [server, cache, gateway, primary, secondary],
});

app.synth();
