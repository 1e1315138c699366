import { comparableId, isAzureId } from "../../azure/azure-id";
import type { TakenAway } from "../found-network";
import { GROUPS_OF_INTERFACES, GROUPS_OF_SUBNETS } from "./associations";
import { groupOfRule } from "./groups";
import type { TerraformIndex } from "../resources/terraform-index";
import type { TerraformResource } from "../resources/terraform-resource";

const PLACES = ["azurerm_network_security_group", "azurerm_subnet", "azurerm_network_interface"];
const RULE = "azurerm_network_security_rule";

/** The parts of the network that a plan deletes. */
export function takenAwayBy(destroyed: readonly TerraformResource[], index: TerraformIndex): TakenAway {
  return {
    ids: new Set(
      destroyed
        .filter(({ type }) => PLACES.includes(type))
        .flatMap(({ values: { id } }) => (typeof id === "string" && isAzureId(id) ? [comparableId(id)] : [])),
    ),
    groupless: new Set(
      [GROUPS_OF_SUBNETS, GROUPS_OF_INTERFACES].flatMap(({ type, attribute, target }) =>
        destroyed
          .filter((resource) => resource.type === type)
          .flatMap((resource) => index.keyIn(resource, attribute, target) ?? []),
      ),
    ),
    rules: destroyed
      .filter(({ type }) => type === RULE)
      .flatMap((resource) => {
        const { address, values } = resource;
        return typeof values.name === "string"
          ? [{ address, name: values.name, group: groupOfRule(resource, index) }]
          : [];
      }),
  };
}
