import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetRouteTableAssociation } from "@cdktf/provider-azurerm/lib/subnet-route-table-association";
import { VirtualNetworkPeering } from "@cdktf/provider-azurerm/lib/virtual-network-peering";
import { TerraformVariable } from "cdktf";
import { BackupVirtualNetwork, Destinations, Egress, ExistingSubnet } from "cdktf-veeam-entra-id";
import {
  openRule,
  hubNetwork,
  type ProvenDeployment,
  provenDeployment,
  synthesis,
} from "../../support/expected/proven-deployment";

const id = (rest: string): string =>
  `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/${rest}`;
const EXISTING = {
  id: id("virtualNetworks/vnet-hub/subnets/snet-old"),
  group: { name: "nsg-hub", resourceGroup: "rg-hub", firstPriority: 1000, lastPriority: 1099 },
};
const inlineSubnets = BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"], inlineSubnets: true });
const routeTableId = id("routeTables/rt");

const mayHaveOne = ({ backup }: ProvenDeployment): boolean => {
  const { hasDefaultRoute } = backup._reportInput().network;
  const isTold = backup.proof.assumptions.some((text) => text.startsWith("A route for 0.0.0.0/0 may exist"));
  expect(isTold).toBe(hasDefaultRoute);
  return isTold;
};

test.each([
  ["subnets are resources of their own", {}],
  ["subnets stand inside the network's resource", { virtualNetwork: inlineSubnets }],
])("there is no default route where network and way out are made here, and %s", (_, props) => {
  expect(mayHaveOne(provenDeployment(props))).toBe(false);
});

test.each<[string, () => ProvenDeployment]>([
  ["the platform routes", () => provenDeployment({ egress: Egress.managedElsewhere() })],
  [
    "the NAT gateway exists",
    () => provenDeployment({ egress: Egress.existingNatGateway(id("natGateways/ng")) }),
  ],
  [
    "the network exists",
    () =>
      provenDeployment({
        virtualNetwork: BackupVirtualNetwork.fromName({
          name: "vnet-hub",
          resourceGroup: "rg-hub",
          addressSpace: ["10.20.0.0/24"],
          dnsServers: [],
        }),
      }),
  ],
  [
    "a subnet exists",
    () =>
      provenDeployment({
        virtualNetwork: hubNetwork(),
        cacheRepositories: { old: { existingSubnet: ExistingSubnet.dedicated(EXISTING.id, "10.7.0.0/27") } },
      }),
  ],
  [
    "a subnet has a group managed elsewhere",
    () =>
      provenDeployment({
        virtualNetwork: hubNetwork(),
        cacheRepositories: {
          old: { existingSubnet: ExistingSubnet.shared(EXISTING.id, EXISTING.group, "10.7.0.0/27") },
        },
      }),
  ],
  [
    "a subnet has a route table in its settings",
    () => provenDeployment({ postgresql: { subnet: "10.20.0.32/28", subnetSettings: { routeTableId } } }),
  ],
  [
    "a subnet inside the network's resource has a route table in its settings",
    () =>
      provenDeployment({
        virtualNetwork: inlineSubnets,
        postgresql: { subnet: "10.20.0.32/28", subnetSettings: { routeTableId } },
      }),
  ],
  [
    "a route table is tied to a subnet in the stack",
    () => {
      const given = provenDeployment();
      const subnetId = given.backup.postgresql?.subnet?.id ?? "";
      new SubnetRouteTableAssociation(given.stack, "routes", { subnetId, routeTableId });
      return given;
    },
  ],
  [
    "a route table is tied to a subnet that is known only at apply",
    () => {
      const given = provenDeployment();
      const subnetId = new TerraformVariable(given.stack, "subnet", {}).stringValue;
      new SubnetRouteTableAssociation(given.stack, "routes", { subnetId, routeTableId });
      return given;
    },
  ],
  [
    "the network is peered in the stack",
    () => {
      const given = provenDeployment();
      new VirtualNetworkPeering(given.stack, "peering", {
        name: "to-hub",
        resourceGroupName: "rg",
        virtualNetworkName: given.backup.network.virtualNetworkName,
        remoteVirtualNetworkId: id("virtualNetworks/vnet-hub"),
      });
      return given;
    },
  ],
  [
    "a firewall is on the way",
    () =>
      provenDeployment({
        destinations: Destinations.azureFirewall({
          policyId: id("firewallPolicies/hub"),
          privateIpAddress: "10.0.1.4",
          priority: 500,
        }),
      }),
  ],
])("there may be one where %s", (_, make) => {
  const given = make();
  expect(mayHaveOne(given)).toBe(true);
  expect(synthesis(given.stack)).not.toThrow();
  expect(given.backup.proof.holds).toBe(true);
});

test("a route table that is tied to another subnet brings none", () => {
  const given = provenDeployment();
  const other = new Subnet(given.stack, "other", {
    name: "other",
    resourceGroupName: "rg-hub",
    virtualNetworkName: "vnet-hub",
    addressPrefixes: ["10.7.0.0/27"],
  });
  new SubnetRouteTableAssociation(given.stack, "of-others", { subnetId: EXISTING.id, routeTableId });
  new SubnetRouteTableAssociation(given.stack, "of-another", { subnetId: other.id, routeTableId });
  expect(mayHaveOne(given)).toBe(false);
});

test("a deny of VirtualNetwork before the documented rules is refused where public addresses may be in it", () => {
  const denied = (props: Parameters<typeof provenDeployment>[0]): ProvenDeployment => {
    const given = provenDeployment(props);
    openRule(given.stack, {
      networkSecurityGroupName: "nsg-proven-backup-server",
      direction: "Outbound",
      access: "Deny",
      protocol: "*",
      priority: 139,
      destinationAddressPrefix: "VirtualNetwork",
      destinationPortRange: "443",
    });
    return given;
  };
  const routed = denied({ egress: Egress.managedElsewhere() });
  expect(routed.backup.proof.holds).toBe(false);
  expect(synthesis(routed.stack)).toThrow(
    /backup-server-to-entra-id .* may be blocked at its source.*It rests on what .* may hold, which only Azure knows/,
  );
  expect(denied({}).backup.proof.missing).toEqual([]);
});
