import { NatGateway } from "@cdktf/provider-azurerm/lib/nat-gateway";
import { NatGatewayPublicIpAssociation } from "@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association";
import {
  NetworkSecurityGroup,
  type NetworkSecurityGroupSecurityRule,
} from "@cdktf/provider-azurerm/lib/network-security-group";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetNatGatewayAssociation } from "@cdktf/provider-azurerm/lib/subnet-nat-gateway-association";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import type { Construct } from "constructs";

type Rule = NetworkSecurityGroupSecurityRule;

const WHY: Readonly<Record<string, string>> = {
  "console-to-backup-server-rest-api": "REST API of the backup server",
  "console-to-backup-server": "console and web UI of the backup server",
  "backup-server-to-postgresql": "database of the Entra ID backup repository",
  "backup-server-to-http-proxy": "HTTP proxy on the way to Microsoft",
  "backup-server-to-cache-repository": "Veeam installer and transport services",
  "http-proxy-to-entra-id": "Microsoft Graph and sign-in, for the backup server",
  "http-proxy-to-resource-manager": "Azure Resource Manager, for the backup server",
  "cache-repository-to-gateway-server": "data channels of log backup and log backup copy",
  "cache-repository-to-backup-repository": "data channels of log backup and log backup copy",
};

const allow = (direction: string, name: string, priority: number, rest: Partial<Rule>): Rule => ({
  name: `allow-${direction === "Inbound" ? "in" : "out"}-${name}`,
  priority,
  direction,
  access: "Allow",
  protocol: "Tcp",
  sourcePortRange: "*",
  description: `Entra ID ports: ${WHY[name]}`,
  // The provider stores an empty text where the plural is used.
  ...(rest.destinationPortRanges ? { destinationPortRange: "" } : {}),
  ...(rest.destinationAddressPrefixes ? { destinationAddressPrefix: "" } : {}),
  ...rest,
});

const deny = (direction: string): Rule => ({
  name: `deny-all-${direction === "Inbound" ? "in" : "out"}`,
  priority: 4096,
  direction,
  access: "Deny",
  protocol: "*",
  sourcePortRange: "*",
  destinationPortRange: "*",
  sourceAddressPrefix: "*",
  destinationAddressPrefix: "*",
  description: "Denies everything that no flow allows.",
});

const between = (
  sourceAddressPrefix: string,
  destinationAddressPrefix: string,
  destinationPortRange: string,
) => ({
  sourceAddressPrefix,
  destinationAddressPrefix,
  destinationPortRange,
});

const SERVER = "10.20.0.0/27";
const POSTGRESQL = "10.20.0.32/28";
const PROXY = "10.20.0.48/28";
const CACHE = "10.20.0.64/27";
const GATEWAY = "10.20.0.96/27";
const REPOSITORY = "10.20.0.128/27";

