import fc from "fast-check";
import { propsOfDeployment } from "../../lib/app/props";
import type { DeploymentFile } from "../../lib/app/schema";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { placeOf } from "../support/expected/expected-flows";
import { groupOfSubnet, misjudgedAt } from "../support/expected/exactly-the-flows";
import { expectedFlowsWithFeatures, spokenAddresses } from "../support/expected/expected-feature-flows";
import {
  FEATURE_NAMES,
  type FeatureDeployment,
  featureDeploymentArbitrary,
  REPOSITORIES,
} from "../support/arbitraries/feature-deployment-arbitrary";
import { GroupEvaluator } from "../support/oracle/group-evaluator";
import { runs } from "../support/arbitraries/property-settings";
import { refusalsOf } from "../support/expected/refusals";
import {
  newStack,
  type Synthesized,
  type SynthesizedRule,
  synthesizeDeployment,
} from "../support/tools/synthesized";

function synthesize(deployment: FeatureDeployment): Synthesized {
  return synthesizeDeployment(deployment as unknown as DeploymentFile);
}

/** The components that have a subnet, by path. */
function subnetsOf(deployment: FeatureDeployment): Array<[string, string]> {
  const { backupServer, postgresql, httpProxy } = deployment;
  const roles = ["cacheRepositories", "gatewayServers", "backupRepositories"] as const;
  return [
    ...Object.entries({ backupServer, postgresql, httpProxy }),
    ...roles.flatMap((role) =>
      Object.entries(deployment[role] ?? {}).map(
        ([key, component]) => [`${role}.${key}`, component] as const,
      ),
    ),
  ].flatMap(([path, component]) => (component?.subnet === undefined ? [] : [[path, component.subnet]]));
}

function misjudged(
  deployment: FeatureDeployment,
  rulesAt: (subnet: string) => readonly SynthesizedRule[],
): string[] {
  const flows = expectedFlowsWithFeatures(deployment);
  const remotes = spokenAddresses(deployment);
  const edges = flows.flatMap(({ ports }) => ports.flat()).flatMap((port) => [port - 1, port, port + 1]);
  const ports = [...new Set([...edges, 0, 22, 53, 135, 443, 445, 2500, 3300, 3389, 10443, 65535])].filter(
    (port) => port >= 0 && port <= 65535,
  );
  return subnetsOf(deployment).flatMap(([path, subnet]) =>
    misjudgedAt(
      placeOf(deployment as never, path),
      new GroupEvaluator(rulesAt(subnet)),
      flows,
      remotes,
      ports,
    ),
  );
}

test("the deployments of the properties are valid, and have every feature and every type", () => {
  fc.assert(
    fc.property(featureDeploymentArbitrary, (deployment) => expect(refusalsOf(deployment)).toEqual([])),
    runs(200),
  );
  const sample = JSON.stringify(fc.sample(featureDeploymentArbitrary, { numRuns: 300, seed: 1 }));
  for (const word of [...FEATURE_NAMES, ...REPOSITORIES]) expect(sample).toContain(`"${word}"`);
});

test("each row of each section is open exactly where its feature and its components are", () => {
  fc.assert(
    fc.property(featureDeploymentArbitrary, (deployment) => {
      const synthesized = synthesize(deployment);
      expect(misjudged(deployment, (subnet) => groupOfSubnet(synthesized, subnet).security_rule)).toEqual([]);
    }),
    runs(40),
  );
});

test("the proof holds for every deployment with features", () => {
  fc.assert(
    fc.property(featureDeploymentArbitrary, (deployment) => {
      const props = propsOfDeployment(deployment as unknown as DeploymentFile);
      const {
        missing,
        excess,
        rulesWithoutFlow: rulesWithoutFlow,
        holds,
      } = new EntraIdBackup(newStack(), "backup", props).proof;
      expect({ missing, excess, rulesWithoutFlow, holds }).toEqual({
        missing: [],
        excess: [],
        rulesWithoutFlow: [],
        holds: true,
      });
    }),
    runs(30),
  );
});

test("a rule that is missing is seen", () => {
  fc.assert(
    fc.property(featureDeploymentArbitrary, fc.nat(), (deployment, which) => {
      const synthesized = synthesize(deployment);
      const subnets = subnetsOf(deployment);
      fc.pre(subnets.length > 0);
      const [, changed] = subnets[which % subnets.length];
      const rules = groupOfSubnet(synthesized, changed).security_rule;
      const allowing = rules.filter(({ access }) => access === "Allow");
      fc.pre(allowing.length > 0);
      const dropped = allowing[which % allowing.length];
      const left = rules.filter((rule) => rule !== dropped);
      // Another rule can allow the same: rows of the page overlap.
      fc.pre(!allowing.some((rule) => rule !== dropped && overlaps(rule, dropped)));
      const found = misjudged(deployment, (subnet) =>
        subnet === changed ? left : groupOfSubnet(synthesized, subnet).security_rule,
      );
      expect(found).not.toEqual([]);
    }),
    runs(20),
  );
});

function overlaps(a: SynthesizedRule, b: SynthesizedRule): boolean {
  const ports = ({ destination_port_range: one, destination_port_ranges: more }: SynthesizedRule) =>
    (more ?? [one as string]).map((text) => text.split("-").map(Number)).map(([x, y = x]) => [x, y]);
  return (
    a.direction === b.direction &&
    a.protocol === b.protocol &&
    ports(a).some(([from, to]) => ports(b).some(([first, last]) => from <= last && first <= to))
  );
}

test("a feature more changes no name and no priority of another rule", () => {
  fc.assert(
    fc.property(featureDeploymentArbitrary, fc.constantFrom(...FEATURE_NAMES), (deployment, feature) => {
      const more = { ...deployment, features: [...new Set([...(deployment.features ?? []), feature])] };
      fc.pre(refusalsOf(more).length === 0);
      const [before, after] = [synthesize(deployment), synthesize(more)];
      for (const [group, { security_rule: rules }] of Object.entries(before.groups)) {
        const now = new Map(after.groups[group].security_rule.map((rule) => [rule.name, rule]));
        for (const rule of rules) {
          if (!now.has(rule.name) && closesTheRangeNow(deployment, feature)) {
            const { from, to } = deployment.transmissionPorts ?? { from: 2500, to: 3300 };
            expect(rule.destination_port_range).toBe(`${from}-${to}`);
            continue;
          }
          expect(now.get(rule.name)).toMatchObject({
            priority: rule.priority,
            description: rule.description,
          });
        }
      }
    }),
    runs(40),
  );
});

/** Whether the feature brings the port that stands for the failover range, so that a choice to close the range takes effect. */
function closesTheRangeNow({ failoverRange, features = [] }: FeatureDeployment, feature: string): boolean {
  return failoverRange === "closedOnBothPages" && feature === "logBackup" && !features.includes(feature);
}
