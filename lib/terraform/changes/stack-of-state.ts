import type { Attributes, SynthesizedJson } from "./stack-changes";

/** Terraform's state, as far as it is read here. */
export interface TerraformState {
  readonly resources?: ReadonlyArray<{
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: ReadonlyArray<{ readonly attributes?: Attributes }>;
  }>;
}

/**
 * The resources in a state file, as a synthesized stack has them: an id of
 * another resource of the state is a reference to it. Attributes have the
 * values that the provider stores.
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
