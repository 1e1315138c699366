import { App, TerraformStack, Testing } from "cdktf";
import {
  BackupNetwork,
  BackupResourceGroup,
  BackupVirtualNetwork,
  Egress,
  ExistingSubnet,
  GatewayServer,
  Peer,
  Port,
} from "cdktf-veeam-entra-id";
import { Connections } from "../../../lib/constructs/network/connections";
import type { FilteredPlace } from "../../../lib/constructs/network/filtered-place";
import { FilteredSubnet } from "../../../lib/constructs/network/filtered-subnet";
import { DedicatedSubnet, SharedGroup } from "../../../lib/constructs/network/existing-places";
import { refusalLines } from "../../support/expected/refusals";

const subnetId =
  "/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-old";
const natGatewayId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/natGateways/ng-hub";
const band = { name: "nsg-hub", resourceGroup: "rg-hub", firstPriority: 1000, lastPriority: 1999 };

type Attributes = Readonly<Record<string, unknown>>;

function network(stack: TerraformStack, inlineSubnets = false, egress = Egress.natGateway()): BackupNetwork {
  return new BackupNetwork(stack, "network", {
    name: "net",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.fromName("rg"),
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
      existing: ExistingSubnet.dedicated(subnetId, "10.7.0.0/27")._given(),
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

describe("a group managed elsewhere", () => {
  const shared = (stack: TerraformStack): SharedGroup =>
    new SharedGroup(stack, "place", {
      network: network(stack),
      component: "gateway-server-old",
      path: "gatewayServers.old.existingSubnet",
      existing: ExistingSubnet.shared(subnetId, band, "10.7.0.0/27")._given(),
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
      expect(rule.priority).toBeLessThanOrEqual(1999);
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

  test("a connection for which its band has no priority beside the documented rules is refused under the band's path", () => {
    const stack = stackOf();
    const connections = connect(
      new SharedGroup(stack, "place", {
        network: network(stack),
        component: "gateway-server-old",
        path: "gatewayServers.old.existingSubnet",
        existing: ExistingSubnet.shared(subnetId, band, "10.7.0.0/27")._given(),
        group: { ...band, lastPriority: 1049 },
      }),
    );
    expect(
      refusalLines(() => connections.allowTo(Peer.cidr("10.9.0.0/24"), Port.tcp(1), "one more")),
    ).toEqual([
      expect.stringMatching(
        /^gatewayServers\.old\.existingSubnet\.group: has too few priorities for the rules of the flows: no priority is left for the rule "allow-out-gateway-server-old-to-10\.9\.0\.0-24-tcp-1" \(Outbound\), which takes a band of \d+ priorities \(got "1000-1049"\)\. Allowed: a priority for each rule of a direction\. Ask the group's owner for a wider band, apart from this one\.$/,
      ),
    ]);
  });

  test.each([
    [{ firstPriority: 99 }, /firstPriority.*got 99/],
    [{ lastPriority: 1010 }, /leaves 11 priorities from 1000 on.*1049 to 4096/],
    [{ firstPriority: 4000, lastPriority: 4097 }, /lastPriority.*got 4097/],
  ])("the band %j is refused", (more, message) => {
    const existingSubnet = ExistingSubnet.shared(subnetId, { ...band, ...more }, "10.7.0.0/27");
    const props = { network: network(stackOf()), existingSubnet };
    expect(() => new GatewayServer(props.network, "gw", props)).toThrow(message);
  });
});

describe("a dedicated subnet is one component's", () => {
  const networkOf = (stack: TerraformStack, name: string): BackupNetwork =>
    new BackupNetwork(stack, name, {
      name,
      location: "westeurope",
      resourceGroup: BackupResourceGroup.fromName("rg"),
      virtualNetwork: BackupVirtualNetwork.fromName({
        name: "vnet-hub",
        resourceGroup: "rg-hub",
        addressSpace: ["10.7.0.0/24"],
        dnsServers: [],
      }),
    });
  const dedicate = (
    stack: TerraformStack,
    network: BackupNetwork,
    id: string,
    prefix: string,
  ): DedicatedSubnet =>
    new DedicatedSubnet(stack, `${network.node.id}-place`, {
      network,
      component: "cache",
      path: "cache.existingSubnet",
      existing: ExistingSubnet.dedicated(id, prefix)._given(),
    });

  test("not another's in the same stack, whatever the case of its id", () => {
    const stack = stackOf();
    dedicate(stack, networkOf(stack, "one"), subnetId, "10.7.0.0/27");
    expect(
      refusalLines(() => dedicate(stack, networkOf(stack, "two"), subnetId.toUpperCase(), "10.7.0.32/27"))[0],
    ).toMatch(/^cache\.existingSubnet\.id: is already the subnet of cache\.existingSubnet of stack\/one/);
  });

  test("not another's in another stack of the app", () => {
    const app = new App();
    const [one, two] = ["one", "two"].map((name) => new TerraformStack(app, name));
    dedicate(one, networkOf(one, "one"), subnetId, "10.7.0.0/27");
    expect(refusalLines(() => dedicate(two, networkOf(two, "two"), subnetId, "10.7.0.0/27"))[0]).toMatch(
      /^cache\.existingSubnet\.id: is already the subnet of cache\.existingSubnet of one\/one/,
    );
  });

  test("and overlaps none that another deployment makes in the same network", () => {
    const stack = stackOf();
    dedicate(stack, networkOf(stack, "one"), subnetId, "10.7.0.0/27");
    const network = networkOf(stack, "two");
    expect(
      refusalLines(
        () =>
          new FilteredSubnet(stack, "made", {
            network,
            component: "server",
            addressPrefix: "10.7.0.0/28",
            path: "server.subnet",
          }),
      )[0],
    ).toMatch(/^server\.subnet: overlaps cache\.existingSubnet\.addressPrefixes.* of stack\/one/);
  });
});

test("ids of another kind are refused", () => {
  const said = { addressSpace: ["10.7.0.0/24"], dnsServers: [] };
  expect(() => BackupVirtualNetwork.fromId({ id: "/subscriptions/s/resourceGroups/rg", ...said })).toThrow(
    /virtualNetwork\.id: is not the id of a virtual network/,
  );
  expect(() => BackupVirtualNetwork.fromId({ id: subnetId, ...said })).toThrow(
    /not the id of a virtual network/,
  );
  expect(() => BackupResourceGroup.fromId(subnetId)).toThrow(
    /resourceGroup\.id: is not the id of a resource group/,
  );
});

describe("several deployments that add rules to one group managed elsewhere", () => {
  const add = (
    scope: TerraformStack,
    name: string,
    key: string,
    { firstPriority, group = "nsg-hub" }: { firstPriority: number; group?: string },
    network = networkNamed(scope, name),
  ): SharedGroup =>
    new SharedGroup(scope, `${name}-${key}`, {
      network,
      component: key,
      path: `${key}.existingSubnet`,
      existing: ExistingSubnet.shared(subnetId, band, `10.7.${firstPriority % 256}.0/27`)._given(),
      group: { ...band, name: group, firstPriority, lastPriority: firstPriority + 99 },
    });
  const networkNamed = (scope: TerraformStack, name: string, id = name): BackupNetwork =>
    new BackupNetwork(scope, id, {
      name,
      location: "westeurope",
      resourceGroup: BackupResourceGroup.fromName(`rg-${id}`),
      virtualNetwork: BackupVirtualNetwork.create({
        addressSpace: ["10.20.0.0/24"],
        dnsServers: ["10.0.0.4"],
      }),
    });

  test("have rules whose names say whose they are, and priorities of their own", () => {
    const stack = stackOf();
    const network = networkNamed(stack, "one");
    add(stack, "one", "gateway", { firstPriority: 1000 }, network);
    add(stack, "one", "cache", { firstPriority: 1100 }, network);
    add(stack, "two", "cache", { firstPriority: 1200 });
    const rules = Object.values(resources(stack).azurerm_network_security_rule);
    const names = rules.map(({ name }) => name);
    expect(new Set(names).size).toBe(6);
    expect(
      new Set(rules.map(({ priority, direction }) => `${String(direction)} ${String(priority)}`)).size,
    ).toBe(6);
    expect(names).toContain("allow-out-every-component-to-dns-server-tcp-of-two-cache");
  });

  test("are refused where their bands share a priority, whatever the case of the group's name", () => {
    const stack = stackOf();
    add(stack, "one", "gateway", { firstPriority: 1000 });
    expect(refusalLines(() => add(stack, "two", "cache", { firstPriority: 1099, group: "NSG-HUB" }))).toEqual(
      [
        'cache.existingSubnet.group: shares priorities with gateway.existingSubnet.group of stack/one (1000-1099) in the same group (got "1099-1198"). Allowed: bands that do not overlap. Reserve different priorities for each component that adds rules to the group.',
      ],
    );
    add(stack, "three", "cache", { firstPriority: 1000, group: "nsg-other" });
  });

  test("are refused where names of their rules would end alike", () => {
    const stack = stackOf();
    add(stack, "one", "cache", { firstPriority: 1000 });
    const again = networkNamed(stack, "one", "again");
    expect(
      refusalLines(
        () =>
          new SharedGroup(stack, "again-cache", {
            network: again,
            component: "cache",
            path: "cache.existingSubnet",
            existing: ExistingSubnet.shared(subnetId, band, "10.7.9.0/27")._given(),
            group: { ...band, firstPriority: 1500, lastPriority: 1599 },
          }),
      )[0],
    ).toMatch(
      /^cache\.existingSubnet\.group: is a group to which stack\/one-cache adds rules whose names have the same ending/,
    );
  });

  test("keep a priority that is given, which has to be in the band and no other's", () => {
    const stack = stackOf();
    const connections = connect(add(stack, "one", "cache", { firstPriority: 1000 }));
    const allow = (port: number, priority?: number): void =>
      connections.allowFrom(Peer.cidr("10.9.0.0/24"), Port.tcp(port), "files", { priority });
    allow(1, 1007);
    expect(Object.values(resources(stack).azurerm_network_security_rule)).toContainEqual(
      expect.objectContaining({ destination_port_range: "1", priority: 1007 }),
    );
    expect(refusalLines(() => allow(2, 2000))).toEqual([
      'priority: of the connection 10.9.0.0/24 -> cache (TCP 2) for "files" is not free in the group of cache (got 2000). Allowed: a whole number from 1000 to 1099, which the group\'s owner leaves free. Choose one of these, or leave it out.',
    ]);
    expect(refusalLines(() => allow(2, 1007))[0]).toMatch(/^priority: .* is that of .*TCP 1/);
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
