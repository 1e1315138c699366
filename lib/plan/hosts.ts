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

/** The component whose machine another shares in the end; none where it has a place of its own, or `on` leads nowhere. */
export function hostOf(
  component: DeploymentComponent,
  components: readonly DeploymentComponent[],
): DeploymentComponent | undefined {
  const last = hostsOf(component, components).pop();
  return last?.on === undefined ? last : undefined;
}

/** Those that `on` leads to, one after the other; it ends where it leads nowhere, or back. */
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

/** What others name, for its machine or as their gateway, comes before those that name it. */
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
