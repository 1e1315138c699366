import { componentSlug, VeeamRole } from "../../ports/port-table";

/** The name of the component in the tags of a group: `cache-repository-cache`. */
export function nameOfComponent(tags: Readonly<Record<string, string>>): string | undefined {
  const named = valueOf(tags, "veeam-role")?.toLowerCase();
  const role = Object.values(VeeamRole).find((candidate) => candidate === named);
  return role === undefined ? undefined : componentSlug(role, valueOf(tags, "veeam-component") ?? role);
}

/** The value of a tag. Azure ignores the case of its name. */
function valueOf(tags: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(tags).find(([key]) => key.toLowerCase() === name)?.[1];
}
