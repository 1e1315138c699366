import fc from "fast-check";

// Lists as the Azure CLI prints them, with the fields that it prints beside those that are read.

const NETWORK =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-veeam/providers/Microsoft.Network";

/** The id of a resource of Microsoft.Network. */
export function idOf(path: string): string {
  return `${NETWORK}/${path}`;
}

/** `az network nsg list -o json`: a database's group before a subnet, another before an interface in it. */
export const nsgList = [
  {
    defaultSecurityRules: [
      {
        access: "Allow",
        direction: "Inbound",
        name: "AllowVnetInBound",
        priority: 65000,
        protocol: "*",
        sourceAddressPrefix: "VirtualNetwork",
        destinationAddressPrefix: "VirtualNetwork",
      },
    ],
    etag: 'W/"8d3"',
    id: idOf("networkSecurityGroups/nsg-db"),
    location: "westeurope",
    name: "nsg-db",
    provisioningState: "Succeeded",
    resourceGroup: "rg-veeam",
    securityRules: [
      {
        access: "Allow",
        destinationAddressPrefix: "10.20.0.32/28",
        destinationAddressPrefixes: [],
        destinationPortRange: "5432",
        destinationPortRanges: [],
        direction: "Inbound",
        name: "postgresql",
        priority: 120,
        protocol: "Tcp",
        sourceAddressPrefix: "10.20.0.0/27",
        sourceAddressPrefixes: [],
        sourcePortRange: "*",
        sourcePortRanges: [],
      },
    ],
    // The Azure CLI writes ids in whatever case they were asked for.
    subnets: [{ id: idOf("virtualNetworks/VNET/subnets/snet-db"), resourceGroup: "rg-veeam" }],
    tags: { "veeam-role": "postgresql", "veeam-component": "postgresql" },
  },
  {
    id: idOf("networkSecurityGroups/nsg-nic"),
    name: "nsg-nic",
    securityRules: [],
    networkInterfaces: [{ id: idOf("networkInterfaces/nic-db"), resourceGroup: "rg-veeam" }],
    subnets: null,
    tags: null,
  },
];

/** `az network vnet list -o json` of the network around. */
export const vnetList = [
  {
    addressSpace: { addressPrefixes: ["10.20.0.0/24"] },
    id: idOf("virtualNetworks/vnet"),
    name: "vnet",
    subnets: [
      {
        addressPrefix: "10.20.0.32/28",
        id: idOf("virtualNetworks/vnet/subnets/snet-db"),
        ipConfigurations: [{ id: idOf("networkInterfaces/NIC-DB/ipConfigurations/primary") }],
        name: "snet-db",
        networkSecurityGroup: { id: idOf("networkSecurityGroups/nsg-db") },
      },
      {
        addressPrefixes: ["10.20.0.64/27", "fd00::/64"],
        id: idOf("virtualNetworks/vnet/subnets/snet-free"),
        name: "snet-free",
      },
    ],
  },
];

/** A file's bytes as a command would write them. */
export function fileOf(content: unknown): Buffer {
  return Buffer.from(typeof content === "string" ? content : JSON.stringify(content, null, 2));
}

interface AzRule {
  readonly name: string;
  readonly priority: number;
}

/** Lists of groups and networks, in which subnets and interfaces of several networks have one name, and perhaps one prefix. */
export const azLists = fc
  .record({
    rules: fc.array(
      fc.array(
        fc.record({
          direction: fc.constantFrom("Inbound", "Outbound"),
          access: fc.constantFrom("Allow", "Deny"),
          sourceAddressPrefix: fc.constantFrom("*", "VirtualNetwork", "10.0.0.0/24", "10.0.0.4"),
          destinationAddressPrefix: fc.constantFrom("*", "10.0.0.0/24", "10.0.1.0/24", "10.0.0.5"),
          destinationPortRange: fc.constantFrom("*", "443"),
        }),
        { maxLength: 3 },
      ),
      { minLength: 4, maxLength: 4 },
    ),
    prefixes: fc.tuple(...[0, 1, 2].map(() => fc.constantFrom("10.0.0.0/24", "10.0.1.0/24"))),
    subnetGroups: fc.tuple(...[0, 1, 2].map(() => fc.option(fc.nat(3)))),
    interfaces: fc.array(fc.record({ subnet: fc.nat(3), group: fc.nat(3) }), { maxLength: 3 }),
  })
  .map(({ rules, prefixes, subnetGroups, interfaces }) => {
    const subnetId = (network: number) => idOf(`virtualNetworks/v${network}/subnets/default`);
    const interfaceId = (index: number) => idOf(`virtualMachines/${index}/networkInterfaces/nic`);
    const nsgs = rules.map((own, group) => ({
      id: idOf(`networkSecurityGroups/g${group}`),
      name: `g${group}`,
      securityRules: own.map((rule, index) => ({
        ...rule,
        name: `r${index}`,
        priority: 100 + index,
        protocol: "Tcp",
        sourcePortRange: "*",
      })),
      subnets: subnetGroups.flatMap((of, network) => (of === group ? [{ id: subnetId(network) }] : [])),
      networkInterfaces: interfaces.flatMap((one, index) =>
        one.group === group ? [{ id: interfaceId(index) }] : [],
      ),
    }));
    const vnets = prefixes.map((prefix, network) => ({
      id: idOf(`virtualNetworks/v${network}`),
      name: `v${network}`,
      addressSpace: { addressPrefixes: [prefix] },
      subnets: [
        {
          id: subnetId(network),
          name: "default",
          addressPrefix: prefix,
          ipConfigurations: interfaces.flatMap((one, index) =>
            one.subnet === network ? [{ id: `${interfaceId(index)}/ipConfigurations/x` }] : [],
          ),
        },
      ],
    }));
    return { nsgs, vnets };
  });

/** The list of groups with rules of other names and priorities, in the same order. */
export function renumbered(nsgs: ReadonlyArray<{ readonly securityRules: readonly AzRule[] }>): unknown {
  return nsgs.map((group) => ({
    ...group,
    securityRules: group.securityRules.map((rule) => ({
      ...rule,
      name: `other-${rule.name}`,
      priority: rule.priority * 3,
    })),
  }));
}
