import { componentSlug } from "../ports/port-table";
import { VeeamRole } from "../ports/port-table";

/** What the tags of a group say of the component behind it. */
export interface VeeamTags {
  readonly role: VeeamRole;
  /** Name among the components of its role. */
  readonly key: string;
}

/** The component that tags name, or undefined where they name none. */
export function veeamTagsOf(tags: Readonly<Record<string, string>>): VeeamTags | undefined {
  const named = valueOf(tags, "veeam-role")?.toLowerCase();
  const role = Object.values(VeeamRole).find((candidate) => candidate === named);
  return role === undefined ? undefined : { role, key: valueOf(tags, "veeam-component") ?? role };
}

/** What the component is called in names and reports: `cache-repository-cache`. */
export function nameOfComponent(tags: Readonly<Record<string, string>>): string | undefined {
  const component = veeamTagsOf(tags);
  return component && componentSlug(component.role, component.key);
}

/** The value of a tag, whose name is the same to Azure whatever the case. */
function valueOf(tags: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(tags).find(([key]) => key.toLowerCase() === name)?.[1];
}
