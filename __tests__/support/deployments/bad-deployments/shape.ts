import { existingNetwork } from "../sample-deployments";
import type { BadDeployment } from "./bad-deployment";

/** Deployments that are not of the shape that the schema describes. */
export const shape: readonly BadDeployment[] = [
  {
    title: "an unknown key",
    change: { regionn: "x" },
    problems: [
      'regionn: is not known (got "x"). Allowed: name, location, resourceGroup, virtualNetwork, portTable, consoles, backupServer, postgresql, httpProxy, cacheRepositories, gatewayServers, backupRepositories, cacheMigration…egress, destinations, backend, tags. Leave it out.',
    ],
  },
  {
    title: "a key spelled almost right",
    change: { httpproxy: { addresses: ["10.2.0.0/27"], port: 3128 } },
    problems: [
      'httpproxy: is not known (got {"addresses":["10.2.0.0/27"],"port":3128}). Allowed: name, location, resourceGroup, virtualNetwork, portTable, consoles, backupServer, postgresql, httpProxy, cacheRepositories, gatewayServers, backupRepositories, cacheMigration…egress, destinations, backend, tags. Did you mean "httpProxy"? Write that.',
    ],
  },
  {
    title: "a component's key spelled almost right",
    change: { backupServer: { subnett: "10.20.0.0/27" } },
    problems: [
      'backupServer.subnett: is not known (got "10.20.0.0/27"). Allowed: subnet, addresses, on…. Did you mean "subnet"? Write that.',
    ],
  },
  {
    title: "a key of another role",
    change: { backupServer: { subnet: "10.20.0.0/27", port: 443 } },
    problems: ["backupServer.port: is not known (got 443). Allowed: subnet, addresses, on…. Leave it out."],
  },
  {
    title: "a key spelled almost right two levels deep",
    change: { gatewayServers: { gw: { adresses: ["10.3.0.0/28"] } } },
    problems: [
      'gatewayServers.gw.adresses: is not known (got ["10.3.0.0/28"]). Allowed: subnet, addresses, on…. Did you mean "addresses"? Write that.',
    ],
  },
  {
    title: "a network's key spelled almost right",
    change: { virtualNetwork: { addresSpace: ["10.20.0.0/24"] } },
    problems: [
      'virtualNetwork.addressSpace: is missing. Allowed: a list, each entry a text (IPv4 prefix, such as "10.20.0.0/27") (Prefixes of the network to make). Add it.',
      'virtualNetwork.addresSpace: is not known (got ["10.20.0.0/24"]). Allowed: an object with addressSpace, dnsServers, inlineSubnets, or an object with existing. Did you mean "addressSpace"? Write that.',
    ],
  },
  {
    title: "an existing network's key spelled almost right",
    change: {
      virtualNetwork: {
        existing: { name: "v", resourceGroup: "r", addressSpace: ["10.20.0.0/24"], dnsServer: [] },
      },
    },
    problems: [
      "virtualNetwork.existing.dnsServers: is missing. Allowed: a list, each entry a text (IPv4 address, such as \"10.0.0.4\") (IPv4 addresses of the network's own DNS servers; [] for Azure's own). Add it.",
      'virtualNetwork.existing.dnsServer: is not known (got []). Allowed: name, resourceGroup, addressSpace, dnsServers. Did you mean "dnsServers"? Write that.',
    ],
  },
  {
    title: "a resource group's key spelled almost right",
    change: { resourceGroup: { exists: "rg-hub" } },
    problems: [
      "resourceGroup.existing: is missing. Allowed: a text (Name of a resource group that exists). Add it.",
      'resourceGroup.exists: is not known (got "rg-hub"). Allowed: a text, or an object with existing. Leave it out.',
    ],
  },
  {
    title: "a migration's key spelled almost right",
    change: {
      cacheMigration: { form: "a", to: "b" },
      cacheRepositories: { a: { on: "backupServer" }, b: { on: "backupServer" } },
    },
    problems: [
      "cacheMigration.from: is missing. Allowed: a text (Key of the cache repository that the cache moves from). Add it.",
      'cacheMigration.form: is not known (got "a"). Allowed: from, to. Did you mean "from"? Write that.',
    ],
  },
  {
    title: "an existing network that is made as well",
    change: {
      virtualNetwork: {
        addressSpace: ["10.20.0.0/24"],
        existing: { name: "v", resourceGroup: "r", addressSpace: ["10.20.0.0/24"], dnsServers: [] },
      },
    },
    problems: [
      'virtualNetwork.existing: does not go with the other properties beside it (got {"name":"v","resourceGroup":"r","addressSpace":["10.20.0.0/24"],"dnsServers":[]}). Allowed: an object with addressSpace, dnsServers, inlineSubnets, or an object with existing. Leave it out.',
    ],
  },
  {
    title: "an existing network of which half is said",
    change: { virtualNetwork: { existing: { name: "v", resourceGroup: "r" } } },
    problems: [
      'virtualNetwork.existing.addressSpace: is missing. Allowed: a list, each entry a text (IPv4 prefix, such as "10.20.0.0/27") (Prefixes of the network, in which the subnets have to be). Add it.',
      "virtualNetwork.existing.dnsServers: is missing. Allowed: a list, each entry a text (IPv4 address, such as \"10.0.0.4\") (IPv4 addresses of the network's own DNS servers; [] for Azure's own). Add it.",
    ],
  },
  {
    title: "an existing network by its name alone",
    change: { virtualNetwork: { existing: "vnet-hub" } },
    problems: [
      'virtualNetwork.existing: is not what is expected here (got "vnet-hub"). Allowed: an object with name, resourceGroup, addressSpace, dnsServers (A virtual network that exists). Write what is allowed.',
    ],
  },
  {
    title: "an existing subnet that is not dedicated, which is said once",
    change: {
      ...existingNetwork("vnet", "rg"),
      postgresql: {
        existingSubnet: {
          id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet",
          addressPrefixes: ["10.7.0.0/27"],
          dedicated: false,
        },
      },
    },
    problems: [
      "postgresql.existingSubnet.dedicated: is not what is expected here (got false). Allowed: true (Nothing else lives there: a group from here is attached, and cuts the rest off). Write what is allowed.",
    ],
  },
  {
    title: "a network that is a text",
    change: { virtualNetwork: "10.20.0.0/24" },
    problems: [
      'virtualNetwork: is not what is expected here (got "10.20.0.0/24"). Allowed: an object with addressSpace, dnsServers, inlineSubnets, or an object with existing (The virtual network to make, or the one that exists). Write what is allowed.',
    ],
  },
  {
    title: "a name that is a number",
    change: { name: 5 },
    problems: [
      "name: is not what is expected here (got 5). Allowed: a text (Name of the deployment and of the stack, from which names of resources are made). Write what is allowed.",
    ],
  },
  {
    title: "a missing name",
    change: { name: undefined },
    problems: [
      "name: is missing. Allowed: a text (Name of the deployment and of the stack, from which names of resources are made). Add it.",
    ],
  },
  {
    title: "a missing location",
    change: { location: undefined },
    problems: [
      'location: is missing. Allowed: a text (Region of the public Azure cloud, such as "westeurope"). Add it.',
    ],
  },
  {
    title: "a missing resource group",
    change: { resourceGroup: undefined },
    problems: [
      "resourceGroup: is missing. Allowed: a text, or an object with existing (Name of the resource group to make, or the one that exists). Add it.",
    ],
  },
  {
    title: "a missing network",
    change: { virtualNetwork: undefined },
    problems: [
      "virtualNetwork: is missing. Allowed: an object with addressSpace, dnsServers, inlineSubnets, or an object with existing (The virtual network to make, or the one that exists). Add it.",
    ],
  },
  {
    title: "a missing backup server",
    change: { backupServer: undefined },
    problems: [
      "backupServer: is missing. Allowed: an object with subnet, addresses, on… (The backup server). Add it.",
    ],
  },
  {
    title: "empty consoles",
    change: { consoles: [] },
    problems: [
      'consoles: is empty (got []). Allowed: a list, each entry a text (IPv4 prefix, such as "10.20.0.0/27") (Prefixes from which consoles are opened. Default: none). Write what is allowed.',
    ],
  },
  {
    title: "a backup server and destinations in a word",
    change: { backupServer: "10.20.0.0/27", destinations: "internet" },
    problems: [
      'backupServer: is not what is expected here (got "10.20.0.0/27"). Allowed: an object with subnet, addresses, on, existingSubnet, subnetSettings, type (The backup server). Write what is allowed.',
      'destinations: is not what is expected here (got "internet"). Allowed: "serviceTags", or an object with ipRanges, or an object with azureFirewall (How Microsoft\'s services are named: by service tag, by the addresses of a Service Tags file, or by name on an Azure Firewall. Default: serviceTags). Write what is allowed.',
    ],
  },
  {
    title: "settings of subnets that are none, are not made, or are not what was asked for",
    change: {
      backupServer: {
        subnet: "10.20.0.0/27",
        subnetSettings: {
          routeTableId: "rt-hub",
          serviceEndpoints: ["Microsoft.Storage", "storage", 1],
          privateEndpointNetworkPolicies: "enabled",
        },
      },
      httpProxy: { addresses: ["10.9.0.4/32"], port: 3128, subnetSettings: { serviceEndpoints: [] } },
    },
    problems: [
      'backupServer.subnetSettings.serviceEndpoints[2]: is not what is expected here (got 1). Allowed: a text (Service, such as "Microsoft.Storage"). Write what is allowed.',
      'backupServer.subnetSettings.privateEndpointNetworkPolicies: is not what is expected here (got "enabled"). Allowed: "Disabled" or "Enabled" or "NetworkSecurityGroupEnabled" or "RouteTableEnabled" (Which network policies apply to private endpoints in the subnet. Default: Disabled). Did you mean "Enabled"? Write that.',
      'backupServer.subnetSettings.routeTableId: is no id of a route table (got "rt-hub"). Allowed: /subscriptions/.../resourceGroups/.../providers/Microsoft.Network/routeTables/.... Copy the resource id.',
      'backupServer.subnetSettings.serviceEndpoints[1]: is no service of Azure (got "storage"). Allowed: services such as "Microsoft.Storage" and "Microsoft.KeyVault". Write the service as Azure does.',
      'httpProxy.subnetSettings: are settings of a subnet, and none is made for the component (got {"serviceEndpoints":[]}). Allowed: subnetSettings beside subnet. Leave them out, or give the component a subnet.',
    ],
  },
  {
    title: "consoles that are a text",
    change: { consoles: "10.1.0.0/24" },
    problems: [
      'consoles: is not what is expected here (got "10.1.0.0/24"). Allowed: a list, each entry a text (IPv4 prefix, such as "10.20.0.0/27") (Prefixes from which consoles are opened. Default: none). Write what is allowed.',
    ],
  },
  {
    title: "a console that is a number, and one that is not aligned",
    change: { consoles: [5, "10.1.0.1/24"] },
    problems: [
      'consoles[0]: is not what is expected here (got 5). Allowed: a text (IPv4 prefix, such as "10.20.0.0/27"). Write what is allowed.',
      'consoles[1]: has bits set behind its mask (got "10.1.0.1/24"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Did you mean "10.1.0.0/24"? Write that.',
    ],
  },
  {
    title: "a subnet that is null",
    change: { backupServer: { subnet: null } },
    problems: [
      "backupServer.subnet: is not what is expected here (got null). Allowed: a text (Prefix of a subnet that is made for the component, /29 or wider). Write what is allowed.",
    ],
  },
  {
    title: "a component that is a text",
    change: { postgresql: "10.2.0.0/27" },
    problems: [
      'postgresql: is not what is expected here (got "10.2.0.0/27"). Allowed: an object with subnet, addresses, on…port… (The PostgreSQL server of the Entra ID backup repository. Default: the backup server\'s own). Write what is allowed.',
    ],
  },
  {
    title: "a list of components",
    change: { gatewayServers: [{ addresses: ["10.3.0.0/28"] }] },
    problems: [
      'gatewayServers: is not what is expected here (got [{"addresses":["10.3.0.0/28"]}]). Allowed: an object of names and their values (Gateway servers by name). Write what is allowed.',
    ],
  },
  {
    title: "a component whose name begins like that of a faulty one",
    change: { gatewayServers: { a: { addresses: ["10.3.0.0/28"] }, "a.b": { subnet: 5 } } },
    problems: [
      "gatewayServers.a.b.subnet: is not what is expected here (got 5). Allowed: a text (Prefix of a subnet that is made for the component, /29 or wider). Write what is allowed.",
    ],
  },
  {
    title: "an unknown way out",
    change: { egress: "natgateway" },
    problems: [
      'egress: is not what is expected here (got "natgateway"). Allowed: "natGateway" or "existing", or an object with natGateway (How subnets reach what is public: a NAT gateway that is made or exists, or as the platform routes already. Default: natGateway). Did you mean "natGateway"? Write that.',
    ],
  },
  {
    title: "direct access that is a text",
    change: { httpProxy: { addresses: ["10.2.0.0/27"], port: 3128, directAccess: "yes" } },
    problems: [
      'httpProxy.directAccess: is not what is expected here (got "yes"). Allowed: true or false (Whether the backup server keeps its direct flows to Microsoft. Default: false). Write what is allowed.',
    ],
  },
  {
    title: "a tag that is a number",
    change: { tags: { cost: 7 } },
    problems: [
      "tags.cost: is not what is expected here (got 7). Allowed: a text (Value of the tag). Write what is allowed.",
    ],
  },
  {
    title: "an expression for the name",
    change: { name: "${terraform.workspace}" },
    problems: [
      'name: is an expression, which cannot be checked before it is deployed (got "${terraform.workspace}"). Allowed: plain values; expressions are for deployments written as code. Write the value itself.',
    ],
  },
  {
    title: "an expression in a list",
    change: { consoles: ["10.1.0.0/24", "${var.consoles}"] },
    problems: [
      'consoles[1]: is an expression, which cannot be checked before it is deployed (got "${var.consoles}"). Allowed: plain values; expressions are for deployments written as code. Write the value itself.',
    ],
  },
  {
    title: "an expression that Terraform calls a directive",
    change: { tags: { discount: "50%{off}" } },
    problems: [
      'tags.discount: is an expression, which cannot be checked before it is deployed (got "50%{off}"). Allowed: plain values; expressions are for deployments written as code. Write the value itself.',
    ],
  },
  {
    title: "an expression for a key",
    change: { tags: { "${var.name}": "x" } },
    problems: [
      'tags.${var.name}: is an expression, which cannot be checked before it is deployed (got "${var.name}"). Allowed: plain values; expressions are for deployments written as code. Write the value itself.',
    ],
  },
];
