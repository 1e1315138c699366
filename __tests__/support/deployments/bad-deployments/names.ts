import type { BadDeployment } from "./bad-deployment";

const long = (length: number): string => "n".repeat(length);

/** Names, locations and tags that Azure or Veeam refuses. */
export const names: readonly BadDeployment[] = [
  {
    title: "a name that begins with a hyphen",
    change: { name: "-veeam" },
    problems: [
      'name: is a name that Azure refuses (got "-veeam"). Allowed: 1 to 59 letters, digits, periods, underscores and hyphens, beginning with a letter or digit and ending with one or with an underscore. Choose another name.',
    ],
  },
  {
    title: "a name that ends with a period",
    change: { name: "veeam." },
    problems: [
      'name: is a name that Azure refuses (got "veeam."). Allowed: 1 to 59 letters, digits, periods, underscores and hyphens, beginning with a letter or digit and ending with one or with an underscore. Choose another name.',
    ],
  },
  {
    title: "a name with a space",
    change: { name: "veeam entra" },
    problems: [
      'name: is a name that Azure refuses (got "veeam entra"). Allowed: 1 to 59 letters, digits, periods, underscores and hyphens, beginning with a letter or digit and ending with one or with an underscore. Choose another name.',
    ],
  },
  {
    title: "a name with a slash",
    change: { name: "../veeam" },
    problems: [
      'name: is a name that Azure refuses (got "../veeam"). Allowed: 1 to 59 letters, digits, periods, underscores and hyphens, beginning with a letter or digit and ending with one or with an underscore. Choose another name.',
    ],
  },
  {
    title: "an empty name",
    change: { name: "" },
    problems: [
      'name: is a name that Azure refuses (got ""). Allowed: 1 to 59 letters, digits, periods, underscores and hyphens, beginning with a letter or digit and ending with one or with an underscore. Choose another name.',
    ],
  },
  {
    title: "a name too long once composed",
    change: { name: `${long(60)}` },
    problems: [
      `name: is a name that Azure refuses (got "${long(60)}"). Allowed: 1 to 59 letters, digits, periods, underscores and hyphens, beginning with a letter or digit and ending with one or with an underscore. Choose another name.`,
    ],
  },
  {
    title: "a name too long at all",
    change: { name: `${long(81)}` },
    problems: [
      `name: is a name that Azure refuses (got "${long(81)}"). Allowed: 1 to 59 letters, digits, periods, underscores and hyphens, beginning with a letter or digit and ending with one or with an underscore. Choose another name.`,
      `backupServer: makes the name "snet-${long(81)}-backup-server" of 100 characters, which is too long (got "backup-server"). Allowed: names of up to 80 characters once composed. Shorten it, or the deployment's name, by at least 20 characters.`,
    ],
  },
  {
    title: "a key with a space",
    change: { gatewayServers: { "gw 1": { addresses: ["10.3.0.0/28"] } } },
    problems: [
      'gatewayServers.gw 1: is a name that Azure refuses (got "gw 1"). Allowed: 1 to 80 letters, digits, periods, underscores and hyphens, beginning with a letter or digit and ending with one or with an underscore. Choose another name.',
    ],
  },
  {
    title: "an empty key",
    change: { gatewayServers: { "": { addresses: ["10.3.0.0/28"] } } },
    problems: [
      'gatewayServers.: is a name that Azure refuses (got ""). Allowed: 1 to 80 letters, digits, periods, underscores and hyphens, beginning with a letter or digit and ending with one or with an underscore. Choose another name.',
    ],
  },
  {
    title: "a key too long once composed",
    change: { gatewayServers: { [`${long(50)}`]: { subnet: "10.20.0.32/28" } } },
    problems: [
      `gatewayServers.${long(50)}: makes the name "snet-veeam-entra-gateway-server-${long(50)}" of 82 characters, which is too long (got "${long(50)}"). Allowed: names of up to 80 characters once composed. Shorten it, or the deployment's name, by at least 2 characters.`,
    ],
  },
  {
    title: "keys that differ only in case",
    change: { gatewayServers: { GW: { addresses: ["10.3.0.0/28"] }, gw: { addresses: ["10.3.0.16/28"] } } },
    problems: [
      'gatewayServers.gw: differs from "GW" only in case (got "gw"). Allowed: names that differ in more than case, because Azure ignores it. Rename one of the two.',
    ],
  },
  {
    title: "a resource group that ends with a period",
    change: { resourceGroup: "rg." },
    problems: [
      'resourceGroup: is a name that Azure refuses for a resource group (got "rg."). Allowed: 1 to 90 letters, digits, underscores, parentheses, hyphens and periods, not ending with a period. Choose another name.',
    ],
  },
  {
    title: "a resource group of 91 characters",
    change: { resourceGroup: `${long(91)}` },
    problems: [
      `resourceGroup: is a name that Azure refuses for a resource group (got "${long(91)}"). Allowed: 1 to 90 letters, digits, underscores, parentheses, hyphens and periods, not ending with a period. Choose another name.`,
    ],
  },
  {
    title: "an existing resource group with a slash",
    change: { resourceGroup: { existing: "a/b" } },
    problems: [
      'resourceGroup.existing: is a name that Azure refuses for a resource group (got "a/b"). Allowed: 1 to 90 letters, digits, underscores, parentheses, hyphens and periods, not ending with a period. Choose another name.',
    ],
  },
  {
    title: "an existing network with a bad name",
    change: {
      virtualNetwork: {
        existing: { name: "_vnet", resourceGroup: "rg-hub?", addressSpace: ["10.20.0.0/24"], dnsServers: [] },
      },
    },
    problems: [
      'virtualNetwork.existing.name: is a name that Azure refuses (got "_vnet"). Allowed: 1 to 64 letters, digits, periods, underscores and hyphens, beginning with a letter or digit and ending with one or with an underscore. Choose another name.',
      'virtualNetwork.existing.resourceGroup: is a name that Azure refuses for a resource group (got "rg-hub?"). Allowed: 1 to 90 letters, digits, underscores, parentheses, hyphens and periods, not ending with a period. Choose another name.',
    ],
  },
  {
    title: "Azure Government",
    change: { location: "usgovvirginia" },
    problems: [
      'location: is a region of Azure Government, whose tenants Veeam Backup for Microsoft Entra ID does not support (got "usgovvirginia"). Allowed: a region of the public Azure cloud, such as "westeurope". Choose a region of the public cloud.',
    ],
  },
  {
    title: "Azure Government in the portal's words",
    change: { location: "US Gov Virginia" },
    problems: [
      'location: is a region of Azure Government, whose tenants Veeam Backup for Microsoft Entra ID does not support (got "US Gov Virginia"). Allowed: a region of the public Azure cloud, such as "westeurope". Choose a region of the public cloud.',
    ],
  },
  {
    title: "the Department of Defense",
    change: { location: "usdodcentral" },
    problems: [
      'location: is a region of Azure Government, whose tenants Veeam Backup for Microsoft Entra ID does not support (got "usdodcentral"). Allowed: a region of the public Azure cloud, such as "westeurope". Choose a region of the public cloud.',
    ],
  },
  {
    title: "China",
    change: { location: "China North 2" },
    problems: [
      'location: is a region of Azure in China, whose tenants Veeam Backup for Microsoft Entra ID does not support (got "China North 2"). Allowed: a region of the public Azure cloud, such as "westeurope". Choose a region of the public cloud.',
    ],
  },
  ...[
    ["westeuropa", "westeurope"],
    ["West Europ", "westeurope"],
    ["useast2", "eastus2"],
    ["europenorth", "northeurope"],
    ["uksoth", "uksouth"],
  ].map(([location, meant]) => ({
    title: `the location ${location}`,
    change: { location },
    problems: [
      `location: is no region that is known, and nearly one that is (got "${location}"). Allowed: a region of the public Azure cloud, such as "${meant}". Did you mean "${meant}"? Write that.`,
    ],
  })),
  {
    title: "a NAT gateway that is none",
    change: { egress: { natGateway: "ng-hub" } },
    problems: [
      'egress.natGateway: is no id of a NAT gateway (got "ng-hub"). Allowed: /subscriptions/.../resourceGroups/.../providers/Microsoft.Network/natGateways/.... Copy the resource id.',
    ],
  },
  {
    title: "a firewall that is none, at a public address",
    change: {
      destinations: {
        azureFirewall: { policyId: "afwp-hub", privateIpAddress: "20.1.2.3", priority: 500 },
      },
    },
    problems: [
      'destinations.azureFirewall.policyId: is no id of a firewall policy (got "afwp-hub"). Allowed: /subscriptions/.../resourceGroups/.../providers/Microsoft.Network/firewallPolicies/.... Copy the resource id of the policy.',
      'destinations.azureFirewall.privateIpAddress: is no private IPv4 address (got "20.1.2.3"). Allowed: an address without a mask, such as "10.0.1.4". Give the firewall\'s private address.',
    ],
  },
  {
    title: "an empty location",
    change: { location: "" },
    problems: [
      'location: is no name of a region (got ""). Allowed: a region of the public Azure cloud, such as "westeurope". Write the region\'s name in letters and digits.',
    ],
  },
  {
    title: "a location with a hyphen",
    change: { location: "west-europe" },
    problems: [
      'location: is no name of a region (got "west-europe"). Allowed: a region of the public Azure cloud, such as "westeurope". Write the region\'s name in letters and digits.',
    ],
  },
  {
    title: "a tag of the library's own",
    change: { tags: { "veeam-role": "x" } },
    problems: [
      'tags.veeam-role: is a tag that the library sets itself (got "x"). Allowed: any other name than veeam-role and veeam-component. Rename the tag.',
    ],
  },
  {
    title: "a tag that differs from a tag of the library's own in case",
    change: { tags: { "Veeam-Component": "x" } },
    problems: [
      'tags.Veeam-Component: is a tag that the library sets itself (got "x"). Allowed: any other name than veeam-role and veeam-component. Rename the tag.',
    ],
  },
  {
    title: "tags that differ only in case",
    change: { tags: { Owner: "a", owner: "b" } },
    problems: [
      'tags.owner: differs from the tag "Owner" only in case (got "b"). Allowed: names that differ in more than case. Leave one of the two out.',
    ],
  },
  {
    title: "a tag name that Azure refuses",
    change: { tags: { "a/b": "x" } },
    problems: [
      'tags.a/b: is a tag name that Azure refuses (got "x"). Allowed: 1 to 512 characters without < > % & \\ ? /. Rename the tag.',
    ],
  },
  {
    title: "an empty tag name",
    change: { tags: { "": "x" } },
    problems: [
      'tags.: is a tag name that Azure refuses (got "x"). Allowed: 1 to 512 characters without < > % & \\ ? /. Rename the tag.',
    ],
  },
  {
    title: "a tag name that Azure keeps",
    change: { tags: { "microsoft-x": "x" } },
    problems: [
      'tags.microsoft-x: begins with a word that Azure keeps for itself (got "x"). Allowed: names that do not begin with microsoft, azure or windows. Rename the tag.',
    ],
  },
  {
    title: "a tag value of 257 characters",
    change: { tags: { owner: `${long(257)}` } },
    problems: [
      `tags.owner: has a value that is too long (got "${long(196)}...). Allowed: values of up to 256 characters. Shorten the value.`,
    ],
  },
  {
    title: "49 tags",
    change: { tags: Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`t${index}`, "x"])) },
    problems: [
      "tags: has 49 tags. Allowed: up to 48 tags, since Azure takes 50 and the library sets 2. Leave some out.",
    ],
  },
];
