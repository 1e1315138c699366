import type { JsonNode } from "./json-node";
import { repetitionOf } from "./repetition";
import type { Maker, TerraformResource, TerraformResources } from "./terraform-resource";

/**
 * The resources of a stack that the Terraform CDK synthesized, or of any
 * configuration in Terraform's JSON syntax.
 *
 * @throws InvalidInputError where the file is not one
 */
export function resourcesOfSynthesizedStack(file: JsonNode): TerraformResources {
  const resources: TerraformResource[] = [];
  const notes: string[] = [];
  for (const [block, prefix] of [
    ["resource", ""],
    ["data", "data."],
  ]) {
    for (const [type, named] of file.at(block).entries()) {
      if (!/^(azurerm|azapi)_/.test(type)) continue;
      for (const [name, body] of named.entries()) {
        const address = `${prefix}${type}.${name}`;
        const values = bodyOf(body).object();
        const repetition = repetitionOf(values, address);
        if (repetition === "never") continue;
        if ("for_each" in values || "count" in values) {
          notes.push(`${address} is repeated (count or for_each), and is read as one. A plan has each.`);
        }
        resources.push({
          address,
          type,
          values,
          ...(typeof repetition === "object" && { existsIf: repetition.ifTrue }),
        });
      }
    }
  }
  return { resources, makers: modulesIn(file), locals: file.at("locals").object(), notes };
}

function modulesIn(file: JsonNode): Maker[] {
  return file
    .at("module")
    .entries()
    .flatMap(([name, body]) => {
      const values = bodyOf(body).object();
      const address = `module.${name}`;
      return repetitionOf(values, address) === "never" ? [] : [{ address, inputs: JSON.stringify(values) }];
    });
}

/** Terraform's JSON syntax takes a list of one body as well. */
function bodyOf(body: JsonNode): JsonNode {
  return Array.isArray(body.value) ? (body.items()[0] ?? body) : body;
}
