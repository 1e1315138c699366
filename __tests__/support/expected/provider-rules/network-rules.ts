import { blockOf, type Resource } from "../../tools/resources";
import { exactlyOneOf, has, needs, type ProviderRule, type RulesOfType } from "./provider-rule";

const listOf = (resource: Resource, name: string): Resource[] => (resource[name] as Resource[] | null) ?? [];

/** A rule about each nested block of a name. */
function ofEach(block: string, rule: ProviderRule): ProviderRule {
  return {
    name: `${block}: ${rule.name}`,
    broken: (resource) =>
      listOf(resource, block)
        .map((nested) => rule.broken(nested))
        .find((words) => words !== undefined),
  };
}

// The provider sends the fields as they are, and Azure refuses a rule without ports or addresses.
const SECURITY_RULE: readonly ProviderRule[] = [
  exactlyOneOf("source_port_range", "source_port_ranges"),
  exactlyOneOf("destination_port_range", "destination_port_ranges"),
  exactlyOneOf("source_address_prefix", "source_address_prefixes", "source_application_security_group_ids"),
  exactlyOneOf(
    "destination_address_prefix",
    "destination_address_prefixes",
    "destination_application_security_group_ids",
  ),
  ...["source", "destination"]
    .map((side) => `${side}_application_security_group_ids`)
    .map((name) =>
      needs(
        name,
        "one to ten groups",
        (rule) => has(rule, name),
        (rule) => listOf(rule, name).length >= 1 && listOf(rule, name).length <= 10,
      ),
    ),
];

/**
 * The rules of each resource that a network is made of, as azurerm 4.55.0 has
 * them.
 *
 * Source: https://github.com/hashicorp/terraform-provider-azurerm, the file of each resource
 */
export function networkRules(): readonly RulesOfType[] {
  return [
    ["azurerm_resource_group", []],
    [
      "azurerm_virtual_network",
      [
        exactlyOneOf("address_space", "ip_address_pool"),
        ofEach("subnet", exactlyOneOf("address_prefixes", "ip_address_pool")),
        needs(
          "encryption",
          "an enforcement",
          (network) => blockOf(network, "encryption") !== undefined && has(network, "encryption"),
          (network) => has(blockOf(network, "encryption") ?? {}, "enforcement"),
        ),
      ],
    ],
    ["azurerm_subnet", [exactlyOneOf("address_prefixes", "ip_address_pool")]],
    ["azurerm_network_security_group", SECURITY_RULE.map((rule) => ofEach("security_rule", rule))],
    ["azurerm_network_security_rule", SECURITY_RULE],
    ["azurerm_subnet_network_security_group_association", []],
    [
      "azurerm_public_ip",
      [
        needs(
          "the sku Standard, the default",
          "a static address",
          (address) => /^Standard/.test(String(address.sku ?? "Standard")),
          (address) => address.allocation_method === "Static",
        ),
        needs(
          "an address",
          "a sku that is not retired",
          () => true,
          (address) => address.sku !== "Basic",
        ),
        needs(
          "the tier Global",
          "the sku Standard",
          (address) => address.sku_tier === "Global",
          (address) => [undefined, null, "Standard"].includes(address.sku as string | undefined | null),
        ),
        needs(
          "ddos_protection_plan_id",
          "ddos_protection_mode Enabled",
          (address) => has(address, "ddos_protection_plan_id"),
          (address) => address.ddos_protection_mode === "Enabled",
        ),
      ],
    ],
    [
      "azurerm_nat_gateway",
      [
        needs(
          "zones",
          "one at most",
          (gateway) => has(gateway, "zones"),
          (gateway) => listOf(gateway, "zones").length <= 1,
        ),
      ],
    ],
    ["azurerm_nat_gateway_public_ip_association", []],
    ["azurerm_subnet_nat_gateway_association", []],
    [
      "azurerm_route_table",
      [
        ofEach(
          "route",
          needs(
            "next_hop_type VirtualAppliance",
            "next_hop_in_ip_address",
            (route) => route.next_hop_type === "VirtualAppliance",
            (route) => has(route, "next_hop_in_ip_address"),
          ),
        ),
        ofEach(
          "route",
          needs(
            "next_hop_in_ip_address",
            "next_hop_type VirtualAppliance",
            (route) => has(route, "next_hop_in_ip_address"),
            (route) => route.next_hop_type === "VirtualAppliance",
          ),
        ),
      ],
    ],
    ["azurerm_subnet_route_table_association", []],
    [
      "azurerm_firewall_policy_rule_collection_group",
      [
        needs(
          "a group",
          "a collection",
          () => true,
          (group) => ["application", "network", "nat"].some((kind) => has(group, `${kind}_rule_collection`)),
        ),
        ofEach(
          "application_rule_collection",
          ofEach(
            "rule",
            needs(
              "a rule",
              "a source",
              () => true,
              (rule) => has(rule, "source_addresses") !== has(rule, "source_ip_groups"),
            ),
          ),
        ),
        ofEach(
          "application_rule_collection",
          ofEach(
            "rule",
            needs(
              "a rule",
              "a destination",
              () => true,
              (rule) =>
                ["destination_fqdns", "destination_urls", "destination_fqdn_tags", "web_categories"].some(
                  (name) => listOf(rule, name).length > 0,
                ),
            ),
          ),
        ),
        ofEach(
          "application_rule_collection",
          ofEach(
            "rule",
            needs(
              "destination_fqdns",
              "protocols",
              (rule) => has(rule, "destination_fqdns"),
              (rule) => listOf(rule, "protocols").length > 0,
            ),
          ),
        ),
        ofEach(
          "application_rule_collection",
          ofEach(
            "rule",
            needs(
              "destination_urls",
              "terminate_tls",
              (rule) => has(rule, "destination_urls"),
              (rule) => rule.terminate_tls === true,
            ),
          ),
        ),
      ],
    ],
  ];
}
