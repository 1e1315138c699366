import type { BadDeployment } from "./bad-deployment";

/** Port tables, roles and cache migrations that do not fit together. */
export const roles: readonly BadDeployment[] = [
  {
    title: "an unknown port table",
    change: { portTable: "13.0.1.1071@2026-02-13" },
    problems: [
      'portTable: is no revision of the port table that is known (got "13.0.1.1071@2026-02-13"). Allowed: 13.0.1.180@2025-12-12, 13.0.1.1071@2025-12-19, 13.0.1.1071@2026-01-14, 13.0.1.1071@2026-02-12, 13.0.1.1071@2026-02-18, 13.0.1.2067@2026-03-31. Did you mean "13.0.1.1071@2026-02-12"? Write that.',
    ],
  },
  {
    title: "a port table that is nothing like one",
    change: { portTable: "latest" },
    problems: [
      'portTable: is no revision of the port table that is known (got "latest"). Allowed: 13.0.1.180@2025-12-12, 13.0.1.1071@2025-12-19, 13.0.1.1071@2026-01-14, 13.0.1.1071@2026-02-12, 13.0.1.1071@2026-02-18, 13.0.1.2067@2026-03-31. Name one of these, or leave it out for the default.',
    ],
  },
  {
    title: "a port table from the prototype",
    change: { portTable: "constructor" },
    problems: [
      'portTable: is no revision of the port table that is known (got "constructor"). Allowed: 13.0.1.180@2025-12-12, 13.0.1.1071@2025-12-19, 13.0.1.1071@2026-01-14, 13.0.1.1071@2026-02-12, 13.0.1.1071@2026-02-18, 13.0.1.2067@2026-03-31. Name one of these, or leave it out for the default.',
    ],
  },
  {
    title: "a proxy in the table of 2025-12-12",
    change: { portTable: "13.0.1.180@2025-12-12", httpProxy: { addresses: ["10.2.0.0/27"], port: 3128 } },
    problems: [
      'httpProxy: the port table 13.0.1.180@2025-12-12 has no row for the role http-proxy. Allowed: port tables that have one: 13.0.1.1071@2025-12-19, 13.0.1.1071@2026-01-14, 13.0.1.1071@2026-02-12, 13.0.1.1071@2026-02-18, 13.0.1.2067@2026-03-31. Set portTable to "13.0.1.2067@2026-03-31", or leave httpProxy out.',
    ],
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
      'cacheRepositories: the port table 13.0.1.1071@2026-01-14 has no row for the role cache-repository. Allowed: port tables that have one: 13.0.1.1071@2026-02-12, 13.0.1.1071@2026-02-18, 13.0.1.2067@2026-03-31. Set portTable to "13.0.1.2067@2026-03-31", or leave cacheRepositories out.',
      'gatewayServers: the port table 13.0.1.1071@2026-01-14 has no row for the role gateway-server. Allowed: port tables that have one: 13.0.1.1071@2026-02-12, 13.0.1.1071@2026-02-18, 13.0.1.2067@2026-03-31. Set portTable to "13.0.1.2067@2026-03-31", or leave gatewayServers out.',
      'backupRepositories: the port table 13.0.1.1071@2026-01-14 has no row for the role backup-repository. Allowed: port tables that have one: 13.0.1.1071@2026-02-12, 13.0.1.1071@2026-02-18, 13.0.1.2067@2026-03-31. Set portTable to "13.0.1.2067@2026-03-31", or leave backupRepositories out.',
    ],
  },
  {
    title: "a migration in a table without one",
    change: { portTable: "13.0.1.1071@2025-12-19", cacheMigration: { from: "a", to: "b" } },
    problems: [
      'cacheMigration: the port table 13.0.1.1071@2025-12-19 has no row for a change of the cache repository. Allowed: port tables that have one: 13.0.1.1071@2026-02-12, 13.0.1.1071@2026-02-18, 13.0.1.2067@2026-03-31. Set portTable to "13.0.1.2067@2026-03-31", or leave cacheMigration out.',
      'cacheMigration.from: is no cache repository of the deployment (got "a"). Allowed: keys of cacheRepositories, which has none. Add the repository to cacheRepositories, or name one that is there.',
      'cacheMigration.to: is no cache repository of the deployment (got "b"). Allowed: keys of cacheRepositories, which has none. Add the repository to cacheRepositories, or name one that is there.',
    ],
  },
  {
    title: "a migration between unknown repositories",
    change: {
      cacheMigration: { from: "cach", to: "new" },
      cacheRepositories: { cache: { on: "backupServer" } },
    },
    problems: [
      'cacheMigration.from: is no cache repository of the deployment (got "cach"). Allowed: keys of cacheRepositories: cache. Did you mean "cache"? Write that.',
      'cacheMigration.to: is no cache repository of the deployment (got "new"). Allowed: keys of cacheRepositories: cache. Add the repository to cacheRepositories, or name one that is there.',
    ],
  },
  {
    title: "a migration without repositories",
    change: { cacheMigration: { from: "a", to: "b" } },
    problems: [
      'cacheMigration.from: is no cache repository of the deployment (got "a"). Allowed: keys of cacheRepositories, which has none. Add the repository to cacheRepositories, or name one that is there.',
      'cacheMigration.to: is no cache repository of the deployment (got "b"). Allowed: keys of cacheRepositories, which has none. Add the repository to cacheRepositories, or name one that is there.',
    ],
  },
  {
    title: "a migration from a repository to itself",
    change: {
      cacheMigration: { from: "cache", to: "cache" },
      cacheRepositories: { cache: { on: "backupServer" } },
    },
    problems: [
      'cacheMigration.to: is the repository that the cache moves from (got "cache"). Allowed: another key of cacheRepositories. Name the repository that the cache moves to.',
    ],
  },
];
