import { suggest } from "../base/nearest";
import { UsageError } from "./exit-code";

/**
 * The groups that `--map component=group` names, by component.
 *
 * @param components components of the deployment that have a group
 * @throws UsageError if a text is not such a pair, or a component is unknown or given twice
 */
export function mappedGroups(pairs: readonly string[], components: readonly string[]): Map<string, string> {
  const groups = new Map<string, string>();
  for (const pair of pairs) {
    const [, given, group] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (given === undefined) {
      throw new UsageError(`--map "${pair}" is not a component and a group. Write --map postgresql=nsg-db.`);
    }
    const component = componentNamed(given, components);
    if (groups.has(component)) {
      throw new UsageError(`--map gives two groups for ${component}. Remove one.`);
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
    ofRole.length > 1
      ? `Write one of ${ofRole.join(", ")}`
      : suggest(given, components, "Write one of these");
  throw new UsageError(
    `--map ${given}: the deployment has no component of this name with its own group. Allowed: ${components.join(", ")}. ${change}.`,
  );
}
