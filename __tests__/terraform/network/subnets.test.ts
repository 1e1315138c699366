import { JsonNode } from "../../../lib/terraform/files/json-node";
import { networkOfJson } from "../../../lib/terraform/read-network-file";

const VNET = "azurerm_virtual_network";
const inline = [{ name: "snet-App", address_prefixes: ["10.0.1.0/24"], security_group: "" }];
const network = { name: "VNET-Prod", resource_group_name: "RG-Net", address_space: ["10.0.0.0/16"] };

const subnetsOf = (resource: object) => networkOfJson(new JsonNode({ resource }, "", "cdk.tf.json")).subnets;

test.each(["plain", "größe", "mit-Punkt"])("a subnet inside the network %s is in it", (name) => {
  const [subnet] = subnetsOf({ [VNET]: { [name]: { ...network, subnet: inline } } });
  expect(subnet).toMatchObject({
    virtualNetwork: `${VNET}.${name}`,
    names: { subnet: "snet-App", virtualNetwork: "VNET-Prod", resourceGroup: "RG-Net" },
  });
});

test("a subnet inside a network is in it, whatever the network is called", () => {
  const named = (name: string) => ({ ...network, name, subnet: inline });
  const subnets = subnetsOf({ [VNET]: { größe: named("${var.one}"), other: named("${var.one}") } });
  expect(subnets.map((subnet) => subnet.virtualNetwork)).toEqual([`${VNET}.größe`, `${VNET}.other`]);
});

test("a resource named subnet with for_each is no subnet inside a network", () => {
  const one = {
    name: "a",
    virtual_network_name: "${azurerm_virtual_network.v.name}",
    resource_group_name: "RG-Net",
    address_prefixes: ["10.0.2.0/24"],
  };
  const subnets = subnetsOf({ [VNET]: { v: network }, azurerm_subnet: { subnet: one } });
  expect(subnets).toEqual([expect.objectContaining({ virtualNetwork: `${VNET}.v` })]);
});

test("names of a subnet with an id are spelled as the file spells them", () => {
  const id = "/subscriptions/s/resourceGroups/RG-Net/providers/Microsoft.Network/virtualNetworks/VNET-Prod";
  const values = { id, ...network, subnet: [{ ...inline[0], id: `${id}/subnets/snet-App` }] };
  const resources = [{ mode: "managed", type: VNET, name: "v", address: `${VNET}.v`, values }];
  const state = { format_version: "1.0", values: { root_module: { resources } } };
  const [subnet] = networkOfJson(new JsonNode(state, "", "state.json")).subnets;
  expect(subnet.names).toEqual({ subnet: "snet-App", virtualNetwork: "VNET-Prod", resourceGroup: "RG-Net" });
});

test("a plan that deletes an association takes the group off an interface of the provider azapi", () => {
  const at = (kind: string, name: string) =>
    `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/${kind}/${name}`;
  const id = at("networkInterfaces", "nic");
  const group = at("networkSecurityGroups", "g");
  const type = "azurerm_network_interface_security_group_association";
  const values = {
    id,
    type: "Microsoft.Network/networkInterfaces@2024-05-01",
    name: "nic",
    body: { properties: { networkSecurityGroup: { id: group }, ipConfigurations: [] } },
  };
  const association = { network_interface_id: id, network_security_group_id: group };
  const plan = {
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: [
          { mode: "managed", type: "azapi_resource", name: "n", address: "azapi_resource.n", values },
        ],
      },
    },
    resource_changes: [
      {
        mode: "managed",
        type,
        name: "a",
        address: `${type}.a`,
        change: { actions: ["delete"], before: association, after: null },
      },
    ],
    configuration: { root_module: {} },
  };
  const [found] = networkOfJson(new JsonNode(plan, "", "plan.json")).interfaces;
  expect(found.key).toBe(id.toLowerCase());
  expect(found.group).toBeUndefined();
});
