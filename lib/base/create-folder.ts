import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Creates a folder, and the folders above it, if they are missing. With
 * `recursive`, Node.js never returns where the system says ENOENT though the
 * folder above exists, as it does in /proc.
 *
 * @throws Error of the file system
 */
export function createFolder(folder: string): void {
  if (existsSync(folder)) return;
  createFolder(dirname(folder));
  mkdirSync(folder);
}
