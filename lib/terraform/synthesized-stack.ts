import type { JsonNode } from "./json-node";
import { repetitionOf } from "./repetition";
import { TerraformIndex } from "./terraform-index";
import type { Maker, TerraformResource, TerraformResources } from "./terraform-resource";

/**
 * The resources of a stack that the Terraform CDK synthesized, or of any
 * configuration in Terraform's JSON syntax.
 *
 * @throws InvalidInputError where the file is not one
 */
export function resourcesOfSynthesizedStack(file: JsonNode): TerraformResources {
  const locals = Object.fromEntries(
    bodiesOf(file.at("locals")).flatMap((body) => Object.entries(body.object())),
  );
  const written = [...resourcesIn(file.at("resource"), ""), ...resourcesIn(file.at("data"), "data.")];
  const index = new TerraformIndex(written, locals);
  const notes: string[] = [];
  const resources = written.flatMap((resource) => {
    const { address, values } = resource;
    const repetition = repetitionOf(values, address, index);
    if (repetition === "never") return [];
    if ("for_each" in values || "count" in values) {
      notes.push(`${address} is repeated (count or for_each), and is read as one. A plan has each.`);
    }
    return [{ ...resource, ...(typeof repetition === "object" && { existsIf: repetition.ifTrue }) }];
  });
  return { resources, makers: modulesIn(file.at("module"), index), locals, notes };
}

function resourcesIn(block: JsonNode, prefix: string): TerraformResource[] {
  return namedIn(block)
    .filter(([type]) => /^(azurerm|azapi)_/.test(type))
    .flatMap(([type, bodies]) =>
      namedIn(bodies).flatMap(([name, body]) =>
        bodiesOf(body).map((one) => ({
          address: `${prefix}${type}.${name}`,
          type,
          values: one.object(),
        })),
      ),
    );
}

function modulesIn(block: JsonNode, index: TerraformIndex): Maker[] {
  return namedIn(block).flatMap(([name, body]) => {
    const [values = {}] = bodiesOf(body).map((one) => one.object());
    const address = `module.${name}`;
    return repetitionOf(values, address, index) === "never"
      ? []
      : [{ address, inputs: JSON.stringify(values) }];
  });
}

/** Terraform's JSON syntax takes a list of bodies wherever it takes one. */
function bodiesOf(block: JsonNode): JsonNode[] {
  if (!block.isSet) return [];
  return Array.isArray(block.value) ? block.items() : [block];
}

function namedIn(block: JsonNode): Array<readonly [string, JsonNode]> {
  return bodiesOf(block).flatMap((body) => body.entries());
}
