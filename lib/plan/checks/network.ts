import { PRIVATE_ENDPOINT_POLICIES } from "../../azure/azure-settings";
import { checkResourceGroupName, checkSimpleName } from "../../azure/names";
import { isPrivate, parseIpv4Address } from "../../azure/sets/ipv4-prefix";
import { suggest } from "../../base/nearest";
import { isOpaque } from "../../base/opaque";
import { type Problem, problemUnless, refused } from "../../base/problem";
import type { Deployment, DeploymentComponent, ExistingSubnetInput, NetworkFacts } from "../deployment";
import { checkAddresses } from "./components";
import { checkPriorityBand } from "./groups";
import {
  type CheckedPrefixes,
  checkKnownLength,
  checkPrefixList,
  type GivenPrefix,
  isManagedDatabase,
  MANAGED_DATABASE,
  overlapsWithin,
} from "./prefixes";

/** The virtual network's names, address space and DNS servers. */
export function checkVirtualNetwork(
  { path, existing, addressSpace, dnsServers }: NetworkFacts,
  subnets: readonly GivenPrefix[],
): Problem[] {
  const { prefixes, problems } = checkPrefixList(`${path}.addressSpace`, addressSpace);
  return [
    ...(existing
      ? [
          ...checkSimpleName(`${path}.name`, existing.name, 64),
          ...checkResourceGroupName(`${path}.resourceGroup`, existing.resourceGroup),
        ]
      : []),
    ...problems,
    ...overlapsWithin("prefix-overlap", prefixes, "prefixes that do not overlap"),
    ...checkDnsServers(`${path}.dnsServers`, dnsServers, subnets),
  ];
}

/** DNS servers of the virtual network, which are in no subnet of the deployment. */
export function checkDnsServers(
  path: string,
  servers: readonly string[],
  subnets: readonly GivenPrefix[],
): Problem[] {
  const ofServers = servers.flatMap((server, index) => {
    const at = `${path}[${index}]`;
    const refuse = (code: string, what: string, change: string): Problem[] =>
      refused(code, at, server, {
        what,
        allowed: 'IPv4 addresses without a mask, such as "10.0.0.4", each once',
        change,
      });
    if (isOpaque(server)) return [];
    if (server.includes(":"))
      return refuse("ipv6", "is an IPv6 address, which is not supported", "Give the server's IPv4 address");
    if (parseIpv4Address(server) === undefined) {
      const bare = server.replace(/\/32$/, "");
      const isMasked = parseIpv4Address(bare) !== undefined;
      const change = isMasked ? `Did you mean "${bare}"? Write that` : "Give the server's address";
      return refuse("address-invalid", "is not an IPv4 address", change);
    }
    if (servers.indexOf(server) < index)
      return refuse("duplicate", "is listed twice", "Leave one of the two out");
    const change = "Give the address of a DNS server outside the subnets of the deployment";
    return checkAddresses(at, [`${server}/32`], subnets)
      .slice(0, 1)
      .flatMap(({ code, what }) => refuse(code, what, change));
  });
  return [...checkKnownLength(path, servers), ...ofServers];
}

/** Outbound access: ids and addresses are valid, and there is one way out. */
export function checkWayOut({
  egress,
  destinations,
}: Pick<Deployment, "egress" | "destinations">): Problem[] {
  const natGateway = typeof egress === "object" ? egress.natGateway : undefined;
  const ofNatGateway =
    natGateway === undefined ? [] : checkNetworkId("egress.natGateway", natGateway, "natGateways");
  if (typeof destinations !== "object" || !("azureFirewall" in destinations)) return ofNatGateway;
  const { policyId, privateIpAddress } = destinations.azureFirewall;
  return [
    ...ofNatGateway,
    ...checkNetworkId("destinations.azureFirewall.policyId", policyId, "firewallPolicies"),
    ...checkPrivateAddress("destinations.azureFirewall.privateIpAddress", privateIpAddress),
    // A NAT gateway beside a firewall would carry nothing.
    ...problemUnless(egress === undefined || egress === "existing", {
      code: "egress-beside-firewall",
      path: "egress",
      what: "is a NAT gateway in addition to destinations.azureFirewall, which already provides outbound access",
      value: natGateway ?? "natGateway",
      allowed: "with a firewall: no egress, or outbound access that is managed elsewhere",
      change: "Leave egress out, or name the destinations by service tag",
    }),
  ];
}

function checkPrivateAddress(path: string, value: string): Problem[] {
  const address = parseIpv4Address(value);
  const isValid = address !== undefined && isPrivate({ base: address, length: 32 });
  if (isOpaque(value) || isValid) return [];
  return refused("address-invalid", path, value, {
    what: "is not a private IPv4 address",
    allowed: 'an address without a mask, such as "10.0.1.4"',
    change: "Give the firewall's private address",
  });
}

const SUBNET_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/virtualNetworks\/([^/]+)\/subnets\/[^/]+$/i;

/** A subnet that exists: which one, where, and what may be done to it. */
export function checkExistingSubnet(
  path: string,
  { id, addressPrefixes, dedicated, group }: ExistingSubnetInput,
): CheckedPrefixes {
  const { prefixes, problems } = checkPrefixList(`${path}.addressPrefixes`, addressPrefixes);
  const words = isManagedDatabase(id)
    ? MANAGED_DATABASE
    : { code: "id-invalid", what: "is not the id of a subnet", change: "Copy the resource id of the subnet" };
  const isOneOf = (dedicated === true) !== (group !== undefined);
  return {
    prefixes,
    problems: [
      ...problems,
      ...problemUnless(isOpaque(id) || SUBNET_ID.test(id), {
        path: `${path}.id`,
        value: id,
        allowed:
          "/subscriptions/.../resourceGroups/.../providers/Microsoft.Network/virtualNetworks/.../subnets/...",
        ...words,
      }),
      ...problemUnless(isOneOf, group ? "existing-subnet-ambiguous" : "existing-subnet-incomplete", path, {
        what: group ? "has both dedicated and group" : "has neither dedicated nor group",
        allowed:
          "exactly one of dedicated (only this component uses the subnet) and group (managed elsewhere; rules are added to it)",
        change: group ? "Keep one of the two" : "Add one of the two",
      }),
      ...(group ? checkPriorityBand(`${path}.group`, group) : []),
    ],
  };
}

