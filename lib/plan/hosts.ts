import { operatingSystemOf } from "../ports/component-types";
import type { DeploymentComponent } from "./deployment";

/** The type of a component: its own, or the operating system of the machine that it shares. */
export function effectiveType(
  component: DeploymentComponent,
  components: readonly DeploymentComponent[],
): string | undefined {
  if (component.type !== undefined) return component.type;
  const typed = hostsOf(component, components).find(({ type }) => type !== undefined);
  return operatingSystemOf(typed?.type);
}

/** The component whose machine another shares; undefined if it has its own place or `on` does not name a component. */
export function hostOf(
  component: DeploymentComponent,
  components: readonly DeploymentComponent[],
): DeploymentComponent | undefined {
  const last = hostsOf(component, components).pop();
  return last?.on === undefined ? last : undefined;
}

/** The components along `on`, up to one without a host or to a circle. */
function hostsOf(
  component: DeploymentComponent,
  components: readonly DeploymentComponent[],
): DeploymentComponent[] {
  const hosts: DeploymentComponent[] = [];
  let { on } = component;
  while (on !== undefined) {
    const host = components.find(({ path }) => path === on);
    if (!host || host === component || hosts.includes(host)) break;
    hosts.push(host);
    on = host.on;
  }
  return hosts;
}

/** The components in an order in which each comes after its host and its gateways. */
export function inOrderOfSharing<C extends Pick<DeploymentComponent, "path" | "on" | "gateways">>(
  components: readonly C[],
): C[] {
  const byPath = new Map(components.map((component) => [component.path, component]));
  const ordered = new Set<C>();
  const begun = new Set<C>();
  const place = (component: C): void => {
    if (begun.has(component)) return;
    begun.add(component);
    for (const path of [component.on, ...(component.gateways ?? [])]) {
      const named = path === undefined ? undefined : byPath.get(path);
      if (named) place(named);
    }
    ordered.add(component);
  };
  components.forEach(place);
  return [...ordered];
}
