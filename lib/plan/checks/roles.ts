import { checkEnds } from "./repository-relations";
import { checkDistinctNames } from "../../azure/names";
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
  return checkEnds("cacheMigration", cacheMigration, "cacheRepositories", caches, "the cache moves");
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
          "cacheRepositories: there is no backup repository, and log backup needs one to write to. Add one to backupRepositories.",
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
