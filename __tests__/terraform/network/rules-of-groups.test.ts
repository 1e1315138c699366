import { TerraformIndex } from "../../../lib/terraform/resources/terraform-index";
import { inlineRulesOf, securityRuleOfTerraform } from "../../../lib/terraform/network/groups";
import { refusalOf } from "../../support/expected/refused";

const RULE = {
  name: "allow-in-postgresql",
  priority: 120,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  source_port_range: "*",
  destination_port_range: "5432",
  source_address_prefix: "10.20.0.0/27",
  destination_address_prefix: "10.20.0.32/28",
};
const READ = {
  name: "allow-in-postgresql",
  priority: 120,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefixes: ["10.20.0.0/27"],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: ["10.20.0.32/28"],
  destinationPortRanges: ["5432"],
};

test.each<[string, object, object]>([
  [
    "every key, null where unused",
    { source_address_prefixes: null, source_application_security_group_ids: null, description: null },
    {},
  ],
  [
    "what a state has for unused",
    { source_address_prefixes: [], destination_port_ranges: [], description: "" },
    {},
  ],
  ["enums in any case", { direction: "INBOUND", access: "allow", protocol: "tcp" }, {}],
  ["any protocol", { protocol: "*" }, { protocol: "*" }],
  ["numbers as Terraform takes them", { priority: "120", destination_port_range: 5432 }, {}],
  [
    "several of a side",
    { destination_port_range: null, destination_port_ranges: ["5432", "6160-6162"] },
    { destinationPortRanges: ["5432", "6160-6162"] },
  ],
  [
    "application security groups",
    { source_address_prefix: null, source_application_security_group_ids: ["id"] },
    { sourceAddressPrefixes: [], sourceApplicationSecurityGroupIds: ["id"] },
  ],
  [
    "a list known only at apply",
    { source_address_prefix: null, source_address_prefixes: "${var.consoles}" },
    { sourceAddressPrefixes: ["${var.consoles}"] },
  ],
  [
    "a token for a port",
    { destination_port_range: "${TfToken[TOKEN.7]}" },
    { destinationPortRanges: ["${TfToken[TOKEN.7]}"] },
  ],
  [
    "IPv6, tags and single addresses",
    { source_address_prefix: "Storage.WestEurope", destination_address_prefix: "fd00::4" },
    { sourceAddressPrefixes: ["Storage.WestEurope"], destinationAddressPrefixes: ["fd00::4"] },
  ],
  ["a description", { description: "why" }, { description: "why" }],
  ["fields of later versions", { flow_timeout: 4 }, {}],
])("a rule with %s is read", (_, attributes, read) => {
  expect(securityRuleOfTerraform({ ...RULE, ...attributes }, "rule")).toStrictEqual({ ...READ, ...read });
});

