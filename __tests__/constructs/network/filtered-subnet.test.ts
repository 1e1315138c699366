import { BackupNetwork, BackupResourceGroup, BackupVirtualNetwork, GatewayServer } from "../../../lib";
import { FilteredSubnet } from "../../../lib/constructs/network/filtered-subnet";
import { refusalLines } from "../../support/expected/refusals";
import { newStack, synthesizeStack } from "../../support/tools/synthesized";

const NETWORK = {
  name: "veeam-entra",
  location: "westeurope",
  resourceGroup: BackupResourceGroup.create("rg-veeam-entra"),
  virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
  tags: { owner: "platform" },
};

function place(change: object = {}): { subnet: FilteredSubnet; stack: ReturnType<typeof newStack> } {
  const stack = newStack();
  const network = new BackupNetwork(stack, "network", NETWORK);
  const props = { network, addressPrefix: "10.20.0.0/27", component: "jump-host", path: "jumpHost.subnet" };
  const subnet = new FilteredSubnet(stack, "subnet", { ...props, tags: { purpose: "jump" }, ...change });
  return { subnet, stack };
}

test("a subnet without flows has a group that denies everything, and no way out", () => {
  const { stack } = place();
  const synthesized = synthesizeStack(stack);
  const rules = synthesized.rulesOf("jump-host");
  expect(rules.map(({ name, access }) => `${access} ${name}`)).toEqual([
    "Deny deny-all-in",
    "Deny deny-all-out",
  ]);
  expect(synthesized.ofType("nat_gateway")).toEqual({});
  expect(synthesized.byName("subnet")["snet-veeam-entra-jump-host"]).toMatchObject({
    address_prefixes: ["10.20.0.0/27"],
    default_outbound_access_enabled: false,
  });
  expect(synthesized.groups["nsg-veeam-entra-jump-host"].tags).toEqual({
    owner: "platform",
    purpose: "jump",
  });
});

test("subnet and group are tied together", () => {
  const { subnet, stack } = place();
  const synthesized = synthesizeStack(stack);
  expect(Object.values(synthesized.ofType("subnet_network_security_group_association"))).toEqual([
    {
      subnet_id: `\${azurerm_subnet.${subnet.subnet?.friendlyUniqueId}.id}`,
      network_security_group_id: `\${azurerm_network_security_group.${subnet.networkSecurityGroup?.friendlyUniqueId}.id}`,
    },
  ]);
});

test.each<[string, object, string[]]>([
  ["a name too long once composed", { component: "x".repeat(70) }, ["component"]],
  [
    "a prefix too narrow, out of the network",
    { addressPrefix: "10.30.0.0/30" },
    ["jumpHost.subnet", "jumpHost.subnet"],
  ],
  ["IPv6", { addressPrefix: "fd00::/64" }, ["jumpHost.subnet"]],
])("refuses %s", (_title, change, paths) => {
  expect(refusalLines(() => place(change)).map((line) => line.split(": ")[0])).toEqual(paths);
});

test("a component whose key Azure refuses in a name is refused before it has a subnet", () => {
  const stack = newStack();
  const network = new BackupNetwork(stack, "network", NETWORK);
  const lines = refusalLines(
    () => new GatewayServer(stack, "gateway", { network, key: "jump host", subnet: "10.20.0.0/27" }),
  );
  expect(lines.map((line) => line.split(": ")[0])).toEqual(["gatewayServers.jump host"]);
});
