import { checkLocation, checkTags } from "../../azure/azure-settings";
import { checkDeploymentName, checkResourceGroupName } from "../../azure/names";
import type { IResourceNaming } from "../../azure/naming";
import type { Problem } from "../../base/problem";
import {
  componentsOf,
  type Deployment,
  type DeploymentComponent,
  networkFacts,
  type NetworkPart,
  resourceGroupFacts,
} from "../deployment";
import {
  checkFormerComponents,
  checkKey,
  checkPlacement,
  checkSharing,
  checkSubnet,
  checkTypes,
} from "./components";
import { checkFeatures, checkPortTable, featureWarnings, proxyPortWarnings } from "./features";
import { checkBandsOfGroups } from "./groups";
import {
  checkExistingSubnet,
  checkSubnetOfNetwork,
  checkSubnetSettings,
  checkVirtualNetwork,
  checkWayOut,
} from "./network";
import { addressWarnings, checkAddressLists, checkDnsNames, consoleWarnings, dnsNameWarnings } from "./peers";
import { type CheckedPrefixes, type Findings, type GivenPrefix, overlapsWithin } from "./prefixes";
import {
  checkKeysOfRoles,
  checkMigration,
  checkRepositoryRelations,
  checkTransmissionPorts,
  purposeWarnings,
  relationWarnings,
  transmissionWarnings,
} from "./relations";

/** Everything that is wrong with the values of a deployment, and with how they fit together. */
export function checkDeployment(deployment: Deployment, naming?: IResourceNaming): Findings {
  const topology = checkTopology(deployment);
  return {
    problems: [
      ...checkNetworkPart(deployment, naming, subnetsOf(deployment).prefixes),
      ...componentsOf(deployment).flatMap((component) => checkComponent(component, deployment, naming)),
      ...topology.problems,
      ...checkSharing(componentsOf(deployment)),
    ],
    warnings: topology.warnings,
  };
}

/** What is wrong with the network that a deployment lives in. */
export function checkNetworkPart(
  deployment: NetworkPart,
  naming: IResourceNaming | undefined,
  subnets: readonly GivenPrefix[],
): Problem[] {
  const group = resourceGroupFacts(deployment);
  return [
    ...checkDeploymentName("name", deployment.name, naming),
    ...checkLocation("location", deployment.location),
    ...checkResourceGroupName(group.path, group.name),
    ...checkVirtualNetwork(networkFacts(deployment.virtualNetwork), subnets),
    ...checkWayOut(deployment),
    ...(deployment.tags ? checkTags("tags", deployment.tags) : []),
  ];
}

/** Problems of one component alone. */
export function checkComponent(
  component: DeploymentComponent,
  { name, virtualNetwork }: NetworkPart,
  naming?: IResourceNaming,
): Problem[] {
  const { path, existingSubnet } = component;
  return [
    ...checkPlacement(component),
    ...checkSubnetSettings(component),
    ...checkKey(component, name, naming),
    ...(existingSubnet
      ? checkSubnetOfNetwork(`${path}.existingSubnet`, existingSubnet, networkFacts(virtualNetwork))
      : []),
  ];
}

/** What is wrong with components together, whose names and places are checked one by one elsewhere. */
export function checkTopology(deployment: Partial<Deployment>): Findings {
  const components = componentsOf(deployment);
  const subnets = subnetsOf(deployment);
  return {
    problems: [
      ...checkPortTable(deployment),
      ...checkKeysOfRoles(components),
      ...subnets.problems,
      ...overlapsWithin("subnet-overlap", subnets.prefixes, "subnets that do not overlap"),
      ...checkBandsOfGroups(components),
      ...checkAddressLists(deployment, subnets.prefixes),
      ...checkMigration(deployment),
      ...checkFormerComponents(deployment),
      ...checkTypes(components),
      ...checkFeatures(deployment),
      ...checkDnsNames(deployment),
      ...checkRepositoryRelations(deployment),
      ...checkTransmissionPorts(deployment),
    ],
    warnings: [
      ...consoleWarnings(deployment),
      ...proxyPortWarnings(deployment),
      ...purposeWarnings(components, deployment.features ?? []),
      ...featureWarnings(deployment),
      ...dnsNameWarnings(deployment),
      ...relationWarnings(deployment),
      ...transmissionWarnings(deployment),
      ...addressWarnings(deployment),
    ],
  };
}

/** The subnets of a deployment, created or existing, and what is wrong with them. */
export function subnetsOf(deployment: Partial<Deployment>): CheckedPrefixes {
  const { virtualNetwork } = deployment;
  const addressSpace = virtualNetwork ? networkFacts(virtualNetwork).addressSpace : [];
  const checked = componentsOf(deployment).flatMap(({ path, subnet, existingSubnet }) => [
    ...(subnet === undefined ? [] : [checkSubnet(`${path}.subnet`, subnet, addressSpace)]),
    ...(existingSubnet ? [checkExistingSubnet(`${path}.existingSubnet`, existingSubnet)] : []),
  ]);
  return {
    prefixes: checked.flatMap(({ prefixes }) => prefixes),
    problems: checked.flatMap(({ problems }) => problems),
  };
}
