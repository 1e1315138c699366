import { effectsOfChange } from "../../../lib/terraform/changes/change-effects";
import type { SynthesizedJson } from "../../../lib/terraform/changes/stack-changes";

// Names that are composed of another resource's name.
const RESOURCE_GROUP = "${azurerm_resource_group.main.name}";
const stackOf = (addressSpace: string, prefix: string): SynthesizedJson => ({
  resource: {
    azurerm_resource_group: { main: { name: "rg", location: "westeurope" } },
    azurerm_virtual_network: {
      main: {
        name: `vnet-${RESOURCE_GROUP}`,
        resource_group_name: RESOURCE_GROUP,
        address_space: [addressSpace],
      },
    },
    azurerm_subnet: {
      server: {
        name: `snet-${RESOURCE_GROUP}`,
        resource_group_name: RESOURCE_GROUP,
        virtual_network_name: "${azurerm_virtual_network.main.name}",
        address_prefixes: [prefix],
      },
    },
    azurerm_subnet_network_security_group_association: {
      server: { subnet_id: "${azurerm_subnet.server.id}", network_security_group_id: "/nsg" },
    },
  },
});

test("a name that refers to another resource is the name in Azure", () => {
  const before = stackOf("10.0.0.0/16", "10.0.0.0/24");
  const { changes, refused } = effectsOfChange(before, stackOf("10.1.0.0/16", "10.1.0.0/24"));
  expect(changes.map(({ name }) => name)).toEqual(["snet-rg", "vnet-rg"]);
  expect(refused).toEqual([expect.stringContaining("The new addressSpace does not contain subnet snet-rg")]);
  expect(effectsOfChange({}, before).changes.map(({ name }) => name)).toEqual([
    "rg",
    "snet-rg",
    "snet-rg",
    "vnet-rg",
  ]);
});
