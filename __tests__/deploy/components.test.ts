import { type DeploymentJson, LiveStack } from "../support/tools/live-stack";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { describeWithTerraform } from "../support/tools/terraform";

const NETWORK =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-veeam/providers/Microsoft.Network/virtualNetworks/vnet-veeam";

const deployment = (more: DeploymentJson = {}): DeploymentJson => ({
  name: "veeam",
  location: "westeurope",
  resourceGroup: "rg-veeam",
  virtualNetwork: { addressSpace: ["10.20.0.0/24"] },
  consoles: ["10.1.0.0/24"],
  backupServer: { subnet: "10.20.0.0/27" },
  ...more,
});
const subnet = "10.20.0.32/27";

describeWithTerraform("components over the years", () => {
  const folder = temporaryFolder("veeam-components-");
  const live = new LiveStack(folder.path);
  afterEach(() => live.forget());
  afterAll(folder.remove);

  test("a component said to be removed keeps its group while a machine is in its subnet", () => {
    live.write(deployment({ gatewayServers: { old: { subnet } } }));
    live.apply();
    live.addMachine(NETWORK, "snet-veeam-gateway-server-old");
    live.write(deployment({ removed: ["gatewayServers.old"] }));
    const { steps, error } = live.applyRefused();
    expect(error).toContain("InUseSubnetCannotBeDeleted");
    expect(live.unfiltered).toEqual([]);
    expect(steps.filter(({ verb }) => verb === "DELETE")).toEqual([]);
    expect(live.subnets().find(({ name }) => name === "snet-veeam-gateway-server-old")?.group).toContain(
      "nsg-veeam-gateway-server-old",
    );
    live.removeMachines();
    const deleted = live.apply().filter(({ verb }) => verb === "DELETE");
    expect(deleted.map(({ type }) => type)).toEqual(["azurerm_subnet", "azurerm_network_security_group"]);
    live.planNothing();
    live.write(deployment());
    live.planNothing();
    live.destroy();
  });

  test("without that, which synthesis refuses, the machine would be unfiltered: the check sees it", () => {
    live.write(deployment({ gatewayServers: { old: { subnet } } }));
    live.apply();
    live.addMachine(NETWORK, "snet-veeam-gateway-server-old");
    live.write(deployment());
    live.applyRefused();
    expect(live.unfiltered[0]).toMatch(/^DELETE .*_association leaves .*gateway-server-old without a group$/);
    live.removeMachines();
    live.apply();
    live.destroy();
  });

  test("a machine keeps its group when everything is destroyed, once the state forgets the associations", () => {
    live.write(deployment());
    live.apply();
    live.addMachine(NETWORK, "snet-veeam-backup-server");
    live.forgetInState("azurerm_subnet_network_security_group_association");
    expect(() => live.destroy()).toThrow("InUseSubnetCannotBeDeleted");
    expect(live.subnets().map(({ group }) => group?.split("/").at(-1))).toEqual(["nsg-veeam-backup-server"]);
    live.removeMachines();
    live.destroy();
    expect(live.resources()).toEqual({});
  });
});