/** A subnet that exists is in the virtual network of the deployment, which therefore exists too. */
export function checkSubnetOfNetwork(
  path: string,
  { id }: ExistingSubnetInput,
  { existing }: Pick<NetworkFacts, "existing">,
): Problem[] {
  const [, resourceGroup, name] = (isOpaque(id) ? undefined : SUBNET_ID.exec(id)) ?? [];
  if (name === undefined) return [];
  const refuse = (code: string, what: string, allowed: string, change: string): Problem[] =>
    refused(code, `${path}.id`, id, { what, allowed, change });
  if (!existing) {
    return refuse(
      "subnet-of-other-network",
      `is in the virtual network ${name}, but the deployment creates another`,
      "subnets of the deployment's existing virtual network",
      "Set virtualNetwork.existing to the network of this subnet, or give the component a subnet",
    );
  }
  if (isSame(existing.name, name) && isSame(existing.resourceGroup, resourceGroup)) return [];
  return refuse(
    "subnet-of-other-network",
    `is in the virtual network ${name} in ${resourceGroup}, not in the deployment's`,
    `subnets of ${existing.name} in ${existing.resourceGroup}`,
    "Use a subnet of the deployment's network, or set virtualNetwork.existing to the network of this subnet",
  );
}

/** Azure ignores case in names; what is known only at apply may be the same. */
function isSame(given: string, name: string): boolean {
  return isOpaque(given) || given.toLowerCase() === name.toLowerCase();
}

// Azure gains services; what each is called follows one pattern.
// Source: https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview
const SERVICE = /^Microsoft\.[A-Za-z0-9]+(\.[A-Za-z0-9]+)?$/;

/** Settings of a subnet: only for a subnet that is created, and with values that Azure accepts. */
export function checkSubnetSettings(component: DeploymentComponent): Problem[] {
  const { subnetSettings, subnet, existingSubnet } = component;
  if (subnetSettings === undefined) return [];
  const path = `${component.path}.subnetSettings`;
  if (subnet === undefined) {
    const [why, change] = existingSubnet
      ? ["this one exists", "Leave it out"]
      : ["the component has none", "Leave it out, or give the component a subnet"];
    return refused("subnet-settings-without-subnet", path, subnetSettings, {
      what: `is only for new subnets, and ${why}`,
      allowed: "subnetSettings together with subnet",
      change,
    });
  }
  const { routeTableId, serviceEndpoints = [], privateEndpointNetworkPolicies: policies } = subnetSettings;
  return [
    ...(routeTableId === undefined
      ? []
      : checkNetworkId(`${path}.routeTableId`, routeTableId, "routeTables")),
    ...serviceEndpoints.flatMap((service, index) =>
      checkService(`${path}.serviceEndpoints[${index}]`, service),
    ),
    ...(policies === undefined ? [] : checkPolicies(`${path}.privateEndpointNetworkPolicies`, policies)),
  ];
}

function checkService(path: string, service: string): Problem[] {
  if (isOpaque(service) || SERVICE.test(service)) return [];
  return refused("service-endpoint-invalid", path, service, {
    what: "is not a service of Azure",
    allowed: 'services such as "Microsoft.Storage" and "Microsoft.KeyVault"',
    change: "Write the service as Azure does",
  });
}

function checkPolicies(path: string, policies: string): Problem[] {
  if (isOpaque(policies) || PRIVATE_ENDPOINT_POLICIES.includes(policies)) return [];
  return refused("network-policies-invalid", path, policies, {
    what: "is not one of Azure's policies for private endpoints",
    allowed: PRIVATE_ENDPOINT_POLICIES.join(", "),
    change: suggest(policies, PRIVATE_ENDPOINT_POLICIES, "Choose one of these"),
  });
}

// Kinds of network resources that are named by id, and what a reader calls one.
const KINDS = {
  applicationSecurityGroups: "an application security group",
  firewallPolicies: "a firewall policy",
  natGateways: "a NAT gateway",
  routeTables: "a route table",
  virtualNetworks: "a virtual network",
} as const;

/** The id of a network resource that exists; one known only at apply passes. */
export function checkNetworkId(path: string, id: string, kind: keyof typeof KINDS): Problem[] {
  const provider = `Microsoft.Network/${kind}`;
  const pattern = new RegExp(
    String.raw`^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${provider.replace(".", String.raw`\.`)}/[^/]+$`,
    "i",
  );
  if (isOpaque(id) || pattern.test(id)) return [];
  return refused("id-invalid", path, id, {
    what: `is not the id of ${KINDS[kind]}`,
    allowed: `/subscriptions/.../resourceGroups/.../providers/${provider}/...`,
    change: "Copy the resource id",
  });
}

const RESOURCE_GROUP_ID = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i;

/** The id of a resource group that exists, not of something in one; an id known only at apply passes. */
export function checkResourceGroupId(path: string, id: string): Problem[] {
  if (isOpaque(id) || RESOURCE_GROUP_ID.test(id)) return [];
  return refused("id-invalid", path, id, {
    what: "is not the id of a resource group",
    allowed: "/subscriptions/.../resourceGroups/...",
    change: "Copy the id of the resource group, or give its name to BackupResourceGroup.fromName",
  });
}
