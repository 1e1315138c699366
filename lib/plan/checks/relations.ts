import { checkDistinctNames, checkSimpleName } from "../../azure/names";
import { suggest } from "../../base/nearest";
import { isUnknownNumber } from "../../base/opaque";
import { type Problem, problemOf, problemUnless, refused } from "../../base/problem";
import { BackupRepositoryType } from "../../ports/component-types";
import { VeeamFeature } from "../../ports/features";
import { selectorsOf } from "../../ports/parties";
import { isSingle, VeeamRole } from "../../ports/port-table";
import {
  COMPONENT_PROPERTY,
  type ComponentRole,
  componentsOf,
  type Deployment,
  type DeploymentComponent,
  effectiveType,
} from "../deployment";
import { isSelected } from "../flows/party-members";

/** Copies between backup repositories, and scale-out backup repositories. */
export function checkRepositoryRelations(input: Partial<Deployment>): Problem[] {
  const { backupCopies = [], scaleOutRepositories = {} } = input;
  const components = componentsOf(input);
  const keys = components.filter(({ role }) => role === VeeamRole.BACKUP_REPOSITORY).map(({ key }) => key);
  return [
    ...backupCopies.flatMap((copy, index) => checkCopy(`backupCopies[${index}]`, copy, components)),
    ...Object.entries(scaleOutRepositories).flatMap(([key, { extents }]) => [
      ...checkSimpleName(`scaleOutRepositories.${key}`, key),
      ...checkExtents(`scaleOutRepositories.${key}.extents`, extents, keys),
    ]),
  ];
}

function checkCopy(
  path: string,
  copy: { readonly from: string; readonly to: string },
  components: readonly DeploymentComponent[],
): Problem[] {
  const repositories = components.filter(({ role }) => role === VeeamRole.BACKUP_REPOSITORY);
  const keys = repositories.map(({ key }) => key);
  const types = (["from", "to"] as const).flatMap((end) => {
    const repository = repositories.find(({ key }) => key === copy[end]);
    const type = repository && effectiveType(repository, components);
    const isSource =
      type === undefined ||
      isSelected({ role: VeeamRole.BACKUP_REPOSITORY, type }, selectorsOf("source-backup-repository"));
    if (isSource) return [];
    return refused("type-unsupported", `${path}.${end}`, copy[end], {
      what: `is a repository of the type ${type}, which does not connect to other repositories itself`,
      allowed: `repositories of the types ${selectorsOf("source-backup-repository")
        .flatMap(({ types = [] }) => types)
        .join(", ")}`,
      change:
        "Leave the copy out: the machines that access the repository transfer it, with tenantBackupCopy",
    });
  });
  return [...checkEnds(path, copy, VeeamRole.BACKUP_REPOSITORY, keys, "is copied"), ...types];
}

/**
 * The ends of something that moves between two components of a role.
 *
 * @param moves what happens between them, as the words before "from"
 */
function checkEnds(
  path: string,
  ends: { readonly from: string; readonly to: string },
  role: ComponentRole,
  keys: readonly string[],
  moves: string,
): Problem[] {
  return [
    ...checkKey(`${path}.from`, ends.from, role, keys),
    ...checkKey(`${path}.to`, ends.to, role, keys),
    ...problemUnless(ends.from !== ends.to, "same-ends", `${path}.to`, ends.to, {
      what: `is the repository that ${moves} from`,
      allowed: `another key of ${COMPONENT_PROPERTY[role]}`,
      change: `Name the repository that ${moves} to`,
    }),
  ];
}

function checkExtents(path: string, extents: readonly string[], keys: readonly string[]): Problem[] {
  return [
    ...extents.flatMap((key, index) => checkKey(`${path}[${index}]`, key, VeeamRole.BACKUP_REPOSITORY, keys)),
    ...problemUnless(new Set(extents).size >= 2, "list-too-short", path, extents, {
      what: "has fewer than two repositories, so nothing is moved",
      allowed: "two or more keys of backupRepositories",
      change: "Name the other extents, or leave the scale-out repository out",
    }),
  ];
}

/** A key that has to be that of a component of a role. */
export function checkKey(path: string, key: string, role: ComponentRole, keys: readonly string[]): Problem[] {
  if (keys.includes(key)) return [];
  const property = COMPONENT_PROPERTY[role];
  return refused("component-unknown", path, key, {
    what: `is not a ${role.replaceAll("-", " ")} of the deployment`,
    allowed: `keys of ${property}${keys.length > 0 ? `: ${keys.join(", ")}` : ", which is empty"}`,
    change: suggest(key, keys, `Add it to ${property}, or name another`),
  });
}

/** Extents of object storage, between which Veeam documents no ports of its own. */
export function relationWarnings(deployment: Partial<Deployment>): string[] {
  const { scaleOutRepositories = {} } = deployment;
  const storage = componentsOf(deployment)
    .filter(({ type }) => type === BackupRepositoryType.OBJECT_STORAGE)
    .map(({ key }) => key);
  return Object.entries(scaleOutRepositories).flatMap(([name, { extents }]) =>
    extents
      .filter((key) => storage.includes(key))
      .map(
        (key) =>
          `scaleOutRepositories.${name}: ${key} is object storage, which is reached through its gateways; no port is allowed between it and the other extents.`,
      ),
  );
}

