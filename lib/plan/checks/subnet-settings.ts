import { PRIVATE_ENDPOINT_POLICIES } from "../../azure/azure-settings";
import { isOpaque } from "../../base/opaque";
import type { DeploymentComponent } from "../deployment";
import { suggest } from "../../base/nearest";
import { checkNetworkId } from "./network-ids";
import { type Problem, problemOf, refused } from "../../base/problem";

// Azure gains services; what each is called follows one pattern.
// Source: https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview
const SERVICE = /^Microsoft\.[A-Za-z0-9]+(\.[A-Za-z0-9]+)?$/;

/** Settings of a subnet: only for one that is made, and such as Azure takes. */
export function checkSubnetSettings(component: DeploymentComponent): Problem[] {
  const { subnetSettings, subnet } = component;
  if (subnetSettings === undefined) return [];
  const path = `${component.path}.subnetSettings`;
  if (subnet === undefined) return [withoutSubnet(path, component)];
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

function withoutSubnet(path: string, { existingSubnet, subnetSettings }: DeploymentComponent): Problem {
  return problemOf("subnet-settings-without-subnet", path, subnetSettings, {
    what: existingSubnet
      ? "is for subnets that are created, and this one exists"
      : "is for subnets that are created, and the component has none",
    allowed: "subnetSettings together with subnet",
    change: existingSubnet ? "Leave it out" : "Leave it out, or give the component a subnet",
  });
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