/** The benchmark's subnets and rules, as a person would write them. */
const subnets: ReadonlyArray<readonly [role: string, key: string, prefix: string, rules: Rule[]]> = [
  [
    "backup-server",
    "backup-server",
    SERVER,
    [
      allow("Inbound", "console-to-backup-server-rest-api", 100, between("10.1.0.0/24", SERVER, "9419")),
      allow("Inbound", "console-to-backup-server", 110, between("10.1.0.0/24", SERVER, "443")),
      deny("Inbound"),
      allow("Outbound", "backup-server-to-postgresql", 120, between(SERVER, POSTGRESQL, "5432")),
      allow("Outbound", "backup-server-to-http-proxy", 130, between(SERVER, PROXY, "3128")),
      allow("Outbound", "backup-server-to-cache-repository", 200, {
        sourceAddressPrefix: SERVER,
        destinationAddressPrefix: CACHE,
        destinationPortRanges: ["6160", "6162"],
      }),
      deny("Outbound"),
    ],
  ],
  [
    "postgresql",
    "postgresql",
    POSTGRESQL,
    [
      allow("Inbound", "backup-server-to-postgresql", 120, between(SERVER, POSTGRESQL, "5432")),
      deny("Inbound"),
      deny("Outbound"),
    ],
  ],
  [
    "http-proxy",
    "http-proxy",
    PROXY,
    [
      allow("Inbound", "backup-server-to-http-proxy", 130, between(SERVER, PROXY, "3128")),
      deny("Inbound"),
      allow("Outbound", "http-proxy-to-entra-id", 160, between(PROXY, "AzureActiveDirectory", "443")),
      allow("Outbound", "http-proxy-to-resource-manager", 170, between(PROXY, "AzureResourceManager", "443")),
      deny("Outbound"),
    ],
  ],
  [
    "cache-repository",
    "cache",
    CACHE,
    [
      allow("Inbound", "backup-server-to-cache-repository", 200, {
        sourceAddressPrefix: SERVER,
        destinationAddressPrefix: CACHE,
        destinationPortRanges: ["6160", "6162"],
      }),
      deny("Inbound"),
      allow("Outbound", "cache-repository-to-gateway-server", 180, between(CACHE, GATEWAY, "2500-3300")),
      allow("Outbound", "cache-repository-to-backup-repository", 190, {
        sourceAddressPrefix: CACHE,
        destinationAddressPrefixes: ["10.2.0.0/27", REPOSITORY],
        destinationPortRange: "2500-3300",
      }),
      deny("Outbound"),
    ],
  ],
  [
    "gateway-server",
    "gateway",
    GATEWAY,
    [
      allow("Inbound", "cache-repository-to-gateway-server", 180, between(CACHE, GATEWAY, "2500-3300")),
      deny("Inbound"),
      deny("Outbound"),
    ],
  ],
  [
    "backup-repository",
    "primary",
    REPOSITORY,
    [
      allow("Inbound", "cache-repository-to-backup-repository", 190, between(CACHE, REPOSITORY, "2500-3300")),
      deny("Inbound"),
      deny("Outbound"),
    ],
  ],
];

/** The resources of bench/deployment.json with nothing but the provider's classes: what a person does without the library. */
export function deploymentByHand(scope: Construct): void {
  const name = "veeam-entra";
  const location = "westeurope";
  const tags = { owner: "platform" };
  const group = new ResourceGroup(scope, "rg", { name: "rg-veeam-entra", location, tags });
  const resourceGroupName = group.name;
  const network = new VirtualNetwork(scope, "vnet", {
    name: `vnet-${name}`,
    location,
    resourceGroupName,
    addressSpace: ["10.20.0.0/24"],
    dnsServers: [],
    tags,
  });
  const gateway = new NatGateway(scope, "ng", {
    name: `ng-${name}`,
    location,
    resourceGroupName,
    skuName: "Standard",
    tags,
  });
  const address = new PublicIp(scope, "pip", {
    name: `pip-${name}`,
    location,
    resourceGroupName,
    allocationMethod: "Static",
    sku: "Standard",
    tags,
  });
  new NatGatewayPublicIpAssociation(scope, "ng-pip", {
    natGatewayId: gateway.id,
    publicIpAddressId: address.id,
  });
  for (const [role, key, prefix, securityRule] of subnets) {
    const component = role === key ? role : `${role}-${key}`;
    const nsg = new NetworkSecurityGroup(scope, `nsg-${component}`, {
      name: `nsg-${name}-${component}`,
      location,
      resourceGroupName,
      securityRule,
      tags: {
        ...tags,
        "veeam-role": role,
        "veeam-component": key,
        "veeam-port-table": "13.0.1.1071@2026-02-12",
      },
    });
    const subnet = new Subnet(scope, `snet-${component}`, {
      name: `snet-${name}-${component}`,
      resourceGroupName,
      virtualNetworkName: network.name,
      addressPrefixes: [prefix],
      defaultOutboundAccessEnabled: false,
      dependsOn: [nsg],
    });
    const association = new SubnetNetworkSecurityGroupAssociation(scope, `assoc-${component}`, {
      subnetId: subnet.id,
      networkSecurityGroupId: nsg.id,
    });
    if (component === "http-proxy") {
      new SubnetNatGatewayAssociation(scope, `ng-${component}`, {
        subnetId: subnet.id,
        natGatewayId: gateway.id,
        dependsOn: [association],
      });
    }
  }
}
