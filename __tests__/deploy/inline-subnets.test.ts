import { readDeployment } from "../../lib/app/read-deployment";
import type { ChangeEffects } from "../../lib/terraform/changes/change-effects";
import { changesOfDeployment } from "../../lib/verification/deployment-changes";
import { type DeploymentJson, LiveStack, type Step } from "../support/tools/live-stack";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { describeWithTerraform } from "../support/tools/terraform";

const NETWORK =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-veeam/providers/Microsoft.Network/virtualNetworks/vnet-veeam";
const POLICY =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/hub";
const FIREWALL = { azureFirewall: { policyId: POLICY, privateIpAddress: "10.0.1.4", priority: 500 } };

function deployment(inlineSubnets: boolean, more: DeploymentJson = {}): DeploymentJson {
  return {
    name: "veeam",
    location: "westeurope",
    resourceGroup: "rg-veeam",
    virtualNetwork: { addressSpace: ["10.20.0.0/24"], inlineSubnets },
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
    ...more,
  };
}

const GATEWAY = { gatewayServers: { gateway: { subnet: "10.20.0.32/27" } } };

function announced(...pair: [before: DeploymentJson, after: DeploymentJson]): ChangeEffects {
  const [before, after] = pair.map((one) => readDeployment({ entraIdBackup: one }, "the test"));
  return changesOfDeployment(before, after);
}

function done(steps: readonly Step[], verb: Step["verb"], type: string): string[] {
  return steps
    .filter((step) => step.verb === verb && step.type === type)
    .map(({ id }) => id.slice(id.lastIndexOf("/") + 1));
}

describeWithTerraform("subnets inside the network's resource", () => {
  const folder = temporaryFolder("veeam-inline-");
  const live = new LiveStack(folder.path);
  afterEach(() => live.forget());
  afterAll(folder.remove);

  test("a component is removed in one apply, and its group goes after its subnet", () => {
    live.write(deployment(true, GATEWAY));
    live.apply();
    live.write(deployment(true));
    const steps = live.apply();
    const order = steps.map(({ verb, type }) => `${verb} ${type}`);
    expect(order.indexOf("DELETE azurerm_network_security_group")).toBeGreaterThan(
      order.indexOf("UPDATE azurerm_virtual_network"),
    );
    live.planNothing();
    live.destroy();
  });

  test("a machine in the subnet of a component that is removed keeps its group", () => {
    live.write(deployment(true, GATEWAY));
    live.apply();
    live.addMachine(NETWORK, "snet-veeam-gateway-server-gateway");
    live.write(deployment(true));
    const { steps, error } = live.applyRefused();
    expect(error).toContain("InUseSubnetCannotBeDeleted");
    expect(done(steps, "DELETE", "azurerm_network_security_group")).toEqual([]);
    live.removeMachines();
    applyAgain();
    live.planNothing();
    live.destroy();
  });

  /** A refused update is forgotten as a dependency: Terraform may try the group first once more, in vain. */
  function applyAgain(): void {
    try {
      live.apply();
    } catch {
      live.apply();
    }
  }

  test("the last subnet is removed from the network, which stays", () => {
    const elsewhere = { backupServer: { addresses: ["10.3.0.0/28"] } };
    live.write(deployment(true, { ...GATEWAY, ...elsewhere }));
    live.apply();
    live.write(deployment(true, elsewhere));
    expect(done(live.apply(), "DELETE", "azurerm_network_security_group")).toEqual([
      "nsg-veeam-gateway-server-gateway",
    ]);
    live.planNothing();
    expect(live.subnets()).toEqual([]);
  });

  test("the firewall comes and goes, and the route table goes after the network lets go of it", () => {
    live.write(deployment(true));
    live.apply();
    live.write(deployment(true, { destinations: FIREWALL }));
    live.apply();
    live.planNothing();
    live.write(deployment(true));
    expect(done(live.apply(), "DELETE", "azurerm_route_table")).toEqual(["rt-veeam"]);
    live.planNothing();
    live.destroy();
  });

  test("deployments with subnets of their own move into the network's resource, and nothing is deleted", () => {
    live.write(deployment(false, { ...GATEWAY, destinations: FIREWALL }));
    live.apply();
    live.addMachine(NETWORK, "snet-veeam-gateway-server-gateway");
    live.write(deployment(true, { ...GATEWAY, destinations: FIREWALL }));
    const steps = live.apply();
    expect(steps).toEqual([]);
    live.planNothing();
    live.removeMachines();
    live.destroy();
  });

  test("a move into the network's resource only changes the state, as announced; together with another resource group it is a cycle, as announced", () => {
    const before = deployment(false, GATEWAY);
    live.write(before);
    live.apply();
    const elsewhere = deployment(true, { ...GATEWAY, resourceGroup: { existing: "rg-hub" } });
    expect(announced(before, elsewhere).refused).toEqual([
      expect.stringContaining("Resource group rg-veeam is deleted while inlineSubnets is switched on"),
    ]);
    live.write(elsewhere);
    expect(() => live.plan()).toThrow("Error: Cycle:");
    const inside = deployment(true, GATEWAY);
    const { refused, changes } = announced(before, inside);
    const actions = changes.map(({ address, action }): [string, string] => [address, action]);
    expect([refused, new Set(actions.map(([, action]) => action))]).toEqual([[], new Set(["forget"])]);
    live.write(inside);
    expect(live.plannedActions()).toEqual(new Map(actions));
  });

  test("deployments with inline subnets do not move out again: the subnets exist already", () => {
    live.write(deployment(true));
    live.apply();
    live.write(deployment(false));
    expect(live.applyRefused().error).toContain("already exists");
    live.write(deployment(true));
    live.destroy();
  });

  test("another resource group replaces the network and its groups; another region is refused in the plan", () => {
    live.write(deployment(true, GATEWAY));
    live.apply();
    live.write(deployment(true, { ...GATEWAY, resourceGroup: "rg-other" }));
    live.apply();
    live.planNothing();
    live.write(deployment(true, { ...GATEWAY, resourceGroup: "rg-other", location: "northeurope" }));
    const { steps, error } = live.applyRefused();
    expect(error.replace(/\s+/g, " ")).toContain("with inline subnets cannot move to another region");
    expect(steps).toEqual([]);
    live.destroy();
  });
});
