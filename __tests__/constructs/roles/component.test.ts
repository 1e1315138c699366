import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import {
  BackupNetwork,
  BackupServer,
  BackupVirtualNetwork,
  CacheRepository,
  DocumentedFlows,
  EntraIdBackup,
  ExistingSubnet,
} from "../../../lib";
import { propsOfDeployment } from "../../../lib/app/props";
import { existingNetwork, smallestDeployment } from "../../support/deployments/sample-deployments";
import { newStack } from "../../support/tools/synthesized";

const EXISTING =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/old";
const GROUP = { name: "nsg", resourceGroup: "rg", firstPriority: 1000, lastPriority: 1099 };

function backupOf(more: object): EntraIdBackup {
  return new EntraIdBackup(newStack(), "backup", { ...propsOfDeployment(smallestDeployment()), ...more });
}

const resolved = (scope: IConstruct, value: unknown): unknown =>
  Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()) });

test("a component in no DocumentedFlows is refused at synthesis, and one that is added later is not", () => {
  const stack = newStack();
  const network = new BackupNetwork(stack, "network", propsOfDeployment(smallestDeployment()));
  const server = new BackupServer(stack, "server", { network, subnet: "10.20.0.0/27" });
  const cache = new CacheRepository(stack, "cache", { network, subnet: "10.20.0.64/27" });
  const flows = new DocumentedFlows(stack, "flows", { components: [server] });
  expect(server.node.validate()).toEqual([]);
  expect(cache.node.validate()).toEqual([
    expect.stringMatching(/\/cache: was not added to a DocumentedFlows, .* pass it to add\(\.\.\.\)/),
  ]);
  flows.add(cache);
  expect(cache.node.validate()).toEqual([]);
});

describe("the id of a component's subnet is there", () => {
  test("where the subnet is made", () => {
    const { backupServer } = backupOf({});
    expect(resolved(backupServer, backupServer.subnetId)).toBe(
      `\${azurerm_subnet.${backupServer.subnet?.friendlyUniqueId}.id}`,
    );
  });

  test("where it stands inside the virtual network's resource", () => {
    const virtualNetwork = BackupVirtualNetwork.create({
      addressSpace: ["10.20.0.0/24"],
      inlineSubnets: true,
    });
    const { backupServer } = backupOf({ virtualNetwork });
    expect(backupServer.subnet).toBeUndefined();
    expect(backupServer.subnetId).toMatch(/\/subnets\/snet-veeam-entra-backup-server$/);
  });

  test.each([
    ["and is dedicated", ExistingSubnet.dedicated(EXISTING, "10.7.0.0/27")],
    ["and has a group managed elsewhere", ExistingSubnet.shared(EXISTING, GROUP, "10.7.0.0/27")],
  ])("where it exists %s", (_, existingSubnet) => {
    const { virtualNetwork } = propsOfDeployment({
      ...smallestDeployment(),
      ...existingNetwork("vnet", "rg"),
    });
    const backup = backupOf({ virtualNetwork, cacheRepositories: { old: { existingSubnet } } });
    expect(backup.cacheRepository("old").subnetId).toBe(EXISTING);
  });

  test.each([
    ["elsewhere", { addresses: ["10.9.0.0/28"] }],
    ["on another's machine", { on: "backupServer" }],
  ])("but not %s", (_, placement) => {
    expect(backupOf({ cacheRepositories: { c: placement } }).cacheRepository("c").subnetId).toBeUndefined();
  });
});
