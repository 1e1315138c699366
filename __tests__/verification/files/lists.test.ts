import { veeamPorts } from "../../support/tools/fake-io";
import { azGroup, azNetwork, azRule, azSubnet, explained, idIn } from "../../support/files/small-network";

const INTO_SUBNET = "10.9.0.9 -> 10.0.1.4:22";
const open = azGroup({ securityRules: [] });
const peered = (change: object = {}) =>
  azNetwork({
    virtualNetworkPeerings: [
      {
        name: "p",
        peeringState: "Connected",
        remoteVirtualNetwork: { id: idIn("virtualNetworks/w") },
        remoteAddressSpace: { addressPrefixes: ["10.1.0.0/16"] },
        ...change,
      },
    ],
  });
const table = (routes: readonly object[], subnets: readonly object[] = []) => ({
  id: idIn("routeTables/t"),
  name: "t",
  routes,
  subnets,
});
const everywhere = [{ name: "d", addressPrefix: "0.0.0.0/0" }];
const networkInterface = (address: string) => [
  {
    id: idIn("networkInterfaces/n"),
    name: "n",
    etag: "x",
    ipConfigurations: [{ privateIPAddress: address, subnet: { id: idIn("virtualNetworks/v/subnets/a") } }],
  },
];
const privateEndpoint = { id: idIn("privateEndpoints/p") };
const withEndpoint = azNetwork({
  subnets: [azSubnet({ privateEndpointNetworkPolicies: "Disabled", privateEndpoints: [privateEndpoint] })],
});
const interfaceOfEndpoint = networkInterface("10.0.1.4").map((one) => ({ ...one, privateEndpoint }));
const effective = (association: object, change: object = {}) => ({
  association,
  networkSecurityGroup: { id: idIn("networkSecurityGroups/g") },
  effectiveSecurityRules: [
    {
      name: "securityRules/deny",
      priority: 100,
      direction: "Inbound",
      access: "Deny",
      protocol: "All",
      sourceAddressPrefix: "0.0.0.0/0",
      sourceAddressPrefixes: ["0.0.0.0/0", "0.0.0.0/0"],
      sourcePortRange: "0-65535",
      sourcePortRanges: ["0-65535"],
      destinationAddressPrefix: "0.0.0.0/0",
      destinationPortRange: "22-22",
      ...change,
    },
    { name: "defaultSecurityRules/AllowVnetInBound", priority: 65000, protocol: "All", access: "Allow" },
  ],
});
const inSubnet = { subnet: { id: idIn("virtualNetworks/v/subnets/a") } };

test.each<[string, string, Record<string, unknown>, string]>([
  ["everything is said", INTO_SUBNET, { groups: [azGroup()], networks: [azNetwork()] }, "deny"],
  [
    "one command's answer is around the group and the network",
    INTO_SUBNET,
    { group: { NewNSG: azGroup() }, network: { newVNet: azNetwork() } },
    "deny",
  ],
  // What VirtualNetwork means
  [
    "a route table lists its subnets, and the networks do not say it",
    "8.8.8.8 -> 10.0.1.4:22",
    { groups: [open], networks: [azNetwork()], routes: [table(everywhere, [{ id: inSubnet.subnet.id }])] },
    "depends; VirtualNetwork",
  ],
  [
    "two lists of route tables differ",
    "8.8.8.8 -> 10.0.1.4:22",
    {
      groups: [open],
      networks: [azNetwork({ subnets: [azSubnet({ routeTable: { id: idIn("routeTables/t") } })] })],
      before: [table(everywhere)],
      after: [table([])],
    },
    "depends; VirtualNetwork",
  ],
  [
    "a peering is not in sync",
    "30.2.0.4 -> 10.0.1.4:22",
    {
      groups: [open],
      networks: [
        peered({ remoteVirtualNetworkAddressSpace: { addressPrefixes: ["10.1.0.0/16", "30.2.0.0/16"] } }),
      ],
    },
    "depends; VirtualNetwork",
  ],
  ["a peering is in sync", "10.1.0.4 -> 10.0.1.4:22", { groups: [open], networks: [peered()] }, "allow"],
  [
    "a peering connects some subnets",
    "10.1.0.4 -> 10.0.1.4:22",
    { groups: [open], networks: [peered({ peerCompleteVnets: false })] },
    "depends; VirtualNetwork",
  ],
  // What else filters or escapes
  [
    "an export has a security admin rule",
    INTO_SUBNET,
    {
      groups: [
        azGroup(),
        {
          name: "x",
          type: "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections/rules",
        },
      ],
      networks: [azNetwork()],
    },
    "depends; the security admin rule x",
  ],
  [
    "a subnet is delegated to a service that groups do not filter",
    INTO_SUBNET,
    {
      groups: [azGroup()],
      networks: [
        azNetwork({ subnets: [azSubnet({ delegations: [{ serviceName: "Microsoft.Netapp/volumes" }] })] }),
      ],
    },
    "depends; whether groups are applied to Microsoft.Netapp/volumes, to which a is delegated",
  ],
  [
    "a subnet names a private endpoint",
    "10.0.1.9 -> 10.0.1.5:443",
    { groups: [azGroup()], networks: [withEndpoint] },
    "depends; whether the destination is p",
  ],
  [
    "the private endpoint that a subnet names has another address",
    "10.0.1.9 -> 10.0.1.5:443",
    { groups: [azGroup()], networks: [withEndpoint], interfaces: interfaceOfEndpoint },
    "deny",
  ],
  [
    "the private endpoint that a subnet names has the address",
    "10.0.1.9 -> 10.0.1.4:443",
    { groups: [azGroup()], networks: [withEndpoint], interfaces: interfaceOfEndpoint },
    "allow",
  ],
  // Files that are not whole
  [
    "the networks are one page",
    INTO_SUBNET,
    { groups: [azGroup()], networks: { value: [azNetwork()], nextLink: "https://example.com" } },
    "depends; what networks lacks",
  ],
  [
    "a query has fewer records than there are",
    INTO_SUBNET,
    { groups: { data: [azGroup()], count: 1, total_records: 2 }, networks: [azNetwork()] },
    "depends; what groups lacks",
  ],
  [
    "a query was cut",
    INTO_SUBNET,
    { groups: { data: [azGroup()], resultTruncated: "true" }, networks: [azNetwork()] },
    "depends; what groups lacks",
  ],
  [
    "an export lists a group without its rules, as az resource list does",
    "10.0.2.4 -> 10.0.1.4:22",
    {
      resources: [
        { id: idIn("networkSecurityGroups/g"), name: "g", type: "Microsoft.Network/networkSecurityGroups" },
      ],
      networks: [azNetwork()],
    },
    "depends; the rules of g",
  ],
  // Formats
  [
    "effective rules of an interface, whose group is on the subnet",
    "10.9.0.9 -> a:22",
    { effective: { value: [effective(inSubnet)] } },
    "deny",
  ],
  [
    "the same at another port",
    "8.8.8.8 -> a:23",
    { effective: { value: [effective(inSubnet)] }, networks: [azNetwork()] },
    "deny",
  ],
  [
    "effective rules with the addresses of an application security group",
    "10.0.1.7 -> a:22",
    {
      effective: {
        value: [
          effective(inSubnet, {
            sourceAddressPrefix: null,
            sourceAddressPrefixes: [],
            expandedSourceAddressPrefix: ["10.0.1.8/32"],
          }),
        ],
      },
      networks: [azNetwork()],
    },
    "allow",
  ],
  [
    "effective rules of a subnet beside an interface without an id",
    INTO_SUBNET,
    {
      effective: { value: [effective({ ...inSubnet, networkInterface: { id: null } })] },
      networks: [azNetwork()],
    },
    "deny",
  ],
  [
    "effective rules with rules of a network manager",
    "10.9.0.9 -> a:22",
    {
      effective: {
        value: [
          effective(inSubnet),
          { association: { networkManager: { id: "m" } }, effectiveSecurityRules: [] },
        ],
      },
    },
    "depends; the security admin rule that applies; whether 10.9.0.9 is in a",
  ],
])("%s", async (_, connection, files, said) => {
  expect(await explained(connection, files)).toBe(said);
});

