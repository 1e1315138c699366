import { DataAzurermNetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-network-security-group";
import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import { Fn, TerraformElement, TerraformVariable } from "cdktf";
import { ExistingSubnet, ResourceId } from "cdktf-veeam-entra-id";
import {
  OPEN_ENTRY,
  openRule,
  type ProvenDeployment,
  provenDeployment,
  stackIn,
  synthesis,
} from "../../support/expected/proven-deployment";

const OPEN = /rule by-hand \(4000\) of nsg-proven-postgresql allows TCP/;

const DOUBT = "whether stack/by-hand is a rule of it (${var.group})";

const variable = ({ stack }: ProvenDeployment): string =>
  new TerraformVariable(stack, "group", { type: "string" }).stringValue;

const otherGroup = ({ stack }: ProvenDeployment): NetworkSecurityGroup =>
  new NetworkSecurityGroup(stack, "other", {
    name: "nsg-other",
    location: "westeurope",
    resourceGroupName: "rg",
  });

const read = ({ stack }: ProvenDeployment, name: string): DataAzurermNetworkSecurityGroup =>
  new DataAzurermNetworkSecurityGroup(stack, "read", { name, resourceGroupName: "rg" });

describe("a rule that is a resource of its own counts", () => {
  test.each<[string, (given: ProvenDeployment) => string]>([
    ["by its group's name", () => "nsg-proven-postgresql"],
    ["by the name in another case", () => "NSG-Proven-PostgreSQL"],
    ["by reference", ({ group }) => group.name],
    [
      "by a reference that was written by hand",
      ({ group }) => `\${azurerm_network_security_group.${group.friendlyUniqueId}.name}`,
    ],
    ["by a part of the id", ({ group }) => Fn.element(Fn.split("/", group.id), 8) as string],
    [
      "by a part of the id, written by hand",
      ({ group }) =>
        `\${element(split("/", azurerm_network_security_group.${group.friendlyUniqueId}.id), 8)}`,
    ],
    ["by the last part of the id", ({ group }) => ResourceId.of(group.id).name],
    ["by a function of the name", ({ group }) => Fn.lower(group.name)],
    ["by what a data source was told", (given) => read(given, "nsg-proven-postgresql").name],
    [
      "by a part of a data source's id",
      (given) => ResourceId.of(read(given, "nsg-proven-postgresql").id).name,
    ],
  ])("%s", (_, groupName) => {
    const given = provenDeployment();
    openRule(given.stack, { networkSecurityGroupName: groupName(given) });
    expect(given.backup.proof).toMatchObject({ holds: false, dependsOn: [] });
    expect(synthesis(given.stack)).toThrow(OPEN);
  });

  test("in another stack of the app", () => {
    const given = provenDeployment();
    openRule(stackIn(given.app, "second"), { networkSecurityGroupName: given.group.name });
    expect(given.backup.proof.holds).toBe(false);
    expect(() => given.app.synth()).toThrow(OPEN);
  });

  test("in another stack, by a data source there", () => {
    const given = provenDeployment();
    const second = stackIn(given.app, "second");
    const name = read({ ...given, stack: second }, "nsg-proven-postgresql").name;
    openRule(second, { networkSecurityGroupName: name });
    expect(() => given.app.synth()).toThrow(OPEN);
  });

  test("as an override of the stack that has no construct", () => {
    const given = provenDeployment();
    given.stack.addOverride("resource.azurerm_network_security_rule.mine", {
      ...OPEN_ENTRY,
      network_security_group_name: given.group.name,
      resource_group_name: "rg",
    });
    expect(synthesis(given.stack)).toThrow(OPEN);
  });

  test("as an element of a user's own class", () => {
    class Raw extends TerraformElement {
      public override toTerraform(): unknown {
        const rule = {
          ...OPEN_ENTRY,
          network_security_group_name: "nsg-proven-postgresql",
          resource_group_name: "rg",
        };
        return { resource: { azurerm_network_security_rule: { raw: rule } } };
      }
    }
    const given = provenDeployment();
    new Raw(given.stack, "raw");
    expect(synthesis(given.stack)).toThrow(OPEN);
  });
});

describe("a rule of another group does not count", () => {
  test.each<[string, (given: ProvenDeployment) => { group: string; resourceGroup?: string }]>([
    ["by name", () => ({ group: "nsg-of-others" })],
    ["by resource group", () => ({ group: "nsg-proven-postgresql", resourceGroup: "rg-else" })],
    [
      "by resource group, whatever its group is",
      (given) => ({ group: variable(given), resourceGroup: "rg-else" }),
    ],
    [
      "by resource group, where one of ours has its name",
      ({ group }) => ({ group: group.name, resourceGroup: "rg-else" }),
    ],
    ["by reference", (given) => ({ group: otherGroup(given).name })],
    [
      "by reference, whatever its name is",
      (given) => {
        const group = otherGroup(given);
        group.name = variable(given);
        return { group: group.name };
      },
    ],
    ["by a part of its id", (given) => ({ group: ResourceId.of(otherGroup(given).id).name })],
    ["by what a data source was told", (given) => ({ group: read(given, "nsg-of-others").name })],
  ])("told %s", (_, naming) => {
    const given = provenDeployment();
    const { group, resourceGroup = "rg" } = naming(given);
    openRule(given.stack, { networkSecurityGroupName: group, resourceGroupName: resourceGroup });
    expect(synthesis(given.stack)).not.toThrow();
    expect(given.backup.proof.holds).toBe(true);
  });

  test("that has the same address in another stack", () => {
    const given = provenDeployment();
    const second = stackIn(given.app, "second");
    const group = new NetworkSecurityGroup(second, "other", {
      name: "nsg-other",
      location: "westeurope",
      resourceGroupName: "rg",
    });
    group.overrideLogicalId(given.group.friendlyUniqueId);
    openRule(second, { networkSecurityGroupName: group.name });
    expect(() => given.app.synth()).not.toThrow();
    expect(given.backup.proof.holds).toBe(true);
  });
});

describe("a rule whose group cannot be told apart", () => {
  test.each<[string, (given: ProvenDeployment) => string, string]>([
    ["is known only at apply", variable, "${var.group}"],
    [
      "is one of two",
      (given) =>
        `\${var.x ? ${[given.group, otherGroup(given)].map((group) => `azurerm_network_security_group.${group.friendlyUniqueId}.name`).join(" : ")}}`,
      "${var.x ?",
    ],
  ])("because it %s makes the proof depend on it by name", (_, groupName, name) => {
    const given = provenDeployment();
    openRule(given.stack, { networkSecurityGroupName: groupName(given) });
    const { holds, excess, dependsOn } = given.backup.proof;
    expect(holds).toBe(false);
    expect(excess.map(({ endpoint }) => endpoint)).toContain("postgresql");
    expect(dependsOn).toEqual([expect.stringContaining(name)]);
    expect(synthesis(given.stack)).not.toThrow();
  });

  test("a deny among such rules makes the flows depend that it would refuse", () => {
    const given = provenDeployment();
    openRule(given.stack, {
      networkSecurityGroupName: variable(given),
      access: "Deny",
      priority: 101,
      destinationPortRange: "*",
      protocol: "*",
    });
    const { holds, missing } = given.backup.proof;
    expect(holds).toBe(false);
    expect(missing.map(({ flow, dependsOn }) => [flow, dependsOn])).toContainEqual([
      "backup-server-to-postgresql",
      [DOUBT],
    ]);
  });

  test("takes part in nothing else that is found", () => {
    const given = provenDeployment();
    given.group.addOverride("security_rule.0.destination_port_range", "5433");
    openRule(given.stack, { networkSecurityGroupName: variable(given) });
    const { missing, excess } = given.backup.proof;
    expect(missing.map(({ dependsOn }) => dependsOn)).toEqual([[]]);
    expect(
      excess.map(({ endpoint, allowedBy: [{ rule }], dependsOn }) => [endpoint, rule, dependsOn]),
    ).toEqual([
      ["backup-server", "by-hand", [DOUBT]],
      ["postgresql", "allow-in-backup-server-to-postgresql", []],
      ["postgresql", "by-hand", [DOUBT]],
    ]);
  });

  test("because the name of ours is known only at apply depends on that", () => {
    const given = provenDeployment();
    given.group.addOverride("name", variable(given));
    openRule(given.stack, { networkSecurityGroupName: "nsg-of-others" });
    expect(given.backup.proof).toMatchObject({
      holds: false,
      dependsOn: ["whether stack/by-hand is a rule of it"],
    });
    expect(synthesis(given.stack)).not.toThrow();
  });

  test("because names lead in a circle ends nevertheless", () => {
    const given = provenDeployment();
    given.group.addOverride("name", given.group.name);
    openRule(given.stack);
    expect(given.backup.proof.holds).toBe(false);
  });

  test("changes nothing where it opens what its own flow asks for, in a group managed elsewhere", () => {
    const name = provenDeployment();
    const group = { resourceGroup: "rg", firstPriority: 1000, lastPriority: 1099 };
    const given = provenDeployment({
      cacheRepositories: {
        old: {
          existingSubnet: ExistingSubnet.shared(
            `\${data.azurerm_subnet.old.id}`,
            { ...group, name: variable(name) },
            "${data.azurerm_subnet.old.address_prefixes[0]}",
          ),
        },
      },
    });
    expect(given.backup.proof).toMatchObject({ holds: true, dependsOn: [] });
  });
});

test("a stack inside a stack is a stack of its own", () => {
  const given = provenDeployment();
  openRule(stackIn(given.stack, "inner"));
  expect(given.backup.proof.excess).toHaveLength(1);
  expect(synthesis(given.stack)).not.toThrow();
  expect(() => given.app.synth()).toThrow(OPEN);
});

describe("rules inside a group are read with every override", () => {
  const at = (group: NetworkSecurityGroup, path = ""): string =>
    `resource.azurerm_network_security_group.${group.friendlyUniqueId}.security_rule${path}`;

  test.each<[string, (given: ProvenDeployment) => void]>([
    ["of the group", ({ group }) => group.addOverride("security_rule", [OPEN_ENTRY])],
    ["of the stack", ({ stack, group }) => stack.addOverride(at(group), [OPEN_ENTRY])],
    [
      "of both",
      ({ stack, group }) => {
        group.addOverride("security_rule", [{ ...OPEN_ENTRY, access: "Deny" }]);
        stack.addOverride(at(group, ".3.access"), "Allow");
      },
    ],
  ])("%s", (_, override) => {
    const given = provenDeployment();
    override(given);
    expect(synthesis(given.stack)).toThrow(OPEN);
  });

  test("of the stack, in which one of the rules changes", () => {
    const given = provenDeployment();
    given.stack.addOverride(at(given.group, ".0.destination_port_range"), "5432-5433");
    expect(synthesis(given.stack)).toThrow(/10\.20\.0\.4:\d+ -> 10\.20\.0\.36:5433/);
  });

  test("which leaves what the stack emits as it was", () => {
    const given = provenDeployment();
    given.stack.addOverride(at(given.group, ".0.description"), "mine");
    const emitted = synthesis(given.stack)();
    expect(synthesis(given.stack)()).toBe(emitted);
  });

  test("rules that only Terraform makes are refused", () => {
    const given = provenDeployment();
    given.stack.addOverride(
      `resource.azurerm_network_security_group.${given.group.friendlyUniqueId}.dynamic.security_rule`,
      {
        for_each: ["22"],
        content: OPEN_ENTRY,
      },
    );
    expect(synthesis(given.stack)).toThrow(
      /dynamic\.security_rule: makes rules that are known only to Terraform/,
    );
  });
});

describe("two rules that Azure refuses together are refused", () => {
  test.each<[string, Parameters<typeof openRule>[1], RegExp]>([
    [
      "of one priority",
      { priority: 4096 },
      /by-hand: has the priority of deny-all-in \(Inbound\) \(got 4096\)/,
    ],
    [
      "of one name in another case",
      { name: "Deny-All-Out" },
      /Deny-All-Out: has the name of deny-all-out \(Outbound, 4096\)/,
    ],
  ])("%s", (_, change, message) => {
    const given = provenDeployment();
    openRule(given.stack, { access: "Deny", ...change });
    expect(synthesis(given.stack)).toThrow(message);
  });

  test("but not of one priority in two directions", () => {
    const given = provenDeployment();
    openRule(given.stack, {
      access: "Deny",
      priority: 120,
      direction: "Outbound",
      destinationPortRange: "25",
    });
    expect(given.backup.proof.holds).toBe(true);
  });
});
