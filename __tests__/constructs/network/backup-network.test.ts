import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { TerraformVariable } from "cdktf";
import {
  BackupNetwork,
  type BackupNetworkProps,
  BackupResourceGroup,
  BackupServer,
  BackupVirtualNetwork,
  Egress,
  GatewayServer,
} from "../../../lib";
import { FilteredSubnet } from "../../../lib/constructs/network/filtered-subnet";
import { refusalLines } from "../../support/expected/refusals";
import { newStack, synthesizeStack } from "../../support/tools/synthesized";

const PROPS: BackupNetworkProps = {
  name: "veeam-entra",
  location: "West Europe",
  resourceGroup: BackupResourceGroup.create("rg-veeam-entra"),
  virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.21.0.0/24", "10.20.0.0/24"] }),
  tags: { owner: "platform" },
};

function subnet(network: BackupNetwork, id: string, addressPrefix: string): FilteredSubnet {
  const path = `subnets.${id}`;
  return new FilteredSubnet(network, id, { network, addressPrefix, component: id, path, tags: {} });
}

describe("a network that is made", () => {
  const stack = newStack();
  new BackupNetwork(stack, "network", PROPS);
  const synthesized = synthesizeStack(stack);

  test("is in a resource group of its own, with the region in Azure's own words", () => {
    expect(synthesized.byName("resource_group")).toEqual({
      "rg-veeam-entra": { name: "rg-veeam-entra", location: "westeurope", tags: { owner: "platform" } },
    });
    const [id] = Object.keys(synthesized.ofType("resource_group"));
    expect(synthesized.byName("virtual_network")["vnet-veeam-entra"]).toMatchObject({
      location: "westeurope",
      resource_group_name: `\${azurerm_resource_group.${id}.name}`,
      tags: { owner: "platform" },
    });
  });

  test("writes its address space in one order, whatever the order given", () => {
    expect(synthesized.byName("virtual_network")["vnet-veeam-entra"].address_space).toEqual([
      "10.20.0.0/24",
      "10.21.0.0/24",
    ]);
  });

  test("has no way out while nobody asks for one", () => {
    expect(Object.keys(synthesized.resources).sort()).toEqual([
      "azurerm_resource_group",
      "azurerm_virtual_network",
    ]);
  });
});

test("DNS servers keep their order, in which machines ask them", () => {
  const stack = newStack();
  const virtualNetwork = BackupVirtualNetwork.create({
    addressSpace: ["10.20.0.0/24"],
    dnsServers: ["10.0.0.5", "10.0.0.4"],
  });
  new BackupNetwork(stack, "network", { ...PROPS, virtualNetwork });
  expect(synthesizeStack(stack).byName("virtual_network")["vnet-veeam-entra"].dns_servers).toEqual([
    "10.0.0.5",
    "10.0.0.4",
  ]);
});

test("what exists is used, and not made", () => {
  const stack = newStack();
  const network = new BackupNetwork(stack, "network", {
    ...PROPS,
    resourceGroup: BackupResourceGroup.fromName("rg-there"),
    virtualNetwork: BackupVirtualNetwork.fromName({
      name: "vnet-hub",
      resourceGroup: "rg-hub",
      addressSpace: ["10.20.0.0/24"],
      dnsServers: [],
    }),
    egress: Egress.managedElsewhere(),
  });
  subnet(network, "a", "10.20.0.0/27");
  const synthesized = synthesizeStack(stack);
  expect(Object.keys(synthesized.resources).sort()).toEqual([
    "azurerm_network_security_group",
    "azurerm_subnet",
    "azurerm_subnet_network_security_group_association",
  ]);
  expect(synthesized.byName("subnet")["snet-veeam-entra-a"]).toMatchObject({
    resource_group_name: "rg-hub",
    virtual_network_name: "vnet-hub",
  });
  expect(synthesized.byName("network_security_group")["nsg-veeam-entra-a"]).toMatchObject({
    resource_group_name: "rg-there",
    location: "westeurope",
  });
});

