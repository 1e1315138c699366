import { checkNameOf, checkSimpleName } from "../../azure/names";
import { type IResourceNaming, maxNameLength, NamedResource } from "../../azure/naming";
import {
  contains,
  formatIpv4Prefix,
  overlaps,
  parseIpv4Address,
  parseIpv4Prefix,
} from "../../azure/sets/ipv4-prefix";
import { findStorageRegion, STORAGE_REGIONS } from "../../azure/storage-regions";
import { suggest } from "../../base/nearest";
import { isOpaque } from "../../base/opaque";
import { type Problem, problemUnless, refused } from "../../base/problem";
import {
  BackupRepositoryType,
  CacheRepositoryType,
  GatewayServerType,
  OperatingSystem,
  operatingSystemOf,
  TYPES_BEHIND_GATEWAYS,
} from "../../ports/component-types";
import { componentSlug, isSingle, VeeamRole } from "../../ports/port-table";
import {
  COMPONENT_PROPERTY,
  componentPath,
  componentsOf,
  type Deployment,
  type DeploymentComponent,
  hostOf,
  hostsOf,
} from "../deployment";
import {
  type CheckedPrefixes,
  checkKnownLength,
  checkPrefix,
  checkPrefixList,
  type GivenPrefix,
} from "./prefixes";

/** The longest mask of a subnet: Azure reserves five addresses in each. */
const MAX_SUBNET_LENGTH = 29;

/** Exactly one of `subnet`, `existingSubnet`, `addresses` and `on`; for object storage, of `region` and `addresses`. */
export function checkPlacement(component: DeploymentComponent): Problem[] {
  const isStorage = isObjectStorage(component);
  const places = ["subnet", "existingSubnet", "addresses", "on", ...(isStorage ? ["region"] : [])] as const;
  const given = places.filter((place) => component[place as keyof DeploymentComponent] !== undefined);
  const isPlace = !isStorage || given[0] === "addresses" || given[0] === "region";
  if (given.length === 1 && isPlace) return [];
  const isMissing = given.length === 0;
  const code = isMissing ? "placement-missing" : "placement-ambiguous";
  if (isStorage) {
    return refused(code, component.path, {
      what: isMissing
        ? "does not set how the object storage is reached"
        : given.length === 1
          ? `sets ${given[0]}, but object storage is a service and not a machine`
          : `sets how the object storage is reached in ${given.length} ways (${given.join(", ")})`,
      allowed: "exactly one of region (for its service tag) and addresses (of its private endpoint)",
      change: isMissing ? "Add one of the two" : "Set one of the two, and nothing else",
    });
  }
  return refused(code, component.path, {
    what: isMissing
      ? "does not set its place"
      : `sets its place in ${given.length} ways (${given.join(", ")})`,
    allowed:
      "exactly one of subnet (to create), existingSubnet, addresses (of a machine elsewhere) and on (to share a machine)",
    change: isMissing ? "Add one of the four" : "Keep one of them",
  });
}

/** The subnet of a component: aligned, of /29 or wider, and in the virtual network. */
export function checkSubnet(path: string, subnet: string, addressSpace: readonly string[]): CheckedPrefixes {
  const { prefixes, problems } = checkPrefix(path, subnet);
  const [given] = prefixes;
  if (!given) {
    const change = `Add the mask of the subnet, such as "${subnet}/27"`;
    const isAddress = parseIpv4Address(subnet) !== undefined;
    return { prefixes, problems: problems.map((one) => (isAddress ? { ...one, change } : one)) };
  }
  const spaces = addressSpace.map(parseIpv4Prefix);
  const isInside = spaces.some((space) => space && contains(space, given.prefix));
  return {
    prefixes,
    problems: [
      ...problemUnless(given.prefix.length <= MAX_SUBNET_LENGTH, "subnet-too-small", path, subnet, {
        what: "is too small for a subnet",
        allowed: `prefixes of /${MAX_SUBNET_LENGTH} or wider, because Azure reserves five addresses in each subnet`,
        change: `Give it a mask of ${MAX_SUBNET_LENGTH} or less`,
      }),
      // Without an address space, or with one known only at apply, nothing is decided.
      ...problemUnless(
        isInside || spaces.length === 0 || spaces.includes(undefined),
        "subnet-outside-network",
        path,
        subnet,
        {
          what: "is not in the virtual network's address space",
          allowed: `prefixes inside ${addressSpace.join(", ")}`,
          change: "Move the subnet, or widen the address space",
        },
      ),
    ],
  };
}

