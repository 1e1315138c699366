import { existingNetwork } from "../sample-deployments";
import type { BadDeployment } from "./bad-deployment";

const MANAGED_DATABASE =
  "would be a database service of a cloud, none of which Veeam supports for the repository of Microsoft Entra ID";
const BRING_A_MACHINE = "Bring a machine with PostgreSQL 14, 15 or 17, or let postgresql.machine make one.";
const RG = "/subscriptions/s/resourceGroups/rg/providers";

/** Components whose place is not said, or said badly. */
/** A subnet of the hub whose group has this band free. */
const sharedSubnet = (name: string, firstPriority: number): object => ({
  id: `${RG}/Microsoft.Network/virtualNetworks/vnet/subnets/${name}`,
  addressPrefixes: [name === "a" ? "10.7.0.0/27" : "10.7.0.32/27"],
  group: { name: "nsg-hub", resourceGroup: "rg-hub", firstPriority, lastPriority: firstPriority + 99 },
});

export const placement: readonly BadDeployment[] = [
  {
    title: "no place",
    change: { backupServer: {} },
    problems: [
      "backupServer: does not say where it is. Allowed: exactly one of subnet (made for it), existingSubnet (it is there already), addresses (it is elsewhere) and on (it shares a machine). Add one of the four.",
    ],
  },
  {
    title: "two places",
    change: { backupServer: { subnet: "10.20.0.0/27", addresses: ["10.2.0.0/27"] } },
    problems: [
      "backupServer: says where it is in 2 ways (subnet, addresses). Allowed: exactly one of subnet (made for it), existingSubnet (it is there already), addresses (it is elsewhere) and on (it shares a machine). Keep one of them.",
    ],
  },
  {
    title: "three places",
    change: { postgresql: { subnet: "10.20.0.32/28", addresses: ["10.2.0.0/27"], on: "backupServer" } },
    problems: [
      "postgresql: says where it is in 3 ways (subnet, addresses, on). Allowed: exactly one of subnet (made for it), existingSubnet (it is there already), addresses (it is elsewhere) and on (it shares a machine). Keep one of them.",
    ],
  },
  {
    title: "on an unknown component",
    change: { postgresql: { on: "gatewayServers.gw1" } },
    problems: [
      'postgresql.on: is no component (got "gatewayServers.gw1"). Allowed: another component: backupServer. Name one that is there.',
    ],
  },
  {
    title: "on a component spelled almost right",
    change: { postgresql: { on: "backupserver" } },
    problems: [
      'postgresql.on: is no component (got "backupserver"). Allowed: another component: backupServer. Did you mean "backupServer"? Write that.',
    ],
  },
  {
    title: "on itself",
    change: { gatewayServers: { gw: { on: "gatewayServers.gw" } } },
    problems: [
      'gatewayServers.gw.on: is the component itself (got "gatewayServers.gw"). Allowed: another component: backupServer. Name the machine that it shares, or give it a subnet.',
    ],
  },
  {
    title: "on each other",
    change: { gatewayServers: { a: { on: "gatewayServers.b" }, b: { on: "gatewayServers.a" } } },
    problems: [
      'gatewayServers.a.on: leads back to where it began (gatewayServers.a -> gatewayServers.b -> gatewayServers.a) (got "gatewayServers.b"). Allowed: another component: backupServer, gatewayServers.b. Give one of them a subnet.',
      'gatewayServers.b.on: leads back to where it began (gatewayServers.b -> gatewayServers.a -> gatewayServers.b) (got "gatewayServers.a"). Allowed: another component: backupServer, gatewayServers.a. Give one of them a subnet.',
    ],
  },
  {
    title: "a circle of three",
    change: {
      postgresql: { on: "gatewayServers.b" },
      gatewayServers: { b: { on: "cacheRepositories.c" } },
      cacheRepositories: { c: { on: "postgresql" } },
    },
    problems: [
      'postgresql.on: leads back to where it began (postgresql -> gatewayServers.b -> cacheRepositories.c -> postgresql) (got "gatewayServers.b"). Allowed: another component: backupServer, cacheRepositories.c, gatewayServers.b. Give one of them a subnet.',
      'cacheRepositories.c.on: leads back to where it began (cacheRepositories.c -> postgresql -> gatewayServers.b -> cacheRepositories.c) (got "postgresql"). Allowed: another component: backupServer, postgresql, gatewayServers.b. Give one of them a subnet.',
      'gatewayServers.b.on: leads back to where it began (gatewayServers.b -> cacheRepositories.c -> postgresql -> gatewayServers.b) (got "cacheRepositories.c"). Allowed: another component: backupServer, postgresql, cacheRepositories.c. Give one of them a subnet.',
    ],
  },
  {
    title: "on a circle, but not in it",
    change: { postgresql: { on: "gatewayServers.a" }, gatewayServers: { a: { on: "gatewayServers.a" } } },
    problems: [
      'postgresql.on: leads back to where it began (postgresql -> gatewayServers.a -> gatewayServers.a) (got "gatewayServers.a"). Allowed: another component: backupServer, gatewayServers.a. Give one of them a subnet.',
      'gatewayServers.a.on: is the component itself (got "gatewayServers.a"). Allowed: another component: backupServer, postgresql. Name the machine that it shares, or give it a subnet.',
    ],
  },
  {
    title: "a managed database by its name",
    change: { postgresql: { addresses: ["veeam.postgres.database.azure.com"] } },
    problems: [
      `postgresql.addresses[0]: ${MANAGED_DATABASE} (got "veeam.postgres.database.azure.com"). Allowed: an IPv4 prefix such as "10.1.0.0/24". ${BRING_A_MACHINE}`,
    ],
  },
  {
    title: "two components that add rules to one group in priorities that overlap",
    change: {
      ...existingNetwork("vnet", "rg"),
      cacheRepositories: { a: { existingSubnet: sharedSubnet("a", 1000) } },
      gatewayServers: { b: { existingSubnet: sharedSubnet("b", 1099) } },
    },
    problems: [
      'gatewayServers.b.existingSubnet.group: shares priorities with cacheRepositories.a.existingSubnet.group (1000-1099) in the same group (got "1099-1198"). Allowed: bands of one group that share no priority. Divide what the group\'s owner leaves free among those who add rules to it.',
    ],
  },
  {
    title: "a subnet that exists in a network that is only being made",
    change: { cacheRepositories: { a: { existingSubnet: sharedSubnet("a", 1000) } } },
    problems: [
      `cacheRepositories.a.existingSubnet.id: is a subnet of the virtual network vnet, and the deployment's own is only being made (got "${RG}/Microsoft.Network/virtualNetworks/vnet/subnets/a"). Allowed: subnets of a virtual network that exists. Say virtualNetwork.existing of the network that the subnet is in, or give the component a subnet.`,
    ],
  },
  {
    title: "a subnet of another network",
    change: {
      ...existingNetwork("vnet-spoke", "rg"),
      cacheRepositories: { a: { existingSubnet: sharedSubnet("a", 1000) } },
    },
    problems: [
      `cacheRepositories.a.existingSubnet.id: is a subnet of the virtual network vnet in rg, not of the deployment's own (got "${RG}/Microsoft.Network/virtualNetworks/vnet/subnets/a"). Allowed: subnets of vnet-spoke in rg. Give the id of a subnet there, or name the network that this one is in.`,
    ],
  },
  {
    title: "a managed database by its id",
    change: {
      postgresql: {
        existingSubnet: {
          id: `${RG}/Microsoft.DBforPostgreSQL/flexibleServers/veeam`,
          addressPrefixes: ["10.7.0.0/27"],
          dedicated: true,
        },
      },
    },
    problems: [
      `postgresql.existingSubnet.id: ${MANAGED_DATABASE} (got "${RG}/Microsoft.DBforPostgreSQL/flexibleServers/veeam"). Allowed: /subscriptions/.../resourceGroups/.../providers/Microsoft.Network/virtualNetworks/.../subnets/.... ${BRING_A_MACHINE}`,
    ],
  },
];
