import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock/index.js";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting/index.js";
import { NetworkWatcherFlowLog } from "@cdktf/provider-azurerm/lib/network-watcher-flow-log/index.js";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider/index.js";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment/index.js";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { BackupResourceGroup, BackupVirtualNetwork, EntraIdBackup } from "cdktf-veeam-entra-id";

const LOGS = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers";
const WORKSPACE = `${LOGS}/Microsoft.OperationalInsights/workspaces/law-hub`;
const STORAGE = `${LOGS}/Microsoft.Storage/storageAccounts/stflowlogs`;
const NETWORK_TEAM = "11111111-1111-1111-1111-111111111111";

const app = new App();
const stack = new TerraformStack(app, "guarded");
new AzurermProvider(stack, "azurerm", { features: [{}] });
// The path is relative to the stack's folder: the state is next to this program, outside cdktf.out.
new LocalBackend(stack, { path: "../../../terraform.guarded.tfstate" });

export const backup = new EntraIdBackup(stack, "backup", {
  name: "veeam",
  location: "westeurope",
  resourceGroup: BackupResourceGroup.create("rg-veeam"),
  virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
  consoles: ["10.1.0.0/24"],
  backupServer: { subnet: "10.20.0.0/27" },
  cacheRepositories: { cache: { subnet: "10.20.0.32/27" } },
});

// The resources are objects of the provider's classes: add locks, logs and roles as for any other resource.
for (const { key, networkSecurityGroup: group } of backup.components) {
  if (!group) continue;
  const logs = new MonitorDiagnosticSetting(stack, `logs-${key}`, {
    name: "to-workspace",
    targetResourceId: group.id,
    logAnalyticsWorkspaceId: WORKSPACE,
    enabledLog: [{ category: "NetworkSecurityGroupEvent" }],
  });
  // Azure does not delete anything under a lock. With dependsOn, Terraform deletes the lock first.
  new ManagementLock(stack, `lock-${key}`, {
    name: "keep",
    lockLevel: "CanNotDelete",
    scope: group.id,
    dependsOn: [logs],
  });
}
if (backup.network.virtualNetwork) {
  new RoleAssignment(stack, "network-team", {
    scope: backup.network.virtualNetwork.id,
    roleDefinitionName: "Reader",
    principalId: NETWORK_TEAM,
  });
  new NetworkWatcherFlowLog(stack, "flow-log", {
    name: "fl-veeam",
    networkWatcherName: "NetworkWatcher_westeurope",
    resourceGroupName: "NetworkWatcherRG",
    targetResourceId: backup.network.virtualNetwork.id,
    storageAccountId: STORAGE,
    enabled: true,
    retentionPolicy: { enabled: true, days: 30 },
  });
}

app.synth();