/** The addresses of a component elsewhere, or of consoles: prefixes that are in no subnet of the deployment. */
export function checkAddresses(
  path: string,
  addresses: readonly string[],
  subnets: readonly GivenPrefix[],
): Problem[] {
  const { prefixes, problems } = checkPrefixList(path, addresses);
  const inSubnets = prefixes.flatMap((given) => {
    const subnet = subnets.find((candidate) => overlaps(candidate.prefix, given.prefix));
    if (!subnet) return [];
    const isInside = contains(subnet.prefix, given.prefix);
    return refused("address-in-subnet", given.path, formatIpv4Prefix(given.prefix), {
      what: `${isInside ? "is inside" : "contains"} ${subnet.path} (${formatIpv4Prefix(subnet.prefix)})`,
      allowed: "addresses outside the subnets of the deployment",
      change: isInside
        ? 'For a role that shares the machine there, write "on"; a console on that machine needs no entry'
        : "Narrow the prefix to the intended machines; it would allow every machine in that subnet",
    });
  });
  return [...problems, ...checkKnownLength(path, addresses), ...inSubnets];
}

/** The key of a component, from which names are made. */
export function checkKey(
  component: DeploymentComponent,
  deploymentName: string | undefined,
  naming?: IResourceNaming,
): Problem[] {
  const { path, role, key, subnet } = component;
  const problems = checkSimpleName(path, key, maxNameLength(NamedResource.SUBNET));
  if (problems.length > 0 || deploymentName === undefined || subnet === undefined) return problems;
  const resource = { kind: NamedResource.SUBNET, deploymentName, component: componentSlug(role, key) };
  return checkNameOf(path, key, resource, naming);
}

/** `on` names an existing component, which has its own place or shares a machine that has. */
export function checkSharing(components: readonly DeploymentComponent[]): Problem[] {
  const paths = components.map(({ path }) => path);
  return components.flatMap((component) => {
    const { path, on } = component;
    if (on === undefined) return [];
    const others = paths.filter((other) => other !== path);
    const refuse = (code: string, what: string, change: string): Problem[] =>
      refused(code, `${path}.on`, on, {
        what,
        allowed: `another component: ${others.join(", ") || `there is none; ${COMPONENT_PROPERTY["backup-server"]} for example`}`,
        change,
      });
    if (on === path) {
      const change = "Name the machine that it shares, or give it a subnet";
      return refuse("host-circular", "is the component itself", change);
    }
    if (!paths.includes(on)) {
      const change = suggest(on, others, "Name a component of the deployment");
      return refuse("component-unknown", "is not a component", change);
    }
    const chain = [component, ...hostsOf(component, components)];
    const next = chain[chain.length - 1].on;
    if (next === undefined || !paths.includes(next)) return [];
    const circle = [...chain.map((one) => one.path), next].join(" -> ");
    return refuse("host-circular", `is circular (${circle})`, "Give one of them a subnet");
  });
}

const OBJECT_STORAGE: string = BackupRepositoryType.OBJECT_STORAGE;

const TYPES_OF_SERVERS: Readonly<Partial<Record<VeeamRole, Readonly<Record<string, string>>>>> = {
  [VeeamRole.CACHE_REPOSITORY]: CacheRepositoryType,
  [VeeamRole.BACKUP_REPOSITORY]: BackupRepositoryType,
  [VeeamRole.GATEWAY_SERVER]: GatewayServerType,
};

/** What a component of the role can be. */
export function typesOfRole(role: VeeamRole): readonly string[] {
  return Object.values(TYPES_OF_SERVERS[role] ?? OperatingSystem);
}

/** Whether the component is object storage, which is a service and no machine. */
function isObjectStorage({ role, type }: DeploymentComponent): boolean {
  return role === VeeamRole.BACKUP_REPOSITORY && type === OBJECT_STORAGE;
}

/** Each type is supported by Veeam for the role, and fits the component's other properties. */
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
      : "is not a known type of backup repository";
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
    what: `differs from the type of the machine it shares, ${host.path} (${host.type})`,
    allowed: "one operating system per machine",
    change: `Leave the type out, or use separate machines`,
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
      `a region only if the type is ${OBJECT_STORAGE}`,
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
      allowed: `gateways only if the type is ${TYPES_BEHIND_GATEWAYS.join(", ")}`,
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

/** Former keys must not be in use, and removed components must not have a subnet. */
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
        allowed: "a key that is not in use, and is not the formerKey of another component",
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
    allowed: `components that were removed, or no longer have a subnet: ${properties.join(", ")}`,
    change: known
      ? "Remove the component, or take it off this list"
      : suggest(path, properties, "Write its path"),
  });
}
