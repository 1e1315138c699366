import { existingNetwork } from "../sample-deployments";
import type { BadDeployment } from "./bad-deployment";

/** Deployments that are not of the shape that the schema describes. */
export const shape: readonly BadDeployment[] = [
  {
    title: "an unknown key",
    change: { regionn: "x" },
    problems: ["unknown-property regionn"],
  },
  {
    title: "a key spelled almost right",
    change: { httpproxy: { addresses: ["10.2.0.0/27"], port: 3128 } },
    problems: ["unknown-property httpproxy"],
  },
  {
    title: "a component's key spelled almost right",
    change: { backupServer: { subnett: "10.20.0.0/27" } },
    problems: ["unknown-property backupServer.subnett"],
  },
  {
    title: "a key of another role",
    change: { backupServer: { subnet: "10.20.0.0/27", port: 443 } },
    problems: ["unknown-property backupServer.port"],
  },
  {
    title: "a key spelled almost right two levels deep",
    change: { gatewayServers: { gw: { adresses: ["10.3.0.0/28"] } } },
    problems: ["unknown-property gatewayServers.gw.adresses"],
  },
  {
    title: "a network's key spelled almost right",
    change: { virtualNetwork: { addresSpace: ["10.20.0.0/24"] } },
    problems: ["missing virtualNetwork.addressSpace", "unknown-property virtualNetwork.addresSpace"],
  },
  {
    title: "an existing network's key spelled almost right",
    change: {
      virtualNetwork: {
        existing: { name: "v", resourceGroup: "r", addressSpace: ["10.20.0.0/24"], dnsServer: [] },
      },
    },
    problems: [
      "missing virtualNetwork.existing.dnsServers",
      "unknown-property virtualNetwork.existing.dnsServer",
    ],
  },
  {
    title: "a resource group's key spelled almost right",
    change: { resourceGroup: { exists: "rg-hub" } },
    problems: ["missing resourceGroup.existing", "unknown-property resourceGroup.exists"],
  },
  {
    title: "a migration's key spelled almost right",
    change: {
      cacheMigration: { form: "a", to: "b" },
      cacheRepositories: { a: { on: "backupServer" }, b: { on: "backupServer" } },
    },
    problems: ["missing cacheMigration.from", "unknown-property cacheMigration.form"],
  },
  {
    title: "an existing network that is made as well",
    change: {
      virtualNetwork: {
        addressSpace: ["10.20.0.0/24"],
        existing: { name: "v", resourceGroup: "r", addressSpace: ["10.20.0.0/24"], dnsServers: [] },
      },
    },
    problems: ["properties-conflict virtualNetwork.existing"],
  },
  {
    title: "an existing network of which half is said",
    change: { virtualNetwork: { existing: { name: "v", resourceGroup: "r" } } },
    problems: ["missing virtualNetwork.existing.addressSpace", "missing virtualNetwork.existing.dnsServers"],
  },
  {
    title: "an existing network by its name alone",
    change: { virtualNetwork: { existing: "vnet-hub" } },
    problems: ["wrong-type virtualNetwork.existing"],
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
    problems: ["wrong-type postgresql.existingSubnet.dedicated"],
  },
  {
    title: "a network that is a text",
    change: { virtualNetwork: "10.20.0.0/24" },
    problems: ["wrong-type virtualNetwork"],
  },
  {
    title: "a name that is a number",
    change: { name: 5 },
    problems: ["wrong-type name"],
  },
  {
    title: "a missing name",
    change: { name: undefined },
    problems: ["missing name"],
  },
  {
    title: "a missing location",
    change: { location: undefined },
    problems: ["missing location"],
  },
  {
    title: "a missing resource group",
    change: { resourceGroup: undefined },
    problems: ["missing resourceGroup"],
  },
  {
    title: "a missing network",
    change: { virtualNetwork: undefined },
    problems: ["missing virtualNetwork"],
  },
  {
    title: "a missing backup server",
    change: { backupServer: undefined },
    problems: ["missing backupServer"],
  },
  {
    title: "empty consoles",
    change: { consoles: [] },
    problems: ["empty consoles"],
  },
  {
    title: "a backup server and destinations in a word",
    change: { backupServer: "10.20.0.0/27", destinations: "internet" },
    problems: ["wrong-type backupServer", "wrong-type destinations"],
  },
  {
    title: "settings of subnets that do not exist, are not created, or are not allowed",
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
    problems: ["wrong-type backupServer.subnetSettings.serviceEndpoints[2]"],
  },
  {
    title: "consoles that are a text",
    change: { consoles: "10.1.0.0/24" },
    problems: ["wrong-type consoles"],
  },
  {
    title: "a console that is a number, and one that is not aligned",
    change: { consoles: [5, "10.1.0.1/24"] },
    problems: ["wrong-type consoles[0]"],
  },
  {
    title: "a subnet that is null",
    change: { backupServer: { subnet: null } },
    problems: ["wrong-type backupServer.subnet"],
  },
  {
    title: "a component that is a text",
    change: { postgresql: "10.2.0.0/27" },
    problems: ["wrong-type postgresql"],
  },
  {
    title: "a list of components",
    change: { gatewayServers: [{ addresses: ["10.3.0.0/28"] }] },
    problems: ["wrong-type gatewayServers"],
  },
  {
    title: "a component whose name begins like that of a faulty one",
    change: { gatewayServers: { a: { addresses: ["10.3.0.0/28"] }, "a.b": { subnet: 5 } } },
    problems: ["wrong-type gatewayServers.a.b.subnet"],
  },
  {
    title: "an unknown way out",
    change: { egress: "natgateway" },
    problems: ["wrong-type egress"],
  },
  {
    title: "direct access that is a text",
    change: { httpProxy: { addresses: ["10.2.0.0/27"], port: 3128, directAccess: "yes" } },
    problems: ["wrong-type httpProxy.directAccess"],
  },
  {
    title: "a tag that is a number",
    change: { tags: { cost: 7 } },
    problems: ["wrong-type tags.cost"],
  },
  {
    title: "numbers in place of objects and of a list",
    change: { tags: 7, cacheMigration: 7, features: 7 },
    problems: ["wrong-type cacheMigration", "wrong-type features", "wrong-type tags"],
  },
  {
    title: "an expression for the name",
    change: { name: "${terraform.workspace}" },
    problems: ["expression name"],
  },
  {
    title: "an expression in a list",
    change: { consoles: ["10.1.0.0/24", "${var.consoles}"] },
    problems: ["expression consoles[1]"],
  },
  {
    title: "an expression that Terraform calls a directive",
    change: { tags: { discount: "50%{off}" } },
    problems: ["expression tags.discount"],
  },
  {
    title: "an expression for a key",
    change: { tags: { "${var.name}": "x" } },
    problems: ["expression tags.${var.name}"],
  },
];
