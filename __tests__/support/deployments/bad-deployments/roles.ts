import type { BadDeployment } from "./bad-deployment";

/** Port tables, roles and cache migrations that do not fit together. */
export const roles: readonly BadDeployment[] = [
  {
    title: "an unknown port table",
    change: { portTable: "13.1.0.411@2026-08-04" },
    problems: ["port-table-unknown portTable"],
  },
  {
    title: "a port table that is nothing like one",
    change: { portTable: "latest" },
    problems: ["port-table-unknown portTable"],
  },
  {
    title: "a port table from the prototype",
    change: { portTable: "constructor" },
    problems: ["port-table-unknown portTable"],
  },
  {
    title: "a proxy in the table of 2025-12-12",
    change: { portTable: "13.0.1.180@2025-12-12", httpProxy: { addresses: ["10.2.0.0/27"], port: 3128 } },
    problems: ["role-not-in-port-table httpProxy"],
  },
  {
    title: "caches, gateways and repositories in a table without log backup",
    change: {
      portTable: "13.0.1.1071@2026-01-14",
      cacheRepositories: { c: { on: "backupServer" } },
      gatewayServers: { a: { on: "backupServer" }, b: { addresses: ["10.3.0.0/28"] } },
      backupRepositories: { r: { on: "backupServer" } },
    },
    problems: [
      "role-not-in-port-table cacheRepositories",
      "role-not-in-port-table gatewayServers",
      "role-not-in-port-table backupRepositories",
    ],
  },
  {
    title: "a migration in a table without one",
    change: { portTable: "13.0.1.1071@2025-12-19", cacheMigration: { from: "a", to: "b" } },
    problems: [
      "role-not-in-port-table cacheMigration",
      "component-unknown cacheMigration.from",
      "component-unknown cacheMigration.to",
    ],
  },
  {
    title: "a migration between unknown repositories",
    change: {
      cacheMigration: { from: "cach", to: "new" },
      cacheRepositories: { cache: { on: "backupServer" } },
    },
    problems: ["component-unknown cacheMigration.from", "component-unknown cacheMigration.to"],
  },
  {
    title: "a migration without repositories",
    change: { cacheMigration: { from: "a", to: "b" } },
    problems: ["component-unknown cacheMigration.from", "component-unknown cacheMigration.to"],
  },
  {
    title: "a migration from a repository to itself",
    change: {
      cacheMigration: { from: "cache", to: "cache" },
      cacheRepositories: { cache: { on: "backupServer" } },
    },
    problems: ["same-ends cacheMigration.to"],
  },
];
