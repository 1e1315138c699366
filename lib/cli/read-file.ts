import { InvalidInputError } from "../base/problem";
import type { Io } from "./io";

/**
 * The bytes of a file.
 *
 * @throws InvalidInputError if it cannot be read
 */
export function readBytes(io: Io, file: string): Uint8Array {
  try {
    return io.read(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [what, change] = (code === undefined ? undefined : REASONS[code]) ?? [
      `cannot be read: ${message}`,
      "Give a file that can be read",
    ];
    throw new InvalidInputError(file, [
      {
        code: "file-not-readable",
        path: "the file",
        what,
        allowed: "a file, or - for the standard input",
        change,
      },
    ]);
  }
}

const REASONS: Readonly<Record<string, readonly [what: string, change: string]>> = {
  ENOENT: ["does not exist", "Check its name and the current folder"],
  EISDIR: ["is a folder", "Give a file"],
  EACCES: ["cannot be read: permission denied", "Change its permissions, or copy it"],
  ERR_FS_FILE_TOO_LARGE: ["is too large", "Give a smaller file"],
};
