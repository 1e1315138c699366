import { checkDistinctNames } from "../../azure/names";
import { suggest } from "../../base/nearest";
import type { Problem } from "../../base/problem";
import { VeeamFeature } from "../../ports/features";
import { VeeamRole } from "../../ports/port-table";
import { COMPONENT_PROPERTY, type Deployment, type DeploymentComponent } from "../deployment";

/** Keys of one role, which are parts of names. */
export function checkKeysOfRoles(components: readonly DeploymentComponent[]): Problem[] {
  return Object.entries(COMPONENT_PROPERTY).flatMap(([role, property]) =>
    checkDistinctNames(
      property,
      components.filter((component) => component.role === role).map((component) => component.key),
    ),
  );
}

/** The ends of a change of the cache repository. */
export function checkMigration({ cacheMigration, cacheRepositories = {} }: Partial<Deployment>): Problem[] {
  if (!cacheMigration) return [];
  const caches = Object.keys(cacheRepositories).sort();
  const problems: Problem[] = [];
  for (const end of ["from", "to"] as const) {
    const key = cacheMigration[end];
    if (caches.includes(key)) continue;
    problems.push({
      path: `cacheMigration.${end}`,
      code: "component-unknown",
      what: "is not a cache repository of the deployment",
      value: key,
      allowed:
        caches.length > 0
          ? `keys of cacheRepositories: ${caches.join(", ")}`
          : "keys of cacheRepositories, which has none",
      change: suggest(key, caches, "Add the repository to cacheRepositories, or name another"),
    });
  }
  if (cacheMigration.from === cacheMigration.to) {
    problems.push({
      path: "cacheMigration.to",
      code: "same-ends",
      what: "is the repository that the cache moves from",
      value: cacheMigration.to,
      allowed: "another key of cacheRepositories",
      change: "Name the repository that the cache moves to",
    });
  }
  return problems;
}

/** Features with which repositories and gateway servers are reached without a cache repository. */
const FEATURES_OF_REPOSITORIES: readonly VeeamFeature[] = [
  VeeamFeature.TENANT_BACKUP_COPY,
  VeeamFeature.COMPONENT_DEPLOYMENT,
  VeeamFeature.COPY_TO_BACKUP_SERVER,
];

/** Combinations that deploy, but with which Veeam cannot do what the role is for. */
export function combinationWarnings(
  components: readonly DeploymentComponent[],
  features: readonly VeeamFeature[],
): string[] {
  const reached = FEATURES_OF_REPOSITORIES.some((feature) => features.includes(feature));
  const has = (role: VeeamRole): boolean => components.some((component) => component.role === role);
  const warnings: string[] = [];
  if (has(VeeamRole.CACHE_REPOSITORY) && !has(VeeamRole.BACKUP_REPOSITORY)) {
    warnings.push(
      "cacheRepositories: there is no backup repository, and log backup needs one to write to. Add one to backupRepositories.",
    );
  }
  if (has(VeeamRole.GATEWAY_SERVER) && !has(VeeamRole.CACHE_REPOSITORY) && !reached) {
    warnings.push(
      "gatewayServers: there is no cache repository, so no connection to a gateway server is opened. Add one to cacheRepositories, or leave the gateway servers out.",
    );
  }
  if (has(VeeamRole.BACKUP_REPOSITORY) && !has(VeeamRole.CACHE_REPOSITORY) && !reached) {
    warnings.push(
      "backupRepositories: there is no cache repository, so no connection to a backup repository is opened. Add one to cacheRepositories, or leave the backup repositories out.",
    );
  }
  return warnings;
}
