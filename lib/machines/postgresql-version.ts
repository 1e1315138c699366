import { type Problem, refused } from "../base/problem";
import { DEBIAN, type DebianRelease } from "./debian-release";
import type { AptSource } from "./apt-source";

/**
 * Major versions of PostgreSQL that Veeam Backup for Microsoft Entra ID
 * supports: those that the backup server supports for its configuration
 * database.
 *
 * Sources: https://helpcenter.veeam.com/docs/vbr/userguide/entra_id_sys_req.html
 * (page of 2026-03-31), which refers to the row "Configuration Database" of
 * https://helpcenter.veeam.com/docs/vbr/userguide/system_requirements_backup_server.html
 * (page of 2026-02-24)
 */
export const SUPPORTED_POSTGRESQL_VERSIONS: readonly number[] = [14, 15, 17];

/** A version that Veeam supports and that the source of packages has. */
export function checkPostgresqlVersion(
  path: string,
  version: number,
  release: DebianRelease,
  source: AptSource,
): Problem[] {
  if (!SUPPORTED_POSTGRESQL_VERSIONS.includes(version)) {
    return refused("version-unsupported", path, version, {
      what: "is a version of PostgreSQL that Veeam does not support for the Entra ID repository",
      allowed: SUPPORTED_POSTGRESQL_VERSIONS.join(", "),
      change: "Leave it out to use the version of the Debian release",
    });
  }
  const shipped = DEBIAN[release].postgresqlVersion;
  if (version === shipped || source.kind === "image") return [];
  return refused("version-not-shipped", path, version, {
    what: `is not the version that Debian ${release} ships, and a Debian mirror contains no other version`,
    allowed: `${shipped}, or another one with an image that has it`,
    change: "Change the version, the release, or take the packages from an image",
  });
}
