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
