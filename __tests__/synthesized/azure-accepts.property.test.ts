import { DEFAULT_REVISION } from "../../lib/ports/revisions";
import fc from "fast-check";
import type { DeploymentFile } from "../../lib/app/schema";
import { rangeOf } from "../support/oracle/addresses";
import { deploymentArbitrary } from "../support/arbitraries/deployment-arbitrary";
import { componentsOf } from "../support/expected/expected-flows";
import { groupOfSubnet } from "../support/expected/exactly-the-flows";
import { runs } from "../support/arbitraries/property-settings";
import { type Synthesized, type SynthesizedRule, synthesizeDeployment } from "../support/tools/synthesized";

// What Azure and the provider refuse only when it is too late, at apply.

const RULE_KEYS = [
  "access",
  "description",
  "destination_address_prefix",
  "destination_address_prefixes",
  "destination_application_security_group_ids",
  "destination_port_range",
  "destination_port_ranges",
  "direction",
  "name",
  "priority",
  "protocol",
  "source_address_prefix",
  "source_address_prefixes",
  "source_application_security_group_ids",
  "source_port_range",
  "source_port_ranges",
];
const ROLES: Readonly<Record<string, string>> = {
  backupServer: "backup-server",
  postgresql: "postgresql",
  httpProxy: "http-proxy",
  cacheRepositories: "cache-repository",
  gatewayServers: "gateway-server",
  backupRepositories: "backup-repository",
};

test("Azure takes every group, subnet and association of a deployment", () => {
  fc.assert(
    fc.property(deploymentArbitrary, (deployment) => {
      const synthesized = synthesizeDeployment(deployment);
      checkSubnets(deployment, synthesized);
      for (const group of Object.values(synthesized.groups)) checkRules(group.security_rule);
    }),
    runs(60),
  );
});

function checkSubnets(deployment: DeploymentFile, synthesized: Synthesized): void {
  const ours = [...componentsOf(deployment)].filter(([, { subnet }]) => subnet !== undefined);
  for (const type of ["subnet", "network_security_group", "subnet_network_security_group_association"]) {
    expect(Object.keys(synthesized.ofType(type))).toHaveLength(ours.length);
  }
  const names = ["subnet", "network_security_group"].flatMap((type) =>
    Object.values(synthesized.ofType(type)).map(({ name }) => `${type} ${String(name).toLowerCase()}`),
  );
  expect(new Set(names).size).toBe(names.length);
  for (const subnet of Object.values(synthesized.ofType("subnet"))) {
    expect(subnet.default_outbound_access_enabled).toBe(false);
  }
  for (const [path, { subnet }] of ours) {
    const [role, ...key] = path.split(".");
    const group = groupOfSubnet(synthesized, subnet as string);
    expect(group.tags).toEqual({
      ...deployment.tags,
      "veeam-role": ROLES[role],
      "veeam-component": key.length > 0 ? key.join(".") : ROLES[role],
      "veeam-port-table": deployment.portTable ?? DEFAULT_REVISION,
    });
    expect(group.name).toBe(
      `nsg-veeam-entra-${[ROLES[role], ...(key.length > 0 ? [key.join(".")] : [])].join("-")}`,
    );
  }
}

function checkRules(rules: readonly SynthesizedRule[]): void {
  const names = rules.map(({ name }) => name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  const priorities = rules.map(({ direction, priority }) => `${direction} ${priority}`);
  expect(new Set(priorities).size).toBe(priorities.length);
  for (const rule of rules) {
    expect(Object.keys(rule).sort()).toEqual(RULE_KEYS);
    expect(rule.name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,78}[A-Za-z0-9_]$/);
    expect(rule.description.length).toBeLessThanOrEqual(140);
    expect(rule.description).not.toBe("");
    expect(rule.priority).toBeGreaterThanOrEqual(100);
    expect(rule.priority).toBeLessThanOrEqual(4096);
    const sides = [
      [rule.source_address_prefix, rule.source_address_prefixes, rule.source_application_security_group_ids],
      [
        rule.destination_address_prefix,
        rule.destination_address_prefixes,
        rule.destination_application_security_group_ids,
      ],
      [rule.source_port_range, rule.source_port_ranges],
      [rule.destination_port_range, rule.destination_port_ranges],
    ];
    for (const side of sides) expect(side.filter((value) => value !== null && value !== "")).toHaveLength(1);
    for (const prefixes of [rule.source_address_prefixes, rule.destination_address_prefixes]) {
      const ranges = (prefixes ?? []).map(rangeOf).sort((a, b) => a.first - b.first);
      ranges.slice(1).forEach((range, index) => expect(range.first).toBeGreaterThan(ranges[index].last));
    }
  }
  const denials = rules.filter(({ access }) => access === "Deny");
  expect(denials.map(({ direction }) => direction).sort()).toEqual(["Inbound", "Outbound"]);
  for (const denial of denials) {
    expect(denial).toMatchObject({
      priority: 4096,
      protocol: "*",
      source_address_prefix: "*",
      source_port_range: "*",
      destination_address_prefix: "*",
      destination_port_range: "*",
    });
  }
  const others = rules.filter(({ access }) => access === "Allow");
  const worldwide = ["*", "Internet", "VirtualNetwork", "0.0.0.0/0"];
  for (const { source_address_prefix: source, destination_address_prefix: destination } of others) {
    expect(worldwide).not.toContain(source);
    expect(worldwide).not.toContain(destination);
  }
}
