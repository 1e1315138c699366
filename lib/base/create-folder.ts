import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Creates a folder, and the folders above it, if they are missing. With
 * `recursive`, Node.js never returns where the system says ENOENT though the
 * folder above exists, as it does in /proc.
 *
 * @throws Error of the file system
 */
export function createFolder(folder: string): void {
  const path = resolve(folder);
  const above = dirname(path);
  if (existsSync(path)) return;
  // A drive that is missing has nothing above it.
  if (above !== path) createFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have created it since.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
