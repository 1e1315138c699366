import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App, TerraformStack } from "cdktf";
import { BackupVirtualNetwork, EntraIdBackup } from "../../lib";
import { changesSinceEarlier } from "../../lib/app/earlier-deployment";
import { propsOfDeployment } from "../../lib/app/props";
import { readDeployment } from "../../lib/app/read-deployment";
import type { DeploymentFile } from "../../lib/app/schema";
import { deploymentInMemory } from "../../lib/verification/deployment-changes";
import { changeLines } from "../../lib/verification/describe-changes";
import { smallestDeployment } from "../support/deployments/sample-deployments";

const GATEWAY = { gatewayServers: { old: { subnet: "10.20.0.32/27" } } };

const inMemory = (more: Partial<DeploymentFile>): ReturnType<typeof deploymentInMemory> =>
  deploymentInMemory(
    readDeployment({ entraIdBackup: { ...smallestDeployment(), ...more } }, "the deployment"),
  );
const stackOf = (more: Partial<DeploymentFile>): string =>
  JSON.stringify(TerraformStack.of(inMemory(more)).toTerraform());

/** Terraform's state once the deployment is applied: the stack's resources, with ids in place of references. */
const stateOf = (more: Partial<DeploymentFile>): string => stateAfter(stackOf(more));

function stateAfter(stack: string): string {
  const text = stack.replace(/\$\{(azurerm_\w+\.[\w-]+)\.id\}/g, "/subscriptions/0/$1");
  const { resource } = JSON.parse(text) as { resource: Record<string, Record<string, object>> };
  const resources = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, attributes]) => ({
      mode: "managed",
      type,
      name,
      // The id of an association is the id of its subnet.
      instances: [
        { attributes: { id: `/subscriptions/0/${type}.${name}`, ...attributes, ...idOfSubnet(attributes) } },
      ],
    })),
  );
  return JSON.stringify({ version: 4, resources });
}

function idOfSubnet(attributes: object): object {
  return "subnet_id" in attributes && !("name" in attributes) ? { id: attributes.subnet_id } : {};
}

test.each(["in subnets of their own", "inside the network"])(
  "a region that another resource group gives is the same however it is spelled: %s",
  (where) => {
    const stack = new TerraformStack(new App(), "stack");
    const group = new ResourceGroup(stack, "of-team", { name: "rg-team", location: "West Europe" });
    const { virtualNetwork, ...props } = propsOfDeployment(
      readDeployment({ entraIdBackup: smallestDeployment() }, "the deployment"),
    );
    const inlineSubnets = where === "inside the network";
    const backup = new EntraIdBackup(stack, "backup", {
      ...props,
      location: group.location,
      virtualNetwork: inlineSubnets
        ? BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"], inlineSubnets })
        : virtualNetwork,
    });
    const text = JSON.stringify(stack.toTerraform());
    const state = stateAfter(
      text
        .replaceAll("${azurerm_resource_group.of-team.location}", "westeurope")
        .replaceAll("West Europe", "westeurope"),
    );
    expect(changesSinceEarlier(backup, { stack: text, state, isStateLocal: true })).toEqual([]);
  },
);

test("the same deployment again changes nothing, and says nothing", () => {
  expect(
    changesSinceEarlier(inMemory(GATEWAY), {
      stack: stackOf(GATEWAY),
      state: stateOf(GATEWAY),
      isStateLocal: true,
    }),
  ).toEqual([]);
});

test("what changes is said in a few lines: refusals, interruptions, connections, resources", () => {
  const before = { ...GATEWAY, cacheRepositories: { cache: { subnet: "10.20.0.64/27" } } };
  const after = {
    consoles: ["10.1.0.0/24", "10.1.9.0/24"],
    gatewayServers: { old: { subnet: "10.20.0.64/27" } },
    cacheRepositories: { cache: { subnet: "10.20.0.32/27" } },
  };
  const lines = changesSinceEarlier(inMemory(after), { stack: stackOf(before), isStateLocal: true });
  expect(lines[0]).toBe("Changes since the last synthesis:");
  expect(lines.map((line) => line.trim().split(" ").slice(0, 3).join(" "))).toEqual(
    [
      "Changes since the",
      "Refused: Subnet snet-veeam-entra-cache-repository-cache",
      "Refused: Subnet snet-veeam-entra-gateway-server-old",
      "Interrupts: Subnet snet-veeam-entra-cache-repository-cache",
      "Interrupts: Subnet snet-veeam-entra-gateway-server-old",
      ...["-", "-", "+", "+", "+"].map((sign) => expect.stringMatching(`^\\${sign} `)),
      "Resources: 5 to",
      "All changes: git",
    ].map((text) => (typeof text === "string" ? expect.stringContaining(text) : text)),
  );
});

