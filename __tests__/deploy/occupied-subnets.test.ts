import {
  BackupNetwork,
  BackupResourceGroup,
  BackupVirtualNetwork,
  CacheRepository,
  DocumentedFlows,
  BackupServer,
  StateMoves,
} from "cdktf-veeam-entra-id";
import type { TerraformStack } from "cdktf";
import { type DeploymentJson, LiveStack } from "../support/tools/live-stack";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { describeWithTerraform } from "../support/tools/terraform";

// A machine that Terraform does not know is in a subnet that a change deletes. Azure
// refuses the change, and at no moment is the machine without its group.

const NETWORK =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-veeam/providers/Microsoft.Network/virtualNetworks/vnet-veeam";

function deployment(more: DeploymentJson, inlineSubnets = false): (live: LiveStack) => void {
  return (live) =>
    live.write({
      name: "veeam",
      location: "westeurope",
      resourceGroup: "rg-veeam",
      virtualNetwork: { addressSpace: ["10.20.0.0/24"], inlineSubnets },
      consoles: ["10.1.0.0/24"],
      backupServer: { subnet: "10.20.0.0/27" },
      ...more,
    });
}

/** The roles without EntraIdBackup: with a cache repository, without it, and once it is forgotten. */
function roles(cacheIs: "there" | "removed" | "forgotten"): (live: LiveStack) => void {
  return (live) =>
    live.writeStack((stack) => {
      const network = new BackupNetwork(stack, "network", {
        name: "veeam",
        location: "westeurope",
        resourceGroup: BackupResourceGroup.create("rg-veeam"),
        virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
      });
      const server = new BackupServer(stack, "server", { network, subnet: "10.20.0.0/27" });
      new DocumentedFlows(stack, "flows", {
        consoles: ["10.1.0.0/24"],
        components: [server, ...(cacheIs === "there" ? [cache(stack, network)] : [])],
      });
      if (cacheIs === "removed") StateMoves.removeFromPath(stack, "old");
    });
}

const cache = (stack: TerraformStack, network: BackupNetwork): CacheRepository =>
  new CacheRepository(stack, "old", { network, subnet: "10.20.0.32/27" });

const nothing = (live: LiveStack): void => live.writeStack(() => {});

const OLD = { subnet: "10.20.0.32/27" };
const CACHE = { cacheRepositories: { old: OLD } };

describeWithTerraform("a machine in a subnet keeps its group until Azure deletes the subnet", () => {
  const folder = temporaryFolder("veeam-occupied-");
  const live = new LiveStack(folder.path);
  afterEach(() => live.forget());
  afterAll(folder.remove);

  test.each([
    [
      "a component has another key",
      deployment(CACHE),
      deployment({ cacheRepositories: { new: { ...OLD, formerKey: "old" } } }),
      deployment({ cacheRepositories: { new: OLD } }),
    ],
    ["a role without EntraIdBackup is removed", roles("there"), roles("removed"), roles("forgotten")],
    ["everything with inline subnets is destroyed", deployment(CACHE, true), nothing, nothing],
  ])("when %s", (_what, before, after, later) => {
    before(live);
    live.apply();
    const name = "snet-veeam-cache-repository-old";
    live.addMachine(NETWORK, name);
    after(live);
    expect(live.applyRefused().error).toContain("InUseSubnetCannotBeDeleted");
    expect(live.unfiltered).toEqual([]);
    expect(live.subnets().find((subnet) => subnet.name === name)?.group).toContain("nsg-veeam");
    live.removeMachines();
    live.apply();
    later(live);
    live.planNothing();
    expect(live.subnets().find((subnet) => subnet.name === name)).toBeUndefined();
  });
});
