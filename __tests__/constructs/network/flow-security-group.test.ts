import { EntraIdBackup } from "../../../lib";
import { propsOfDeployment } from "../../../lib/app/props";
import { smallestDeployment } from "../../support/deployments/sample-deployments";
import { newStack, synthesizeStack, type SynthesizedRule } from "../../support/tools/synthesized";

/** The rules of the backup server's group, once a user had it in hand. */
function rulesAfter(
  change: (group: NonNullable<EntraIdBackup["backupServer"]["networkSecurityGroup"]>) => void,
): {
  rules: readonly SynthesizedRule[];
  group: Readonly<Record<string, unknown>>;
} {
  const stack = newStack();
  const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(smallestDeployment()));
  const group = backup.backupServer.networkSecurityGroup;
  if (!group) throw new Error("the backup server has no group");
  change(group);
  const synthesized = synthesizeStack(stack);
  return {
    rules: synthesized.rulesOf("backup-server"),
    group: synthesized.byName("network_security_group")["nsg-veeam-entra-backup-server"],
  };
}

const own = {
  name: "mine",
  priority: 300,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefix: "10.9.0.0/24",
  sourcePortRange: "*",
  destinationAddressPrefix: "10.20.0.0/27",
  destinationPortRange: "22",
};

describe("ways to change what the library makes are not silently dropped", () => {
  test("rules that a user puts there are the rules that are emitted", () => {
    const { rules } = rulesAfter((group) => group.putSecurityRule([own]));
    expect(rules.map(({ name }) => name)).toEqual(["mine"]);
    expect(rules[0].destination_port_range).toBe("22");
    expect(Object.keys(rules[0])).toHaveLength(16);
  });

  test("an empty list enforces none", () => {
    expect(rulesAfter((group) => group.putSecurityRule([])).rules).toEqual([]);
  });

  test("the library's rules come back when they are reset", () => {
    const untouched = rulesAfter(() => undefined).rules;
    const reset = rulesAfter((group) => {
      group.putSecurityRule([own]);
      group.resetSecurityRule();
    }).rules;
    expect(reset).toEqual(untouched);
  });

  test("what a user reads of the rules is what is emitted", () => {
    let read: unknown[] = [];
    const { rules } = rulesAfter((group) => (read = group.securityRuleInput as unknown[]));
    expect(read).toHaveLength(rules.length);
  });

  test("an override reaches one cell of one rule, and no other", () => {
    const before = rulesAfter(() => undefined).rules;
    const { rules } = rulesAfter((group) =>
      group.addOverride("security_rule.0.destination_port_range", "9999"),
    );
    expect(rules[0]).toEqual({ ...before[0], destination_port_range: "9999" });
    expect(rules.slice(1)).toEqual(before.slice(1));
  });

  test("an override of the stack reaches one cell, and only in the stack as it was then written", () => {
    const stack = newStack();
    const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(smallestDeployment()));
    const before = synthesizeStack(stack).rulesOf("backup-server");
    const id = String(backup.backupServer.networkSecurityGroup?.friendlyUniqueId);
    const cell = `resource.azurerm_network_security_group.${id}.security_rule.0.destination_port_range`;
    stack.addOverride(cell, "9999");
    const [first, ...rest] = synthesizeStack(stack).rulesOf("backup-server");
    expect(first).toEqual({ ...before[0], destination_port_range: "9999" });
    expect(rest).toEqual(before.slice(1));
    Reflect.set(stack, "rawOverrides", {});
    expect(synthesizeStack(stack).rulesOf("backup-server")).toEqual(before);
  });

  test("an override reaches properties that the library does not set", () => {
    const { group } = rulesAfter((g) => g.addOverride("timeouts.create", "5m"));
    expect(group.timeouts).toEqual({ create: "5m" });
  });
});
