import type { Explanation } from "../../../lib/proof/explain";
import { type Files, veeamPorts } from "../tools/fake-io";

// One network, v, 10.0.0.0/16, with one subnet, a, 10.0.1.0/24, behind one group, g, that denies everything inbound.

type Body = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, Readonly<Record<string, Body>>>>;

const ID =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network";

/** The id of a resource of the network: `virtualNetworks/v`. */
export const idIn = (path: string): string => `${ID}/${path}`;

/** A rule of a group in Terraform's spelling, which denies everything inbound unless it says otherwise. */
export const rule = (change: Body = {}): Body => ({
  name: "deny",
  priority: 4096,
  direction: "Inbound",
  access: "Deny",
  protocol: "*",
  source_address_prefix: "*",
  source_port_range: "*",
  destination_address_prefix: "*",
  destination_port_range: "*",
  ...change,
});

/** A rule that allows everything inbound, before the one that denies it. */
export const allowRule = (change: Body = {}): Body =>
  rule({ name: "allow", priority: 100, access: "Allow", ...change });

/** The group g of a synthesized stack, with these rules inside. */
export const groupWith = (rules: unknown, change: Body = {}): Resources => ({
  azurerm_network_security_group: {
    g: { name: "g", resource_group_name: "rg", security_rule: rules, ...change },
  },
});

/** A subnet of a synthesized stack in the network v. */
export const subnetAt = (prefix: string, change: Body = {}): Body => ({
  name: "s",
  resource_group_name: "rg",
  virtual_network_name: "${azurerm_virtual_network.v.name}",
  address_prefixes: [prefix],
  ...change,
});

/** The network as a synthesized stack, with other resources and other blocks. */
export function stackWith(resources: Resources = {}, blocks: Body = {}): Body {
  const base: Resources = {
    azurerm_virtual_network: { v: { name: "v", resource_group_name: "rg", address_space: ["10.0.0.0/16"] } },
    azurerm_subnet: { a: subnetAt("10.0.1.0/24", { name: "a" }) },
    ...groupWith([rule()]),
    azurerm_subnet_network_security_group_association: { a: attached() },
  };
  const types = [...new Set([...Object.keys(base), ...Object.keys(resources)])];
  const resource = Object.fromEntries(types.map((type) => [type, { ...base[type], ...resources[type] }]));
  return { terraform: {}, "//": {}, resource, ...blocks };
}

/** The association of the group g with the subnet a. */
export const attached = (change: Body = {}): Body => ({
  subnet_id: "${azurerm_subnet.a.id}",
  network_security_group_id: "${azurerm_network_security_group.g.id}",
  ...change,
});

/** A rule of a group as the Azure CLI prints it. */
export const azRule = (change: Body = {}): Body => ({
  name: "deny",
  priority: 4096,
  direction: "Inbound",
  access: "Deny",
  protocol: "*",
  sourceAddressPrefix: "*",
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "*",
  ...change,
});

/** The group as the Azure CLI prints it. */
export const azGroup = (change: Body = {}): Body => ({
  id: idIn("networkSecurityGroups/g"),
  name: "g",
  etag: "x",
  securityRules: [azRule()],
  subnets: [{ id: idIn("virtualNetworks/v/subnets/a") }],
  ...change,
});

/** The subnet as the Azure CLI prints it. */
export const azSubnet = (change: Body = {}): Body => ({
  id: idIn("virtualNetworks/v/subnets/a"),
  name: "a",
  etag: "x",
  addressPrefix: "10.0.1.0/24",
  networkSecurityGroup: { id: idIn("networkSecurityGroups/g") },
  ...change,
});

/** The network as the Azure CLI prints it. */
export const azNetwork = (change: Body = {}): Body => ({
  id: idIn("virtualNetworks/v"),
  name: "v",
  etag: "x",
  addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
  virtualNetworkPeerings: [],
  subnets: [azSubnet()],
  ...change,
});

/** What `explain` says of `10.9.0.9 -> 10.0.1.4:22`: the verdict and what it depends on, or why it refuses a file. */
export async function explained(connection: string, files: Files): Promise<string> {
  const [, from, to, port] = /^(\S+) -> (\S+):(\d+)$/.exec(connection) ?? [];
  const asked = ["explain", "--json", "--from", from, "--to", to, "--port", port];
  const { out, err } = await veeamPorts([...asked, ...Object.keys(files)], files);
  const { verdict, dependsOn = [] } = JSON.parse(out) as Partial<Explanation>;
  return verdict === undefined ? err : [verdict, ...dependsOn].join("; ");
}

/** A peering of the network with another. */
export const peering = (change: object = {}) => ({
  azurerm_virtual_network_peering: {
    p: {
      name: "p",
      resource_group_name: "rg",
      virtual_network_name: "v",
      remote_virtual_network_id: idIn("virtualNetworks/w"),
      ...change,
    },
  },
});
