import { TerraformStack, Testing } from "cdktf";
import {
  BackupNetwork,
  BackupResourceGroup,
  BackupVirtualNetwork,
  Egress,
  ExistingSubnet,
  Peer,
  Port,
} from "cdktf-veeam-entra-id";
import { Connections } from "../../lib/network/connections";
import { DedicatedSubnet } from "../../lib/network/dedicated-subnet";
import type { FilteredPlace } from "../../lib/network/filtered-place";
import { FilteredSubnet } from "../../lib/network/filtered-subnet";
import { SharedGroup } from "../../lib/network/shared-group";
import { refusalLines } from "../support/refusals";

const subnetId =
  "/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-old";
const natGatewayId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/natGateways/ng-hub";
const band = { name: "nsg-hub", resourceGroup: "rg-hub", firstPriority: 1000, lastPriority: 1099 };

type Attributes = Readonly<Record<string, unknown>>;

function network(stack: TerraformStack, inlineSubnets = false, egress = Egress.natGateway()): BackupNetwork {
  return new BackupNetwork(stack, "network", {
    name: "net",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.existing("rg"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"], inlineSubnets }),
    egress,
  });
}

const stackOf = (): TerraformStack => new TerraformStack(Testing.app(), "stack");

const resources = (stack: TerraformStack): Record<string, Record<string, Attributes>> =>
  (JSON.parse(Testing.synth(stack)) as { resource: Record<string, Record<string, Attributes>> }).resource;

const connect = (place: FilteredPlace): Connections =>
  Connections._of(
    () => place.endpoint,
    () => place,
  );

describe("a dedicated subnet", () => {
  test("gets a group from here, which denies the rest, and no subnet or way out is made", () => {
    const stack = stackOf();
    const place = new DedicatedSubnet(stack, "place", {
      network: network(stack),
      component: "cache-repository-old",
      path: "cacheRepositories.old.existingSubnet",
      existing: ExistingSubnet.dedicated(subnetId, "10.7.0.0/27"),
    });
    connect(place).allowTo(Peer.serviceTag("Storage.WestEurope"), Port.tcp(443), "object storage");
    const made = resources(stack);
    expect(Object.values(made.azurerm_subnet_network_security_group_association)).toMatchObject([
      { subnet_id: subnetId },
    ]);
    const [group] = Object.values(made.azurerm_network_security_group);
    expect((group.security_rule as { name: string }[]).map(({ name }) => name)).toEqual([
      "deny-all-in",
      "allow-out-cache-repository-old-to-storage.westeurope-tcp-443",
      "deny-all-out",
    ]);
    expect(made.azurerm_subnet).toBeUndefined();
    expect(made.azurerm_nat_gateway).toBeUndefined();
  });
});

describe("a group of others", () => {
  const shared = (stack: TerraformStack): SharedGroup =>
    new SharedGroup(stack, "place", {
      network: network(stack),
      component: "gateway-server-old",
      path: "gatewayServers.old.existingSubnet",
      existing: ExistingSubnet.shared(subnetId, band, "10.7.0.0/27"),
      group: band,
    });

  test("gets one rule a flow in its band, and no deny", () => {
    const stack = stackOf();
    const connections = connect(shared(stack));
    connections.allowFrom(Peer.cidr("10.20.0.64/27"), Port.tcpRange(2500, 3300), "data");
    connections.allowTo(Peer.cidr("10.9.0.0/24"), Port.tcp(445), "files");
    const made = resources(stack);
    const rules = Object.values(made.azurerm_network_security_rule);
    expect(rules).toHaveLength(2);
    for (const rule of rules) {
      expect(rule).toMatchObject({
        network_security_group_name: "nsg-hub",
        resource_group_name: "rg-hub",
        access: "Allow",
      });
      expect(rule.priority).toBeGreaterThanOrEqual(1000);
      expect(rule.priority).toBeLessThanOrEqual(1099);
    }
    expect(made.azurerm_network_security_group).toBeUndefined();
    expect(made.azurerm_subnet_network_security_group_association).toBeUndefined();
  });

  test("a rule that comes later moves none that is there", () => {
    const [once, twice] = [stackOf(), stackOf()];
    const priorityOf = (stack: TerraformStack, port: string): unknown =>
      Object.values(resources(stack).azurerm_network_security_rule).find(
        (rule) => rule.destination_port_range === port,
      )?.priority;
    connect(shared(once)).allowTo(Peer.cidr("10.9.0.0/24"), Port.tcp(445), "files");
    const connections = connect(shared(twice));
    for (const port of [1, 2, 3]) connections.allowTo(Peer.cidr("10.9.0.0/24"), Port.tcp(port), "more");
    connections.allowTo(Peer.cidr("10.9.0.0/24"), Port.tcp(445), "files");
    expect(priorityOf(twice, "445")).toBe(priorityOf(once, "445"));
  });

  test("one connection more than its band has priorities is refused under the band's path", () => {
    const stack = stackOf();
    const connections = connect(
      new SharedGroup(stack, "place", {
        network: network(stack),
        component: "gateway-server-old",
        path: "gatewayServers.old.existingSubnet",
        existing: ExistingSubnet.shared(subnetId, band, "10.7.0.0/27"),
        group: { ...band, lastPriority: 1049 },
      }),
    );
    const declare = (port: number): void =>
      connections.allowTo(Peer.cidr("10.9.0.0/24"), Port.tcp(port), "one of many", { priority: 2000 });
    for (let port = 1; port <= 50; port++) declare(port);
    expect(refusalLines(() => declare(51))).toEqual([
      expect.stringMatching(
        /^gatewayServers\.old\.existingSubnet\.group: leaves too few priorities for the rules that flows ask for: no priority is left for the rule "allow-out-gateway-server-old-to-10\.9\.0\.0-24-tcp-\d+" \(Outbound\) \(got "1000-1049"\)\. Allowed: a priority for each rule of a direction\. Ask the group's owner for a wider band\.$/,
      ),
    ]);
    expect(Object.keys(resources(stack).azurerm_network_security_rule)).toHaveLength(50);
  });

  test.each([
    [{ firstPriority: 99 }, /firstPriority.*got 99/],
    [{ lastPriority: 1010 }, /leaves 11 priorities from 1000 on.*1049 to 4096/],
    [{ firstPriority: 4000, lastPriority: 4097 }, /lastPriority.*got 4097/],
  ])("the band %j is refused", (more, message) => {
    const stack = stackOf();
    expect(
      () =>
        new SharedGroup(stack, "place", {
          network: network(stack),
          component: "gateway-server-old",
          path: "gatewayServers.old.existingSubnet",
          existing: ExistingSubnet.shared(subnetId, band, "10.7.0.0/27"),
          group: { ...band, ...more },
        }),
    ).toThrow(message);
  });
});

describe("subnets inside the virtual network's resource", () => {
  test("stand there with their group and every key set, in the order of their names", () => {
    const stack = stackOf();
    const inline = network(stack, true);
    const add = (component: string, addressPrefix: string): FilteredSubnet =>
      new FilteredSubnet(stack, component, { network: inline, component, addressPrefix, path: component });
    add("postgresql", "10.20.0.32/28");
    connect(add("backup-server", "10.20.0.0/27")).allowTo(
      Peer.serviceTag("AzureActiveDirectory"),
      Port.tcp(443),
      "Graph",
    );
    const made = resources(stack);
    const [virtualNetwork] = Object.values(made.azurerm_virtual_network);
    const subnets = virtualNetwork.subnet as Attributes[];
    expect(subnets.map(({ name }) => name)).toEqual(["snet-net-backup-server", "snet-net-postgresql"]);
    for (const subnet of subnets) {
      expect(Object.keys(subnet).sort()).toEqual([
        "address_prefixes",
        "default_outbound_access_enabled",
        "delegation",
        "id",
        "name",
        "private_endpoint_network_policies",
        "private_link_service_network_policies_enabled",
        "route_table_id",
        "security_group",
        "service_endpoint_policy_ids",
        "service_endpoints",
      ]);
      expect(subnet).toMatchObject({ default_outbound_access_enabled: false, route_table_id: null });
      expect(subnet.security_group).toMatch(/^\$\{azurerm_network_security_group\./);
    }
    expect(made.azurerm_subnet).toBeUndefined();
    expect(Object.values(made.azurerm_subnet_nat_gateway_association)).toMatchObject([
      { subnet_id: expect.stringMatching(/\/subnets\/snet-net-backup-server$/) },
    ]);
  });
});

test("a NAT gateway that exists is put on the subnets that need it, and none is made", () => {
  const stack = stackOf();
  const place = new FilteredSubnet(stack, "place", {
    network: network(stack, false, Egress.existingNatGateway(natGatewayId)),
    component: "backup-server",
    addressPrefix: "10.20.0.0/27",
    path: "backupServer.subnet",
  });
  connect(place).allowTo(Peer.cidr("20.0.0.0/24"), Port.tcp(443), "a public service");
  const made = resources(stack);
  expect(Object.values(made.azurerm_subnet_nat_gateway_association)).toMatchObject([
    { nat_gateway_id: natGatewayId },
  ]);
  expect(made.azurerm_nat_gateway).toBeUndefined();
});
