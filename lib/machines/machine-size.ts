import { type Problem, refused } from "../base/problem";

/**
 * Minimum size of the backup server.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/system_requirements_backup_server.html (page of 2026-02-24)
 */
const BACKUP_SERVER = { processors: 8, memoryGib: 16 };

// GiB of memory for each processor, by the family of a size; families that are not listed are not judged.
// Source: https://learn.microsoft.com/azure/virtual-machines/sizes/overview (page of 2026-05-06)
const MEMORY_PER_PROCESSOR: Readonly<Record<string, number>> = { D: 4, E: 8, F: 2, M: 14 };

/** A size whose name says that it is too small for the backup server; one that says nothing passes. */
export function checkBackupServerSize(path: string, size: string): Problem[] {
  const [, family, count] = /^Standard_([A-Z])[A-Z]*(\d+)(?:-\d+)?[a-z]*(?:_v\d+)?$/.exec(size) ?? [];
  // Of a size with fewer active processors, "E16-8s_v5", the second number counts.
  const processors = Number(/-(\d+)/.exec(size)?.[1] ?? count);
  const memory =
    MEMORY_PER_PROCESSOR[family] === undefined ? undefined : MEMORY_PER_PROCESSOR[family] * Number(count);
  const tooSmall =
    processors < BACKUP_SERVER.processors || (memory !== undefined && memory < BACKUP_SERVER.memoryGib);
  if (family === undefined || !tooSmall) return [];
  return refused("size-too-small", path, size, {
    what: "is too small for the backup server",
    allowed: `${BACKUP_SERVER.processors} vCPU and ${BACKUP_SERVER.memoryGib} GiB of memory, or more, such as "Standard_D8s_v5"`,
    change: "Choose a larger size",
  });
}