test.each<[string, object, string]>([
  ["no name", { name: null }, "rule.name: is missing"],
  [
    "no source",
    { source_address_prefix: null },
    "rule.source_address_prefix: is missing: the rule has no source. Allowed: exactly one of source_address_prefix, source_address_prefixes, source_application_security_group_ids",
  ],
  [
    "no destination",
    { destination_address_prefix: "" },
    "rule.destination_address_prefix: is missing: the rule has no destination",
  ],
  ["no source port", { source_port_range: undefined }, "rule.source_port_range: is missing"],
  ["no destination port", { destination_port_range: [] }, "rule.destination_port_range: is missing"],
  [
    "both spellings",
    { source_address_prefixes: ["10.0.0.0/8"] },
    "rule.source_address_prefixes: is set as well as source_address_prefix",
  ],
  [
    "groups beside prefixes",
    { source_application_security_group_ids: ["id"] },
    "rule.source_application_security_group_ids: is set as well as address prefixes",
  ],
  [
    "a priority that Azure keeps",
    { priority: 65000 },
    "rule.priority: is not a priority (got 65000). Allowed: a whole number from 100 to 4096",
  ],
  ["half a priority", { priority: 100.5 }, "rule.priority: is not a priority (got 100.5)"],
  [
    "a priority known only at apply",
    { priority: "${each.value.priority}" },
    "rule.priority: is known only at apply",
  ],
  [
    "a priority that is a token",
    { priority: -1.8881545897087968e289 },
    "rule.priority: is known only at apply",
  ],
  [
    "an unknown protocol",
    { protocol: "Sctp" },
    'rule.protocol: is not known (got "Sctp"). Allowed: Tcp, Udp, Icmp, Esp, Ah, *',
  ],
  ["an access known only at apply", { access: "${var.access}" }, "rule.access: is known only at apply"],
  [
    "an invalid mask",
    { source_address_prefix: "10.0.0.0/33" },
    'rule.source_address_prefix: is neither addresses nor a service tag (got "10.0.0.0/33")',
  ],
  [
    "two prefixes in one text",
    { source_address_prefix: "10.0.0.0/8,10.1.0.0/16" },
    "several go into the plural field",
  ],
  [
    "a range the wrong way round",
    { destination_port_range: "3300-2500" },
    'rule.destination_port_range: is not a port range (got "3300-2500")',
  ],
  [
    "a port out of range",
    { destination_port_range: "65536" },
    "rule.destination_port_range: is not a port range",
  ],
  [
    "a list that is a text",
    { source_address_prefix: null, source_address_prefixes: "10.0.0.0/8" },
    "rule.source_address_prefixes: is not a list",
  ],
  [
    "a prefix that is an object",
    { source_address_prefix: { cidr: 1 } },
    "rule.source_address_prefix: is not a string",
  ],
])("a rule with %s is refused", (_, attributes, message) => {
  expect(refusalOf(() => securityRuleOfTerraform({ ...RULE, ...attributes }, "rule"))).toContain(message);
});

test("keys that every object inherits do not belong to a rule", () => {
  expect(
    refusalOf(() => securityRuleOfTerraform(Object.create(RULE) as Record<string, unknown>, "rule")),
  ).toContain("rule.name: is missing");
});

function rulesIn(rules: unknown) {
  const type = "azurerm_network_security_group";
  return inlineRulesOf({ address: "nsg", type, values: { security_rule: rules } }, new TerraformIndex([]));
}

test("everything that is wrong with a group is said at once, by place", () => {
  const rules = [{ ...RULE, protocol: "tpc" }, RULE, { ...RULE, priority: 1, access: null }, 7];
  expect(rulesIn(rules).problems.map(({ path, what }) => `${path}: ${what}`)).toEqual([
    "nsg.security_rule[0].protocol: is not known",
    "nsg.security_rule[2].priority: is not a priority",
    "nsg.security_rule[2].access: is missing",
    "nsg.security_rule[3]: is not a rule",
  ]);
});

test("a rule behind one that is known only at apply keeps its place in problems", () => {
  const { problems, doubts } = rulesIn([
    { ...RULE, priority: "${var.first}" },
    { ...RULE, access: "No" },
  ]);
  expect(doubts.map(({ path }) => path)).toEqual(["nsg.security_rule[0].priority"]);
  expect(problems.map(({ path }) => path)).toEqual(["nsg.security_rule[1].access"]);
});

test.each([
  ["no rules", [], []],
  ["rules that the file does not say", null, undefined],
  ["one rule that is not a list", RULE, [READ]],
  ["rules that are known only at apply", "${var.rules}", []],
])("%s are read", (_, given, read) => {
  const { rules, problems } = rulesIn(given);
  expect(rules).toStrictEqual(read);
  expect(problems).toEqual([]);
});

test("a list of rules that is known only at apply is a doubt", () => {
  const { doubts } = rulesIn("${var.rules}");
  expect(doubts.map(({ subject }) => subject)).toEqual(["nsg.security_rule, known only at apply"]);
});
