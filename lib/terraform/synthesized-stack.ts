import { JsonNode } from "./json-node";
import type { TerraformResource, TerraformResources } from "./terraform-resource";

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
      if (!type.startsWith("azurerm_")) continue;
      for (const [name, body] of named.entries()) {
        const address = `${prefix}${type}.${name}`;
        // Terraform's JSON syntax takes a list of one body as well.
        const values = (Array.isArray(body.value) ? (body.items()[0] ?? body) : body).object();
        if ("for_each" in values || "count" in values) {
          notes.push(`${address} is repeated (count or for_each), and is read as one. A plan has each.`);
        }
        if (new JsonNode(values.dynamic, "", file.file).has("security_rule")) {
          body
            .at("dynamic.security_rule")
            .refuse(
              "makes rules that are known only to Terraform",
              "rules written out under security_rule",
              "Run terraform plan -out=plan && terraform show -json plan, and give that file",
            );
        }
        resources.push({ address, type, values });
      }
    }
  }
  return { resources, notes };
}
