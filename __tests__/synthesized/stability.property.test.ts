import { REVISIONS } from "../../lib/ports/revisions";
import fc from "fast-check";
import type { DeploymentFile } from "../../lib/app/schema";
import { deploymentArbitrary } from "../support/arbitraries/deployment-arbitrary";
import { runs } from "../support/arbitraries/property-settings";
import { fullDeployment } from "../support/deployments/sample-deployments";
import { type Synthesized, synthesizeDeployment } from "../support/tools/synthesized";

/** The value with the keys of every object and the entries of every list of prefixes in another order. */
function reordered<T>(value: T, order: (index: number) => number): T {
  if (Array.isArray(value)) {
    return value
      .map((item, index) => [order(index), item])
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item) as T;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner], index) => {
        // Machines ask DNS servers one after the other: their order says something.
        return [order(index), key, key === "dnsServers" ? inner : reordered(inner, order)] as const;
      })
      .sort(([a], [b]) => a - b)
      .map(([, key, inner]) => [key, inner]),
  ) as T;
}

/** Name and priority of every rule, by group. */
function rulesOf(synthesized: Synthesized): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(synthesized.groups).map(([name, group]) => [
      name,
      group.security_rule.map((rule) => `${rule.direction} ${rule.priority} ${rule.name}`),
    ]),
  );
}

test("another order of keys and prefixes changes no byte", () => {
  fc.assert(
    fc.property(deploymentArbitrary, fc.func(fc.nat(99)), (deployment, order) => {
      const other = reordered(deployment, order);
      expect(synthesizeDeployment(other).text).toBe(synthesizeDeployment(deployment).text);
    }),
    runs(25),
  );
});

test("keys and prefixes backwards change no byte of a deployment with everything", () => {
  const backwards = reordered(fullDeployment(), (index) => -index);
  expect(Object.keys(backwards)[0]).toBe("tags");
  expect(backwards.consoles?.[0]).toBe("10.1.7.0/24");
  expect(synthesizeDeployment(backwards).text).toBe(synthesizeDeployment(fullDeployment()).text);
});

const ADDITIONS: ReadonlyArray<[string, (deployment: DeploymentFile) => void]> = [
  [
    "a cache repository",
    (d) => (d.cacheRepositories = { aaa: { subnet: "10.20.1.64/27" }, ...d.cacheRepositories }),
  ],
  ["a gateway server", (d) => (d.gatewayServers = { aaa: { subnet: "10.20.1.64/27" }, ...d.gatewayServers })],
  [
    "a gateway server elsewhere",
    (d) => (d.gatewayServers = { aaa: { addresses: ["10.7.0.0/27"] }, ...d.gatewayServers }),
  ],
  [
    "a backup repository",
    (d) => (d.backupRepositories = { aaa: { subnet: "10.20.1.64/27" }, ...d.backupRepositories }),
  ],
  [
    "a backup repository on the server",
    (d) => (d.backupRepositories = { aaa: { on: "backupServer" }, ...d.backupRepositories }),
  ],
  ["consoles", (d) => (d.consoles = ["10.0.7.0/24", ...(d.consoles ?? [])])],
  ["PostgreSQL", (d) => (d.postgresql = { subnet: "10.20.1.64/27" })],
  ["an HTTP proxy", (d) => (d.httpProxy = { subnet: "10.20.1.64/27", port: 8080, directAccess: true })],
  ["a cache migration", (d) => (d.cacheMigration = { from: "cache", to: "cache-new" })],
  ["DNS servers", (d) => (d.virtualNetwork = { addressSpace: ["10.20.0.0/23"], dnsServers: ["10.0.0.4"] })],
];

test.each(ADDITIONS)("adding %s changes no name and no priority of a rule that is there", (_title, add) => {
  const before = fullDeployment();
  delete before.postgresql;
  delete before.httpProxy;
  delete before.cacheMigration;
  before.virtualNetwork = { addressSpace: ["10.20.0.0/23"] };
  const after = JSON.parse(JSON.stringify(before)) as DeploymentFile;
  add(after);
  const [old, now] = [synthesizeDeployment(before), synthesizeDeployment(after)];
  expect(now.text).not.toBe(old.text);
  const rules = rulesOf(now);
  for (const [group, there] of Object.entries(rulesOf(old))) {
    expect(rules[group]).toEqual(expect.arrayContaining(there));
  }
  // Nor does any other resource change its logical id.
  for (const [type, resources] of Object.entries(old.resources)) {
    expect(Object.keys(now.resources[type])).toEqual(expect.arrayContaining(Object.keys(resources)));
  }
});

/** Whether the deployment's port table has rows for every role. */
function knowsEveryRole({ portTable = "default@2026-02-12" }: DeploymentFile): boolean {
  return portTable.slice(portTable.indexOf("@") + 1) >= "2026-02-12";
}

test("any component more changes no name and no priority of a rule that is there", () => {
  fc.assert(
    fc.property(
      deploymentArbitrary.filter(knowsEveryRole),
      fc.constantFrom("cacheRepositories" as const, "gatewayServers" as const, "backupRepositories" as const),
      (deployment, role) => {
        const more = { ...deployment, [role]: { ...deployment[role], added: { subnet: "10.20.15.0/27" } } };
        const rules = rulesOf(synthesizeDeployment(more));
        for (const [group, there] of Object.entries(rulesOf(synthesizeDeployment(deployment)))) {
          expect(rules[group]).toEqual(expect.arrayContaining(there));
        }
      },
    ),
    runs(25),
  );
});

test("another revision keeps name and priority of every rule that both have", () => {
  const perRevision = [
    "13.0.1.180@2025-12-12",
    "13.0.1.1071@2025-12-19",
    "13.0.1.1071@2026-01-14",
    ...REVISIONS.slice(3),
  ].map((portTable, index) => {
    const deployment: DeploymentFile = { ...fullDeployment(), portTable };
    if (index < 3) {
      delete deployment.cacheRepositories;
      delete deployment.gatewayServers;
      delete deployment.backupRepositories;
      delete deployment.cacheMigration;
    }
    if (index < 1) delete deployment.httpProxy;
    return rulesOf(synthesizeDeployment(deployment));
  });
  // By name, the priority of each rule is the same in every revision that has it.
  const priorities = new Map<string, string>();
  for (const rule of perRevision.flatMap((rules) =>
    Object.entries(rules).flatMap(([group, all]) => all.map((one) => `${group} ${one}`)),
  )) {
    const [group, direction, priority, name] = rule.split(" ");
    const key = [group, direction, name].join(" ");
    expect([key, priorities.get(key) ?? priority]).toEqual([key, priority]);
    priorities.set(key, priority);
  }
  expect(priorities.size).toBeGreaterThan(30);
});
