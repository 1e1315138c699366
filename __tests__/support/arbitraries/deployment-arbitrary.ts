import fc from "fast-check";
import { pagesOn, TRANSCRIBED_REVISIONS } from "../expected/veeam-pages";
import type { DeploymentFile, DeploymentFileComponent } from "../../../lib/app/schema";

// Deployments of every shape that is valid. Subnets are taken from blocks of
// the address space that are a component's own; what is elsewhere may overlap
// with anything that is elsewhere.

const REVISIONS = {
  withoutProxy: ["13.0.1.180@2025-12-12"],
  withoutLogBackup: ["13.0.1.1071@2025-12-19", "13.0.1.1071@2026-01-14"],
  complete: TRANSCRIBED_REVISIONS.filter((revision) => pagesOn(revision).usedPorts),
};

const ELSEWHERE = fc.oneof(
  { weight: 5, arbitrary: prefixIn("10.200", fc.nat(3), 16) },
  { weight: 2, arbitrary: prefixIn("172.16", fc.nat(3), 20) },
  // One public /24: two of them could be too wide together.
  { weight: 2, arbitrary: prefixIn("203.0", fc.constant(113), 24) },
);

/** A prefix no shorter than the mask, behind two octets. */
function prefixIn(start: string, third: fc.Arbitrary<number>, shortest: number): fc.Arbitrary<string> {
  const [a, b] = start.split(".").map(Number);
  return fc
    .tuple(third, fc.nat(255), fc.integer({ min: shortest, max: 32 }))
    .map(([c, d, length]) => prefixText(((a * 256 + b) * 256 + c) * 256 + d, length));
}

function prefixText(address: number, length: number): string {
  const base = address - (address % 2 ** (32 - length));
  return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".")}/${length}`;
}

const keys = (max: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom("a", "b", "gw1", "x.y", "A_1", "cache-new", "7"), {
    maxLength: max,
    selector: (key) => key.toLowerCase(),
  });

const port = fc.oneof(
  fc.constantFrom(1, 443, 2500, 3300, 5432, 5433, 65535),
  fc.integer({ min: 1, max: 65535 }),
);

interface Choice {
  /** 0 to 5 a subnet, 6 and 7 elsewhere, 8 and 9 on another. */
  readonly kind: number;
  readonly length: number;
  readonly offset: number;
  readonly addresses: string[];
  readonly host: number;
}

const choice: fc.Arbitrary<Choice> = fc.record({
  kind: fc.nat(9),
  length: fc.integer({ min: 24, max: 29 }),
  offset: fc.nat(255),
  addresses: fc.array(ELSEWHERE, { minLength: 1, maxLength: 3 }),
  host: fc.nat(20),
});

/** A valid deployment. */
export const deploymentArbitrary: fc.Arbitrary<DeploymentFile> = fc
  .record({
    revision: fc.constantFrom(...Object.values(REVISIONS).flat(), undefined, undefined),
    postgresql: fc.option(fc.record({ port: fc.option(port, { nil: undefined }) }), { nil: undefined }),
    httpProxy: fc.option(fc.record({ port, directAccess: fc.constantFrom(undefined, false, true) }), {
      nil: undefined,
    }),
    caches: keys(3),
    gateways: keys(3),
    repositories: keys(4),
    migrates: fc.boolean(),
    choices: fc.array(choice, { minLength: 14, maxLength: 14 }),
    consoles: fc.array(ELSEWHERE, { minLength: 1, maxLength: 3 }),
    dnsServers: fc.uniqueArray(fc.constantFrom("10.0.0.4", "10.0.0.5", "10.200.0.7", "203.0.113.53"), {
      maxLength: 2,
    }),
    existingNetwork: fc.boolean(),
    existingGroup: fc.boolean(),
    egress: fc.constantFrom(undefined, "natGateway" as const, "existing" as const),
    tags: fc.constantFrom<Array<Record<string, string> | undefined>>(undefined, {}, { owner: "platform" }),
  })
  .map((given) => {
    const { revision, choices, migrates } = given;
    const complete = revision === undefined || REVISIONS.complete.includes(revision);
    const httpProxy = REVISIONS.withoutProxy.includes(revision ?? "") ? undefined : given.httpProxy;
    const roles = {
      cacheRepositories: complete ? given.caches : [],
      gatewayServers: complete ? given.gateways : [],
      backupRepositories: complete ? given.repositories : [],
    };
    const paths = [
      "backupServer",
      ...(given.postgresql ? ["postgresql"] : []),
      ...(httpProxy ? ["httpProxy"] : []),
      ...Object.entries(roles).flatMap(([role, names]) => names.map((name) => `${role}.${name}`)),
    ];
    // A component shares the machine of one that comes before it in an order
    // of its own, so that no circle comes about and the backup server can share too.
    const order = paths
      .map((path, index) => [choices[index].host * 31 + index * 17, path] as const)
      .sort(([a], [b]) => a - b)
      .map(([, path]) => path);
    const placed = (path: string): DeploymentFileComponent => {
      const index = paths.indexOf(path);
      const { kind, length, offset, addresses, host } = choices[index];
      const before = order.slice(0, order.indexOf(path));
      if (kind >= 8 && before.length > 0) return { on: before[host % before.length] };
      if (kind >= 6) return { addresses };
      return { subnet: prefixText(((10 * 256 + 20) * 256 + index) * 256 + offset, length) };
    };
    const several = (role: keyof typeof roles): Record<string, DeploymentFileComponent> | undefined =>
      roles[role].length === 0
        ? undefined
        : Object.fromEntries(roles[role].map((key) => [key, placed(`${role}.${key}`)]));

    const deployment: DeploymentFile = {
      name: "veeam-entra",
      location: "westeurope",
      resourceGroup: given.existingGroup ? { existing: "rg-hub" } : "rg-veeam-entra",
      virtualNetwork: given.existingNetwork
        ? {
            existing: {
              name: "vnet-hub",
              resourceGroup: "rg-hub",
              addressSpace: ["10.20.0.0/20"],
              dnsServers: given.dnsServers,
            },
          }
        : { addressSpace: ["10.20.8.0/21", "10.20.0.0/21"], dnsServers: given.dnsServers },
      portTable: revision,
      consoles: given.consoles,
      backupServer: placed("backupServer"),
      postgresql: given.postgresql && { ...placed("postgresql"), ...given.postgresql },
      httpProxy: httpProxy && { ...placed("httpProxy"), ...httpProxy },
      cacheRepositories: several("cacheRepositories"),
      gatewayServers: several("gatewayServers"),
      backupRepositories: several("backupRepositories"),
      cacheMigration:
        migrates && roles.cacheRepositories.length > 1
          ? { from: roles.cacheRepositories[0], to: roles.cacheRepositories[1] }
          : undefined,
      egress: given.egress,
      tags: given.tags,
    };
    return JSON.parse(JSON.stringify(deployment)) as DeploymentFile;
  });
