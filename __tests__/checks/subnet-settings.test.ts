import { TerraformVariable } from "cdktf";
import {
  BackupNetwork,
  CacheRepository,
  Destinations,
  EntraIdBackup,
  type EntraIdBackupProps,
  ExistingSubnet,
  type SubnetSettings,
} from "cdktf-veeam-entra-id";
import { propsOfDeployment } from "../../lib/deployment/props";
import { refusalLines } from "../support/refusals";
import { smallestDeployment } from "../support/sample-deployments";
import { newStack, synthesizeStack } from "../support/synthesized";

const ROUTE_TABLE = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/routeTables/rt-hub";
const SUBNET =
  "/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-old";
const POLICIES = { privateEndpointNetworkPolicies: "Enabled" };

function withCache(cache: NonNullable<EntraIdBackupProps["cacheRepositories"]>[string], more: object = {}) {
  const stack = newStack();
  const props = { ...propsOfDeployment(smallestDeployment()), cacheRepositories: { cache }, ...more };
  return { stack, backup: new EntraIdBackup(stack, "backup", props) };
}

const withSettings = (subnetSettings: SubnetSettings, more: object = {}) =>
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
    'cacheRepositories.cache.subnetSettings.routeTableId: is no id of a route table (got "rt-hub"). Allowed: /subscriptions/.../resourceGroups/.../providers/Microsoft.Network/routeTables/.... Copy the resource id.',
    'cacheRepositories.cache.subnetSettings.serviceEndpoints[1]: is no service of Azure (got "storage"). Allowed: services such as "Microsoft.Storage" and "Microsoft.KeyVault". Write the service as Azure does.',
    'cacheRepositories.cache.subnetSettings.privateEndpointNetworkPolicies: is none of Azure\'s policies for private endpoints (got "enabled"). Allowed: Disabled, Enabled, NetworkSecurityGroupEnabled, RouteTableEnabled. Did you mean "Enabled"? Write that.',
  ]);
});

describe("without a subnet that is made they would do nothing, and are refused", () => {
  const given = '(got {"privateEndpointNetworkPolicies":"Enabled"}). Allowed: subnetSettings beside subnet.';

  test.each<[string, NonNullable<EntraIdBackupProps["cacheRepositories"]>[string], string]>([
    [
      "elsewhere",
      { addresses: ["10.9.0.0/28"] },
      `are settings of a subnet, and none is made for the component ${given} Leave them out, or give the component a subnet.`,
    ],
    [
      "on another's machine",
      { on: "backupServer" },
      `are settings of a subnet, and none is made for the component ${given} Leave them out, or give the component a subnet.`,
    ],
    [
      "in a subnet that exists",
      { existingSubnet: ExistingSubnet.dedicated(SUBNET, "10.7.0.0/27") },
      `are settings of a subnet that exists, which are its owner's ${given} Leave them out.`,
    ],
  ])("%s", (_, place, said) => {
    expect(refusalLines(() => withCache({ ...place, subnetSettings: POLICIES }))).toEqual([
      `cacheRepositories.cache.subnetSettings: ${said}`,
    ]);
  });

  test("also of a role that is composed by hand", () => {
    const stack = newStack();
    const network = new BackupNetwork(stack, "network", propsOfDeployment(smallestDeployment()));
    const props = { network, addresses: ["10.9.0.0/28"], subnetSettings: POLICIES };
    expect(refusalLines(() => new CacheRepository(stack, "cache", props))).toHaveLength(1);
  });
});

test("a route table beside that of a firewall is refused under its own path", () => {
  const destinations = Destinations.azureFirewall({
    policyId: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/firewallPolicies/hub",
    privateIpAddress: "10.0.1.4",
    priority: 500,
  });
  expect(
    refusalLines(() => withSettings({ routeTableId: ROUTE_TABLE }, { destinations, egress: undefined })).map(
      (line) => line.split(" (")[0],
    ),
  ).toEqual([
    "cacheRepositories.cache.subnetSettings.routeTableId: is a second route table beside the one that leads to the firewall",
  ]);
});