test.each<[string, Record<string, unknown>, string]>([
  [
    "the address spaces of a network",
    {
      groups: [open],
      before: [azNetwork()],
      after: [azNetwork({ addressSpace: { addressPrefixes: ["10.0.0.0/15"] } })],
    },
    "virtual network v: has 10.0.0.0/16 in before, and 10.0.0.0/15 in after",
  ],
  [
    "the peerings of a network",
    { groups: [open], before: [azNetwork()], after: [peered()] },
    "virtual network v: is peered with no network in before, and w in after",
  ],
  [
    "the addresses of an interface",
    { groups: [open], before: networkInterface("10.0.1.4"), after: networkInterface("10.0.1.5") },
    "network interface n: has 10.0.1.4 in before, and 10.0.1.5 in after",
  ],
  [
    "whether private endpoints are filtered",
    {
      groups: [open],
      before: [azNetwork({ subnets: [azSubnet({ privateEndpointNetworkPolicies: "Enabled" })] })],
      after: [azNetwork({ subnets: [azSubnet({ privateEndpointNetworkPolicies: "Disabled" })] })],
    },
    "and no groups at private endpoints in after",
  ],
])("files that contradict each other about %s are refused", async (_, files, message) => {
  expect(await explained(INTO_SUBNET, files)).toContain(message);
});

const AS_JSON = "Ask the Azure CLI for JSON: -o json";
test.each<[string, string, string]>([
  [
    "a key twice",
    JSON.stringify([azGroup({ securityRules: [azRule({ access: "Deny" })] })]).replace(
      '"access":',
      '"access":"Allow","access":',
    ),
    "[0].securityRules[0].access: is given twice",
  ],
  ["a table", "Location    Name\n----------  ------\nwesteurope  g\n", AS_JSON],
  ["tabs", `None\tW/"8"\t${idIn("networkSecurityGroups/g")}\twesteurope\n`, AS_JSON],
  ["colours", `\u001b[39;49;00m[\u001b[0m${JSON.stringify(azGroup())}]`, AS_JSON],
  ["YAML", "- id: x\n  name: g\n", AS_JSON],
  [
    "a message before the list",
    `WARNING: This is in preview\n${JSON.stringify([azGroup()])}`,
    "without 2>&1",
  ],
  ["an error", "ERROR: Please run 'az login' to setup account.\n", "without 2>&1"],
  [
    "PowerShell's list for people",
    "Name              : g\nResourceGroupName : rg\n",
    "ConvertTo-Json -Depth 10",
  ],
  [
    "what PowerShell cuts off",
    JSON.stringify({
      Id: idIn("virtualNetworks/v"),
      Name: "v",
      Subnets: ["Microsoft.Azure.Commands.Network.Models.PSSubnet"],
    }),
    "ConvertTo-Json -Depth 10",
  ],
  ["service tags in place of groups", JSON.stringify({ changeNumber: "1", values: [] }), "--service-tags"],
])("a file with %s is refused with what to do", async (_, content, change) => {
  const { exitCode, err } = await veeamPorts(["explain", "--from", "*", "--to", "a", "groups"], {
    groups: content,
  });
  expect([exitCode, err]).toEqual([2, expect.stringContaining(change)]);
});
