import type { JsonNode } from "./json-node";
import { PlanConfiguration } from "./plan-configuration";
import type { TerraformResource, TerraformResources } from "./terraform-resource";

/** The resources of a state, as `terraform show -json` prints it. @throws InvalidInputError where the file is not one */
export function resourcesOfState(file: JsonNode): TerraformResources {
  const resources = resourcesOfModule(file.at("values").at("root_module")).map(({ node }) =>
    resourceOf(node),
  );
  return { resources, notes: [] };
}

/**
 * The resources as a plan leaves them, as `terraform show -json PLAN` prints
 * it. What will be known only after the apply is said by the reference that
 * the configuration holds for it.
 *
 * @throws InvalidInputError where the file is not one
 */
export function resourcesOfPlan(file: JsonNode): TerraformResources {
  const planned = resourcesOfModule(file.at("planned_values").at("root_module"));
  // Data sources are not planned: what they read stands in the state before.
  const read = resourcesOfModule(file.at("prior_state").at("values").at("root_module"))
    .filter(({ node }) => node.at("mode").text() === "data")
    .map(({ node }) => resourceOf(node));
  const unknown = new Map(
    file
      .at("resource_changes")
      .items()
      .map((change) => [change.at("address").requiredText(), change.at("change").at("after_unknown").value]),
  );
  const configuration = new PlanConfiguration(
    file.at("configuration").at("root_module"),
    planned.map(({ node }) => node.at("address").requiredText()),
  );
  const resources = planned.map(({ node, module }) => {
    const resource = resourceOf(node);
    const values = configuration.withReferences(resource, module, unknown.get(resource.address));
    return { ...resource, values };
  });
  const errored = file.at("errored").value === true;
  const notes = [
    ...(errored ? ["The plan ended with an error, and may lack what comes after it."] : []),
    ...configuration.notes,
  ];
  return { resources: [...resources, ...read], notes };
}

interface ResourceInModule {
  readonly node: JsonNode;
  /** Address of the module: `module.net["a"]`; empty for the root. */
  readonly module: string;
}

function resourcesOfModule(root: JsonNode): ResourceInModule[] {
  const found: ResourceInModule[] = [];
  const open = [root];
  for (let module = open.shift(); module; module = open.shift()) {
    const address = module.at("address").text() ?? "";
    for (const node of module.at("resources").items()) {
      if (node.at("type").requiredText().startsWith("azurerm_")) found.push({ node, module: address });
    }
    open.push(...module.at("child_modules").items());
  }
  return found;
}

function resourceOf(node: JsonNode): TerraformResource {
  return {
    address: node.at("address").requiredText(),
    type: node.at("type").requiredText(),
    values: node.at("values").object(),
  };
}
