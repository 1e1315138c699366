/**
 * The places of a jsii assembly whose type is a union or `any`, and so no
 * type at all in other languages: `types.<fqn>.properties.0.type (union)`.
 */
export function facelessTypes(assembly: { readonly types?: unknown }): string[] {
  return visit(assembly.types, "types");
}

function visit(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  const node = value as Record<string, unknown>;
  const own = "union" in node ? [`${path} (union)`] : node.primitive === "any" ? [`${path} (any)`] : [];
  return [...own, ...Object.entries(node).flatMap(([key, child]) => visit(child, `${path}.${key}`))];
}
