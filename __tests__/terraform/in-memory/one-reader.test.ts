import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { NetworkInterfaceSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/network-interface-security-group-association";
import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { VirtualNetworkPeering } from "@cdktf/provider-azurerm/lib/virtual-network-peering";
import { TerraformHclModule, TerraformLocal, TerraformResource, TerraformVariable } from "cdktf";
import { BackupVirtualNetwork, Peer, Port } from "cdktf-veeam-entra-id";
import { JsonNode } from "../../../lib/terraform/files/json-node";
import { networkOfFiles } from "../../../lib/terraform/joined/network-of-files";
import { networkOfJson } from "../../../lib/terraform/read-network-file";
import {
  OPEN_RULE,
  openRule,
  type ProvenDeployment,
  provenDeployment,
  synthesis,
} from "../../support/expected/proven-deployment";

const inline = {
  virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"], inlineSubnets: true }),
};
const change = (given: ProvenDeployment, path: string, value: unknown): void =>
  given.stack.addOverride(
    `resource.azurerm_network_security_group.${given.group.friendlyUniqueId}.${path}`,
    value,
  );

/** What is proven of a network: rules by group, and what groups are before which addresses. */
const facts = ({ groups, endpoints, hasDefaultRoute, virtualNetworkPrefixes, connectedPrefixes }: Facts) => ({
  groups: groups.map(({ name, rules }) => [name, [...rules].sort((a, b) => a.priority - b.priority)]).sort(),
  endpoints: endpoints.map(({ prefixes, subnetGroup }) => [prefixes, subnetGroup]).sort(),
  hasDefaultRoute: hasDefaultRoute === true,
  virtualNetworkPrefixes,
  connectedPrefixes,
});
type Facts = Pick<
  ReturnType<typeof networkOfFiles>["network"],
  "groups" | "endpoints" | "hasDefaultRoute" | "virtualNetworkPrefixes" | "connectedPrefixes"
>;

const peered =
  (more: object) =>
  ({ stack, backup }: ProvenDeployment): void => {
    const remote = new VirtualNetwork(stack, "hub", {
      name: "vnet-hub",
      resourceGroupName: "rg-hub",
      location: "westeurope",
      addressSpace: ["10.7.0.0/24"],
    });
    for (const [id, from, to] of [
      ["there", backup.network.virtualNetwork, remote],
      ["back", remote, backup.network.virtualNetwork],
    ] as const) {
      new VirtualNetworkPeering(stack, id, {
        name: id,
        resourceGroupName: from?.resourceGroupName ?? "",
        virtualNetworkName: from?.name ?? "",
        remoteVirtualNetworkId: to?.id ?? "",
        ...more,
      });
    }
  };

test.each<[string, Parameters<typeof provenDeployment>[0], (given: ProvenDeployment) => void]>([
  ["as it is", {}, () => {}],
  ["with subnets inside the network's resource", inline, () => {}],
  ["with a rule that an override changes", {}, (given) => change(given, "security_rule.0.priority", 200)],
  [
    "with a prefix by a local",
    {},
    ({ stack, backup }) => {
      const prefix = new TerraformLocal(stack, "metrics", "10.5.0.0/24").asString;
      backup.postgresql?.connections.allowFrom(Peer.cidr(prefix), Port.tcp(9187), "metrics");
    },
  ],
])("a stack in memory is read as its cdk.tf.json: %s", (_, props, alter) => {
  const given = provenDeployment(props);
  alter(given);
  const read = facts(given.backup._reportInput().network);
  const json = JSON.parse(String(synthesis(given.stack)())) as unknown;
  const file = networkOfFiles([networkOfJson(new JsonNode(json, "", "cdk.tf.json"))]).network;
  expect(read).toEqual(facts(file));
  expect(read.groups).toHaveLength(2);
});

test.each([
  ["no default route without the remote network's gateway", {}, false],
  ["one where it uses the remote network's gateway", { useRemoteGateways: true }, true],
])("a peering brings %s, as in a file", (_, more, expected) => {
  const given = provenDeployment();
  peered(more)(given);
  const { network } = given.backup._reportInput();
  const json = JSON.parse(String(synthesis(given.stack)())) as unknown;
  const file = networkOfFiles([networkOfJson(new JsonNode(json, "", "cdk.tf.json"))]).network;
  expect([network.hasDefaultRoute, file.hasDefaultRoute === true]).toEqual([expected, expected]);
  expect(network.connectedPrefixes).toEqual(["10.7.0.0/24"]);
});

test("what a module creates is an assumption of the proof, which names it", () => {
  const { stack, backup } = provenDeployment();
  new TerraformHclModule(stack, "landing", { source: "Azure/landing/azurerm" });
  expect(synthesis(stack)).not.toThrow();
  expect(backup.proof.holds).toBe(true);
  expect(backup.proof.assumptions.filter((text) => text.includes("module.landing"))).toHaveLength(1);
});

test("a group that may not exist filters nothing surely", () => {
  const given = provenDeployment();
  change(given, "count", new TerraformVariable(given.stack, "count", { type: "number" }).numberValue);
  expect(synthesis(given.stack)).toThrow(
    /nothing-is-filtered .* of no group before stack\/backup\/postgresql/,
  );
});

test("an interface with a group of its own is refused in a subnet inside the network's resource, too", () => {
  const { stack, backup, group } = provenDeployment(inline);
  const nic = new NetworkInterface(stack, "nic", {
    name: "nic",
    location: "westeurope",
    resourceGroupName: "rg",
    ipConfiguration: [
      { name: "ip", subnetId: backup.postgresql?.subnetId, privateIpAddressAllocation: "Dynamic" },
    ],
  });
  new NetworkInterfaceSecurityGroupAssociation(stack, "own", {
    networkInterfaceId: nic.id,
    networkSecurityGroupId: group.id,
  });
  expect(synthesis(stack)).toThrow(
    "stack/nic, an interface in the subnet of postgresql, has a group of its own",
  );
});

test("a rule that the provider azapi adds counts", () => {
  const { stack, group } = provenDeployment();
  const resource = new TerraformResource(stack, "mine", { terraformResourceType: "azapi_resource" });
  const { name, ...properties } = OPEN_RULE;
  const attributes = {
    type: "Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01",
    name,
    parent_id: group.id,
    body: { properties },
  };
  for (const [key, value] of Object.entries(attributes)) resource.addOverride(key, value);
  expect(synthesis(stack)).toThrow("rule by-hand (4000) of nsg-proven-postgresql");
});

test("a rule whose priority is known only at apply is refused at its path, and only in our groups", () => {
  const given = provenDeployment();
  const priority = new TerraformVariable(given.stack, "priority", { type: "number" }).numberValue;
  const theirs = new NetworkSecurityGroup(given.stack, "theirs", {
    name: "nsg-theirs",
    location: "westeurope",
    resourceGroupName: "rg",
  });
  openRule(given.stack, { networkSecurityGroupName: theirs.name, priority, protocol: "nothing" });
  expect(synthesis(given.stack)).not.toThrow();
  change(given, "security_rule.0.priority", priority);
  expect(synthesis(given.stack)).toThrow(
    "stack/backup/postgresql/network/group.security_rule[0].priority: is known only at apply",
  );
});
