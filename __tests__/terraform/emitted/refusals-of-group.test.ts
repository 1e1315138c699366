import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { NetworkInterfaceSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/network-interface-security-group-association";
import { Fn, TerraformLocal, TerraformVariable } from "cdktf";
import { Peer, Port } from "cdktf-veeam-entra-id";
import {
  openRule,
  provenDeployment,
  type ProvenDeployment,
  stackIn,
  synthesis,
} from "../../support/expected/proven-deployment";

test.each<[string, (given: ProvenDeployment) => unknown, string]>([
  [
    "a rule beside the rules of our group",
    ({ stack }) => openRule(stack, { access: "Deny" }),
    "Terraform lets the two overwrite each other",
  ],
  [
    "such a rule that may not exist",
    ({ stack }) => openRule(stack, { access: "Deny", count: 0 as never }),
    "Terraform lets the two overwrite each other",
  ],
  [
    "changes of our rules that Terraform ignores",
    ({ group }) => group.addOverride("lifecycle.ignore_changes", ["security_rule"]),
    "a rule removed later would stay open",
  ],
  [
    "changes of all of our group that Terraform ignores",
    ({ group }) => group.addOverride("lifecycle.ignore_changes", "all"),
    "a rule removed later would stay open",
  ],
  [
    "an interface in our subnet with a group of its own",
    ({ stack, backup, group }) => {
      const nic = new NetworkInterface(stack, "nic", {
        name: "nic",
        location: "westeurope",
        resourceGroupName: "rg",
        ipConfiguration: [
          { name: "ip", subnetId: backup.postgresql?.subnet?.id, privateIpAddressAllocation: "Dynamic" },
        ],
      });
      new NetworkInterfaceSecurityGroupAssociation(stack, "own", {
        networkInterfaceId: nic.id,
        networkSecurityGroupId: group.id,
      });
    },
    "a group of its own, which may refuse its flows",
  ],
])("%s is refused at synthesis", (_, change, message) => {
  const given = provenDeployment();
  expect(synthesis(given.stack)).not.toThrow();
  change(given);
  expect(synthesis(given.stack)).toThrow(message);
});

test.each<[string, (stack: ProvenDeployment["stack"]) => string]>([
  ["an expression", () => '${"*"}'],
  ["a function", () => '${lower("INTERNET")}'],
  ["a local", (stack) => new TerraformLocal(stack, "any", "*").asString],
  ["a function of the Terraform CDK", () => Fn.join("", ["0.0.0.0", "/0"])],
  ["the default of a variable", (stack) => new TerraformVariable(stack, "any", { default: "*" }).stringValue],
])("everything that is written as %s is refused at synthesis", (_, everything) => {
  const given = provenDeployment();
  given.backup.backupServer.connections.allowFrom(
    Peer.cidr(everything(given.stack)),
    Port.tcp(8443),
    "consoles",
  );
  expect(synthesis(given.stack)).toThrow("Write the prefixes that are meant.");
});

test("a reason says what it says, also where Terraform would take it for an expression", () => {
  const { stack, backup } = provenDeployment();
  const peer = Peer.cidr("10.9.0.0/24");
  backup.backupServer.connections.allowTo(peer, Port.tcp(9000), "costs 5 %{x} and ${y}");
  const variable = new TerraformVariable(stack, "why", { default: "metrics" });
  backup.backupServer.connections.allowTo(peer, Port.tcp(9001), variable.stringValue);
  const text = String(synthesis(stack)());
  expect(text).toContain("Declared flow: costs 5 %%{x} and $${y}");
  expect(text).toContain("Declared flow: ${var.why}");
});

test("another team's rule in another group is none of ours", () => {
  const given = provenDeployment();
  openRule(stackIn(given.app, "theirs"), { networkSecurityGroupName: "nsg-theirs" });
  expect(synthesis(given.stack)).not.toThrow();
});
