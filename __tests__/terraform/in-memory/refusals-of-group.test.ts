import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { NetworkInterfaceSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/network-interface-security-group-association";
import { ResourceGroupTemplateDeployment } from "@cdktf/provider-azurerm/lib/resource-group-template-deployment";
import { Fn, TerraformHclModule, TerraformLocal, type TerraformStack, TerraformVariable } from "cdktf";
import { NetworkSecurityRule } from "@cdktf/provider-azurerm/lib/network-security-rule";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { ExistingSubnet, Peer, Port } from "cdktf-veeam-entra-id";
import {
  hubNetwork,
  openRule,
  provenDeployment,
  type ProvenDeployment,
  stackIn,
  synthesis,
} from "../../support/expected/proven-deployment";

const SUBNET =
  "/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-old";

test.each<[string, (given: ProvenDeployment) => unknown, string]>([
  [
    "a rule beside the rules of our group",
    ({ stack }) => openRule(stack, { access: "Deny" }),
    "Terraform lets the two overwrite each other",
  ],
  [
    "such a rule that may not exist",
    ({ stack }) =>
      openRule(stack, {
        access: "Deny",
        count: new TerraformVariable(stack, "count", {}).numberValue as never,
      }),
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

test.each<[string, (stack: ProvenDeployment["stack"]) => string]>([
  ["a local", (stack) => new TerraformLocal(stack, "name", "nsg-proven-postgresql").asString],
  [
    "a local of a local",
    (stack) => {
      const name = new TerraformLocal(stack, "deployment", "proven").asString;
      return new TerraformLocal(stack, "name", `nsg-${name}-postgresql`).asString;
    },
  ],
  ["Fn.join", () => Fn.join("-", ["nsg", "proven", "postgresql"])],
  ["Fn.format", () => Fn.format("nsg-%s-postgresql", ["proven"])],
  [
    "the default of a variable",
    (stack) => new TerraformVariable(stack, "name", { default: "nsg-proven-postgresql" }).stringValue,
  ],
])("a rule of another stack is refused whose group is named by %s", (_, name) => {
  const given = provenDeployment();
  const theirs = stackIn(given.app, "theirs");
  openRule(theirs, { networkSecurityGroupName: name(theirs) });
  expect(() => given.app.synth()).toThrow("Terraform lets the two overwrite each other");
});

test.each([
  ["the source", "source_address_prefix", "*"],
  ["the access", "access", "Deny"],
  ["the group", "network_security_group_name", "nsg-other"],
  ["how often it is created", "count", 0],
  ["what Terraform ignores", "lifecycle.ignore_changes", ["source_address_prefixes"]],
])("our own rule in another team's group is refused where an override changes %s", (_, path, value) => {
  const given = provenDeployment({
    virtualNetwork: hubNetwork(),
    cacheRepositories: {
      cache: {
        existingSubnet: ExistingSubnet.shared(
          SUBNET,
          { name: "nsg-hub", resourceGroup: "rg-hub", firstPriority: 1000, lastPriority: 1999 },
          "10.7.0.0/27",
        ),
      },
    },
  });
  expect(synthesis(given.stack)).not.toThrow();
  const [rule] = given.backup.node.findAll().filter((one) => one instanceof NetworkSecurityRule);
  rule.addOverride(path, value);
  expect(synthesis(given.stack)).toThrow("an override changes or removes it");
});

test("the proof says that groups are not applied to a private endpoint in one of our subnets", () => {
  const { stack, backup } = provenDeployment();
  const subnet = backup.postgresql?.subnet;
  new PrivateEndpoint(stack, "endpoint", {
    name: "pe",
    location: "westeurope",
    resourceGroupName: "rg",
    subnetId: String(subnet?.id),
    privateServiceConnection: { name: "x", isManualConnection: false },
  });
  expect(backup.proof.assumptions.join()).toContain("not applied to the private endpoint stack/endpoint");
  subnet?.addOverride("private_endpoint_network_policies", "Enabled");
  expect(backup.proof.assumptions.join()).not.toContain("stack/endpoint");
});

test.each<[string, (stack: TerraformStack) => unknown, string]>([
  [
    "a module",
    (stack) => new TerraformHclModule(stack, "guard", { source: "Azure/guard/azurerm" }),
    "module.guard",
  ],
  [
    "a template",
    (stack) =>
      new ResourceGroupTemplateDeployment(stack, "arm", {
        name: "arm",
        resourceGroupName: "rg",
        deploymentMode: "Incremental",
        templateContent: "{}",
      }),
    "azurerm_resource_group_template_deployment.arm",
  ],
])("the proof says that what %s creates is not read at synthesis", (_, create, address) => {
  const { stack, backup } = provenDeployment();
  expect(backup.proof.assumptions.join()).not.toContain("is not read at synthesis");
  create(stack);
  expect(backup.proof.assumptions.join()).toMatch(
    new RegExp(`What \\S*${address} creates is not read at synthesis`),
  );
  expect(synthesis(stack)).not.toThrow();
});

test("another team's rule in another group does not belong to the deployment", () => {
  const given = provenDeployment();
  openRule(stackIn(given.app, "theirs"), { networkSecurityGroupName: "nsg-theirs" });
  expect(synthesis(given.stack)).not.toThrow();
});
