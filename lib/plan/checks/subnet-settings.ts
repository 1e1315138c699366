import { isOpaque } from "../../base/opaque";
import type { ComponentInput } from "./deployment-input";
import { suggest } from "../../base/nearest";
import { checkNetworkId } from "./network-ids";
import type { Problem } from "../../base/problem";

/** What a subnet has beside its prefix and its group. */
export interface SubnetSettingsInput {
  readonly routeTableId?: string;
  readonly serviceEndpoints?: readonly string[];
  readonly privateEndpointNetworkPolicies?: string;
}

// Source: https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy
const POLICIES: readonly string[] = [
  "Disabled",
  "Enabled",
  "NetworkSecurityGroupEnabled",
  "RouteTableEnabled",
];

// Azure gains services; what each is called follows one pattern.
// Source: https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview
const SERVICE = /^Microsoft\.[A-Za-z0-9]+(\.[A-Za-z0-9]+)?$/;

/** Settings of a subnet: only for one that is made, and such as Azure takes. */
export function checkSubnetSettings(component: ComponentInput): Problem[] {
  const { subnetSettings, subnet, refused } = component;
  if (subnetSettings === undefined) return [];
  const path = `${component.path}.subnetSettings`;
  if (subnet === undefined && !refused?.includes("subnet")) return [withoutSubnet(path, component)];
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

function withoutSubnet(path: string, { existingSubnet, subnetSettings }: ComponentInput): Problem {
  return {
    path,
    what: existingSubnet
      ? "are settings of a subnet that exists, which are its owner's"
      : "are settings of a subnet, and none is made for the component",
    value: subnetSettings,
    allowed: "subnetSettings beside subnet",
    change: existingSubnet ? "Leave them out" : "Leave them out, or give the component a subnet",
  };
}

function checkService(path: string, service: string): Problem[] {
  if (isOpaque(service) || SERVICE.test(service)) return [];
  return [
    {
      path,
      what: "is no service of Azure",
      value: service,
      allowed: 'services such as "Microsoft.Storage" and "Microsoft.KeyVault"',
      change: "Write the service as Azure does",
    },
  ];
}

function checkPolicies(path: string, policies: string): Problem[] {
  if (isOpaque(policies) || POLICIES.includes(policies)) return [];
  return [
    {
      path,
      what: "is none of Azure's policies for private endpoints",
      value: policies,
      allowed: POLICIES.join(", "),
      change: suggest(policies, POLICIES, "Choose one of these"),
    },
  ];
}
