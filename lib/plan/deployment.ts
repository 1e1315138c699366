import type * as z from "zod/mini";
import { operatingSystemOf } from "../ports/component-types";
import { isSingle, VeeamRole } from "../ports/port-table";
import type { deploymentSchema } from "./shape/schema";

/** Read-only plain data. A number known only at apply is a text. */
type Plain<T> = T extends number
  ? number | string
  : T extends string | boolean
    ? T
    : T extends ReadonlyArray<infer E>
      ? ReadonlyArray<Plain<E>>
      : { readonly [K in keyof T]: Plain<T[K]> };

/**
 * A deployment as a user describes it: components, their places, features. `entraIdBackup`
 * in cdktf.json has this shape; props and `add…()` are converted to it. A value known only
 * at apply is a text, `${var.subnet}`.
 */
export type Deployment = Plain<z.infer<typeof deploymentSchema>>;

/** The network's part of a deployment. */
export type NetworkPart = Pick<
  Deployment,
  "name" | "location" | "resourceGroup" | "virtualNetwork" | "egress" | "destinations" | "tags"
>;

/** How a deployment's virtual network is described. */
export type VirtualNetworkInput = Deployment["virtualNetwork"];

/** A subnet that exists, as a component names it. */
export type ExistingSubnetInput = NonNullable<Placement["existingSubnet"]>;

/** Further settings of a subnet to create. */
export type SubnetSettingsInput = NonNullable<Placement["subnetSettings"]>;

/** A group that is managed elsewhere, and the priorities that are free in it. */
export type ExternalGroupInput = NonNullable<ExistingSubnetInput["group"]>;

type AnyOf<P extends "cacheRepositories" | "gatewayServers" | "backupRepositories"> = NonNullable<
  Deployment[P]
>[string];

/** Place and type of a component: the properties of all roles. */
export type Placement = Partial<
  Omit<
    Deployment["backupServer"] &
      NonNullable<Deployment["postgresql"]> &
      NonNullable<Deployment["httpProxy"]> &
      AnyOf<"cacheRepositories"> &
      AnyOf<"gatewayServers"> &
      AnyOf<"backupRepositories">,
    "type"
  >
> & { readonly type?: string };

/** One component of a deployment. */
export interface DeploymentComponent extends Placement {
  /** Path of its properties: `backupServer`, `cacheRepositories.cache`. Also what `on` calls it. */
  readonly path: string;
  readonly role: VeeamRole;
  /** Name among the components of its role. */
  readonly key: string;
}

/** The roles of components; a console is not one. */
export type ComponentRole = Exclude<VeeamRole, VeeamRole.CONSOLE>;

/** The property of a deployment that holds the components of a role. */
export const COMPONENT_PROPERTY = {
  [VeeamRole.BACKUP_SERVER]: "backupServer",
  [VeeamRole.POSTGRESQL]: "postgresql",
  [VeeamRole.HTTP_PROXY]: "httpProxy",
  [VeeamRole.CACHE_REPOSITORY]: "cacheRepositories",
  [VeeamRole.GATEWAY_SERVER]: "gatewayServers",
  [VeeamRole.BACKUP_REPOSITORY]: "backupRepositories",
} as const satisfies Readonly<Record<ComponentRole, keyof Deployment>>;

/** The path of a component's properties in a deployment. */
export function componentPath(role: VeeamRole, key: string): string {
  if (role === VeeamRole.CONSOLE) return "consoles";
  const property = COMPONENT_PROPERTY[role];
  return isSingle(role) ? property : `${property}.${key}`;
}

/** The components of a deployment: by role, then by key. */
export function componentsOf(deployment: Partial<Deployment>): DeploymentComponent[] {
  return (Object.keys(COMPONENT_PROPERTY) as ComponentRole[]).flatMap((role) => {
    const given = deployment[COMPONENT_PROPERTY[role]] as Placement | Record<string, Placement> | undefined;
    if (given === undefined) return [];
    const byKey = (isSingle(role) ? { [role]: given } : given) as Record<string, Placement>;
    return Object.keys(byKey)
      .sort()
      .map((key) => ({ ...byKey[key], path: componentPath(role, key), role, key }));
  });
}

/** A deployment with these components only. */
export function deploymentOfComponents(
  components: ReadonlyArray<Pick<DeploymentComponent, "role" | "key"> & { readonly placement: Placement }>,
): Partial<Deployment> {
  const deployment: Record<string, unknown> = {};
  for (const { role, key, placement } of components) {
    const property = COMPONENT_PROPERTY[role as ComponentRole];
    deployment[property] = isSingle(role)
      ? placement
      : { ...(deployment[property] as object | undefined), [key]: placement };
  }
  return deployment;
}

/** The virtual network of a deployment, whether it is created or exists. */
export interface NetworkFacts {
  /** Path of its properties: `virtualNetwork`, or `virtualNetwork.existing`. */
  readonly path: string;
  /** Name and resource group of one that exists. @default - it is created */
  readonly existing?: { readonly name: string; readonly resourceGroup: string };
  readonly addressSpace: readonly string[];
  /** Addresses of its own DNS servers; empty for Azure-provided DNS. */
  readonly dnsServers: readonly string[];
  /** Whether subnets are created inside its resource. */
  readonly inlineSubnets: boolean;
}

/** What is known of a deployment's virtual network. */
export function networkFacts(network: VirtualNetworkInput): NetworkFacts {
  if (!("existing" in network)) {
    const { addressSpace, dnsServers = [], inlineSubnets = false } = network;
    return { path: "virtualNetwork", addressSpace, dnsServers, inlineSubnets };
  }
  const { name, resourceGroup, addressSpace, dnsServers } = network.existing;
  return {
    path: "virtualNetwork.existing",
    existing: { name, resourceGroup },
    addressSpace,
    dnsServers,
    inlineSubnets: false,
  };
}

/** The resource group of a deployment: its name, and whether it exists. */
export function resourceGroupFacts({ resourceGroup }: Pick<Deployment, "resourceGroup">): {
  readonly path: string;
  readonly name: string;
  readonly exists: boolean;
} {
  return typeof resourceGroup === "string"
    ? { path: "resourceGroup", name: resourceGroup, exists: false }
    : { path: "resourceGroup.existing", name: resourceGroup.existing, exists: true };
}

/** Outbound access of the subnets. */
type WayOut =
  | { readonly kind: "natGateway" | "platform" }
  | { readonly kind: "existingNatGateway"; readonly natGatewayId: string }
  | { readonly kind: "azureFirewall"; readonly firewallAddress: string };

/** Outbound access of a deployment's subnets; a firewall replaces the others. */
export function wayOutOf({ egress, destinations }: Pick<Deployment, "egress" | "destinations">): WayOut {
  if (typeof destinations === "object" && "azureFirewall" in destinations) {
    return { kind: "azureFirewall", firewallAddress: destinations.azureFirewall.privateIpAddress };
  }
  if (typeof egress === "object") return { kind: "existingNatGateway", natGatewayId: egress.natGateway };
  return { kind: egress === "existing" ? "platform" : "natGateway" };
}

/** Prefixes of administrators, with the path of their property. */
export function administratorsOf({ administrators }: Partial<Deployment>):
  | {
      readonly path: string;
      readonly throughBastion: boolean;
      readonly prefixes: readonly string[];
    }
  | undefined {
  if (administrators === undefined) return undefined;
  return "bastionSubnet" in administrators
    ? { path: "administrators.bastionSubnet", throughBastion: true, prefixes: [administrators.bastionSubnet] }
    : { path: "administrators", throughBastion: false, prefixes: administrators };
}

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
export function hostsOf(
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