// A deployment has one component of each of these roles.
const SECOND: Readonly<Partial<Record<VeeamRole, string>>> = {
  [VeeamRole.BACKUP_SERVER]: "a second backup server, which needs a separate deployment",
  [VeeamRole.POSTGRESQL]:
    "a second remote PostgreSQL server, of which Veeam supports one for the repository of Microsoft Entra ID",
  [VeeamRole.HTTP_PROXY]: "a second HTTP proxy, of which the backup server knows one",
};

/** Components that a deployment cannot tell apart: two of a role that it has once, or two with one key. */
export function checkSecondComponents(
  components: ReadonlyArray<Pick<DeploymentComponent, "role" | "key">>,
): Problem[] {
  return Object.entries(COMPONENT_PROPERTY).flatMap(([role, property]) => {
    const keys = components.filter((component) => component.role === role).map(({ key }) => key);
    if (!isSingle(role as VeeamRole)) {
      return checkDistinctNames(
        property,
        keys.filter((key) => keys.indexOf(key) !== keys.lastIndexOf(key)),
      );
    }
    return keys.slice(1).map((key) =>
      problemOf("second-component", property, key, {
        what: `is ${SECOND[role as VeeamRole] ?? "a second component of its role"}`,
        allowed: `one, which is "${keys[0]}"`,
        change: "Leave one of the two out",
      }),
    );
  });
}

/** Keys of one role, which are parts of names. */
export function checkKeysOfRoles(components: readonly DeploymentComponent[]): Problem[] {
  return Object.entries(COMPONENT_PROPERTY).flatMap(([role, property]) =>
    checkDistinctNames(
      property,
      components.filter((component) => component.role === role).map((component) => component.key),
    ),
  );
}

/** The ends of a migration of the cache repository. */
export function checkMigration({ cacheMigration, cacheRepositories = {} }: Partial<Deployment>): Problem[] {
  if (!cacheMigration) return [];
  const caches = Object.keys(cacheRepositories).sort();
  return checkEnds("cacheMigration", cacheMigration, VeeamRole.CACHE_REPOSITORY, caches, "the cache moves");
}

/** Components that Veeam cannot use, because another component is missing or a feature is not enabled; each once. */
export function purposeWarnings(
  components: readonly DeploymentComponent[],
  features: readonly VeeamFeature[],
): string[] {
  const has = (role: VeeamRole): boolean => components.some((component) => component.role === role);
  return [
    ...(has(VeeamRole.CACHE_REPOSITORY) && !has(VeeamRole.BACKUP_REPOSITORY)
      ? [
          "cacheRepositories: log backup needs a backup repository to write to. Add one to backupRepositories.",
        ]
      : []),
    ...components.flatMap(({ role, path }) => {
      const { without, needsOneOf } = PURPOSES[role] ?? {};
      if (!needsOneOf || needsOneOf.some((feature) => features.includes(feature))) return [];
      return [
        `${path}: ${without} without ${needsOneOf.join(" or ")}. Add ${needsOneOf.length > 1 ? "one of them" : "it"} to features.`,
      ];
    }),
  ];
}

const JOBS = [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY];

/** The features any of which a role needs for its purpose, and what does not work without them. */
const PURPOSES: Readonly<
  Partial<Record<VeeamRole, { readonly without: string; readonly needsOneOf: readonly VeeamFeature[] }>>
> = {
  [VeeamRole.CACHE_REPOSITORY]: {
    without: "Veeam does not use the cache repository",
    needsOneOf: [VeeamFeature.LOG_BACKUP],
  },
  [VeeamRole.GATEWAY_SERVER]: { without: "no data passes through the gateway server", needsOneOf: JOBS },
  [VeeamRole.BACKUP_REPOSITORY]: { without: "nothing is written to the repository", needsOneOf: JOBS },
};

const PATH = "transmissionPorts";

/** The range for data channels begins before it ends; its limits are those of its shape. */
export function checkTransmissionPorts({ transmissionPorts }: Partial<Deployment>): Problem[] {
  const { from, to } = transmissionPorts ?? {};
  if (!isKnown(from) || !isKnown(to) || from <= to) return [];
  return refused("range-reversed", PATH, `${from}-${to}`, {
    what: "ends before it begins",
    allowed: "a from that is not above to",
    change: "Swap the two",
  });
}

/** A range narrower than the connections declared: each takes a port. */
export function transmissionWarnings({ transmissionPorts }: Partial<Deployment>): string[] {
  const { from, to, concurrentConnections } = transmissionPorts ?? {};
  if (!isKnown(from) || !isKnown(to) || !isKnown(concurrentConnections)) return [];
  if (to - from + 1 >= concurrentConnections) return [];
  const ports = to - from + 1;
  return [
    `${PATH}: ${from}-${to} has ${ports === 1 ? "1 port" : `${ports} ports`} and each connection takes one, but ${concurrentConnections} are declared. Widen the range here and on Veeam's servers, or run fewer tasks at a time.`,
  ];
}

function isKnown(value: number | string | undefined): value is number {
  return typeof value === "number" && !isUnknownNumber(value);
}
