import { existingNetwork } from "../sample-deployments";
import type { BadDeployment } from "./bad-deployment";

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
    problems: ["placement-missing backupServer"],
  },
  {
    title: "two places",
    change: { backupServer: { subnet: "10.20.0.0/27", addresses: ["10.2.0.0/27"] } },
    problems: ["placement-ambiguous backupServer"],
  },
  {
    title: "three places",
    change: { postgresql: { subnet: "10.20.0.32/28", addresses: ["10.2.0.0/27"], on: "backupServer" } },
    problems: ["placement-ambiguous postgresql"],
  },
  {
    title: "on an unknown component",
    change: { postgresql: { on: "gatewayServers.gw1" } },
    problems: ["component-unknown postgresql.on"],
  },
  {
    title: "on a component spelled almost right",
    change: { postgresql: { on: "backupserver" } },
    problems: ["component-unknown postgresql.on"],
  },
  {
    title: "on itself",
    change: { gatewayServers: { gw: { on: "gatewayServers.gw" } } },
    problems: ["host-circular gatewayServers.gw.on"],
  },
  {
    title: "on each other",
    change: { gatewayServers: { a: { on: "gatewayServers.b" }, b: { on: "gatewayServers.a" } } },
    problems: ["host-circular gatewayServers.a.on", "host-circular gatewayServers.b.on"],
  },
  {
    title: "a circle of three",
    change: {
      postgresql: { on: "gatewayServers.b" },
      gatewayServers: { b: { on: "cacheRepositories.c" } },
      cacheRepositories: { c: { on: "postgresql" } },
    },
    problems: [
      "host-circular postgresql.on",
      "host-circular cacheRepositories.c.on",
      "host-circular gatewayServers.b.on",
    ],
  },
  {
    title: "on a circle, but not in it",
    change: { postgresql: { on: "gatewayServers.a" }, gatewayServers: { a: { on: "gatewayServers.a" } } },
    problems: ["host-circular postgresql.on", "host-circular gatewayServers.a.on"],
  },
  {
    title: "a managed database by its name",
    change: { postgresql: { addresses: ["veeam.postgres.database.azure.com"] } },
    problems: ["managed-database postgresql.addresses[0]"],
  },
  {
    title: "two components that add rules to one group in priorities that overlap",
    change: {
      ...existingNetwork("vnet", "rg"),
      cacheRepositories: { a: { existingSubnet: sharedSubnet("a", 1000) } },
      gatewayServers: { b: { existingSubnet: sharedSubnet("b", 1099) } },
    },
    problems: ["priority-band-overlap gatewayServers.b.existingSubnet.group"],
  },
  {
    title: "a subnet that exists in a network that is only being made",
    change: { cacheRepositories: { a: { existingSubnet: sharedSubnet("a", 1000) } } },
    problems: ["subnet-of-other-network cacheRepositories.a.existingSubnet.id"],
  },
  {
    title: "a subnet of another network",
    change: {
      ...existingNetwork("vnet-spoke", "rg"),
      cacheRepositories: { a: { existingSubnet: sharedSubnet("a", 1000) } },
    },
    problems: ["subnet-of-other-network cacheRepositories.a.existingSubnet.id"],
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
    problems: ["managed-database postgresql.existingSubnet.id"],
  },
];
