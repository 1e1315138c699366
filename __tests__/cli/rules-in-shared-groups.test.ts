import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ExitCode } from "../../lib/cli/exit-code";
import { veeamPorts } from "../support/tools/fake-io";

type Body = Record<string, unknown>;
type Bodies = Record<string, Body>;

const CASES = join(__dirname, "../fixtures/cases");
const read = (name: string): unknown => JSON.parse(readFileSync(join(CASES, name), "utf8"));
const OWN = "allow-in-backup-server-to-cache-repository-of";

/** The stack of the fixture: the rules of another team's group, and ours in it, as we made them and with one change. */
function stackWith(change: (own: Body, rules: Bodies) => void): unknown {
  const stack = read("shared_true.json") as { resource: Record<string, Bodies> };
  const { azurerm_network_security_rule: rules, azurerm_network_security_group: groups } = stack.resource;
  const { security_rule: inside, ...shared } = groups.shared;
  groups.shared = shared;
  for (const rule of inside as Body[]) {
    const { resource_group_name } = shared;
    rules[String(rule.name)] = { ...rule, network_security_group_name: "nsg-shared", resource_group_name };
  }
  const own = Object.values(rules).find(({ name }) => String(name).startsWith(OWN)) as Body;
  own.source_address_prefix = "10.20.0.0/27";
  change(own, rules);
  return stack;
}

const verified = async (stack: unknown) => {
  const files = { "dep.json": read("dep_shared.json"), "cdk.tf.json": stack };
  const { exitCode, out } = await veeamPorts(["verify", "--deployment", "dep.json", "cdk.tf.json"], files);
  return [exitCode, out];
};

test.each<[string, (own: Body, rules: Bodies) => void]>([
  ["as they were made", () => {}],
  ["at another priority", (own) => (own.priority = 3000)],
])("our rules in another team's group hold %s", async (_, change) => {
  const holds = [ExitCode.HOLDS, expect.stringContaining("Verified")];
  expect(await verified(stackWith(change))).toEqual(holds);
});

test.each<[string, (own: Body, rules: Bodies) => void, string]>([
  ["any source", (own) => (own.source_address_prefix = "*"), "allows more than its flows"],
  [
    "any port",
    (own) => Object.assign(own, { destination_port_range: "*", destination_port_ranges: undefined }),
    "allows more than its flows",
  ],
  ["any protocol", (own) => (own.protocol = "*"), "allows more than its flows"],
  [
    "any destination behind the group",
    (own) => (own.destination_address_prefix = "*"),
    "what else is behind nsg-shared (destination) allows more than its flows",
  ],
  ["a count of 0", (own) => (own.count = 0), "is blocked at its destination"],
  ["a count known at apply", (own) => (own.count = "${var.n}"), "may be blocked at its destination"],
  [
    "a rule with a name like ours beside it",
    (own, rules) =>
      (rules.more = {
        ...own,
        name: `${String(own.name)}2`,
        priority: 1998,
        destination_port_range: "22",
        destination_port_ranges: undefined,
      }),
    "allows more than its flows",
  ],
])("our rules in another team's group do not hold with %s", async (_, change, text) => {
  const differs = [ExitCode.DOES_NOT_HOLD, expect.stringContaining(text)];
  expect(await verified(stackWith(change))).toEqual(differs);
});
