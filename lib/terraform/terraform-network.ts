import { type Problem, refuseProblems } from "../base/problem";
import type { FoundNetwork } from "./found-network";
import { asAzurerm } from "./azapi";
import { adminRuleDoubt, isAdminRule, makerOf, Makers } from "./makers";
import { takenAwayBy } from "./terraform-destroyed";
import { groupsOfTerraform, rulesOfTerraform, undecidedRules } from "./terraform-groups";
import { TerraformIndex } from "./terraform-index";
import { interfacesOfTerraform } from "./terraform-interfaces";
import type { TerraformResources } from "./terraform-resource";
import { routesOfTerraform, subnetsWithRoutes } from "./terraform-routes";
import { subnetsOfTerraform } from "./terraform-subnets";
import { virtualNetworksOf } from "./terraform-virtual-networks";

/**
 * The groups among Terraform's resources, and what they are attached to.
 * References within the file are followed; others stay what they are: values
 * known only at apply.
 *
 * @param file what errors call the file
 * @throws InvalidInputError with everything that is wrong with the rules
 */
export function networkOfTerraform(
  file: string,
  {
    resources: given,
    destroyed = [],
    gaps = [],
    makers: modules = [],
    locals,
    notes: open,
  }: TerraformResources,
): FoundNetwork {
  const resources = given.flatMap((resource) => asAzurerm(resource) ?? []);
  const index = new TerraformIndex(resources, locals);
  const makers = new Makers([...modules, ...given.flatMap((resource) => makerOf(resource) ?? [])], index);
  const admin = given.filter(isAdminRule).map(({ address }) => adminRuleDoubt(address));
  const undecided = undecidedRules(index);
  const notes = [...open];
  const problems: Problem[] = [];
  const taken = takenAwayBy(destroyed, index);
  const routed = subnetsWithRoutes(index);
  const found: FoundNetwork = {
    file,
    groups: groupsOfTerraform(index, taken, makers, problems).map((group) =>
      admin.length > 0 ? { ...group, doubts: [...(group.doubts ?? []), ...admin] } : group,
    ),
    rules: rulesOfTerraform(index, problems),
    subnets: subnetsOfTerraform(index, taken, makers, notes, problems).map((subnet) =>
      routed.has(subnet.key) ? { ...subnet, saysRoutes: true } : subnet,
    ),
    interfaces: interfacesOfTerraform(index, taken, problems),
    virtualNetworks: virtualNetworksOf(index),
    routes: routesOfTerraform(index),
    ...(destroyed.length > 0 && { takenAway: taken }),
    ...(undecided.length > 0 && { undecidedRules: undecided }),
    ...(gaps.length > 0 && { gaps }),
    notes,
  };
  refuseProblems(file, problems);
  return found;
}
