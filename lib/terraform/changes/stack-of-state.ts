import type { Attributes, SynthesizedJson } from "./stack-changes";

/** The parts of Terraform's state that are read. */
export interface TerraformState {
  readonly resources?: ReadonlyArray<{
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: ReadonlyArray<{ readonly attributes?: Attributes }>;
  }>;
}

/**
 * The resources in a state file as in a synthesized stack: the id of another
 * resource is a reference to it. The other values are as the provider stores them.
 */
export function stackOfState({ resources = [] }: TerraformState): SynthesizedJson {
  const managed = resources.flatMap(({ mode, type, name, instances }) => {
    const attributes = instances[0]?.attributes;
    return mode === "managed" && attributes ? [{ type, name, attributes }] : [];
  });
  const references = new Map(
    managed.map(({ type, name, attributes }) => [attributes.id, `\${${type}.${name}.id}`]),
  );
  const stack: Record<string, Record<string, Attributes>> = {};
  for (const { type, name, attributes } of managed) {
    const entries = Object.entries(attributes).map(([key, value]) => [
      key,
      key === "id" ? value : (references.get(value) ?? value),
    ]);
    stack[type] = { ...stack[type], [name]: Object.fromEntries(entries) as Attributes };
  }
  return { resource: stack };
}
