import { Testing, TerraformVariable } from "cdktf";
import {
  BackupNetwork,
  BackupVirtualNetwork,
  CacheRepository,
  Destinations,
  EntraIdBackup,
  type EntraIdBackupProps,
  ExistingSubnet,
} from "cdktf-veeam-entra-id";
import type { SubnetOptions } from "../../../lib/constructs/roles/component-options";
import { propsOfDeployment } from "../../../lib/app/props";
import { refusalLines } from "../../support/expected/refusals";
import { existingNetwork, smallestDeployment } from "../../support/deployments/sample-deployments";
import { newStack, synthesizeStack } from "../../support/tools/synthesized";

const ROUTE_TABLE = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/routeTables/rt-hub";
const SUBNET =
  "/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-old";
const POLICIES = { privateEndpointNetworkPolicies: "Enabled" };

function withCache(cache: NonNullable<EntraIdBackupProps["cacheRepositories"]>[string], more: object = {}) {
  const stack = newStack();
  const props = { ...propsOfDeployment(smallestDeployment()), cacheRepositories: { cache }, ...more };
  return { stack, backup: new EntraIdBackup(stack, "backup", props) };
}

const withSettings = (subnetSettings: SubnetOptions, more: object = {}) =>
  withCache({ subnet: "10.20.0.64/27", subnetSettings }, more);

test.each(["Disabled", "Enabled", "NetworkSecurityGroupEnabled", "RouteTableEnabled"])(
  "private endpoints take Azure's policy %s",
  (privateEndpointNetworkPolicies) => {
    const { stack } = withSettings({ privateEndpointNetworkPolicies });
    const subnet = synthesizeStack(stack).byName("subnet")["snet-veeam-entra-cache-repository-cache"];
    expect(subnet.private_endpoint_network_policies).toBe(privateEndpointNetworkPolicies);
  },
);

test("settings known only at apply pass", () => {
  const { stack } = withCache({ subnet: "10.20.0.64/27" });
  const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
  const network = new BackupNetwork(stack, "network", {
    ...propsOfDeployment({ ...smallestDeployment(), name: "other", resourceGroup: "rg-other" }),
  });
  new CacheRepository(stack, "late", {
    network,
    subnet: "10.20.0.64/27",
    subnetSettings: {
      routeTableId: text,
      serviceEndpoints: [text, "Microsoft.Storage.Global"],
      privateEndpointNetworkPolicies: text,
    },
  });
  expect(synthesizeStack(stack).byName("subnet")["snet-other-cache-repository-late"]).toMatchObject({
    service_endpoints: ["${var.text}", "Microsoft.Storage.Global"],
    private_endpoint_network_policies: "${var.text}",
  });
});

test("settings that Azure would refuse are refused, all at once", () => {
  expect(
    refusalLines(() =>
      withSettings({
        routeTableId: "rt-hub",
        serviceEndpoints: ["Microsoft.Storage", "storage"],
        privateEndpointNetworkPolicies: "enabled",
      }),
    ),
  ).toEqual([
    'cacheRepositories.cache.subnetSettings.routeTableId: is not the id of a route table (got "rt-hub"). Allowed: /subscriptions/.../resourceGroups/.../providers/Microsoft.Network/routeTables/.... Copy the resource id.',
    'cacheRepositories.cache.subnetSettings.serviceEndpoints[1]: is not a service of Azure (got "storage"). Allowed: services such as "Microsoft.Storage" and "Microsoft.KeyVault". Write the service as Azure does.',
    'cacheRepositories.cache.subnetSettings.privateEndpointNetworkPolicies: is not one of Azure\'s policies for private endpoints (got "enabled"). Allowed: Disabled, Enabled, NetworkSecurityGroupEnabled, RouteTableEnabled. Did you mean "Enabled"? Write that.',
  ]);
});

describe("without a subnet that is made they would do nothing, and are refused", () => {
  const given =
    '(got {"privateEndpointNetworkPolicies":"Enabled"}). Allowed: subnetSettings together with subnet.';

  test.each<[string, NonNullable<EntraIdBackupProps["cacheRepositories"]>[string], string]>([
    [
      "elsewhere",
      { addresses: ["10.9.0.0/28"] },
      `is only for new subnets, and the component has none ${given} Leave it out, or give the component a subnet.`,
    ],
    [
      "on another's machine",
      { on: "backupServer" },
      `is only for new subnets, and the component has none ${given} Leave it out, or give the component a subnet.`,
    ],
    [
      "in a subnet that exists",
      { existingSubnet: ExistingSubnet.dedicated(SUBNET, "10.7.0.0/27") },
      `is only for new subnets, and this one exists ${given} Leave it out.`,
    ],
  ])("%s", (_, place, said) => {
    const { virtualNetwork } = propsOfDeployment({
      ...smallestDeployment(),
      ...existingNetwork("vnet-hub", "rg-hub"),
    });
    expect(refusalLines(() => withCache({ ...place, subnetSettings: POLICIES }, { virtualNetwork }))).toEqual(
      [`cacheRepositories.cache.subnetSettings: ${said}`],
    );
  });

  test("also of a role that is composed by hand", () => {
    const stack = newStack();
    const network = new BackupNetwork(stack, "network", propsOfDeployment(smallestDeployment()));
    const props = { network, addresses: ["10.9.0.0/28"], subnetSettings: POLICIES };
    expect(refusalLines(() => new CacheRepository(stack, "cache", props))).toHaveLength(1);
  });
});

describe("beside a firewall", () => {
  const beside = {
    destinations: Destinations.azureFirewall({
      policyId: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/firewallPolicies/hub",
      privateIpAddress: "10.0.1.4",
      priority: 500,
    }),
    egress: undefined,
  };
  const inline = {
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"], inlineSubnets: true }),
  };
  type Made = Record<string, Record<string, Record<string, unknown>>>;
  const made = (settings: SubnetOptions | undefined, more: object = {}): Made => {
    const stack = newStack();
    new EntraIdBackup(stack, "backup", {
      ...propsOfDeployment(smallestDeployment()),
      backupServer: { subnet: "10.20.0.0/27", subnetSettings: settings },
      ...beside,
      ...more,
    });
    return (JSON.parse(Testing.synth(stack)) as { resource: Made }).resource;
  };
  const own = { routeTableId: ROUTE_TABLE };

  test("a route table of the platform's is the subnet's, none is made, and the firewall's rules are", () => {
    const { azurerm_route_table, azurerm_subnet_route_table_association, ...rest } = made(own);
    expect(azurerm_route_table).toBeUndefined();
    expect(Object.values(azurerm_subnet_route_table_association)).toEqual([
      expect.objectContaining({ route_table_id: ROUTE_TABLE }),
    ]);
    expect(Object.values(rest.azurerm_firewall_policy_rule_collection_group)).toHaveLength(1);
  });

  test.each([
    ["of the firewall", undefined, /^\$\{azurerm_route_table\..*\.id\}$/],
    ["of the platform", own, new RegExp(`^${ROUTE_TABLE}$`)],
  ])("the route table %s stands inside the virtual network's resource", (_, settings, id) => {
    const { azurerm_virtual_network, azurerm_subnet_route_table_association } = made(settings, inline);
    expect(azurerm_subnet_route_table_association).toBeUndefined();
    expect(Object.values(azurerm_virtual_network)[0].subnet).toEqual([
      expect.objectContaining({ route_table_id: expect.stringMatching(id) }),
    ]);
  });
});
