import type { FoundNetwork } from "./found-network";
import { endpointsOfTerraform } from "./terraform-endpoints";
import { groupsOfTerraform } from "./terraform-groups";
import { TerraformIndex } from "./terraform-index";
import type { TerraformResources } from "./terraform-resource";

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
  { resources, notes: open }: TerraformResources,
): FoundNetwork {
  const index = new TerraformIndex(resources);
  const notes = [...open];
  return {
    file,
    groups: groupsOfTerraform(file, index, notes),
    endpoints: endpointsOfTerraform(index, notes),
    addressSpaces: index
      .ofType("azurerm_virtual_network")
      .map((network) => index.prefixes(network, "address_space")),
    notes,
  };
}
