import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import type { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import {
  NetworkSecurityRule,
  type NetworkSecurityRuleConfig,
} from "@cdktf/provider-azurerm/lib/network-security-rule";
import { TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import {
  BackupResourceGroup,
  BackupVirtualNetwork,
  EntraIdBackup,
  type EntraIdBackupProps,
} from "cdktf-veeam-entra-id";

/** A deployment in a stack of an app, and the group of its PostgreSQL server. */
export interface ProvenDeployment {
  readonly app: ReturnType<typeof Testing.app>;
  readonly stack: TerraformStack;
  readonly backup: EntraIdBackup;
  readonly group: NetworkSecurityGroup;
}

/** A stack with a provider, as another team would add it. */
export function stackIn(scope: Construct, id: string): TerraformStack {
  const stack = new TerraformStack(scope, id);
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  return stack;
}

/** A deployment whose proof holds; in the resource group `rg`, its group `nsg-proven-postgresql`. */
export function provenDeployment(change: Partial<EntraIdBackupProps> = {}): ProvenDeployment {
  const app = Testing.app();
  const stack = stackIn(app, "stack");
  const backup = new EntraIdBackup(stack, "backup", {
    name: "proven",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.create("rg"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
    postgresql: { subnet: "10.20.0.32/28" },
    ...change,
  });
  const group = backup.postgresql?.networkSecurityGroup;
  if (!group) throw new Error("the deployment has no PostgreSQL server");
  return { app, stack, backup, group };
}

/** A network of the hub's, in which subnets exist. */
export function hubNetwork(): BackupVirtualNetwork {
  return BackupVirtualNetwork.fromName({
    name: "vnet-hub",
    resourceGroup: "rg-hub",
    addressSpace: ["10.20.0.0/24", "10.7.0.0/24"],
    dnsServers: [],
  });
}

/** Synthesizes one stack, its validations included. */
export const synthesis =
  (stack: TerraformStack): (() => unknown) =>
  () =>
    Testing.synth(stack, true);

/** A rule that opens a port to everybody. */
export const OPEN_RULE = {
  name: "by-hand",
  priority: 4000,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefix: "*",
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "22",
};

/** The rule as an entry of `security_rule`. */
export const OPEN_ENTRY = Object.fromEntries(
  Object.entries(OPEN_RULE).map(([key, value]) => [key.replace(/(?=[A-Z])/g, "_").toLowerCase(), value]),
);

/** The rule as a resource, in the group `nsg-proven-postgresql` of `rg` unless `change` names another. */
export function openRule(
  stack: TerraformStack,
  change: Partial<NetworkSecurityRuleConfig> = {},
): NetworkSecurityRule {
  return new NetworkSecurityRule(stack, "by-hand", {
    networkSecurityGroupName: "nsg-proven-postgresql",
    resourceGroupName: "rg",
    ...OPEN_RULE,
    ...change,
  });
}
