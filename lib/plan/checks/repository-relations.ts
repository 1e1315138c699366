import { BackupRepositoryType } from "../../ports/component-types";
import { selectorsOf } from "../../ports/parties";
import { VeeamRole } from "../../ports/port-table";
import { isSelected } from "../flows/party-members";
import { effectiveType } from "../hosts";
import { componentsOf, type Deployment, type DeploymentComponent } from "../deployment";
import { checkSimpleName } from "../../azure/names";
import { suggest } from "../../base/nearest";
import type { Problem } from "../../base/problem";

/** Copies between backup repositories, and scale-out backup repositories. */
export function checkRepositoryRelations(input: Partial<Deployment>): Problem[] {
  const { backupCopies = [], scaleOutRepositories = {} } = input;
  const components = componentsOf(input);
  const repositories = components.filter(({ role }) => role === VeeamRole.BACKUP_REPOSITORY);
  return [
    ...backupCopies.flatMap((copy, index) => checkCopy(`backupCopies[${index}]`, copy, components)),
    ...Object.entries(scaleOutRepositories).flatMap(([key, { extents }]) => [
      ...checkSimpleName(`scaleOutRepositories.${key}`, key),
      ...checkExtents(`scaleOutRepositories.${key}.extents`, extents, repositories),
    ]),
  ];
}

function checkCopy(
  path: string,
  copy: { readonly from: string; readonly to: string },
  components: readonly DeploymentComponent[],
): Problem[] {
  const repositories = components.filter(({ role }) => role === VeeamRole.BACKUP_REPOSITORY);
  const problems: Problem[] = [];
  for (const end of ["from", "to"] as const) {
    const key = copy[end];
    problems.push(...checkRepository(`${path}.${end}`, key, repositories));
    const repository = repositories.find((candidate) => candidate.key === key);
    const type = repository && effectiveType(repository, components);
    if (type === undefined) continue;
    if (isSelected({ role: VeeamRole.BACKUP_REPOSITORY, type }, selectorsOf("source-backup-repository")))
      continue;
    problems.push({
      code: "type-unsupported",
      path: `${path}.${end}`,
      what: `is a repository of the type ${type}, which opens no connection to another repository itself`,
      value: key,
      allowed: `repositories of the types ${selectorsOf("source-backup-repository")
        .flatMap(({ types = [] }) => types)
        .join(", ")}`,
      change: "Leave the copy out: what speaks to the repository carries it, with tenantBackupCopy",
    });
  }
  if (copy.from === copy.to) {
    problems.push({
      path: `${path}.to`,
      code: "same-ends",
      what: "is the repository that is copied from",
      value: copy.to,
      allowed: "another key of backupRepositories",
      change: "Name the repository that is copied to",
    });
  }
  return problems;
}

function checkExtents(
  path: string,
  extents: readonly string[],
  repositories: readonly DeploymentComponent[],
): Problem[] {
  const problems = extents.flatMap((key, index) => checkRepository(`${path}[${index}]`, key, repositories));
  if (new Set(extents).size < 2) {
    problems.push({
      path,
      code: "list-too-short",
      what: "has fewer than two repositories, between which nothing moves",
      value: extents,
      allowed: "two or more keys of backupRepositories",
      change: "Name the other extents, or leave the scale-out repository out",
    });
  }
  return problems;
}

function checkRepository(path: string, key: string, repositories: readonly DeploymentComponent[]): Problem[] {
  const keys = repositories.map((repository) => repository.key);
  if (keys.includes(key)) return [];
  return [
    {
      path,
      code: "component-unknown",
      what: "is not a backup repository of the deployment",
      value: key,
      allowed:
        keys.length > 0
          ? `keys of backupRepositories: ${keys.join(", ")}`
          : "keys of backupRepositories, which has none",
      change: suggest(key, keys, "Add the repository to backupRepositories, or name another"),
    },
  ];
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
          `scaleOutRepositories.${name}: ${key} is object storage, which is reached through its gateways; no port opens between it and the other extents.`,
      ),
  );
}
