import { machineRules } from "../support/expected/provider-rules/machine-rules";
import { networkRules } from "../support/expected/provider-rules/network-rules";
import type { Resource } from "../support/tools/resources";
import { resourcesOfDeployment, shapesOfDeployments } from "../support/deployments/shapes-of-deployments";

// What the provider checks itself, between arguments, which its schema does not hold.

const RULES = new Map([...machineRules(), ...networkRules()]);
const SHAPES = Object.entries(shapesOfDeployments());

describe.each(SHAPES)("a deployment: %s", (_title, deployment) => {
  const resources = Object.entries(resourcesOfDeployment(deployment));

  test("makes only types of resources whose rules are known", () => {
    expect(resources.map(([type]) => type).filter((type) => !RULES.has(type))).toEqual([]);
  });

  test("breaks none of their rules", () => {
    const broken = resources.flatMap(([type, ofType]) =>
      ofType.flatMap((resource) =>
        (RULES.get(type) ?? []).flatMap((rule) => {
          const words = rule.broken(resource);
          return words === undefined ? [] : [`${type} ${String(resource.name)}: ${rule.name}: ${words}`];
        }),
      ),
    );
    expect(broken).toEqual([]);
  });
});

test("together they make every type whose rules are known", () => {
  const made = new Set(SHAPES.flatMap(([, deployment]) => Object.keys(resourcesOfDeployment(deployment))));
  expect([...RULES.keys()].filter((type) => !made.has(type))).toEqual([]);
});

/** A resource that breaks a rule, by type; the rule is the one in whose name the words are. */
const BREAKS: ReadonlyArray<readonly [string, string, Resource]> = [
  ["azurerm_virtual_network", "address_space", {}],
  ["azurerm_virtual_network", "subnet: ", { subnet: [{}] }],
  ["azurerm_virtual_network", "encryption", { encryption: [{}] }],
  ["azurerm_subnet", "address_prefixes", { address_prefixes: ["10.0.0.0/24"], ip_address_pool: [{}] }],
  ["azurerm_network_security_rule", "source_port_range,", { source_port_range: null }],
  [
    "azurerm_network_security_rule",
    "destination_port_range,",
    { destination_port_range: "1", destination_port_ranges: ["2"] },
  ],
  ["azurerm_network_security_rule", "source_address_prefix,", {}],
  [
    "azurerm_network_security_group",
    "destination_address_prefix,",
    { security_rule: [{ destination_address_prefix: "*", destination_address_prefixes: ["10.0.0.0/8"] }] },
  ],
  [
    "azurerm_network_security_rule",
    "source_application_security_group_ids needs",
    { source_application_security_group_ids: [] },
  ],
  ["azurerm_public_ip", "Standard, the default", { allocation_method: "Dynamic" }],
  ["azurerm_public_ip", "not retired", { sku: "Basic" }],
  ["azurerm_public_ip", "Global", { sku: "StandardV2", sku_tier: "Global" }],
  ["azurerm_public_ip", "ddos_protection_plan_id", { ddos_protection_plan_id: "id" }],
  ["azurerm_nat_gateway", "zones", { zones: ["1", "2"] }],
  ["azurerm_route_table", "Appliance needs", { route: [{ next_hop_type: "VirtualAppliance" }] }],
  [
    "azurerm_route_table",
    "address needs",
    { route: [{ next_hop_type: "Internet", next_hop_in_ip_address: "10.0.0.4" }] },
  ],
  ["azurerm_firewall_policy_rule_collection_group", "a collection", {}],
  ...["a source", "a destination"].map(
    (what) =>
      [
        "azurerm_firewall_policy_rule_collection_group",
        what,
        { application_rule_collection: [{ rule: [{}] }] },
      ] as const,
  ),
  [
    "azurerm_firewall_policy_rule_collection_group",
    "needs protocols",
    { application_rule_collection: [{ rule: [{ destination_fqdns: ["a.example.com"] }] }] },
  ],
  [
    "azurerm_firewall_policy_rule_collection_group",
    "terminate_tls",
    { application_rule_collection: [{ rule: [{ destination_urls: ["a.example.com/b"] }] }] },
  ],
];

test.each(BREAKS)("%s: %s is noticed where it is broken", (type, words, resource) => {
  const rules = (RULES.get(type) ?? []).filter(({ name }) => name.includes(words));
  expect(rules.map((rule) => rule.broken(resource))).not.toContain(undefined);
  expect(rules).not.toHaveLength(0);
});
