import type { Problem } from "../../base/problem";

// Names under which clouds offer PostgreSQL as a service.
const HOST = new RegExp(
  String.raw`\.(${[
    "(private\\.)?postgres\\.database\\.azure\\.com",
    "postgres\\.cosmos\\.azure\\.com",
    "rds\\.amazonaws\\.com",
    "sql\\.goog",
    "alloydb\\.goog",
  ].join("|")})(:\d+)?\.?$`,
  "i",
);
const RESOURCE_ID = /\/providers\/Microsoft\.(DBforPostgreSQL|DBforMySQL|Sql|DocumentDB|HorizonDb)\//i;

/** Why a database service of a cloud is refused as the PostgreSQL server. */
export const MANAGED_DATABASE: Pick<Problem, "code" | "what" | "change"> = {
  code: "managed-database",
  what: "is a managed database service, which Veeam does not support for the repository of Microsoft Entra ID",
  change: "Bring a machine with PostgreSQL 14, 15 or 17, or let postgresql.machine make one",
};

/** Whether a host name, an address or a resource id is that of a database service of a cloud. */
export function isManagedDatabase(value: string): boolean {
  return HOST.test(value) || RESOURCE_ID.test(value);
}
