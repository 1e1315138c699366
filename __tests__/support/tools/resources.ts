/** A resource, as Terraform reads it. */
export type Resource = Record<string, unknown>;

/** Resources by type. */
export type Resources = Record<string, Resource[]>;

/** A key vault. */
export const VAULT =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/vault";

/** The resources of a synthesized stack. */
export function resourcesOf(json: string): Resources {
  const { resource } = JSON.parse(json) as { resource?: Record<string, Record<string, Resource>> };
  return Object.fromEntries(
    Object.entries(resource ?? {}).map(([type, named]) => [type, Object.values(named)]),
  );
}

/** The one nested block of a name, which is a list or an object; none is undefined. */
export function blockOf(resource: Resource, name: string): Resource | undefined {
  const block = resource[name];
  return (Array.isArray(block) ? block[0] : block) as Resource | undefined;
}

/** What a machine reads at its first boot; where a piece of it is known at apply, the rest. */
export function customDataOf(machine: Resource): string {
  const text = String(machine.custom_data ?? "");
  const pieces = [...text.matchAll(/base64decode\("([^"]+)"\)/g)].map(([, encoded]) => encoded);
  return (pieces.length > 0 ? pieces : [text])
    .map((piece) => Buffer.from(piece, "base64").toString())
    .join("<known at apply>");
}
