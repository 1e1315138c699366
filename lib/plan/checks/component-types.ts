import {
  BackupRepositoryType,
  CacheRepositoryType,
  GatewayServerType,
  OperatingSystem,
  operatingSystemOf,
  TYPES_BEHIND_GATEWAYS,
} from "../../ports/component-types";
import { VeeamRole } from "../../ports/port-table";
import { findStorageRegion, STORAGE_REGIONS } from "../../azure/storage-regions";
import { isOpaque } from "../../base/opaque";
import { type DeploymentComponent, componentPath } from "../deployment";
import { hostOf } from "../hosts";
import { suggest } from "../../base/nearest";
import { type Problem, refused } from "../../base/problem";

const OBJECT_STORAGE: string = BackupRepositoryType.OBJECT_STORAGE;

/** What a component of the role can be. */
export function typesOfRole(role: VeeamRole): readonly string[] {
  switch (role) {
    case VeeamRole.CACHE_REPOSITORY:
      return Object.values(CacheRepositoryType);
    case VeeamRole.BACKUP_REPOSITORY:
      return Object.values(BackupRepositoryType);
    case VeeamRole.GATEWAY_SERVER:
      return Object.values(GatewayServerType);
    default:
      return Object.values(OperatingSystem);
  }
}

/** Whether the component is object storage, which is a service and no machine. */
export function isObjectStorage({ role, type }: DeploymentComponent): boolean {
  return role === VeeamRole.BACKUP_REPOSITORY && type === OBJECT_STORAGE;
}

/** What components are: of a type that Veeam supports for the role, and that fits what they say beside it. */
export function checkTypes(components: readonly DeploymentComponent[]): Problem[] {
  return components.flatMap((component) => {
    const unsupported = checkType(component);
    if (unsupported.length > 0) return unsupported;
    return [
      ...checkHost(component, components),
      ...checkRegion(component),
      ...checkGateways(component, components),
    ];
  });
}

/** The type of one component, and that Veeam supports it. */
export function checkType({ role, type, path }: DeploymentComponent): Problem[] {
  if (type === undefined) return [];
  const types = typesOfRole(role);
  if (types.includes(type)) return [];
  const change = suggest(type, types, "Choose one of these");
  return refused("type-unsupported", `${path}.type`, type, {
    what: reasonAgainst(role, type),
    allowed: types.join(", "),
    change,
  });
}

function reasonAgainst(role: VeeamRole, type: string): string {
  if (role === VeeamRole.CACHE_REPOSITORY) {
    return "is not a type that Veeam supports for a cache repository";
  }
  if (role === VeeamRole.BACKUP_REPOSITORY) {
    return /cloud/i.test(type)
      ? "is a Cloud Connect repository, to which Veeam Backup for Microsoft Entra ID does not write"
      : "is not a type of backup repository that is known";
  }
  return "is not an operating system that the role runs on";
}

/** A machine has one operating system, and object storage has none. */
function checkHost(component: DeploymentComponent, components: readonly DeploymentComponent[]): Problem[] {
  const host = hostOf(component, components);
  if (!host) return [];
  if (isObjectStorage(host)) {
    return refused("host-is-service", `${component.path}.on`, component.on, {
      what:
        component.role === VeeamRole.CACHE_REPOSITORY
          ? "puts a cache repository on object storage, which Veeam does not support"
          : "names object storage, which is a service and not a machine",
      allowed: "a component that is a machine",
      change: "Name a machine, or give the component a subnet",
    });
  }
  const [own, shared] = [operatingSystemOf(component.type), operatingSystemOf(host.type)];
  if (own === undefined || shared === undefined || own === shared) return [];
  return refused("type-differs-from-host", `${component.path}.type`, component.type, {
    what: `is not that of the machine it shares, ${host.path} (${host.type})`,
    allowed: "one operating system for a machine",
    change: `Leave the type out, or give the two machines of their own`,
  });
}

/** Object storage is reached by a region's service tag, or by addresses of a private endpoint. */
export function checkObjectStoragePlacement(component: DeploymentComponent): Problem[] {
  const given = (["subnet", "existingSubnet", "addresses", "on", "region"] as const).filter(
    (place) => component[place] !== undefined,
  );
  const [place] = given;
  if (given.length === 1 && (place === "addresses" || place === "region")) return [];
  return refused(given.length === 0 ? "placement-missing" : "placement-ambiguous", component.path, {
    what:
      given.length === 0
        ? "does not say how the object storage is reached"
        : `says how the object storage is reached by ${given.join(", ")}`,
    allowed:
      "exactly one of region (the service tag of its storage) and addresses (those of its private endpoint)",
    change: given.length === 0 ? "Add one of the two" : "Keep one of the two, and nothing else",
  });
}

function checkRegion(component: DeploymentComponent): Problem[] {
  const { region, path } = component;
  if (region === undefined) return [];
  const refuse = (code: string, what: string, allowed: string, change: string): Problem[] =>
    refused(code, `${path}.region`, region, { what, allowed, change });
  if (!isObjectStorage(component)) {
    return refuse(
      "region-not-allowed",
      "is for object storage only",
      `a region where the type is ${OBJECT_STORAGE}`,
      `Leave it out, or set ${path}.type to "${OBJECT_STORAGE}"`,
    );
  }
  if (isOpaque(region)) {
    return refuse(
      "value-unknown",
      "is known only at apply, and the priority of its rule depends on it",
      "a region that is known at synthesis",
      "Write the region",
    );
  }
  if (findStorageRegion(region)) return [];
  const regions = STORAGE_REGIONS.map((known) => known.region);
  return refuse(
    "region-unknown",
    "is not a region of the public Azure cloud whose storage has a service tag",
    regions.join(", "),
    suggest(region, regions, "Name one of these, or give addresses of a private endpoint"),
  );
}

/** Gateways are the backup server or gateway servers, and only for repositories that need one. */
function checkGateways(
  component: DeploymentComponent,
  components: readonly DeploymentComponent[],
): Problem[] {
  const { gateways, path, type } = component;
  if (gateways === undefined) return [];
  const known = components
    .filter(({ role }) => role === VeeamRole.GATEWAY_SERVER || role === VeeamRole.BACKUP_SERVER)
    .map((gateway) => componentPath(gateway.role, gateway.key));
  const allowed = `one or more of ${known.join(", ")}`;
  if (!TYPES_BEHIND_GATEWAYS.some((candidate) => candidate === type)) {
    return refused("gateways-not-allowed", `${path}.gateways`, gateways, {
      what: "is for repositories that cannot run Veeam's services themselves",
      allowed: `gateways where the type is ${TYPES_BEHIND_GATEWAYS.join(", ")}`,
      change: "Leave it out, or set the type",
    });
  }
  return gateways.flatMap((gateway, index) =>
    known.includes(gateway) || isOpaque(gateway)
      ? []
      : refused("component-unknown", `${path}.gateways[${index}]`, gateway, {
          what: "is neither a gateway server nor the backup server",
          allowed,
          change: suggest(gateway, known, "Name a component of the deployment"),
        }),
  );
}
