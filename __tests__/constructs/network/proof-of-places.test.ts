import { ApplicationSecurityGroup } from "@cdktf/provider-azurerm/lib/application-security-group";
import type { NetworkSecurityGroupSecurityRule } from "@cdktf/provider-azurerm/lib/network-security-group";
import type { NetworkSecurityRuleConfig } from "@cdktf/provider-azurerm/lib/network-security-rule";
import { TerraformVariable } from "cdktf";
import { Peer, Port, Protocol, Verdict } from "cdktf-veeam-entra-id";
import {
  openRule,
  type ProvenDeployment,
  provenDeployment,
  synthesis,
} from "../../support/expected/proven-deployment";

const deployment = (): ProvenDeployment =>
  provenDeployment({ httpProxy: { subnet: "10.20.0.48/28", port: 3128 } });

test("a deployment proves itself", () => {
  const { stack, backup } = deployment();
  expect(synthesis(stack)).not.toThrow();
  expect(backup.proof).toMatchObject({
    holds: true,
    missing: [],
    excess: [],
    shadowedRules: [],
    rulesWithoutFlow: [],
  });
});

test("an override that opens more fails the synthesis, with the rule and an example", () => {
  const given = deployment();
  given.group.addOverride("security_rule.0.destination_port_range", "5432-5433");
  expect(given.backup.proof.excess).toHaveLength(1);
  expect(synthesis(given.stack)).toThrow(
    /postgresql.*allow-in-backup-server-to-postgresql \(120\).*10\.20\.0\.4:\d+ -> 10\.20\.0\.36:5433/s,
  );
});

test("rules put in the place of the documented ones fail the synthesis for what they leave out", () => {
  const given = deployment();
  const { group } = given;
  const documented = group.securityRuleInput as NetworkSecurityGroupSecurityRule[];
  group.putSecurityRule(documented);
  expect(synthesis(given.stack)).not.toThrow();
  group.putSecurityRule(documented.filter((rule) => !rule.name?.startsWith("allow-in")));
  expect(synthesis(given.stack)).toThrow(/backup-server-to-postgresql.*deny-all-in \(4096\)/s);
});

test("a rule that is added to another group does not count", () => {
  const given = deployment();
  openRule(given.stack, { networkSecurityGroupName: "nsg-of-another-team" });
  expect(synthesis(given.stack)).not.toThrow();
});

test("a flow that the user declares counts as asked for", () => {
  const { stack, backup } = deployment();
  backup.postgresql?.connections.allowFrom(Peer.cidr("10.5.0.0/24"), Port.tcp(9187), "metrics");
  expect(synthesis(stack)).not.toThrow();
  expect(backup.flows.filter((flow) => flow.reason === "metrics")).toHaveLength(1);
});

test("explain names the rule that decides at each end", () => {
  const { backup } = deployment();
  const open = backup.explain({
    from: "backup-server",
    to: "postgresql",
    protocol: Protocol.TCP,
    port: 5432,
  });
  expect(open.verdict).toBe(Verdict.ALLOW);
  expect(
    open.ends.flatMap((end) => end.groups.flatMap((group) => group.deciding.map((rule) => rule.rule))),
  ).toEqual(["allow-out-backup-server-to-postgresql", "allow-in-backup-server-to-postgresql"]);
  const closed = backup.explain({ from: "http-proxy", to: "postgresql", protocol: Protocol.TCP, port: 5432 });
  expect(closed.verdict).toBe(Verdict.DENY);
});

describe("a doubt", () => {
  const open443 = ({ stack }: ProvenDeployment, change: Partial<NetworkSecurityRuleConfig>): void => {
    openRule(stack, {
      networkSecurityGroupName: "nsg-proven-http-proxy",
      priority: 3999,
      direction: "Outbound",
      destinationAddressPrefix: undefined,
      destinationPortRange: "443",
      ...change,
    });
  };

  test.each<[string, Partial<NetworkSecurityRuleConfig>, string]>([
    ["Internet", { destinationAddressPrefix: "Internet" }, "Internet"],
    [
      "a public address",
      { destinationAddressPrefix: "203.0.113.7/32" },
      "AzureActiveDirectory and AzureResourceManager",
    ],
  ])("that rests on service tags alone refuses the synthesis: %s", (_, to, ground) => {
    const given = deployment();
    open443(given, to);
    expect(given.backup.proof).toMatchObject({ holds: false, rulesWithoutFlow: [] });
    expect(synthesis(given.stack)).toThrow(
      new RegExp(
        `rule by-hand \\(3999\\) of nsg-proven-http-proxy allows TCP .*:443 \\(depends on .*\\)\\. It rests on what ${ground} may hold, which only Azure knows\\. Let the rule name`,
      ),
    );
  });

  test("about a refused flow that rests on service tags alone does so, too", () => {
    const given = deployment();
    open443(given, { access: "Deny", priority: 101, destinationAddressPrefix: "AzureCloud" });
    expect(synthesis(given.stack)).toThrow(
      /http-proxy-to-entra-id .* may be blocked .*rule by-hand \(101\).*It rests on what AzureCloud may hold, which only Azure knows\.$/m,
    );
  });

  test("that rests on a value known only at apply refuses nothing by itself", () => {
    const given = deployment();
    const port = new TerraformVariable(given.stack, "port", {}).stringValue;
    given.group.addOverride("security_rule.0.destination_port_range", port);
    expect(given.backup.proof).toMatchObject({ holds: false, dependsOn: ["${var.port}"] });
    expect(synthesis(given.stack)).not.toThrow();
  });

  test("of that kind hides none of the other", () => {
    const given = deployment();
    const port = new TerraformVariable(given.stack, "port", { type: "number" }).numberValue;
    given.backup.httpProxy?.connections.allowTo(Peer.cidr("10.9.0.0/28"), Port.tcp(port), "updates");
    open443(given, { destinationAddressPrefixes: ["203.0.113.7/32", "10.9.0.0/28"] });
    expect(synthesis(given.stack)).toThrow(
      /rule by-hand \(3999\) .* allows TCP 10\.20\.0\.52:\d+ -> 203\.0\.113\.7:443/,
    );
  });

  test("does not arise where an application security group of the app is named", () => {
    const { stack, backup } = deployment();
    const props = { name: "asg", location: "westeurope", resourceGroupName: "rg" };
    const group = new ApplicationSecurityGroup(stack, "machines", props);
    const machines = Peer.applicationSecurityGroup(group.id, "machines");
    backup.httpProxy?.connections.allowFrom(machines, Port.tcp(443), "clients");
    expect(backup.proof).toMatchObject({ holds: true, dependsOn: [] });
  });

  test("does not arise where a value known only at apply is asked for", () => {
    const given = deployment();
    const prefix = new TerraformVariable(given.stack, "prefix", {});
    const port = new TerraformVariable(given.stack, "port", { type: "number" }).numberValue;
    const machines = Peer.applicationSecurityGroup(
      new TerraformVariable(given.stack, "machines", {}).stringValue,
      "machines",
    );
    given.backup.httpProxy?.connections.allowTo(Peer.cidr(prefix.stringValue), Port.tcp(443), "updates");
    given.backup.httpProxy?.connections.allowFrom(machines, Port.tcp(port), "clients");
    expect(given.backup.proof).toMatchObject({ holds: true, dependsOn: [] });
    expect(
      given.backup.explain({ from: "http-proxy", to: prefix.stringValue, protocol: Protocol.TCP, port: 443 })
        .verdict,
    ).toBe(Verdict.ALLOW);
  });
});
