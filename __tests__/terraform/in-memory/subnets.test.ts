import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { TerraformVariable } from "cdktf";
import { BackupVirtualNetwork, ExistingSubnet } from "cdktf-veeam-entra-id";
import {
  hubNetwork,
  type ProvenDeployment,
  provenDeployment,
  synthesis,
} from "../../support/expected/proven-deployment";

const SUBNET_ID =
  "/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-old";

const inline = (): ProvenDeployment =>
  provenDeployment({
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"], inlineSubnets: true }),
  });

const dedicated = (): ProvenDeployment =>
  provenDeployment({
    virtualNetwork: hubNetwork(),
    cacheRepositories: { old: { existingSubnet: ExistingSubnet.dedicated(SUBNET_ID, "10.7.0.0/27") } },
  });

const emptyGroup = ({ stack }: ProvenDeployment): NetworkSecurityGroup =>
  new NetworkSecurityGroup(stack, "empty", {
    name: "nsg-empty",
    location: "westeurope",
    resourceGroupName: "rg",
  });

const association = ({ backup }: ProvenDeployment): SubnetNetworkSecurityGroupAssociation => {
  const found = backup.postgresql?.association;
  if (!found) throw new Error("the PostgreSQL server's subnet has no association of its own");
  return found;
};

const UNFILTERED = /rule nothing-is-filtered \(100\) of no group before stack\/backup\/postgresql\/network/;

test.each<[string, () => ProvenDeployment]>([
  ["of their own", provenDeployment],
  ["inside the network's resource", inline],
  ["that exist", dedicated],
])("subnets %s have their groups", (_, make) => {
  const { stack, backup } = make();
  expect(synthesis(stack)).not.toThrow();
  expect(backup.proof).toMatchObject({ holds: true, shadowedRules: [] });
});

describe("a subnet before which no group stands is open", () => {
  test.each<[string, (given: ProvenDeployment) => void]>([
    [
      "because the association was taken out",
      (given) => {
        const { node } = association(given);
        node.scope?.node.tryRemoveChild(node.id);
      },
    ],
    [
      "because an override of the stack takes it out",
      (given) =>
        given.stack.addOverride(
          `resource.azurerm_subnet_network_security_group_association.${association(given).friendlyUniqueId}`,
          undefined,
        ),
    ],
    [
      "because an override of the stack takes all associations out",
      ({ stack }) =>
        stack.addOverride("resource.azurerm_subnet_network_security_group_association", undefined),
    ],
    [
      "because the association is of another subnet",
      (given) => association(given).addOverride("subnet_id", SUBNET_ID),
    ],
    ["because the association is repeated", (given) => association(given).addOverride("count", 0)],
  ])("%s", (_, change) => {
    const given = provenDeployment();
    change(given);
    expect(given.backup.proof.holds).toBe(false);
    expect(synthesis(given.stack)).toThrow(UNFILTERED);
  });

  test("inside its network's resource", () => {
    const given = inline();
    given.backup.network.virtualNetwork?.addOverride("subnet.1.security_group", null);
    expect(synthesis(given.stack)).toThrow(UNFILTERED);
  });

  test("that exists", () => {
    const given = dedicated();
    given.backup.cacheRepository("old").association?.addOverride("subnet_id", `${SUBNET_ID}er`);
    expect(synthesis(given.stack)).toThrow(/of no group before stack\/backup\/cache-repository-old\/network/);
  });
});

describe("a group that stands there instead is judged", () => {
  test("with the rules that it has", () => {
    const given = provenDeployment();
    association(given).addOverride("network_security_group_id", emptyGroup(given).id);
    expect(synthesis(given.stack)).toThrow(
      /postgresql \(destination\) allows more than its flows: rule AllowVnetInBound \(65000\) of nsg-empty allows/,
    );
  });

  test("by its path, where one of ours has its name", () => {
    const given = provenDeployment();
    const twin = emptyGroup(given);
    twin.name = "NSG-proven-backup-server";
    association(given).addOverride("network_security_group_id", twin.id);
    expect(synthesis(given.stack)).toThrow(
      /postgresql \(destination\) allows more than its flows: rule AllowVnetInBound \(65000\) of stack\/empty allows/,
    );
  });

  test("inside the network's resource", () => {
    const given = inline();
    given.backup.network.virtualNetwork?.addOverride("subnet.1.security_group", emptyGroup(given).id);
    expect(synthesis(given.stack)).toThrow(/rule AllowVnetInBound \(65000\) of nsg-empty allows/);
  });

  test("as open where nothing is known of it", () => {
    const given = provenDeployment();
    const id = new TerraformVariable(given.stack, "group", {}).stringValue;
    association(given).addOverride("network_security_group_id", id);
    expect(synthesis(given.stack)).toThrow(
      /of \$\{var\.group\} before stack\/backup\/postgresql\/network, which is not created by this deployment allows/,
    );
  });

  test.each([
    ["one", undefined],
    ["one with a count", 1],
  ])("and refused beside another: %s", (_what, count) => {
    const given = provenDeployment();
    new SubnetNetworkSecurityGroupAssociation(given.stack, "second", {
      subnetId: given.backup.postgresql?.subnet?.id ?? "",
      networkSecurityGroupId: emptyGroup(given).id,
      count,
    });
    expect(synthesis(given.stack)).toThrow(
      /stack\/.*: is a subnet that stack\/\S+ gives another group .*one group a subnet/,
    );
  });
});

test("the network's address space is read as it will be emitted", () => {
  const given = provenDeployment();
  given.backup.network.virtualNetwork?.addOverride("address_space", ["10.30.0.0/16"]);
  // The Terraform CDK adds to lists.
  expect(given.backup._reportInput().network.virtualNetworkPrefixes).toEqual([
    "10.20.0.0/24",
    "10.30.0.0/16",
  ]);
});

describe("a subnet's prefix is read as it will be emitted", () => {
  test.each<[string, () => ProvenDeployment, (given: ProvenDeployment) => void]>([
    [
      "from its resource",
      provenDeployment,
      ({ backup }) => backup.postgresql?.subnet?.addOverride("address_prefixes", ["10.20.0.192/28"]),
    ],
    [
      "from the stack",
      provenDeployment,
      ({ stack, backup }) =>
        stack.addOverride(
          `resource.azurerm_subnet.${backup.postgresql?.subnet?.friendlyUniqueId}.address_prefixes`,
          ["10.20.0.192/28"],
        ),
    ],
    [
      "from its network's resource",
      inline,
      ({ backup }) =>
        backup.network.virtualNetwork?.addOverride("subnet.1.address_prefixes", ["10.20.0.192/28"]),
    ],
  ])("%s", (_, make, change) => {
    const given = make();
    change(given);
    expect(synthesis(given.stack)).toThrow(
      /backup-server-to-postgresql .* deny-all-in \(4096\) of nsg-proven-postgresql denies TCP 10\.20\.0\.4:\d+ -> 10\.20\.0\.196:5432/,
    );
  });

  test("what depends on one that is known only at apply refuses nothing", () => {
    const given = provenDeployment();
    given.backup.postgresql?.subnet?.addOverride("address_prefixes", [
      new TerraformVariable(given.stack, "prefix", {}).stringValue,
    ]);
    expect(given.backup.proof.holds).toBe(false);
    expect(given.backup.proof.dependsOn).toContain("${var.prefix}");
  });
});