test("a long list is cut, with the number of lines left out", () => {
  const interrupted = Array.from({ length: 12 }, (_, index) => `Machine ${index} is replaced.`);
  const lines = changeLines({
    interrupted,
    refused: [],
    connections: { opened: [], closed: [] },
    changes: [{ address: "a.b", type: "a", name: "b", action: "replace", attributes: [] }],
  });
  expect(lines.slice(7, -1)).toEqual([
    "  Interrupts: Machine 6 is replaced.",
    "  and 5 more",
    "  Resources: 1 to replace",
  ]);
});

describe("a component that is removed without being named under `removed`", () => {
  test.each([
    ["Terraform's local state has it", { state: stateOf(GATEWAY), isStateLocal: true }],
    [
      "the state is elsewhere, and the last synthesis had it",
      { stack: stackOf(GATEWAY), isStateLocal: false },
    ],
  ])("is refused when %s", (_when, earlier) => {
    expect(() => changesSinceEarlier(inMemory({}), earlier)).toThrow(
      "removed: does not name gatewayServers.old, which had the subnet snet-veeam-entra-gateway-server-old",
    );
  });

  test.each<[string, Partial<DeploymentFile>]>([
    ["it is named", { removed: ["gatewayServers.old"] }],
    [
      "another component has it as its former key",
      { gatewayServers: { new: { subnet: "10.20.0.32/27", formerKey: "old" } } },
    ],
    [
      "it is elsewhere now, and named",
      { gatewayServers: { old: { addresses: ["10.3.0.0/28"] } }, removed: ["gatewayServers.old"] },
    ],
  ])("is accepted when %s", (_when, after) => {
    expect(() =>
      changesSinceEarlier(inMemory(after), {
        stack: stackOf(GATEWAY),
        state: stateOf(GATEWAY),
        isStateLocal: true,
      }),
    ).not.toThrow();
  });

  test.each([
    ["nothing was ever deployed", undefined],
    ["it was never deployed", stateOf({})],
    ["everything is destroyed", '{ "resources": [] }'],
  ])("is accepted when %s, though the last synthesis had it", (_when, state) => {
    const earlier = { stack: stackOf(GATEWAY), state, isStateLocal: true };
    expect(() => changesSinceEarlier(inMemory({}), earlier)).not.toThrow();
  });

  test("is accepted in a network with inline subnets, where the group always goes last", () => {
    const inline = { virtualNetwork: { addressSpace: ["10.20.0.0/24"], inlineSubnets: true } };
    const earlier = { stack: stackOf({ ...inline, ...GATEWAY }), isStateLocal: false };
    expect(() => changesSinceEarlier(inMemory(inline), earlier)).not.toThrow();
  });

  test("has only its own subnet refused, not another's that is replaced", () => {
    const earlier = { stack: stackOf(GATEWAY), isStateLocal: false };
    expect(changesSinceEarlier(inMemory({ ...GATEWAY, name: "other" }), earlier).join("\n")).toContain(
      "is replaced, and Terraform removes its group first",
    );
  });
});

test("a component that was in an existing subnet is announced as refused when it is named under removed", () => {
  const existing = {
    virtualNetwork: {
      existing: { name: "vnet", resourceGroup: "rg", addressSpace: ["10.20.0.0/24"], dnsServers: [] },
    },
  };
  const id =
    "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet";
  const old = { existingSubnet: { id, addressPrefixes: ["10.20.0.32/27"], dedicated: true as const } };
  const earlier = { stack: stackOf({ ...existing, gatewayServers: { old } }), isStateLocal: false };
  const lines = changesSinceEarlier(inMemory({ ...existing, removed: ["gatewayServers.old"] }), earlier);
  expect(lines.join("\n")).toContain(
    `nsg-veeam-entra-gateway-server-old is deleted while the existing subnet ${id} has it`,
  );
});

test.each([
  ["in subnets of their own", {}],
  ["inside the network", { virtualNetwork: { addressSpace: ["10.20.0.0/24"], inlineSubnets: true } }],
])(
  "another location is refused while subnets %s are deployed, and accepted once they are destroyed",
  (_where, more) => {
    const moved = inMemory({ ...more, location: "northeurope" });
    const earlier = { stack: stackOf(more), isStateLocal: true };
    expect(() => changesSinceEarlier(moved, { ...earlier, state: stateOf(more) })).toThrow(
      'location: is not the region of the deployed subnets, which cannot move (got "northeurope"). Allowed: westeurope.',
    );
    const announced = changesSinceEarlier(moved, { ...earlier, state: '{ "resources": [] }' });
    expect(announced.join("\n")).toContain("The region changes from westeurope to northeurope");
  },
);

test("another location is accepted with another resource group, where everything is replaced", () => {
  const moved = inMemory({ location: "northeurope", resourceGroup: "rg-other" });
  const earlier = { stack: stackOf({}), state: stateOf({}), isStateLocal: true };
  expect(changesSinceEarlier(moved, earlier).join("\n")).not.toContain("The region changes");
});

test.each(["", "{", "[]", '{"resources": []}'])("an earlier file that holds %j says nothing", (text) => {
  expect(changesSinceEarlier(inMemory({}), { state: text, isStateLocal: true })).toEqual([]);
});
