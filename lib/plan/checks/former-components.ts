import { suggest } from "../../base/nearest";
import { type Problem, refused } from "../../base/problem";
import { isSingle } from "../../ports/port-table";
import { componentsOf, COMPONENT_PROPERTY, type Deployment } from "../deployment";

/** Former keys are not in use any more, and removed components have no subnet any more. */
export function checkFormerComponents(deployment: Partial<Deployment>): Problem[] {
  const components = componentsOf(deployment);
  const there = new Set(components.map(({ path }) => path));
  const withSubnet = new Set(
    components
      .filter(({ subnet, existingSubnet }) => subnet !== undefined || existingSubnet !== undefined)
      .map(({ path }) => path),
  );
  const former = new Map<string, string>();
  return [
    ...components.flatMap(({ path, role, formerKey }): Problem[] => {
      if (formerKey === undefined) return [];
      const was = `${COMPONENT_PROPERTY[role as keyof typeof COMPONENT_PROPERTY]}.${formerKey}`;
      const other = there.has(was) ? was : former.get(was);
      former.set(was, path);
      if (other === undefined) return [];
      return refused("former-key-taken", `${path}.formerKey`, formerKey, {
        what: other === path ? "is the key that the component has" : `is that of ${other}`,
        allowed: "a key that no component has, and that no other names as its former one",
        change: "Write the key that the component had, or leave it out",
      });
    }),
    ...(deployment.removed ?? []).flatMap((path, index) =>
      checkRemoved(`removed.${index}`, path, withSubnet),
    ),
  ];
}

function checkRemoved(at: string, path: string, withSubnet: ReadonlySet<string>): Problem[] {
  const properties = Object.entries(COMPONENT_PROPERTY).map(([role, property]) =>
    isSingle(role as keyof typeof COMPONENT_PROPERTY) ? property : `${property}.KEY`,
  );
  const [property, ...key] = path.split(".");
  const known =
    properties.includes(key.length === 0 ? property : `${property}.KEY`) && key.join(".") !== "KEY";
  if (known && !withSubnet.has(path)) return [];
  return refused("removed-invalid", at, path, {
    what: known ? "is a component that has a subnet" : "does not name a component",
    allowed: `components that were removed, or have no subnet any more: ${properties.join(", ")}`,
    change: known
      ? "Remove the component, or take it off this list"
      : suggest(path, properties, "Write its path"),
  });
}
