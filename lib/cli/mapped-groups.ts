import { suggest } from "../base/nearest";
import { UsageError } from "./usage-error";

/**
 * The groups that `--map component=group` names, by component.
 *
 * @param components the components of the deployment that have a group
 * @throws UsageError where a text is no such pair, or a component is none or there twice
 */
export function mappedGroups(pairs: readonly string[], components: readonly string[]): Map<string, string> {
  const groups = new Map<string, string>();
  for (const pair of pairs) {
    const [, given, group] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (given === undefined) {
      throw new UsageError(
        `--map takes a component and the name of its group (got "${pair}"). Write --map postgresql=nsg-db.`,
      );
    }
    const component = componentNamed(given, components);
    if (groups.has(component)) {
      throw new UsageError(`--map names the group of ${component} twice. Leave one of the two out.`);
    }
    groups.set(component, group);
  }
  return groups;
}

/** The component of this name, or the only one of this role. */
function componentNamed(given: string, components: readonly string[]): string {
  if (components.includes(given)) return given;
  const ofRole = components.filter((component) => component.startsWith(`${given}-`));
  if (ofRole.length === 1) return ofRole[0];
  const change =
    ofRole.length > 1 ? `Say which: ${ofRole.join(", ")}` : suggest(given, components, "Name one of these");
  throw new UsageError(
    `--map ${given}: the deployment has no such component with a group of its own. Allowed: ${components.join(", ")}. ${change}.`,
  );
}
