import { type Problem, refuseProblems } from "../base/problem";
import type { FoundNetwork } from "./found-network";
import { takenAwayBy } from "./terraform-destroyed";
import { groupsOfTerraform, rulesOfTerraform } from "./terraform-groups";
import { TerraformIndex } from "./terraform-index";
import { interfacesOfTerraform } from "./terraform-interfaces";
import type { TerraformResources } from "./terraform-resource";
import { routesOfTerraform, subnetsWithRoutes } from "./terraform-routes";
import { subnetsOfTerraform } from "./terraform-subnets";
import { virtualNetworksOf } from "./terraform-virtual-networks";

/**
 * The groups among resources of Terraform's, and what they stand before.
 * References within the file are followed; others stay what they are: values
 * known only at apply.
 *
 * @param file what errors call the file
 * @throws InvalidInputError with everything that is wrong with the rules
 */
export function networkOfTerraform(
  file: string,
  { resources, destroyed = [], gaps = [], notes: open }: TerraformResources,
): FoundNetwork {
  const index = new TerraformIndex(resources);
  const notes = [...open];
  const problems: Problem[] = [];
  const taken = takenAwayBy(destroyed, index);
  const routed = subnetsWithRoutes(index);
  const found: FoundNetwork = {
    file,
    groups: groupsOfTerraform(index, taken, problems),
    rules: rulesOfTerraform(index, problems),
    subnets: subnetsOfTerraform(index, taken, notes, problems).map((subnet) =>
      routed.has(subnet.key) ? { ...subnet, saysRoutes: true } : subnet,
    ),
    interfaces: interfacesOfTerraform(index, taken, problems),
    virtualNetworks: virtualNetworksOf(index),
    routes: routesOfTerraform(index),
    ...(destroyed.length > 0 && { takenAway: taken }),
    ...(gaps.length > 0 && { gaps }),
    notes,
  };
  refuseProblems(file, problems);
  return found;
}