describe("refuses", () => {
  test("everything that is wrong with it at once", () => {
    const lines = refusalLines(
      () =>
        new BackupNetwork(newStack(), "network", {
          name: "-",
          location: "chinaeast2",
          resourceGroup: BackupResourceGroup.create("rg."),
          virtualNetwork: BackupVirtualNetwork.create({
            addressSpace: ["10.20.0.1/24"],
            dnsServers: ["10.0.0.4/32"],
          }),
          tags: { "veeam-role": "x" },
        }),
    );
    expect(lines.map((line) => line.split(":")[0])).toEqual([
      "name",
      "location",
      "resourceGroup",
      "virtualNetwork.addressSpace[0]",
      "virtualNetwork.dnsServers[0]",
      "tags.veeam-role",
    ]);
  });

  test("subnets that overlap", () => {
    const network = new BackupNetwork(newStack(), "network", PROPS);
    subnet(network, "a", "10.20.0.0/27");
    expect(refusalLines(() => subnet(network, "b", "10.20.0.16/28"))).toEqual([
      'subnets.b: overlaps subnets.a (10.20.0.0/27) (got "10.20.0.16/28"). Allowed: subnets that do not overlap. Choose prefixes that do not overlap.',
    ]);
  });

  test("subnets whose names differ only in case, which Azure takes for one", () => {
    const network = new BackupNetwork(newStack(), "network", PROPS);
    new GatewayServer(network, "gw", { network, subnet: "10.20.0.0/27" });
    expect(
      refusalLines(() => new GatewayServer(network, "GW", { network, subnet: "10.20.0.32/27" })),
    ).toEqual([
      'gatewayServers.GW.subnet: results in a second subnet "snet-veeam-entra-gateway-server-GW" (got "gateway-server-GW"). Allowed: names that differ in more than case from "gateway-server-gw", because Azure ignores it. Give one of the two another key.',
    ]);
  });

  test("a second backup server, whose subnet would have the name of the first", () => {
    const network = new BackupNetwork(newStack(), "network", PROPS);
    new BackupServer(network, "one", { network, subnet: "10.20.0.0/27" });
    expect(
      refusalLines(() => new BackupServer(network, "two", { network, subnet: "10.20.0.32/27" })),
    ).toHaveLength(1);
  });

  test("a subnet that holds a DNS server, which its group would not let in", () => {
    const virtualNetwork = BackupVirtualNetwork.create({
      addressSpace: ["10.20.0.0/24"],
      dnsServers: ["10.20.0.36"],
    });
    const network = new BackupNetwork(newStack(), "network", { ...PROPS, virtualNetwork });
    subnet(network, "a", "10.20.0.0/27");
    expect(refusalLines(() => subnet(network, "b", "10.20.0.32/27"))).toEqual([
      'virtualNetwork.dnsServers[0]: is inside subnets.b (10.20.0.32/27) (got "10.20.0.36"). Allowed: IPv4 addresses without a mask, such as "10.0.0.4", each once. Give the address of a DNS server outside the subnets of the deployment.',
    ]);
  });

  test("a subnet refused leaves nothing behind that would refuse the next", () => {
    const network = new BackupNetwork(newStack(), "network", PROPS);
    subnet(network, "a", "10.20.0.0/27");
    expect(refusalLines(() => subnet(network, "b", "10.20.0.0/28"))).toHaveLength(1);
    expect(refusalLines(() => subnet(network, "c", "10.20.0.32/27"))).toEqual([]);
  });
});

describe("values known only at apply", () => {
  test("pass, one by one", () => {
    const stack = newStack();
    const text = new TerraformVariable(stack, "text", { type: "string" });
    const network = new BackupNetwork(stack, "network", {
      name: "veeam-entra",
      location: text.stringValue,
      resourceGroup: BackupResourceGroup.fromName(text.stringValue),
      virtualNetwork: BackupVirtualNetwork.fromName({
        name: text.stringValue,
        resourceGroup: text.stringValue,
        addressSpace: [text.stringValue],
        dnsServers: [text.stringValue],
      }),
      tags: { owner: text.stringValue },
    });
    subnet(network, "a", text.stringValue);
    const synthesized = synthesizeStack(stack);
    expect(synthesized.byName("subnet")["snet-veeam-entra-a"]).toMatchObject({
      address_prefixes: ["${var.text}"],
      virtual_network_name: "${var.text}",
      resource_group_name: "${var.text}",
    });
    expect(synthesized.byName("network_security_group")["nsg-veeam-entra-a"]).toMatchObject({
      location: "${var.text}",
      tags: { owner: "${var.text}" },
    });
    const [dns] = synthesized.rulesOf("a").filter((rule) => rule.direction === "Outbound");
    expect(dns).toMatchObject({
      source_address_prefix: "${var.text}",
      destination_address_prefix: "${var.text}",
      destination_port_range: "53",
    });
  });

  test("an address space passes as a whole, since nothing is merged with it", () => {
    const stack = newStack();
    const there = new DataAzurermVirtualNetwork(stack, "there", { name: "vnet", resourceGroupName: "rg" });
    const virtualNetwork = BackupVirtualNetwork.create({ addressSpace: there.addressSpace });
    const network = new BackupNetwork(stack, "network", { ...PROPS, virtualNetwork });
    subnet(network, "a", "10.20.0.0/27");
    expect(synthesizeStack(stack).byName("virtual_network")["vnet-veeam-entra"].address_space).toBe(
      "${data.azurerm_virtual_network.there.address_space}",
    );
  });

  test("a list of DNS servers and a map of tags do not pass as a whole: the error names the property", () => {
    const stack = newStack();
    const there = new DataAzurermVirtualNetwork(stack, "there", { name: "vnet", resourceGroupName: "rg" });
    const virtualNetwork = BackupVirtualNetwork.fromName({
      name: "vnet",
      resourceGroup: "rg",
      addressSpace: there.addressSpace,
      dnsServers: there.dnsServers,
    });
    const { tags } = new ResourceGroup(stack, "group", { name: "rg", location: "westeurope" });
    expect(
      refusalLines(() => new BackupNetwork(stack, "network", { ...PROPS, virtualNetwork, tags })),
    ).toEqual([
      "virtualNetwork.existing.dnsServers: is a list that is known only at apply, which cannot be merged with others into one rule. Allowed: a list whose entries may each be known only at apply. Give its entries one by one: Fn.element(list, 0), Fn.element(list, 1).",
      'tags: is a map that is known only at apply, to which the library cannot add its own tags. Allowed: a map whose values may each be known only at apply. Give its entries one by one: { owner: Fn.lookup(map, "owner") }.',
    ]);
  });
});
