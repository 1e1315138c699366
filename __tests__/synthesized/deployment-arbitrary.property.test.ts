import { REVISIONS } from "../../lib/ports/revisions";
import fc from "fast-check";
import { deploymentArbitrary } from "../support/arbitraries/deployment-arbitrary";
import { componentsOf } from "../support/expected/expected-flows";
import { runs } from "../support/arbitraries/property-settings";
import { refusalsOf } from "../support/expected/refusals";

test("the deployments of the properties are valid", () => {
  fc.assert(
    fc.property(deploymentArbitrary, (deployment) => expect(refusalsOf(deployment)).toEqual([])),
    runs(300),
  );
});

test("the deployments of the properties have every shape", () => {
  // With a seed of its own, so that the test says the same each time.
  const sample = fc.sample(deploymentArbitrary, { numRuns: 400, seed: 1 });
  const places = sample.flatMap((deployment) =>
    [...componentsOf(deployment)].map(([path, component]) => {
      const host = component.on === undefined ? undefined : componentsOf(deployment).get(component.on);
      const chain = host?.on === undefined ? "" : " chain";
      return `${path.split(".")[0]} ${Object.keys(component).find((key) => ["subnet", "addresses", "on"].includes(key))}${chain}`;
    }),
  );
  const roles = [
    "backupServer",
    "postgresql",
    "httpProxy",
    "cacheRepositories",
    "gatewayServers",
    "backupRepositories",
  ];
  for (const role of roles) {
    for (const place of ["subnet", "addresses", "on", "on chain"])
      expect(places).toContain(`${role} ${place}`);
  }
  // Each revision, and none: the default.
  expect(new Set(sample.map(({ portTable }) => portTable)).size).toBe(REVISIONS.length + 1);
  const seen: Record<string, boolean> = {
    migration: sample.some((d) => d.cacheMigration),
    "migration on one machine": sample.some(
      (d) => d.cacheMigration && d.cacheRepositories?.[d.cacheMigration.to].on,
    ),
    "direct access": sample.some((d) => d.httpProxy?.directAccess),
    "proxy alone": sample.some((d) => d.httpProxy && !d.httpProxy.directAccess),
    "no proxy": sample.some((d) => !d.httpProxy),
    "egress of the platform": sample.some((d) => d.egress === "existing"),
    "existing group": sample.some((d) => typeof d.resourceGroup === "object"),
    "existing network with DNS": sample.some(
      ({ virtualNetwork: v }) => "existing" in v && v.existing.dnsServers.length > 0,
    ),
  };
  expect(Object.entries(seen).filter(([, there]) => !there)).toEqual([]);
});
