import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { TerraformVariable } from "cdktf";
import {
  BackupNetwork,
  BackupResourceGroup,
  BackupServer,
  BackupVirtualNetwork,
  ResourceId,
} from "../../lib";
import { refusalLines } from "../support/expected/refusals";
import { newStack, synthesizeStack } from "../support/tools/synthesized";

const SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-network`;
const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-spoke`;

test.each([
  [GROUP, "rg-network"],
  [NETWORK, "vnet-spoke"],
  [`${NETWORK}/subnets/snet-veeam`, "snet-veeam"],
])("%s is read", (id, name) => {
  const read = ResourceId.of(id);
  expect([read.subscriptionId, read.resourceGroupName, read.name]).toEqual([
    SUBSCRIPTION,
    "rg-network",
    name,
  ]);
});

test.each(["", "vnet-spoke", "/subscriptions/s", `${GROUP}/`, NETWORK.replace("resourceGroups", "groups")])(
  "%p is refused",
  (id) =>
    expect(refusalLines(() => ResourceId.of(id))).toEqual([expect.stringMatching(/^id: is not the id/)]),
);

function subnetOf(
  build: (stack: ReturnType<typeof newStack>) => [BackupResourceGroup, BackupVirtualNetwork],
): Record<string, unknown> {
  const stack = newStack();
  const [resourceGroup, virtualNetwork] = build(stack);
  const network = new BackupNetwork(stack, "network", {
    name: "veeam-entra",
    location: "westeurope",
    resourceGroup,
    virtualNetwork,
  });
  new BackupServer(stack, "server", { network, subnet: "10.20.0.0/27" });
  const synthesized = synthesizeStack(stack);
  const group = synthesized.byName("network_security_group")["nsg-veeam-entra-backup-server"];
  const [subnet] = Object.values(synthesized.ofType("subnet"));
  return {
    group: group.resource_group_name,
    network: subnet.virtual_network_name,
    networkGroup: subnet.resource_group_name,
    made: ["resource_group", "virtual_network"].map((type) => Object.keys(synthesized.ofType(type)).length),
  };
}

const said = { addressSpace: ["10.20.0.0/24"], dnsServers: [] };

test("an existing group and network are found by their ids", () => {
  expect(
    subnetOf(() => [
      BackupResourceGroup.fromId(GROUP.replace("rg-network", "rg-backup")),
      BackupVirtualNetwork.fromId({ id: NETWORK, ...said }),
    ]),
  ).toEqual({ group: "rg-backup", network: "vnet-spoke", networkGroup: "rg-network", made: [0, 0] });
});

test("ids that are known only at apply are taken apart by Terraform", () => {
  const found = subnetOf((stack) => {
    const id = (name: string): string => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    return [
      BackupResourceGroup.fromId(id("their-group")),
      BackupVirtualNetwork.fromId({ id: id("their-network"), ...said }),
    ];
  });
  expect(found).toEqual({
    group: '${element(split("/", var.their-group), 4)}',
    network: '${element(reverse(split("/", var.their-network)), 0)}',
    networkGroup: '${element(split("/", var.their-network), 4)}',
    made: [0, 0],
  });
});

test("another construct's group and network are used, with the address space and the DNS servers that they have", () => {
  const found = subnetOf((stack) => {
    const group = new ResourceGroup(stack, "theirs", { name: "rg-theirs", location: "westeurope" });
    const network = new VirtualNetwork(stack, "their-network", {
      name: "vnet-theirs",
      location: "westeurope",
      resourceGroupName: group.name,
      addressSpace: ["10.20.0.0/24"],
      dnsServers: ["10.0.0.4"],
    });
    const virtualNetwork = BackupVirtualNetwork.fromResource(network);
    expect(virtualNetwork._given()).toMatchObject({
      existing: { addressSpace: ["10.20.0.0/24"], dnsServers: ["10.0.0.4"] },
    });
    return [BackupResourceGroup.fromResource(group), virtualNetwork];
  });
  expect(found).toEqual({
    group: "${azurerm_resource_group.theirs.name}",
    network: "${azurerm_virtual_network.their-network.name}",
    networkGroup: "${azurerm_virtual_network.their-network.resource_group_name}",
    made: [1, 1],
  });
});

test("another construct's network in another region is refused: no group of the deployment fits its subnets", () => {
  const lines = refusalLines(() =>
    subnetOf((stack) => {
      const network = new VirtualNetwork(stack, "their-network", {
        name: "vnet-theirs",
        location: "North Europe",
        resourceGroupName: "rg",
        addressSpace: ["10.20.0.0/24"],
      });
      return [BackupResourceGroup.fromName("rg"), BackupVirtualNetwork.fromResource(network)];
    }),
  );
  expect(lines).toEqual([
    'location: is not the region of the virtual network (got "westeurope"). Allowed: northeurope. Write "northeurope", or give another network.',
  ]);
});

test("a network whose address space comes from elsewhere is refused by the property's name", () => {
  const lines = refusalLines(() =>
    subnetOf((stack) => {
      const network = new VirtualNetwork(stack, "pooled", {
        name: "vnet",
        location: "westeurope",
        resourceGroupName: "rg",
        ipAddressPool: [{ id: "pool", numberOfIpAddresses: "256" }],
      });
      return [BackupResourceGroup.fromName("rg"), BackupVirtualNetwork.fromResource(network)];
    }),
  );
  expect(lines[0]).toMatch(/^virtualNetwork\.existing\.addressSpace: is empty/);
});
