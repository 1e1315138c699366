import { type ComponentInput, componentPath, type DeploymentInput } from "../plan/checks/deployment-input";
import type { EntraIdBackupProps, Placement } from "./entra-id-backup-props";
import { VeeamRole } from "../ports/port-table";
import { DEFAULT_REVISION } from "../ports/revisions";
import { featuresAsInput } from "./roles/features-of-props";

/** A component as it was given, and as the checks see it. */
export interface PlannedComponent {
  readonly placement: Placement;
  readonly input: ComponentInput;
}

/** A component that is to be made. */
export function plan(role: VeeamRole, key: string, placement: Placement): PlannedComponent {
  const existingSubnet = placement.existingSubnet?._input();
  return { placement, input: { ...placement, existingSubnet, path: componentPath(role, key), role, key } };
}

/** The components that the props describe. */
export function componentsOf(props: EntraIdBackupProps): PlannedComponent[] {
  const one = (role: VeeamRole, placement: Placement | undefined): PlannedComponent[] =>
    placement ? [plan(role, role, placement)] : [];
  const several = (role: VeeamRole, placements: { [key: string]: Placement } = {}): PlannedComponent[] =>
    Object.keys(placements)
      .sort()
      .map((key) => plan(role, key, placements[key]));
  return [
    // Without types nothing keeps the one that is required from being left out.
    ...one(VeeamRole.BACKUP_SERVER, props.backupServer ?? {}),
    ...one(VeeamRole.POSTGRESQL, props.postgresql),
    ...one(VeeamRole.HTTP_PROXY, props.httpProxy),
    ...several(VeeamRole.CACHE_REPOSITORY, props.cacheRepositories),
    ...several(VeeamRole.GATEWAY_SERVER, props.gatewayServers),
    ...several(VeeamRole.BACKUP_REPOSITORY, props.backupRepositories),
  ];
}

/** The deployment as the checks see it. */
export function inputOf(props: EntraIdBackupProps, components: ComponentInput[]): DeploymentInput {
  const { virtualNetwork } = props;
  const exists = virtualNetwork.existingName !== undefined;
  return {
    name: props.name,
    naming: props.naming,
    location: props.location,
    resourceGroup: { path: "resourceGroup", name: props.resourceGroup.name },
    virtualNetwork: {
      path: exists ? "virtualNetwork.existing" : "virtualNetwork",
      existing: exists
        ? { name: virtualNetwork.existingName, resourceGroup: virtualNetwork.existingResourceGroup }
        : undefined,
      addressSpace: virtualNetwork.addressSpace,
      dnsServers: virtualNetwork.dnsServers,
    },
    portTable: props.portTable ?? DEFAULT_REVISION,
    consoles: props.consoles,
    components,
    cacheMigration: props.cacheMigration,
    ...featuresAsInput(props),
    tags: props.tags,
  };
}

/** Components that others name, for their machine or as their gateway, come before those that name them. */
export function inOrderOfSharing(components: readonly PlannedComponent[]): PlannedComponent[] {
  const byPath = new Map(components.map((component) => [component.input.path, component]));
  const ordered = new Set<PlannedComponent>();
  const place = (component: PlannedComponent): void => {
    for (const path of [component.input.on, ...(component.input.gateways ?? [])]) {
      const named = path === undefined ? undefined : byPath.get(path);
      if (named) place(named);
    }
    ordered.add(component);
  };
  components.forEach(place);
  return [...ordered];
}
