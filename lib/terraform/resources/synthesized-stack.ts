import type { JsonNode } from "../files/json-node";
import {
  repetitionOf,
  formatReference,
  type OpaqueSource,
  type TerraformResource,
  type TerraformResources,
  type TerraformAttributes,
} from "./terraform-resource";
import { TerraformIndex } from "./terraform-index";
import { objectsIn, textList } from "../files/json-values";

/**
 * The resources of a cdk.tf.json, or of any configuration in Terraform's JSON
 * syntax.
 *
 * @param stack what addresses begin with: `hub:` where several stacks are read together
 * @throws InvalidInputError where the file is not one
 */
export function resourcesOfSynthesizedStack(
  file: JsonNode,
  stack = "",
): TerraformResources & Required<Pick<TerraformResources, "locals" | "opaqueSources">> {
  const locals = Object.fromEntries(
    bodiesOf(file.at("locals"))
      .flatMap((body) => Object.entries(body.object()))
      .map(([name, value]) => [`${stack}local.${name}`, value]),
  );
  const written = [
    ...resourcesIn(file.at("resource"), stack),
    ...resourcesIn(file.at("data"), `${stack}data.`),
  ];
  const index = new TerraformIndex(written, { locals });
  const notes: string[] = [];
  const resources = written.flatMap((resource) => {
    const { address, values } = resource;
    const existsIf = repetitionOf(values, address, index);
    if (!existsIf) return [];
    if ("for_each" in values || "count" in values) {
      notes.push(`${address} is repeated (count or for_each), and is read as one. A plan has each.`);
    }
    return [{ ...resource, ...(existsIf.length > 0 && { existsIf }) }];
  });
  return { resources, opaqueSources: modulesIn(file.at("module"), index), locals, notes };
}

/** The variables and data sources that the resources, locals and modules of a configuration name, as it writes them. */
export function inputsOf(file: JsonNode): Record<string, string> {
  const text = JSON.stringify(["resource", "locals", "module"].map((block) => file.at(block).value));
  const inputs = [
    ...namedIn(file.at("variable")).map(([name, body]) => [`var.${name}`, body] as const),
    ...namedIn(file.at("data")).flatMap(([type, bodies]) =>
      namedIn(bodies).map(([name, body]) => [`data.${type}.${name}`, body] as const),
    ),
  ];
  return Object.fromEntries(
    inputs
      .filter(([reference]) => text.includes(reference))
      .map(([reference, body]) => [reference, JSON.stringify(body.value)]),
  );
}

function resourcesIn(block: JsonNode, prefix: string): TerraformResource[] {
  return namedIn(block)
    .filter(([type]) => /^(azurerm|azapi)_/.test(type))
    .flatMap(([type, bodies]) =>
      namedIn(bodies).flatMap(([name, body]) =>
        bodiesOf(body).map((one) => {
          const address = `${prefix}${type}.${name}`;
          const values = one.object();
          return {
            address,
            type,
            values: withoutIgnored(values, address),
            written: Object.keys(values).filter((key) => values[key] !== null),
          };
        }),
      ),
    );
}

// Attributes that identify the resource, or that do not matter here.
const NOT_IGNORED =
  /^(name|tags|location|lifecycle|count|for_each|dynamic|.*_name|subnet_id|network_interface_id)$/;

/** The values that are certain: Terraform does not change an attribute whose changes it ignores. */
function withoutIgnored(values: TerraformAttributes, address: string): TerraformAttributes {
  const ignored = objectsIn(values.lifecycle).flatMap(({ ignore_changes: list }) =>
    list === "all" ? Object.keys(values) : (textList(list) ?? []).map((one) => one.split(/[.[]/)[0]),
  );
  const open = ignored.filter((key) => Object.hasOwn(values, key) && !NOT_IGNORED.test(key));
  return { ...values, ...Object.fromEntries(open.map((key) => [key, formatReference(address, key)])) };
}

function modulesIn(block: JsonNode, index: TerraformIndex): OpaqueSource[] {
  return namedIn(block).flatMap(([name, body]) => {
    const [values = {}] = bodiesOf(body).map((one) => one.object());
    const address = `module.${name}`;
    return repetitionOf(values, address, index) ? [{ address, inputs: JSON.stringify(values) }] : [];
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
