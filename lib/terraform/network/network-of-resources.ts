import type { Problem } from "../../base/problem";
import type { FoundNetwork } from "../found-network";
import { asAzurerm } from "../resources/azapi";
import { adminRuleDoubt, isAdminRule, opaqueSourceOf, OpaqueSources } from "./opaque-sources";
import { deletedParts } from "./associations";
import { groupsOfTerraform, rulesOfTerraform } from "./groups";
import { TerraformIndex } from "../resources/terraform-index";
import { interfacesOfTerraform } from "./interfaces";
import type { OpaqueSource, TerraformResources } from "../resources/terraform-resource";
import { routesOfTerraform, subnetsWithRoutes } from "./route-tables";
import { subnetsOfTerraform } from "./subnets";
import { virtualNetworksOf } from "./virtual-networks";

/**
 * The network among Terraform's resources. References within the file are
 * followed; others are values known only at apply.
 *
 * @param file what errors call the file
 * @param index the resources, as indexOf makes it
 */
export function networkOfTerraform(
  file: string,
  read: TerraformResources,
  index = indexOf(read),
): FoundNetwork {
  const { resources: given, destroyed = [], gaps = [], inputs, notes } = read;
  const opaqueSources = new OpaqueSources(opaqueSourcesIn(read), index);
  const admin = given.filter(isAdminRule).map(({ address, values }) => adminRuleDoubt(address, values));
  const deleted = deletedParts(destroyed, index);
  const routed = subnetsWithRoutes(index);
  return {
    file,
    groups: groupsOfTerraform(index, deleted, opaqueSources, admin),
    rules: rulesOfTerraform(index),
    subnets: subnetsOfTerraform(index, deleted, opaqueSources).map((subnet) =>
      routed.has(subnet.key) ? { ...subnet, saysRoutes: true } : subnet,
    ),
    interfaces: interfacesOfTerraform(index, deleted),
    virtualNetworks: virtualNetworksOf(index),
    ...routesOfTerraform(index),
    deleted,
    gaps,
    ...(inputs && { inputs }),
    notes,
  };
}

/** The resources, to be found by address, id and type. */
export function indexOf(read: TerraformResources): TerraformIndex {
  return new TerraformIndex(
    read.resources.flatMap((resource) => asAzurerm(resource) ?? []),
    read,
  );
}

/** The modules and templates that may create more than the file shows. */
export function opaqueSourcesIn({ resources, opaqueSources = [] }: TerraformResources): OpaqueSource[] {
  return [...opaqueSources, ...resources.flatMap((resource) => opaqueSourceOf(resource) ?? [])];
}

/** Why Azure would refuse resources of a file. */
export function problemsIn({ groups, rules, subnets, interfaces }: FoundNetwork): Problem[] {
  return [...groups, ...rules, ...subnets, ...interfaces].flatMap(({ problems = [] }) => problems);
}
