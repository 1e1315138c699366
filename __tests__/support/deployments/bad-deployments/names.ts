import type { BadDeployment } from "./bad-deployment";

const long = (length: number): string => "n".repeat(length);

/** Names, locations and tags that Azure or Veeam refuses. */
export const names: readonly BadDeployment[] = [
  {
    title: "a name that begins with a hyphen",
    change: { name: "-veeam" },
    problems: ["name-invalid name"],
  },
  {
    title: "a name that ends with a period",
    change: { name: "veeam." },
    problems: ["name-invalid name"],
  },
  {
    title: "a name with a space",
    change: { name: "veeam entra" },
    problems: ["name-invalid name"],
  },
  {
    title: "a name with a slash",
    change: { name: "../veeam" },
    problems: ["name-invalid name"],
  },
  {
    title: "an empty name",
    change: { name: "" },
    problems: ["name-invalid name"],
  },
  {
    title: "a name too long once composed",
    change: { name: `${long(60)}` },
    problems: ["name-invalid name"],
  },
  {
    title: "a name too long at all",
    change: { name: `${long(81)}` },
    problems: ["name-invalid name", "name-too-long backupServer"],
  },
  {
    title: "a key with a space",
    change: { gatewayServers: { "gw 1": { addresses: ["10.3.0.0/28"] } } },
    problems: ["name-invalid gatewayServers.gw 1"],
  },
  {
    title: "an empty key",
    change: { gatewayServers: { "": { addresses: ["10.3.0.0/28"] } } },
    problems: ["name-invalid gatewayServers."],
  },
  {
    title: "a key too long once composed",
    change: { gatewayServers: { [`${long(50)}`]: { subnet: "10.20.0.32/28" } } },
    problems: ["name-too-long gatewayServers.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"],
  },
  {
    title: "keys that differ only in case",
    change: { gatewayServers: { GW: { addresses: ["10.3.0.0/28"] }, gw: { addresses: ["10.3.0.16/28"] } } },
    problems: ["name-twice gatewayServers.gw"],
  },
  {
    title: "a resource group that ends with a period",
    change: { resourceGroup: "rg." },
    problems: ["name-invalid resourceGroup"],
  },
  {
    title: "a resource group of 91 characters",
    change: { resourceGroup: `${long(91)}` },
    problems: ["name-invalid resourceGroup"],
  },
  {
    title: "an existing resource group with a slash",
    change: { resourceGroup: { existing: "a/b" } },
    problems: ["name-invalid resourceGroup.existing"],
  },
  {
    title: "an existing network with a bad name",
    change: {
      virtualNetwork: {
        existing: { name: "_vnet", resourceGroup: "rg-hub?", addressSpace: ["10.20.0.0/24"], dnsServers: [] },
      },
    },
    problems: [
      "name-invalid virtualNetwork.existing.name",
      "name-invalid virtualNetwork.existing.resourceGroup",
    ],
  },
  {
    title: "Azure Government",
    change: { location: "usgovvirginia" },
    problems: ["location-unsupported location"],
  },
  {
    title: "Azure Government in the portal's words",
    change: { location: "US Gov Virginia" },
    problems: ["location-unsupported location"],
  },
  {
    title: "the Department of Defense",
    change: { location: "usdodcentral" },
    problems: ["location-unsupported location"],
  },
  {
    title: "China",
    change: { location: "China North 2" },
    problems: ["location-unsupported location"],
  },
  ...["westeuropa", "West Europ", "useast2", "europenorth", "uksoth", "uknorth", "uksouth2", "atlantis"].map(
    (location) => ({
      title: `the location ${location}`,
      change: { location },
      problems: ["location-invalid location"],
    }),
  ),
  {
    title: "a resource group with a letter beyond ASCII",
    change: { resourceGroup: "rg-Köln" },
    problems: ["name-invalid resourceGroup"],
  },
  {
    title: "an invalid NAT gateway",
    change: { egress: { natGateway: "ng-hub" } },
    problems: ["id-invalid egress.natGateway"],
  },
  {
    title: "an invalid firewall, at a public address",
    change: {
      destinations: {
        azureFirewall: { policyId: "afwp-hub", privateIpAddress: "20.1.2.3", priority: 500 },
      },
    },
    problems: [
      "id-invalid destinations.azureFirewall.policyId",
      "address-invalid destinations.azureFirewall.privateIpAddress",
    ],
  },
  {
    title: "an empty location",
    change: { location: "" },
    problems: ["location-invalid location"],
  },
  {
    title: "a location with a hyphen",
    change: { location: "west-europe" },
    problems: ["location-invalid location"],
  },
  {
    title: "a tag of the library's own",
    change: { tags: { "veeam-role": "x" } },
    problems: ["tag-reserved tags.veeam-role"],
  },
  {
    title: "a tag that differs from a tag of the library's own in case",
    change: { tags: { "Veeam-Component": "x" } },
    problems: ["tag-reserved tags.Veeam-Component"],
  },
  {
    title: "tags that differ only in case",
    change: { tags: { Owner: "a", owner: "b" } },
    problems: ["name-twice tags.owner"],
  },
  {
    title: "a tag name that Azure refuses",
    change: { tags: { "a/b": "x" } },
    problems: ["tag-invalid tags.a/b"],
  },
  {
    title: "an empty tag name",
    change: { tags: { "": "x" } },
    problems: ["tag-invalid tags."],
  },
  {
    title: "a tag name that Azure keeps",
    change: { tags: { "microsoft-x": "x" } },
    problems: ["tag-reserved tags.microsoft-x"],
  },
  {
    title: "a tag value of 257 characters",
    change: { tags: { owner: `${long(257)}` } },
    problems: ["tag-invalid tags.owner"],
  },
  {
    title: "48 tags",
    change: { tags: Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`t${index}`, "x"])) },
    problems: ["too-many-tags tags"],
  },
];
