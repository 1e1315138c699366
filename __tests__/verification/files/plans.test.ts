import { allowRule, explained, idIn, rule } from "../../support/files/small-network";

interface Resource {
  readonly address: string;
  readonly mode: "managed";
  readonly type: string;
  readonly values: object;
}

const resource = (type: string, values: object): Resource => ({
  address: `azurerm_${type}.x`,
  mode: "managed",
  type: `azurerm_${type}`,
  values,
});
const NETWORK = [
  resource("virtual_network", { id: idIn("virtualNetworks/v"), name: "v", address_space: ["10.0.0.0/16"] }),
  resource("subnet", {
    id: idIn("virtualNetworks/v/subnets/a"),
    name: "a",
    virtual_network_name: "v",
    address_prefixes: ["10.0.1.0/24"],
  }),
  resource("network_security_group", {
    id: idIn("networkSecurityGroups/g"),
    name: "g",
    security_rule: [rule()],
  }),
];
const ASSOCIATION = resource("subnet_network_security_group_association", {
  subnet_id: idIn("virtualNetworks/v/subnets/a"),
  network_security_group_id: idIn("networkSecurityGroups/g"),
});
const ALLOW = resource("network_security_rule", {
  ...allowRule(),
  id: idIn("networkSecurityGroups/g/securityRules/allow"),
  network_security_group_name: "g",
});

const stateOf = (resources: readonly Resource[]) => ({
  format_version: "1.0",
  terraform_version: "1.9.0",
  values: { root_module: { resources } },
});

const DENY_TOO = resource("network_security_rule", {
  ...rule({ name: "deny-too", priority: 200 }),
  id: idIn("networkSecurityGroups/g/securityRules/deny-too"),
  network_security_group_name: "g",
  source_address_prefix: "192.0.2.1",
});
const BEFORE = resource("subnet_network_security_group_association", {
  subnet_id: idIn("virtualNetworks/v/subnets/a"),
  network_security_group_id: idIn("networkSecurityGroups/old"),
});
const ELSEWHERE = resource("subnet_network_security_group_association", {
  subnet_id: idIn("virtualNetworks/v/subnets/b"),
  network_security_group_id: idIn("networkSecurityGroups/g"),
});

/** A plan that leaves some resources as they are, and does something to another. */
const planOf = (
  kept: readonly Resource[],
  changed: ReadonlyArray<readonly [Resource, string]> = [],
  more: object = {},
) => ({
  format_version: "1.2",
  terraform_version: "1.9.0",
  planned_values: { root_module: { resources: kept } },
  prior_state: stateOf([...kept, ...changed.map(([one]) => one)]),
  resource_changes: [...kept.map((one) => [one, "no-op"] as const), ...changed].map(([one, action]) => ({
    ...one,
    change: { actions: action.split(","), before: one.values, after: action === "no-op" ? one.values : null },
  })),
  configuration: { root_module: {} },
  ...more,
});

/** An object that a replacement has not deleted yet: a state and a plan have a name each for its key. */
const deposed = (one: Resource): Resource => ({ ...one, ...{ deposed_key: "1a2b", deposed: "1a2b" } });

const WHOLE = [...NETWORK, ASSOCIATION];
test.each<[string, object, string]>([
  ["leaves everything", planOf(WHOLE), "deny"],
  // What leaves the state stays in Azure.
  ["forgets a rule", planOf(WHOLE, [[ALLOW, "forget"]]), "allow"],
  ["deletes a rule", planOf(WHOLE, [[ALLOW, "delete"]]), "deny"],
  ["forgets an association", planOf(NETWORK, [[ASSOCIATION, "forget"]]), "deny"],
  ["deletes an association", planOf(NETWORK, [[ASSOCIATION, "delete"]]), "allow"],
  [
    "replaces a rule and forgets the old one",
    planOf([...WHOLE, DENY_TOO], [[ALLOW, "create,forget"]]),
    "allow",
  ],
  [
    "replaces a rule and deletes the old one",
    planOf([...WHOLE, DENY_TOO], [[ALLOW, "create,delete"]]),
    "deny",
  ],
  [
    "moves an association and forgets the old one",
    planOf([...NETWORK, ELSEWHERE], [[ASSOCIATION, "create,forget"]]),
    "deny",
  ],
  [
    "moves an association and deletes the old one",
    planOf([...NETWORK, ELSEWHERE], [[ASSOCIATION, "create,delete"]]),
    "allow",
  ],
  [
    "gives a subnet another group and forgets the old association",
    planOf(WHOLE, [[BEFORE, "create,forget"]]),
    "deny",
  ],
  ["forgets a deposed rule", planOf([...WHOLE, DENY_TOO], [[deposed(ALLOW), "forget"]]), "allow"],
  ["deletes a deposed rule", planOf([...WHOLE, DENY_TOO], [[deposed(ALLOW), "delete"]]), "deny"],
  [
    "leaves out what an older Terraform was not asked for, with -target",
    planOf(NETWORK, [], { prior_state: stateOf(WHOLE) }),
    "deny",
  ],
  ["ends with an error", planOf(WHOLE, [], { errored: true }), "depends; what plan.json lacks"],
  ["puts changes off", planOf(WHOLE, [], { deferred_changes: [{}] }), "depends; what plan.json lacks"],
])("a plan that %s", async (_, plan, said) => {
  expect(await explained("10.9.0.9 -> 10.0.1.4:22", { "plan.json": plan })).toBe(said);
});
