import { checkDistinctNames } from "../../azure/names";
import { type Problem, problemOf } from "../../base/problem";
import { COMPONENT_PROPERTY, type ComponentRole } from "../../plan/deployment";
import { isSingle, VeeamRole } from "../../ports/port-table";
import type { BackupComponent } from "./component";

// A deployment has one component of each of these roles.
const SECOND: Readonly<Partial<Record<VeeamRole, string>>> = {
  [VeeamRole.BACKUP_SERVER]: "a second backup server, which needs a separate deployment",
  [VeeamRole.POSTGRESQL]:
    "a second remote PostgreSQL server, of which Veeam supports one for the repository of Microsoft Entra ID",
  [VeeamRole.HTTP_PROXY]: "a second HTTP proxy, of which the backup server knows one",
};

/** Components that a deployment cannot tell apart: two of a role that it has once, or two of one name. */
export function checkSecondComponents(components: readonly BackupComponent[]): Problem[] {
  return (Object.keys(COMPONENT_PROPERTY) as ComponentRole[]).flatMap((role) => {
    const [first, ...others] = components.filter((component) => component.role === role);
    if (first === undefined) return [];
    if (!isSingle(role)) {
      const keys = [first, ...others].map(({ key }) => key);
      return checkDistinctNames(COMPONENT_PROPERTY[role], keys).filter(
        ({ what }) => what === "is listed twice",
      );
    }
    return others.map(({ key }) =>
      problemOf("second-component", COMPONENT_PROPERTY[role], key, {
        what: `is ${SECOND[role]}`,
        allowed: `one, which is "${first.key}"`,
        change: "Leave one of the two out",
      }),
    );
  });
}
