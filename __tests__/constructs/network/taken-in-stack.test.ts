import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack } from "cdktf";
import { BackupResourceGroup, BackupVirtualNetwork, EntraIdBackup } from "cdktf-veeam-entra-id";
import { propsOfDeployment } from "../../../lib/app/props";
import type { EntraIdBackupProps } from "../../../lib/constructs/entra-id-backup";
import { refusalLines } from "../../support/expected/refusals";
import { smallestDeployment } from "../../support/deployments/sample-deployments";
import { newStack } from "../../support/tools/synthesized";

const shared = {
  resourceGroup: BackupResourceGroup.fromName("rg-shared"),
  virtualNetwork: BackupVirtualNetwork.fromName({
    name: "vnet-hub",
    resourceGroup: "rg-network",
    addressSpace: ["10.20.0.0/24", "10.30.0.0/24"],
    dnsServers: [],
  }),
};
const elsewhere = { backupServer: { subnet: "10.30.0.0/27" } };

const inItsStack = (stack: TerraformStack): TerraformStack => stack;

/** What is said of a second deployment beside the smallest. */
function second(
  first: Partial<EntraIdBackupProps>,
  other: Partial<EntraIdBackupProps>,
  stackOfOther = inItsStack,
): string[] {
  const props = propsOfDeployment(smallestDeployment());
  const stack = newStack();
  new EntraIdBackup(stack, "one", { ...props, ...first });
  const scope = stackOfOther(stack);
  return refusalLines(() => new EntraIdBackup(scope, "two", { ...props, ...other }));
}

test("two deployments of one name in one resource group are refused", () => {
  expect(second(shared, { ...shared, ...elsewhere })).toEqual([
    'name: results in the name of a resource (subnet) that backup-server of veeam-entra/one/network already has (got "veeam-entra"). Allowed: names that differ in more than case, because Azure ignores it. Give the deployments different names.',
  ]);
  expect(second(shared, { ...shared, ...elsewhere, name: "VEEAM-entra" })).toHaveLength(1);
});

test("a resource group that two deployments make is refused", () => {
  expect(second({}, { name: "other" })).toEqual([
    'resourceGroup: is a resource group that veeam-entra/one/network already creates (got "rg-veeam-entra"). Allowed: a resource group that is created once. Use BackupResourceGroup.fromResource for the second, or another name.',
  ]);
});

test("subnets of two deployments that overlap in one network are refused", () => {
  expect(second(shared, { ...shared, name: "other", backupServer: { subnet: "10.20.0.16/28" } })).toEqual([
    'backupServer.subnet: overlaps backupServer.subnet of veeam-entra/one/network (10.20.0.0/27) in the same virtual network (got "10.20.0.16/28"). Allowed: subnets that do not overlap. Choose prefixes that do not overlap.',
  ]);
});

test.each<[string, Partial<EntraIdBackupProps>, (stack: TerraformStack) => TerraformStack]>([
  ["of another name", { ...shared, ...elsewhere, name: "other" }, inItsStack],
  [
    "in another resource group and network",
    {
      resourceGroup: BackupResourceGroup.fromName("rg-other"),
      virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
    },
    inItsStack,
  ],
  [
    "in another stack",
    { ...shared, ...elsewhere },
    (stack) => new TerraformStack(stack.node.root, "another"),
  ],
])("a deployment %s is not", (_title, other, stackOfOther) => {
  expect(second(shared, other, stackOfOther)).toEqual([]);
});

test("nor is one in another subscription", () => {
  const stack = newStack();
  const props = { ...propsOfDeployment(smallestDeployment()), ...shared };
  const provider = new AzurermProvider(stack, "spoke", { features: [{}], alias: "spoke" });
  new EntraIdBackup(stack, "one", props);
  expect(refusalLines(() => new EntraIdBackup(stack, "two", { ...props, provider }))).toEqual([]);
});
