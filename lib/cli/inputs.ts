import { InvalidInputError, refused } from "../base/problem";
import { type ServiceTags, parseServiceTags } from "../azure/sets/service-tags";
import { type AcceptedFile, jsonOfBytes } from "../terraform/files/json-of-bytes";
import { type NetworkOfFiles, networkOfFiles } from "../terraform/joined/network-of-files";
import { readNetworkFile, readSubnetsFile } from "../terraform/read-network-file";
import type { Io } from "./io";
import type { FileOptions } from "./options";

const SERVICE_TAG_FILES: AcceptedFile = {
  allowed: "the Service Tags JSON that Microsoft publishes every week (changeNumber, cloud, values)",
  change: "Download it from https://www.microsoft.com/download/details.aspx?id=56519",
};

/** The network in the files. @throws InvalidInputError if one cannot be read */
export function readNetwork(io: Io, files: readonly string[], options: FileOptions): NetworkOfFiles {
  const found = files.map((file) => readNetworkFile(readBytes(io, file), nameOf(file)));
  const around = (options.subnets ?? []).map((file) => readSubnetsFile(readBytes(io, file), nameOf(file)));
  return networkOfFiles([...found, ...around], readServiceTags(io, options));
}

/** The service tags of `--service-tags`, if given. @throws InvalidInputError if the file cannot be read */
export function readServiceTags(io: Io, { serviceTags: file }: FileOptions): ServiceTags | undefined {
  if (file === undefined) return undefined;
  const json = jsonOfBytes(readBytes(io, file), nameOf(file), SERVICE_TAG_FILES);
  try {
    return parseServiceTags(JSON.stringify(json.value));
  } catch (error) {
    const words = { what: (error as Error).message.replace(/\.$/, ""), ...SERVICE_TAG_FILES };
    throw new InvalidInputError(nameOf(file), refused("file-invalid", "the file", words));
  }
}

/** Name of standard input in messages. */
export const STANDARD_INPUT = "standard input";

/** Name of a file in messages. */
export function nameOf(file: string): string {
  return file === "-" ? STANDARD_INPUT : file;
}

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
    const words = { what, allowed: "a file, or - for the standard input", change };
    throw new InvalidInputError(file, refused("file-not-readable", "the file", words));
  }
}

const REASONS: Readonly<Record<string, readonly [what: string, change: string]>> = {
  ENOENT: ["does not exist", "Check its name and the current folder"],
  EISDIR: ["is a folder", "Give a file"],
  EACCES: ["cannot be read: permission denied", "Change its permissions, or copy it"],
  ERR_FS_FILE_TOO_LARGE: ["is too large", "Give a smaller file"],
};
