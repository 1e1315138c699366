import fc from "fast-check";
import { deploymentArbitrary } from "../support/arbitraries/deployment-arbitrary";
import { groupOfSubnet, misjudged, misjudgedBy } from "../support/expected/exactly-the-flows";
import { componentsOf } from "../support/expected/expected-flows";
import { runs } from "../support/arbitraries/property-settings";
import { fullDeployment, smallestDeployment } from "../support/deployments/sample-deployments";
import { type SynthesizedRule, synthesizeDeployment } from "../support/tools/synthesized";

test("each group holds exactly the flows of the port table, at its own end", () => {
  fc.assert(
    fc.property(deploymentArbitrary, (deployment) => {
      expect(misjudged(deployment, synthesizeDeployment(deployment))).toEqual([]);
    }),
    runs(200),
  );
});

test.each([
  ["the smallest deployment", smallestDeployment()],
  ["a deployment with everything", fullDeployment()],
])("%s opens exactly its flows", (_title, deployment) => {
  expect(misjudged(deployment, synthesizeDeployment(deployment))).toEqual([]);
});

describe("the evaluation finds", () => {
  const deployment = fullDeployment();
  // On a machine that it shares, one rule would hide what another lacks.
  delete deployment.backupRepositories?.third;
  const good = synthesizeDeployment(deployment);

  type Change = (rule: Mutable<SynthesizedRule>) => void;

  /** What the group of a component misjudges once one of its rules is changed, or taken away. */
  function afterChange(
    path: string,
    rules: readonly SynthesizedRule[],
    at: number,
    change?: Change,
  ): string[] {
    const copy = JSON.parse(JSON.stringify(rules)) as Array<Mutable<SynthesizedRule>>;
    if (change) change(copy[at]);
    else copy.splice(at, 1);
    return misjudgedBy(copy, path, deployment);
  }

  const cases = [...componentsOf(deployment)].flatMap(([path, { subnet }]) => {
    const rules = subnet === undefined ? [] : groupOfSubnet(good, subnet).security_rule;
    return rules.map((rule, at) => ({ title: `${path} ${rule.name}`, path, rules, rule, at }));
  });

  test.each(cases)("a changed rule: $title", ({ path, rules, rule, at }) => {
    const changes: Array<Change | undefined> = [
      undefined,
      (r) => (r.access = r.access === "Allow" ? "Deny" : "Allow"),
      (r) => (r.direction = r.direction === "Inbound" ? "Outbound" : "Inbound"),
    ];
    if (rule.access === "Allow") {
      changes.push(
        (r) => (r.protocol = "*"),
        (r) => (r.priority = 4097),
        (r) => {
          const one = (r.destination_port_range || r.destination_port_ranges?.[0]) ?? "";
          [r.destination_port_range, r.destination_port_ranges] = [one.replace(/^(\d+).*/, "$1-65535"), null];
        },
        (r) => ([r.source_address_prefix, r.source_address_prefixes] = ["*", null]),
        (r) => ([r.destination_address_prefix, r.destination_address_prefixes] = ["*", null]),
      );
    }
    if (rule.source_address_prefixes) changes.push((r) => r.source_address_prefixes?.pop());
    if (rule.destination_address_prefixes) changes.push((r) => r.destination_address_prefixes?.pop());
    if (rule.destination_port_ranges) changes.push((r) => r.destination_port_ranges?.pop());
    for (const change of changes) expect(afterChange(path, rules, at, change)).not.toEqual([]);
  });
});

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
